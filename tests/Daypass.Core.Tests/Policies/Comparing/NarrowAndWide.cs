using Daypass.Policies;
using Daypass.Policies.Comparing;

namespace Daypass.Core.Tests.Policies.Comparing;

/// <summary>
/// Pairs of which one allows less than the other, by each element: to narrow passes, and to widen fails with a request that the evaluator confirms.
/// </summary>
public sealed class NarrowAndWide
{
    [Theory]
    [InlineData("'s3:GetObject'", "'s3:*'")]
    [InlineData("'s3:a*b'", "'s3:a*'")]
    [InlineData("'s3:a*b'", "'s3:*b'")]
    [InlineData("'s3:ab'", "'s3:a?'")]
    [InlineData("'s3:a?'", "'s3:a*'")]
    [InlineData("'s3:*ab*'", "'s3:*b*'")]
    [InlineData("'s3:*'", "'*'")]
    [InlineData("['s3:Get*','s3:Put*']", "['S3:*']")]
    [InlineData("['s3:GetObject']", "['s3:GetObject','s3:PutObject']")]
    [InlineData("['s3:GetObject','s3:']", "['s3:GetObject','s3:PutObject ','s3:PutObject']")]
    public void Actions(string narrow, string wide) => AssertNarrower(Checks.Allow(narrow), Checks.Allow(wide));

    [Theory]
    [InlineData("'Action':'s3:GetObject'", "'NotAction':'ec2:*'")]
    [InlineData("'NotAction':['s3:*','ec2:*']", "'NotAction':'ec2:*'")]
    [InlineData("'NotAction':'ec2:*'", "'NotAction':'ec2:Run*'")]
    [InlineData("'NotAction':'ec2:*'", "'NotAction':['EC2:RUN*','ec2:Terminate* ']")]
    [InlineData("'NotAction':'ec2:*'", "'Action':'*'")]
    public void Exclusions_of_actions(string narrow, string wide) =>
        AssertNarrower($"{{'Effect':'Allow',{narrow},'Resource':'*'}}", $"{{'Effect':'Allow',{wide},'Resource':'*'}}");

    [Theory]
    [InlineData("'arn:aws:s3:::b/k'", "'arn:aws:s3:::b/*'")]
    [InlineData("'arn:aws:s3:::b/*/x'", "'arn:aws:s3:::b/*'")]
    [InlineData("'arn:aws:s3:::b/*'", "'arn:aws:s3:::b*'")]
    [InlineData("'arn:aws:s3:::b?'", "'arn:aws:s3:::b*'")]
    [InlineData("'arn:aws:sqs:us-east-1:111111111111:q'", "'arn:aws:sqs'")]
    [InlineData("'arn:aws:sqs:us-east-1:*:q'", "'arn:aws:sqs:*:*:q'")]
    [InlineData("'arn:aws:iam::111111111111:role/foo'", "'arn:aws:iam:*:role/foo'")]
    [InlineData("'arn:aws:iam::*:role/foo'", "'arn:aws:iam:*:role/foo'")]
    [InlineData("'arn:aws:logs:r:1:log-group:g:log-stream:*'", "'arn:aws:logs:r:1:log-group:g:*'")]
    [InlineData("'arn:aws:s3:*'", "'*'")]
    [InlineData("'arn:aws:s3:::home/${aws:username}/*'", "'arn:aws:s3:::home/*'")]
    [InlineData("'arn:aws:s3:::home/${aws:username}'", "['arn:aws:s3:::home/${aws:username}','arn:aws:s3:::home/${aws:userid}']")]
    [InlineData("'arn:aws:s3:::home/x'", "['arn:aws:s3:::home/x','arn:aws:s3:::home/${aws:username, \\u0027anonymous\\u0027}']")]
    [InlineData("'arn:aws:s3:::a${*}'", "'arn:aws:s3:::a*'")]
    public void Resources(string narrow, string wide) => AssertNarrower(Checks.Allow(resource: narrow), Checks.Allow(resource: wide));

