using Daypass.Policies;

namespace Daypass.Core.Tests.Policies;

/// <summary>What follows from the choices of <see cref="PolicyChoices"/> that no other test shows.</summary>
public sealed class UncertainCases
{
    [Theory]
    [InlineData("StringEquals", false)]
    [InlineData("StringNotEquals", true)]
    [InlineData("ForAllValues:StringEquals", false)]
    [InlineData("ForAnyValue:StringEquals", false)]
    [InlineData("ForAnyValue:StringNotEquals", true)]
    public void An_empty_list_of_values_equals_nothing(string name, bool isMet) =>
        Assert.Equal(isMet, IsAllowed($"'Resource':'*','Condition':{{'{name}':{{'k:k':[]}}}}", "k:k=x"));

    [Theory]
    [InlineData("", true)]
    [InlineData("aws:username=k", false)]
    [InlineData("aws:username=[k]", true)]
    public void NotResource_with_a_variable_without_a_value_excludes_nothing(string context, bool isAllowed) =>
        Assert.Equal(isAllowed, IsAllowed("'NotResource':'arn:aws:s3:::b/${aws:username}'", context));

    [Theory]
    [InlineData("aws:username=", false)]
    [InlineData("k:other=", true)]
    public void A_default_is_for_missing_keys_and_not_for_empty_ones(string context, bool isAllowed) =>
        Assert.Equal(isAllowed, IsAllowed("'Resource':'arn:aws:s3:::b/${aws:username, \\u0027k\\u0027}'", context));

    [Fact]
    public void A_request_is_no_question_of_trust_unless_it_says_so() => Assert.True(PolicyEvaluator.Evaluate(
        new AccessRequest(Requests.User, "s3:GetObject", "*", Requests.Account, new RequestContext()),
        new PolicySet { Identity = [Requests.Policy(PolicyType.Identity, "{'Effect':'Allow','Action':'*','Resource':'*'}")] }).IsAllowed);

    [Theory]
    [InlineData("{'Service':'ec2.amazonaws.com'}", true)]
    [InlineData("{'Service':'lambda.amazonaws.com'}", false)]
    [InlineData("{'AWS':'111111111111'}", false)]
    public void A_service_is_spared_by_NotPrincipal_if_it_is_listed(string listed, bool isAllowed)
    {
        var policy = Requests.Policy(PolicyType.Resource, "{'Effect':'Allow','Principal':'*','Action':'*','Resource':'*'}", $"{{'Effect':'Deny','NotPrincipal':{listed},'Action':'*','Resource':'*'}}");
        Assert.Equal(isAllowed, PolicyEvaluator.Evaluate(Requests.Request(Principal.Service("ec2.amazonaws.com")), new PolicySet { Resource = [policy] }).IsAllowed);
    }

    [Theory]
    [InlineData("arn:aws:iam::*:us?r/${aws:username}*", true)]
    [InlineData("arn:aws:iam::*:us?r/${aws:username}*x", false)]
    [InlineData("arn:aws:iam::${aws:username}", false)]
    [InlineData("arn:aws:iam:${aws:username}", false)]
    public void An_ARN_pattern_may_have_wildcards_beside_variables(string pattern, bool isAllowed) =>
        Assert.Equal(isAllowed, IsAllowed($"'Resource':'*','Condition':{{'ArnLike':{{'aws:PrincipalArn':'{pattern}'}}}}", "aws:PrincipalArn=" + Requests.UserArn, "aws:username=bob"));

    [Fact]
    public void Variables_count_behind_the_fifth_colon_of_the_new_version_only()
    {
        bool Decide(string version, string pattern, string resource) => PolicyEvaluator.Evaluate(
            Requests.Request(resource: resource, context: Requests.Context("aws:username=bob")),
            new PolicySet { Resource = [new Policy(PolicyDocument.Parse(Requests.Json($"{{{version}'Statement':{{'Effect':'Allow','Principal':'*','Action':'*','Resource':'{pattern}'}}}}"), PolicyType.Resource), "p", null)] }).IsAllowed;
        const string now = "'Version':'2012-10-17',";
        Assert.True(Decide(now, "arn:*:sqs:*:*:${aws:username}", "arn:aws:sqs:r:1:bob"));
        Assert.False(Decide("", "arn:*:sqs:*:*:${aws:username}", "arn:aws:sqs:r:1:bob"));
        Assert.True(Decide("", "arn:*:sqs:*:*:${aws:username}", "arn:aws:sqs:r:1:${aws:username}"));
        Assert.False(Decide(now, "arn:?ws:sqs:${aws:username}:1:q", "arn:aws:sqs:bob:1:q"));
        Assert.False(Decide(now, "arn:aws:sqs:${aws:username}:1:q", "arn:aws:sqs:bob:1:q"));
    }

    [Fact]
    public void Digits_beyond_a_tenth_of_a_microsecond_are_dropped() =>
        Assert.True(IsAllowed("'Resource':'*','Condition':{'DateEquals':{'k:d':'2020-01-01T00:00:00.1234567Z'}}", "k:d=2020-01-01T00:00:00.12345678Z"));

    [Theory]
    [InlineData("0000-01-01")]
    [InlineData("2020-01-01T24:00Z")]
    [InlineData("2020-02-30")]
    [InlineData("2020-01-")]
    [InlineData("2020-01-x")]
    [InlineData("2020-01-1")]
    [InlineData("2020-01-01T10:")]
    [InlineData("2020-01-01T10:10:")]
    [InlineData("2020-01-01T10:10:Z")]
    [InlineData("2020-01-01T:00Z")]
    [InlineData("2020-01-01T10:Z")]
    [InlineData("2020-01-01T10:00+:00")]
    [InlineData("2020-01-01T10:00+01:")]
    [InlineData("2020-01-01T00:00:60Z")]
    public void A_date_that_there_is_not_is_neither_before_nor_after(string date)
    {
        Assert.False(IsAllowed("'Resource':'*','Condition':{'DateGreaterThan':{'k:d':'1999'}}", "k:d=" + date));
        Assert.False(IsAllowed("'Resource':'*','Condition':{'DateLessThan':{'k:d':'2999'}}", "k:d=" + date));
    }

    private static bool IsAllowed(string members, params string[] context) => KnownTraps.Decide(
        Requests.Policy(PolicyType.Identity, $"{{'Effect':'Allow','Action':'*',{members}}}"),
        Requests.Request(context: Requests.Context([.. context.Where(entry => entry.Length > 0)]))).IsAllowed;
}
