using Daypass.Policies;

namespace Daypass.Core.Tests.Policies;

/// <summary>
/// Where policy engines usually go wrong, by number: here, in <see cref="TrapsOfPrincipals"/>, in <see cref="ParserRefusals"/>, and, where it
/// takes the API, in KnownTrapsOfTheApi of Daypass.Service.Tests. <see cref="EveryNumber"/> checks that none is left out.
/// </summary>
public sealed class KnownTraps
{
    /// <summary>Number, effect, condition, the caller's keys, outcome: A allowed, D not allowed, X explicitly denied.</summary>
    public static TheoryData<int, string, string, string[], char> Conditions => new()
    {
        { 1, "Allow", "{'StringNotEquals':{'aws:PrincipalTag/t':'x'}}", [], 'A' },
        { 2, "Deny", "{'StringNotEquals':{'aws:SourceVpce':'vpce-1'}}", [], 'X' },
        { 3, "Allow", "{'StringEquals':{'aws:PrincipalTag/t':'x'}}", [], 'D' },
        { 4, "Allow", "{'StringEqualsIfExists':{'aws:PrincipalTag/t':'x'}}", [], 'A' },
        { 5, "Deny", "{'Bool':{'aws:MultiFactorAuthPresent':'false'}}", [], 'A' },
        { 6, "Deny", "{'BoolIfExists':{'aws:MultiFactorAuthPresent':'false'}}", [], 'X' },
        { 7, "Allow", "{'ForAllValues:StringEquals':{'aws:TagKeys':['a']}}", [], 'A' },
        { 7, "Allow", "{'ForAllValues:StringEquals':{'aws:TagKeys':['a']}}", ["aws:TagKeys=[]"], 'A' },
        { 8, "Allow", "{'ForAllValues:StringEquals':{'aws:TagKeys':['a']},'Null':{'aws:TagKeys':'false'}}", [], 'D' },
        { 8, "Allow", "{'ForAllValues:StringEquals':{'aws:TagKeys':['a']},'Null':{'aws:TagKeys':'false'}}", ["aws:TagKeys=[]"], 'D' },
        { 8, "Allow", "{'ForAllValues:StringEquals':{'aws:TagKeys':['a']},'Null':{'aws:TagKeys':'false'}}", ["aws:TagKeys=[a]"], 'A' },
        { 9, "Allow", "{'ForAnyValue:StringNotEquals':{'aws:TagKeys':['a']}}", [], 'D' },
        { 10, "Allow", "{'ForAnyValue:StringNotEquals':{'aws:TagKeys':['a']}}", ["aws:TagKeys=[a,b]"], 'A' },
        { 11, "Allow", "{'ForAllValues:StringNotEquals':{'aws:TagKeys':['a']}}", ["aws:TagKeys=[a,b]"], 'D' },
        { 12, "Allow", "{'StringNotEquals':{'k:k':['x','y']}}", ["k:k=y"], 'D' },
        { 13, "Allow", "{'StringEquals':{'k:k':['x','y']}}", ["k:k=y"], 'A' },
        { 14, "Allow", "{'StringEquals':{'k:a':'x','k:b':'x'}}", ["k:a=x", "k:b=y"], 'D' },
        { 14, "Allow", "{'StringEquals':{'k:a':'x','k:b':'x'}}", ["k:a=x", "k:b=x"], 'A' },
        { 15, "Allow", "{'StringEquals':{'aws:username':'b*'}}", ["aws:username=bob"], 'D' },
        { 15, "Allow", "{'StringLike':{'aws:username':'b*'}}", ["aws:username=bob"], 'A' },
        { 16, "Allow", "{'ArnEquals':{'aws:PrincipalArn':'arn:aws:iam::111111111111:user/*'}}", ["aws:PrincipalArn=" + Requests.UserArn], 'A' },
        { 17, "Allow", "{'ArnLike':{'aws:SourceArn':'arn:aws:sns:*:t'}}", ["aws:SourceArn=arn:aws:sns:r:111111111111:t"], 'D' },
        { 18, "Allow", "{'StringLike':{'aws:SourceArn':'arn:aws:sns:*:t'}}", ["aws:SourceArn=arn:aws:sns:r:111111111111:t"], 'A' },
        { 33, "Deny", "{'StringNotEquals':{'s3:ExistingObjectTag/T':'${aws:PrincipalTag/T}'}}", ["s3:ExistingObjectTag/T=x"], 'X' },
        { 33, "Deny", "{'StringNotEquals':{'s3:ExistingObjectTag/T':'${aws:PrincipalTag/T}'}}", ["s3:ExistingObjectTag/T=x", "aws:PrincipalTag/T=x"], 'A' },
        { 34, "Allow", "{'StringEquals':{'k:k':'${aws:PrincipalTag/T}'}}", [], 'D' },
        { 36, "Allow", "{'IpAddress':{'aws:SourceIp':'10.0.0.0/8'}}", ["aws:SourceIp=::ffff:10.1.2.3"], 'A' },
        { 37, "Allow", "{'IpAddress':{'aws:SourceIp':'2001:db8::1'}}", ["aws:SourceIp=2001:0db8:0:0:0:0:0:1"], 'A' },
        { 38, "Allow", "{'NotIpAddress':{'aws:SourceIp':'10.0.0.0/8'}}", ["aws:SourceIp=2001:db8::1"], 'A' },
        { 38, "Allow", "{'IpAddress':{'aws:SourceIp':'10.0.0.0/8'}}", ["aws:SourceIp=2001:db8::1"], 'D' },
        { 39, "Allow", "{'IpAddress':{'aws:SourceIp':'10.9.9.9/8'}}", ["aws:SourceIp=10.1.1.1"], 'A' },
        { 40, "Allow", "{'DateGreaterThan':{'aws:EpochTime':'2020-01-01T00:00:00Z'}}", ["aws:EpochTime=1795312800"], 'A' },
        { 40, "Allow", "{'DateLessThan':{'aws:EpochTime':'2020-01-01T00:00:00Z'}}", ["aws:EpochTime=1795312800"], 'D' },
        { 41, "Allow", "{'DateEquals':{'aws:CurrentTime':'2026-01-01T01:00+01:00'}}", ["aws:CurrentTime=2026-01-01T00:00Z"], 'A' },
        { 42, "Allow", "{'NumericEquals':{'k:n':10}}", ["k:n=10.0"], 'A' },
        { 43, "Allow", "{'NumericLessThan':{'k:n':'20'}}", ["k:n=10abc"], 'D' },
        { 44, "Allow", "{'Bool':{'aws:SecureTransport':true}}", ["aws:SecureTransport=true"], 'A' },
        { 44, "Allow", "{'Bool':{'aws:SecureTransport':'True'}}", ["aws:SecureTransport=true"], 'A' },
        { 44, "Allow", "{'Bool':{'aws:SecureTransport':'true'}}", ["aws:SecureTransport=1"], 'D' },
        { 45, "Allow", "{'StringEquals':{'AWS:UserName':'bob'}}", ["aws:username=bob"], 'A' },
        { 46, "Allow", "{'StringEquals':{'aws:PrincipalTag/TEAM':'x'}}", ["aws:PrincipalTag/team=x"], 'A' },
        { 60, "Allow", "{'ArnLike':{'aws:PrincipalArn':'arn:aws:sts::111111111111:assumed-role/r/s'}}", ["aws:PrincipalArn=" + Requests.RoleArn], 'D' },
    };