    [Theory]
    [InlineData("'Resource':'arn:aws:s3:::a'", "'NotResource':'arn:aws:s3:::b/*'")]
    [InlineData("'NotResource':'arn:aws:s3:::b*'", "'NotResource':'arn:aws:s3:::b/*'")]
    [InlineData("'NotResource':'arn:aws:s3:::b/*'", "'Resource':'*'")]
    [InlineData("'NotResource':['arn:aws:s3:::b/*','arn:aws:s3:::b/${aws:username}','arn:aws:s3:::c/${aws:username}']", "'NotResource':'arn:aws:s3:::b/*'")]
    [InlineData("'NotResource':'*'", "'Resource':'arn:aws:s3:::b'")]
    public void Exclusions_of_resources(string narrow, string wide) =>
        AssertNarrower($"{{'Effect':'Allow','Action':'s3:GetObject',{narrow}}}", $"{{'Effect':'Allow','Action':'s3:GetObject',{wide}}}");

    [Theory]
    [InlineData("'StringEquals':{'k:t':'a'}", "")]
    [InlineData("'StringEquals':{'k:t':'a'}", "'StringEquals':{'K:T':['a','b']}")]
    [InlineData("'StringEquals':{'k:t':'a'}", "'StringLike':{'k:t':'a*'}")]
    [InlineData("'StringEquals':{'k:t':'a'}", "'StringEqualsIgnoreCase':{'k:t':'A'}")]
    [InlineData("'StringEquals':{'k:t':'a'}", "'StringEqualsIfExists':{'k:t':'a'}")]
    [InlineData("'StringEquals':{'k:t':'a'}", "'StringNotEquals':{'k:t':'b'}")]
    [InlineData("'StringEquals':{'k:t':'a'}", "'Null':{'k:t':'false'}")]
    [InlineData("'StringLike':{'k:t':'a*b'}", "'StringLike':{'k:t':'a*'}")]
    [InlineData("'StringLike':{'k:t':'?*'}", "'StringLike':{'k:t':'*'}")]
    [InlineData("'StringNotEquals':{'k:t':['a','b']}", "'StringNotEquals':{'k:t':'a'}")]
    [InlineData("'StringNotLike':{'k:t':'a*'}", "'StringNotEquals':{'k:t':'a'}")]
    [InlineData("'StringNotEqualsIgnoreCase':{'k:t':'ä'}", "'StringNotEquals':{'k:t':'Ä'}")]
    [InlineData("'StringEquals':{'k:t':'a','u:u':'b'}", "'StringEquals':{'k:t':'a'}")]
    [InlineData("'StringLike':{'k:t':'${aws:username}-*'}", "'StringLike':{'k:t':'*-*'}")]
    [InlineData("'StringEquals':{'k:t':'${aws:username}'}", "'StringEquals':{'k:t':['x','${aws:username}']}")]
    public void Texts(string narrow, string wide) => AssertNarrowerCondition(narrow, wide);

    [Theory]
    [InlineData("'NumericLessThan':{'k:n':10}", "'NumericLessThanEquals':{'k:n':10}")]
    [InlineData("'NumericLessThan':{'k:n':10}", "'NumericLessThan':{'k:n':'10.5'}")]
    [InlineData("'NumericEquals':{'k:n':'10'}", "'NumericGreaterThanEquals':{'k:n':'10.0'}")]
    [InlineData("'NumericGreaterThan':{'k:n':5},'NumericLessThan':{'k:n':7}", "'NumericNotEquals':{'k:n':5}")]
    [InlineData("'NumericEquals':{'k:n':7}", "'NumericEquals':{'k:n':[7,8]}")]
    [InlineData("'NumericGreaterThan':{'k:n':5}", "'NumericGreaterThanIfExists':{'k:n':5}")]
    public void Numbers(string narrow, string wide) => AssertNarrowerCondition(narrow, wide);

