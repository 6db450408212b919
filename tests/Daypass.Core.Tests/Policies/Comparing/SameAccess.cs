using Daypass.Policies;

namespace Daypass.Core.Tests.Policies.Comparing;

/// <summary>Different words for the same access: neither grants anything that the other does not.</summary>
public sealed class SameAccess
{
    private const string S3 = "'Effect':'Allow','Action':'s3:GetObject','Resource':'*'";

    [Theory]
    [InlineData("{'Effect':'Allow','Action':'s3:GetObject','Resource':'*'}", "{'Effect':'Allow','Action':'S3:GETOBJECT','Resource':'*'}")]
    [InlineData("{'Effect':'Allow','Action':'s3:*','Resource':'*'}", "{'Effect':'Allow','Action':['s3:*','s3:Get*','s3:','s3:Get '],'Resource':['*','arn:aws:s3:::b']}")]
    [InlineData("{'Effect':'Allow','Action':'*','Resource':'arn:aws:sqs'}", "{'Effect':'Allow','Action':'*','Resource':'arn:aws:sqs:*:*:*'}")]
    [InlineData("{'Effect':'Allow','NotAction':'s3:*','Resource':'*'}", "{'Effect':'Allow','Action':'*','Resource':'*'},{'Effect':'Deny','Action':'s3:*','Resource':'*'}")]
    [InlineData("{'Effect':'Allow','Action':'s3:*','NotResource':'arn:aws:s3:::b'}", "{'Effect':'Allow','Action':'s3:*','Resource':'*'},{'Effect':'Deny','Action':'*','Resource':'arn:aws:s3:::b'}")]
    [InlineData("{'Effect':'Allow','Action':['s3:*','sqs:*'],'Resource':'*'}", "{'Effect':'Allow','Action':'s3:*','Resource':'*'},{'Effect':'Allow','Action':'sqs:*','Resource':'*'}")]
    [InlineData("{'Effect':'Deny','Action':'*','Resource':'*'}", "{'Effect':'Allow','Action':'*','Resource':'*'},{'Effect':'Deny','Action':'*','Resource':'*'}")]
    public void Statements(string one, string other) => AssertSame(one, other);

    [Theory]
    [InlineData("'IpAddress':{'aws:SourceIp':'10.0.0.0/8'}", "'IpAddress':{'aws:SourceIp':['10.0.0.0/9','10.128.0.0/9','10.1.1.1/32']}")]
    [InlineData("'IpAddress':{'aws:SourceIp':'10.9.9.9/8'}", "'IpAddress':{'aws:SourceIp':'::ffff:10.0.0.0/104'}")]
    [InlineData("'NumericLessThanEquals':{'k:n':10}", "'NumericLessThanEquals':{'k:n':['10.0','5']}")]
    [InlineData("'DateEquals':{'k:d':'2026-01-01T01:00:00+01:00'}", "'DateEquals':{'k:d':'1767225600'}")]
    [InlineData("'ArnEquals':{'k:a':'arn:aws:sns:*:*:t'}", "'ArnLike':{'k:a':['arn:aws:sns:*:*:t','*','arn:aws:sns:*:t']}")]
    [InlineData("'StringLike':{'k:t':['a*','*']}", "'Null':{'k:t':'false'}")]
    [InlineData("'StringEqualsIgnoreCase':{'k:t':'ab'}", "'StringEquals':{'k:t':['ab','Ab','aB','AB']}")]
    [InlineData("'ForAllValues:StringLike':{'aws:TagKeys':'*'}", "")]
    [InlineData("'StringNotEquals':{'k:t':'a'}", "'StringNotEqualsIfExists':{'K:T':'a'}")]
    [InlineData("'StringLike':{'k:t':'${aws:username}*'}", "'StringLike':{'k:t':['${aws:username}*','${aws:username}*']}")]
    public void Conditions(string one, string other) => AssertSame($"{{{S3},'Condition':{{{one}}}}}", $"{{{S3},'Condition':{{{other}}}}}");

    [Fact]
    public void A_condition_and_its_opposite_are_no_condition_for_keys_of_known_type()
    {
        AssertSame($"{{{S3},'Condition':{{'Bool':{{'aws:SecureTransport':'true'}}}}}},{{{S3},'Condition':{{'Bool':{{'aws:SecureTransport':'false'}}}}}},{{{S3},'Condition':{{'Null':{{'aws:SecureTransport':'true'}}}}}}", $"{{{S3}}}");
        AssertSame($"{{{S3},'Condition':{{'IpAddress':{{'aws:SourceIp':'10.0.0.0/8'}}}}}},{{{S3},'Condition':{{'NotIpAddress':{{'aws:SourceIp':'10.0.0.0/8'}}}}}}", $"{{{S3}}}");
        AssertSame($"{{{S3},'Condition':{{'StringEquals':{{'k:t':'a'}}}}}},{{{S3},'Condition':{{'StringNotEquals':{{'k:t':'a'}}}}}}", $"{{{S3}}}");
    }

    [Fact]
    public void What_no_operator_reads_is_neither_in_a_range_nor_outside_of_it()
    {
        var split = Checks.Identity($"{{{S3},'Condition':{{'NumericLessThan':{{'k:n':'5'}}}}}}", $"{{{S3},'Condition':{{'NumericGreaterThanEqualsIfExists':{{'k:n':'5'}}}}}}");
        Checks.AssertPasses(split, Checks.Identity($"{{{S3}}}"));
        var request = Checks.AssertFails(Checks.Identity($"{{{S3}}}"), split);
        Assert.True(request.Context.TryGet("k:n", out var value));
        Assert.False(decimal.TryParse(value.Single, out _));
    }

    [Fact]
    public void Variables_are_text_in_the_old_version()
    {
        const string Statement = "{'Effect':'Allow','Action':'s3:GetObject','Resource':'arn:aws:s3:::b/${aws:username}'}";
        PolicyDocument Of(string version) => PolicyDocument.Parse(Requests.Json($"{{'Version':'{version}','Statement':[{Statement}]}}"), PolicyType.Session);
        Checks.AssertPasses(Of("2008-10-17"), Of("2008-10-17"));
        Assert.EndsWith("b/${aws:username}", Checks.AssertFails(Of("2008-10-17"), Of("2012-10-17")).Resource, StringComparison.Ordinal);
        Assert.DoesNotContain("$", Checks.AssertFails(Of("2012-10-17"), Of("2008-10-17")).Resource, StringComparison.Ordinal);
    }

    private static void AssertSame(string one, string other)
    {
        var (left, right) = (Checks.Identity(one), Checks.Identity(other));
        Checks.AssertPasses(left, right);
        Checks.AssertPasses(right, left);
    }
}
