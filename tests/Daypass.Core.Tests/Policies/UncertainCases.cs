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

    [Theory]
    [InlineData("0000-01-01")]
    [InlineData("2020-01-01T24:00Z")]
    [InlineData("2020-02-30")]
    public void A_date_that_there_is_not_is_neither_before_nor_after(string date)
    {
        Assert.False(IsAllowed("'Resource':'*','Condition':{'DateGreaterThan':{'k:d':'1999'}}", "k:d=" + date));
        Assert.False(IsAllowed("'Resource':'*','Condition':{'DateLessThan':{'k:d':'2999'}}", "k:d=" + date));
    }

    private static bool IsAllowed(string members, params string[] context) => KnownTraps.Decide(
        Requests.Policy(PolicyType.Identity, $"{{'Effect':'Allow','Action':'*',{members}}}"),
        Requests.Request(context: Requests.Context([.. context.Where(entry => entry.Length > 0)]))).IsAllowed;
}