    [Theory]
    [InlineData("'DateLessThan':{'aws:CurrentTime':'2026-01-01T00:00:00Z'}", "'DateLessThanEquals':{'aws:CurrentTime':'2026-01-01'}")]
    [InlineData("'DateLessThan':{'aws:CurrentTime':'2026-01-01T00:00:00Z'}", "'DateLessThan':{'aws:CurrentTime':'2026-01-01T00:00:00.0000001Z'}")]
    [InlineData("'DateGreaterThan':{'k:d':'2026-01-01T02:00:00+01:00'}", "'DateGreaterThan':{'k:d':'1767225600'}")]
    [InlineData("'DateEquals':{'k:d':'2026'}", "'DateNotEquals':{'k:d':'2027'}")]
    [InlineData("'DateLessThan':{'k:d':'9999999999999'}", "'DateLessThanEquals':{'k:d':'9999999999999'}")]
    public void Dates(string narrow, string wide) => AssertNarrowerCondition(narrow, wide);

    [Theory]
    [InlineData("'IpAddress':{'aws:SourceIp':'10.1.0.0/16'}", "'IpAddress':{'aws:SourceIp':'10.0.0.0/8'}")]
    [InlineData("'IpAddress':{'aws:SourceIp':'10.0.0.0/9'}", "'IpAddress':{'aws:SourceIp':['10.0.0.0/9','10.128.0.0/9']}")]
    [InlineData("'IpAddress':{'aws:SourceIp':'10.0.0.1'}", "'IpAddress':{'aws:SourceIp':'10.0.0.0/31'}")]
    [InlineData("'IpAddress':{'aws:SourceIp':'2001:db8::1'}", "'IpAddress':{'aws:SourceIp':'2001:db8::/127'}")]
    [InlineData("'IpAddress':{'aws:SourceIp':'0.0.0.0/0'}", "'NotIpAddress':{'aws:SourceIp':'::/0'}")]
    [InlineData("'NotIpAddress':{'aws:SourceIp':'10.0.0.0/8'}", "'NotIpAddress':{'aws:SourceIp':'10.1.0.0/16'}")]
    public void Addresses(string narrow, string wide) => AssertNarrowerCondition(narrow, wide);

    [Theory]
    [InlineData("'Bool':{'aws:SecureTransport':'true'}", "'BoolIfExists':{'aws:SecureTransport':'true'}")]
    [InlineData("'Bool':{'aws:SecureTransport':'true'}", "'Bool':{'aws:SecureTransport':['true','false']}")]
    [InlineData("'Bool':{'k:b':'true'}", "'StringEqualsIgnoreCase':{'k:b':['true','x']}")]
    [InlineData("'BinaryEquals':{'k:b':'QUJD'}", "'BinaryEquals':{'k:b':['QUJD','QUI=']}")]
    [InlineData("'ArnLike':{'aws:SourceArn':'arn:aws:sns:*:111111111111:t'}", "'ArnEquals':{'aws:SourceArn':'arn:aws:sns:*:*:t'}")]
    [InlineData("'ArnLike':{'aws:SourceArn':'arn:aws:sns:*:t'}", "'StringLike':{'aws:SourceArn':'arn:aws:sns:*:t'}")]
    [InlineData("'ArnEquals':{'aws:SourceArn':'arn:aws:sns:r:1:t'}", "'StringLike':{'aws:SourceArn':'arn:aws:sns:*'}")]
    [InlineData("'ArnNotLike':{'aws:SourceArn':'arn:aws:sns:*:*:*'}", "'ArnNotLike':{'aws:SourceArn':'arn:aws:sns:*:*:t*'}")]
    public void Truths_bytes_and_ARNs(string narrow, string wide) => AssertNarrowerCondition(narrow, wide);