    /// <summary>Number, Resource of an Allow, the resource asked for, the caller's keys, outcome.</summary>
    public static TheoryData<int, string, string, string[], char> Resources => new()
    {
        { 19, "arn:aws:s3:::b/*/x", "arn:aws:s3:::b/1/2/x", [], 'A' },
        { 20, "arn:aws:s3:::b/*", "arn:aws:s3:::b", [], 'D' },
        { 21, "arn:aws:s3:::B/k", "arn:aws:s3:::b/k", [], 'D' },
        { 27, "arn:aws:sqs", "arn:aws:sqs:us-east-1:111111111111:q", [], 'A' },
        { 28, "arn:aws:s3:::b/k", "*", [], 'D' },
        { 28, "*", "*", [], 'A' },
        { 29, "arn:aws:s3:::b/${aws:username}/*", "arn:aws:s3:::b/bob/f", [], 'D' },
        { 29, "arn:aws:s3:::b/${aws:username}/*", "arn:aws:s3:::b/bob/f", ["aws:username=bob"], 'A' },
        { 29, "arn:aws:s3:::b/${aws:username}/*", "arn:aws:s3:::b//f", [], 'D' },
        { 30, "arn:aws:s3:::b/${aws:username, 'shared'}/*", "arn:aws:s3:::b/shared/f", [], 'A' },
        { 32, "arn:aws:s3:::b/${aws:PrincipalTag/p}", "arn:aws:s3:::b/secret", ["aws:PrincipalTag/p=*"], 'D' },
        { 32, "arn:aws:s3:::b/${aws:PrincipalTag/p}", "arn:aws:s3:::b/*", ["aws:PrincipalTag/p=*"], 'A' },
        { 32, "arn:aws:s3:::b/${aws:PrincipalTag/p}", "arn:aws:s3:::b/x", ["aws:PrincipalTag/p=?"], 'D' },
        { 35, "arn:aws:s3:::b/a${*}", "arn:aws:s3:::b/axx", [], 'D' },
        { 35, "arn:aws:s3:::b/a${*}", "arn:aws:s3:::b/a*", [], 'A' },
    };

