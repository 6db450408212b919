using Daypass.Policies;
using Daypass.Policies.Matching;
using Daypass.Policies.Variables;

namespace Daypass.Core.Tests.Policies;

/// <summary>Patterns: wildcards against a plain definition of them, the shapes of ARNs, and what variables become.</summary>
public sealed class WildcardsAndVariables
{
    [Fact]
    public void A_wildcard_pattern_matches_what_its_definition_says()
    {
        var random = new Random(7);
        string Draw(string letters, int most) => string.Concat(Enumerable.Range(0, random.Next(most)).Select(_ => letters[random.Next(letters.Length)]));
        var matches = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var (pattern, text) = (Draw("ab**?", 7), Draw("ab", 7));
            var compiled = TextPattern.Compile(pattern, wildcards: true, variables: false);
            var expected = IsMatchByDefinition(pattern, text);
            Assert.True(expected == compiled.IsMatch(text, new RequestContext()), $"'{pattern}' and '{text}'");
            matches += expected ? 1 : 0;
        }
        Assert.InRange(matches, 2_000, 18_000);
    }

    [Theory]
    [InlineData("arn:aws:iam:*:role/foo", "arn:aws:iam::111111111111:role/foo", true)]
    [InlineData("arn:aws:iam:*:role/foo", "arn:aws:iam::111111111111:role/bar", false)]
    [InlineData("arn:aws:sns:*:111111111111:t", "arn:aws:sns:r:111111111111:t", true)]
    [InlineData("arn:aws:sns:r*:111111111111:t", "arn:aws:sqs:r:111111111111:t", false)]
    [InlineData("arn:aws:logs:r:111111111111:log-group:g:*", "arn:aws:logs:r:111111111111:log-group:g:log-stream:s", true)]
    [InlineData("arn:aws:s3:::b", "arn:aws:s3:::bb", false)]
    [InlineData("arn:aws:s3:::b?", "arn:aws:s3:::bb", true)]
    [InlineData("arn:aws:s3:::b?", "arn:aws:s3:::b", false)]
    [InlineData("arn:*:s3:::b", "arn:aws-cn:s3:::b", true)]
    [InlineData("arn:aws:s3:::b", "arn:aws:s3:::b:x", false)]
    [InlineData("arn:aws:s3", "arn:aws:s3:::any/thing", true)]
    [InlineData("arn:aws:s3", "arn:aws:sqs:::any", false)]
    [InlineData("***", "anything", true)]
    [InlineData("arn:aws:s3:::*", "s3", false)]
    public void A_resource_is_matched_field_by_field(string pattern, string resource, bool matches) =>
        Assert.Equal(matches, new ResourcePattern(pattern, variables: true).IsMatch(new ArnFields(resource), new RequestContext()));

    [Theory]
    [InlineData("${aws:username}", "bob", true)]
    [InlineData("${AWS:UserName}", "bob", true)]
    [InlineData("x${aws:username}y", "xboby", true)]
    [InlineData("${aws:username}${aws:username}", "bobbob", true)]
    [InlineData("${aws:username", "${aws:username", true)]
    [InlineData("${missing:key, 'd'}", "d", true)]
    [InlineData("${missing:key, ''}", "", true)]
    [InlineData("${missing:key, 'a}b'}", "a}b", true)]
    [InlineData("${missing:key, '*'}", "x", false)]
    [InlineData("${missing:key,'d'}", "d", false)]
    [InlineData("${missing:key , 'd'}", "d", false)]
    [InlineData("${missing:key}", "", false)]
    [InlineData("${empty:key, 'd'}", "", true)]
    [InlineData("${empty:key, 'd'}", "d", false)]
    [InlineData("${list:key}", "a", false)]
    [InlineData("${list:key, 'd'}", "d", false)]
    [InlineData("${ aws:username}", "bob", false)]
    [InlineData("${}", "", false)]
    [InlineData("$", "$", true)]
    [InlineData("$aws:username", "$aws:username", true)]
    [InlineData("${$}{aws:username}", "${aws:username}", true)]
    [InlineData("${?}", "?", true)]
    [InlineData("${?}", "x", false)]
    [InlineData("${star:key}", "*", true)]
    [InlineData("${star:key}", "x", false)]
    [InlineData("${star:key}*", "*x", true)]
    [InlineData("${star:key}*", "xx", false)]
    public void A_variable_becomes_literal_text(string pattern, string text, bool matches)
    {
        var context = Requests.Context("aws:username=bob", "empty:key=", "list:key=[a]", "star:key=*");
        Assert.Equal(matches, TextPattern.Compile(pattern, wildcards: true, variables: true).IsMatch(text, context));
    }

    [Fact]
    public void A_variable_before_the_fifth_colon_is_text()
    {
        var policy = Requests.Policy(PolicyType.Identity, "{'Effect':'Allow','Action':'*','Resource':'arn:aws:sqs:${aws:RequestedRegion}:111111111111:q'}");
        var context = Requests.Context("aws:RequestedRegion=eu-1");
        Assert.False(KnownTraps.Decide(policy, Requests.Request(resource: "arn:aws:sqs:eu-1:111111111111:q", context: context)).IsAllowed);

        var shortened = Requests.Policy(PolicyType.Identity, "{'Effect':'Allow','Action':'*','Resource':'arn:aws:sns:*:${aws:RequestedRegion}'}");
        Assert.False(KnownTraps.Decide(shortened, Requests.Request(resource: "arn:aws:sns:r:111111111111:eu-1", context: context)).IsAllowed);
    }

    [Theory]
    [InlineData("StringEquals", "${aws:PrincipalTag/t}", "x", true)]
    [InlineData("StringEquals", "a${*}", "a*", true)]
    [InlineData("StringLike", "${aws:PrincipalTag/t}*", "xyz", true)]
    [InlineData("StringEqualsIgnoreCase", "${aws:PrincipalTag/t}Y", "XY", true)]
    [InlineData("ArnLike", "${aws:SourceArn}", "arn:aws:sns:r:1:t", true)]
    [InlineData("ArnLike", "arn:aws:sns:r:1:${aws:PrincipalTag/t}", "arn:aws:sns:r:1:x", true)]
    [InlineData("ArnLike", "arn:aws:sns:r:1:${aws:PrincipalTag/none}", "arn:aws:sns:r:1:", false)]
    [InlineData("ArnLike", "arn:aws:sns:r:1:${aws:PrincipalTag/t}y", "arn:aws:sns:r:1:x", false)]
    [InlineData("ArnLike", "arn:aws:sns:r:1:${aws:PrincipalTag/t}?", "arn:aws:sns:r:1:x", false)]
    [InlineData("StringNotEquals", "${aws:PrincipalTag/none}", "x", true)]
    [InlineData("StringNotLike", "${aws:PrincipalTag/none}", "x", true)]
    [InlineData("Bool", "${aws:SecureTransport}", "true", true)]
    public void Variables_count_in_the_operators_for_texts_and_ARNs(string name, string operand, string value, bool holds)
    {
        var policy = Requests.Policy(PolicyType.Identity, $"{{'Effect':'Allow','Action':'*','Resource':'*','Condition':{{'{name}':{{'k:k':'{operand}'}}}}}}");
        var context = Requests.Context("k:k=" + value, "aws:PrincipalTag/t=x", "aws:SourceArn=arn:aws:sns:r:1:t", "aws:SecureTransport=true");
        Assert.Equal(holds, KnownTraps.Decide(policy, Requests.Request(context: context)).IsAllowed);
    }

    [Theory]
    [InlineData("ArnLike", "arn:aws:sns:r:1:${aws:username}", "arn:aws:sns:r:1:bob", "arn:aws:sns:r:1:${aws:username}")]
    [InlineData("ArnLike", "arn:aws:sns:r:1:t${*}", "arn:aws:sns:r:1:t*", "arn:aws:sns:r:1:t${x}")]
    [InlineData("StringEquals", "${aws:username}", "bob", "${aws:username}")]
    [InlineData("StringLike", "${aws:username}?", "bobx", "${aws:username}x")]
    [InlineData("StringEqualsIgnoreCase", "${aws:username}", "bob", "${AWS:username}")]
    public void In_documents_of_the_old_version_they_are_text_in_conditions_too(string name, string operand, string replaced, string literal)
    {
        bool IsAllowed(string version, string value) => PolicyEvaluator.Evaluate(
            Requests.Request(context: Requests.Context("aws:username=bob", "k:k=" + value)),
            new PolicySet { Resource = [new Policy(PolicyDocument.Parse(Requests.Json($"{{{version}'Statement':{{'Effect':'Allow','Principal':'*','Action':'*','Resource':'*','Condition':{{'{name}':{{'k:k':'{operand}'}}}}}}}}"), PolicyType.Resource), "p", null)] }).IsAllowed;
        Assert.True(IsAllowed("'Version':'2012-10-17',", replaced));
        Assert.False(IsAllowed("'Version':'2012-10-17',", literal));
        Assert.False(IsAllowed("'Version':'2008-10-17',", replaced));
        Assert.True(IsAllowed("", literal));
    }

    [Theory]
    [InlineData("'Version':'2012-10-17',", true)]
    [InlineData("'Version':'2008-10-17',", false)]
    public void In_documents_of_the_old_version_Bool_takes_no_variables(string version, bool isAllowed)
    {
        var text = Requests.Json($"{{{version}'Statement':{{'Effect':'Allow','Principal':'*','Action':'*','Resource':'*','Condition':{{'Bool':{{'k:k':'${{aws:SecureTransport}}'}}}}}}}}");
        var set = new PolicySet { Resource = [new Policy(PolicyDocument.Parse(text, PolicyType.Resource), "p", null)] };
        Assert.Equal(isAllowed, PolicyEvaluator.Evaluate(Requests.Request(context: Requests.Context("aws:SecureTransport=true", "k:k=true")), set).IsAllowed);
    }

    [Fact]
    public void An_action_takes_no_variables()
    {
        var policy = Requests.Policy(PolicyType.Identity, "{'Effect':'Allow','Action':'s3:Get${x}','Resource':'*'}");
        Assert.False(KnownTraps.Decide(policy, Requests.Request(context: Requests.Context("x=Object"))).IsAllowed);
        Assert.False(KnownTraps.Decide(policy, Requests.Request(context: Requests.Context("x=object"))).IsAllowed);
    }

    [Theory]
    [InlineData("arn:aws:sqs:u*1:1:q", "arn:aws:sqs:us1:1:q", true)]
    [InlineData("arn:aws:sqs:u*1:1:q", "arn:aws:sqs:us:1:1:q", false)]
    [InlineData("arn:aws:sqs:u?1:1:q", "arn:aws:sqs:us1:1:q", true)]
    [InlineData("arn:aws:sqs:u?1:1:q", "arn:aws:sqs:u:1:1:q", false)]
    [InlineData("arn:aws:s?s:r:1:q", "arn:aws:s:s:r:1:q", false)]
    public void A_wildcard_inside_of_a_field_stays_in_its_field(string pattern, string resource, bool isAllowed)
    {
        var statement = $"{{'Effect':'Allow','Principal':'*','Action':'*','Resource':'{pattern}'}}";
        var set = new PolicySet { Resource = [Requests.Policy(PolicyType.Resource, statement)] };
        Assert.Equal(isAllowed, PolicyEvaluator.Evaluate(Requests.Request(resource: resource), set).IsAllowed);
    }

    [Fact]
    public void The_keys_that_a_statement_looks_at_are_told()
    {
        var document = Requests.Document(
            PolicyType.Identity,
            "{'Effect':'Allow','Action':'*','Resource':'arn:aws:s3:::${aws:username}','Condition':{'StringLike':{'k:k':'${aws:PrincipalTag/T}'},'Null':{'k:n':'true'}}}");
        Assert.Equal(["aws:username", "k:k", "aws:PrincipalTag/T", "k:n"], document.Statements[0].ContextKeys);
    }

    private static bool IsMatchByDefinition(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        if (pattern.IsEmpty)
            return text.IsEmpty;
        if (pattern[0] == '*')
            return IsMatchByDefinition(pattern[1..], text) || (!text.IsEmpty && IsMatchByDefinition(pattern, text[1..]));
        return !text.IsEmpty && (pattern[0] == '?' || pattern[0] == text[0]) && IsMatchByDefinition(pattern[1..], text[1..]);
    }
}