    [Theory]
    [InlineData("'Null':{'k:t':'true'}", "'StringNotEquals':{'k:t':'a'}")]
    [InlineData("'ForAllValues:StringEquals':{'aws:TagKeys':'a'}", "'ForAllValues:StringEquals':{'aws:TagKeys':['a','b']}")]
    [InlineData("'ForAnyValue:StringEquals':{'aws:TagKeys':'a'}", "'ForAnyValue:StringLike':{'aws:TagKeys':'a*'}")]
    [InlineData("'ForAnyValue:StringEquals':{'aws:TagKeys':'a'},'ForAllValues:StringEquals':{'aws:TagKeys':'a'}", "'ForAllValues:StringEquals':{'aws:TagKeys':'a'}")]
    [InlineData("'ForAnyValue:StringEquals':{'aws:TagKeys':'a'}", "'Null':{'aws:TagKeys':'false'}")]
    [InlineData("'ForAllValues:StringNotEquals':{'k:l':['a','b']}", "'ForAllValues:StringNotEquals':{'k:l':'a'}")]
    [InlineData("'ForAllValues:NumericLessThan':{'k:l':5}", "'ForAllValues:NumericLessThan':{'k:l':6}")]
    [InlineData("'ForAnyValue:IpAddress':{'k:l':'10.0.0.0/9'}", "'ForAnyValue:IpAddress':{'k:l':'10.0.0.0/8'}")]
    public void Presence_and_lists(string narrow, string wide) => AssertNarrowerCondition(narrow, wide);

    [Theory]
    [InlineData("{'AWS':'arn:aws:iam::111111111111:user/bob'}", "{'AWS':'111111111111'}")]
    [InlineData("{'AWS':'arn:aws:sts::111111111111:assumed-role/r/s'}", "{'AWS':'arn:aws:iam::111111111111:root'}")]
    [InlineData("{'AWS':'111111111111'}", "{'AWS':['111111111111','222222222222']}")]
    [InlineData("{'AWS':'111111111111'}", "'*'")]
    [InlineData("{'Service':'sns.amazonaws.com'}", "'*'")]
    [InlineData("{'Service':'sns.amazonaws.com'}", "{'Service':['sns.amazonaws.com','sqs.amazonaws.com']}")]
    [InlineData("{'AWS':'111111111111'}", "{'AWS':'111111111111','Federated':'accounts.example.com'}")]
    [InlineData("'*'", "{'AWS':'*','Federated':'accounts.example.com'}")]
    [InlineData("{'AWS':'AIDAEXAMPLEEXAMPLE001'}", "'*'")]
    public void Principals(string narrow, string wide) => AssertNarrower(ByPrincipal(narrow), ByPrincipal(wide), PolicyType.Resource);

    /// <summary>Fewer callers are spared by a longer list only if all their forms are in it.</summary>
    [Theory]
    [InlineData("{'AWS':['111111111111','arn:aws:iam::111111111111:user/bob']}", "{'AWS':['111111111111','222222222222','arn:aws:iam::111111111111:user/bob']}")]
    [InlineData("{'AWS':'111111111111'}", "{'AWS':['111111111111','arn:aws:iam::111111111111:user/bob']}")]
    public void Those_whom_a_Deny_spares(string narrow, string wide)
    {
        const string Allowed = "{'Effect':'Allow','Principal':'*','Action':'s3:GetObject','Resource':'*'}";
        static string Denied(string spared) => $"{{'Effect':'Deny','NotPrincipal':{spared},'Action':'*','Resource':'*'}}";
        AssertNarrower($"{Allowed},{Denied(narrow)}", $"{Allowed},{Denied(wide)}", PolicyType.Resource);
    }

    [Theory]
    [InlineData("'s3:GetObject'", "'s3:Get*'")]
    [InlineData("'s3:PutObject'", "'*'")]
    public void A_Deny_narrows_by_as_much_as_it_takes(string less, string more) =>
        AssertNarrower($"{Checks.Allow("'s3:*'")},{Checks.Deny(more)}", $"{Checks.Allow("'s3:*'")},{Checks.Deny(less)}");

    private static void AssertNarrowerCondition(string narrow, string wide) =>
        AssertNarrower(Checks.Allow(condition: $"{{{narrow}}}"), Checks.Allow(condition: $"{{{wide}}}"));

    private static void AssertNarrower(string narrow, string wide, PolicyType type = PolicyType.Identity)
    {
        var (less, more) = (Requests.Document(type, narrow), Requests.Document(type, wide));
        Checks.AssertPasses(less, more);
        Checks.AssertFails(more, less);
    }

    private static string ByPrincipal(string principal) => $"{{'Effect':'Allow','Principal':{principal},'Action':'s3:GetObject','Resource':'*'}}";
}