    [Theory, MemberData(nameof(Conditions))]
    public void A_condition_holds_as_AWS_says(int number, string effect, string condition, string[] keys, char expected)
    {
        var statement = $"{{'Effect':'{effect}','Action':'*','Resource':'*','Condition':{condition}}}";
        var all = "{'Effect':'Allow','Action':'*','Resource':'*'}";
        var policy = effect == "Deny" ? Requests.Policy(PolicyType.Identity, all, statement) : Requests.Policy(PolicyType.Identity, statement);
        AssertOutcome(number, expected, Decide(policy, Requests.Request(context: Requests.Context(keys))));
    }

    [Theory, MemberData(nameof(Resources))]
    public void A_resource_matches_as_AWS_says(int number, string pattern, string resource, string[] keys, char expected)
    {
        var escaped = pattern.Replace("'", "\\u0027", StringComparison.Ordinal);
        var policy = Requests.Policy(PolicyType.Identity, $"{{'Effect':'Allow','Action':'*','Resource':'{escaped}'}}");
        AssertOutcome(number, expected, Decide(policy, Requests.Request(resource: resource, context: Requests.Context(keys))));
    }

    [Theory]
    [InlineData(22, "'Action':'S3:getobject'", "s3:GetObject", true)]
    [InlineData(23, "'Action':'s3:Get?bject'", "s3:GetObject", true)]
    [InlineData(25, "'Action':'s3:GetObject '", "s3:GetObject", false)]
    [InlineData(26, "'NotAction':['s3:DeleteObject ']", "s3:DeleteObject", true)]
    [InlineData(26, "'NotAction':['s3:DeleteObject']", "s3:DeleteObject", false)]
    public void An_action_matches_as_AWS_says(int number, string actions, string action, bool allowed)
    {
        var policy = Requests.Policy(PolicyType.Identity, $"{{'Effect':'Allow',{actions},'Resource':'*'}}");
        AssertOutcome(number, allowed ? 'A' : 'D', Decide(policy, Requests.Request(action: action)));
    }

    [Fact]
    public void Number_24_a_comma_is_text_wherever_it_is_taken_at_all()
    {
        const string statement = "{'Effect':'Allow','Principal':'*','Action':'s3:Get*,s3:Put*','Resource':'*'}";
        var set = new PolicySet { Resource = [Requests.Policy(PolicyType.Resource, statement)] };
        Assert.False(PolicyEvaluator.Evaluate(Requests.Request(), set).IsAllowed);
    }

    [Fact]
    public void Number_31_variables_are_text_in_documents_without_the_new_version()
    {
        var text = Requests.Json("{'Statement':{'Effect':'Allow','Action':'*','Resource':'arn:aws:s3:::b/${aws:username}/*'}}");
        var policy = new Policy(PolicyDocument.Parse(text, PolicyType.Session), "old", null);
        var bob = Requests.Context("aws:username=bob");
        Assert.False(Decide(policy, Requests.Request(resource: "arn:aws:s3:::b/bob/f", context: bob)).IsAllowed);
        Assert.True(Decide(policy, Requests.Request(resource: "arn:aws:s3:::b/${aws:username}/f", context: bob)).IsAllowed);
    }

    [Fact]
    public void Number_73_NotResource_lets_through_what_it_does_not_list()
    {
        var policy = Requests.Policy(PolicyType.Identity, "{'Effect':'Allow','Action':'*','NotResource':'arn:aws:s3:::b/*'}");
        Assert.False(Decide(policy, Requests.Request()).IsAllowed);
        Assert.True(Decide(policy, Requests.Request(resource: "arn:aws:iam::111111111111:role/x")).IsAllowed);
    }

    internal static Decision Decide(Policy identity, AccessRequest request) => PolicyEvaluator.Evaluate(request, new PolicySet { Identity = [identity] });

    internal static void AssertOutcome(int number, char expected, Decision decision)
    {
        var outcome = decision switch { { IsAllowed: true } => 'A', { Reason: DenialReason.ExplicitDeny } => 'X', _ => 'D' };
        Assert.True(outcome == expected, $"number {number}: {outcome}, {decision.Reason}");
    }
}
