using System.Globalization;
using Daypass.Policies;

namespace Daypass.Core.Tests.Policies.Comparing;

/// <summary>
/// Random pairs of documents, of which one is often a small change of the other, and requests around them: over few words, so that patterns,
/// operators and values meet. The seed makes a run repeatable.
/// </summary>
internal sealed class RandomComparisons(int seed)
{
    private static readonly string[] Actions = ["*", "s3:*", "S3:Get*", "s3:GetObject", "s3:Put?bject", "s3:*Object", "ec2:*", "ec2:Run*", "sqs:SendMessage", "s3:Get*j*t", "*:*"];

    private static readonly string[] Resources =
    [
        "*", "arn:aws:s3:::b/*", "arn:aws:s3:::b/k", "arn:aws:s3:::*", "arn:aws:s3:::b/*k*", "arn:aws:sqs", "arn:aws:s3:::b/${aws:username}", "arn:aws:s3:::b/${aws:username}/*",
        "arn:*:ec2:*:*:instance/*", "arn:aws:iam:*:role/foo", "arn:aws:s3:::?/k",
    ];

    private static readonly string[] Conditions =
    [
        "", "", "", "", "'StringEquals':{'aws:username':'bob'}", "'StringNotEquals':{'aws:username':'bob'}", "'StringLike':{'k:t':'b*'}", "'StringLike':{'k:t':['*b','x']}",
        "'StringNotLike':{'K:T':'*b*'}", "'StringEqualsIgnoreCase':{'k:t':'BOB'}", "'StringEquals':{'k:t':['bob','Bob']}", "'StringEqualsIfExists':{'k:t':'bob'}",
        "'StringEquals':{'k:t':'${aws:username}'}", "'StringNotLike':{'k:t':'${aws:username}*'}", "'Null':{'k:t':'true'}", "'Null':{'k:t':'false'}",
        "'NumericLessThan':{'k:n':10}", "'NumericGreaterThanEquals':{'k:n':[5,10]}", "'NumericNotEquals':{'k:n':'7'}", "'NumericEqualsIfExists':{'k:n':7}",
        "'DateGreaterThan':{'aws:CurrentTime':'2026-01-01T00:00:00Z'}", "'DateLessThanEquals':{'aws:CurrentTime':'2026-01-01'}",
        "'IpAddress':{'aws:SourceIp':'10.0.0.0/8'}", "'NotIpAddress':{'aws:SourceIp':['10.1.0.0/16','2001:db8::/32']}", "'IpAddress':{'aws:SourceIp':['10.0.0.0/9','10.128.0.0/9']}",
        "'Bool':{'aws:SecureTransport':'true'}", "'BoolIfExists':{'aws:SecureTransport':'false'}", "'BinaryEquals':{'k:b':'QUJD'}",
        "'ArnLike':{'aws:SourceArn':'arn:aws:sns:*:111111111111:*'}", "'ArnNotEquals':{'aws:SourceArn':'arn:aws:sns:r:*:t'}",
        "'ForAnyValue:StringLike':{'aws:TagKeys':['a*','b']}", "'ForAllValues:StringEquals':{'aws:TagKeys':['a','b']}", "'ForAnyValue:StringNotEquals':{'aws:TagKeys':'a'}", "'Null':{'aws:TagKeys':'true'}",
    ];

    private static readonly string[] Principals =
    [
        "'*'", "{'AWS':'111111111111'}", $"{{'AWS':'{Requests.UserArn}'}}", $"{{'AWS':['{Requests.RoleArn}','222222222222']}}", $"{{'AWS':'{Requests.SessionArn}'}}",
        "{'Service':'ec2.amazonaws.com'}", "{'Federated':'accounts.example.com'}", $"{{'AWS':['{Requests.UserArn}','111111111111','{Requests.SessionArn}','{Requests.RoleArn}']}}",
    ];

    private static readonly Principal[] Callers =
    [
        Requests.User, Requests.Session, Requests.Federated, Requests.Root, Principal.Anonymous, Principal.Service("ec2.amazonaws.com"), Principal.Service("sns.amazonaws.com"),
        Principal.Federated(PrincipalKind.WebIdentity, "accounts.example.com"), Principal.Root(Requests.Other), Principal.User(Requests.Account, "arn:aws:iam::111111111111:user/eve", "AIDAEXAMPLEEXAMPLE009"),
    ];

    private static readonly string[] AskedActions = ["s3:GetObject", "s3:PutObject", "s3:ListBucket", "ec2:RunInstances", "ec2:StopInstances", "sqs:SendMessage", "sns:Publish"];

    private static readonly string[] AskedResources =
    [
        "*", "arn:aws:s3:::b/k", "arn:aws:s3:::b/bob", "arn:aws:s3:::b/bob/x", "arn:aws:s3:::b/xky", "arn:aws:s3:::c/k", "arn:aws:s3:::b", "arn:aws:ec2:r:111111111111:instance/i",
        "arn:aws:sqs:r:111111111111:q", "arn:aws:iam::111111111111:role/foo", "arn:aws-cn:ec2:r:111111111111:instance/i",
    ];

    private static readonly (string Key, string[] Values)[] AskedKeys =
    [
        ("aws:username", ["bob", "eve", "Bob", "k"]), ("k:t", ["bob", "BOB", "eve", "", "b", "xb", "bobby", "x"]), ("k:n", ["4", "5", "7.0", "9.5", "10", "11", "x"]),
        ("aws:CurrentTime", ["2025-06-01", "2026-01-01T00:00:00Z", "1790000000"]), ("aws:SourceIp", ["10.0.0.1", "10.1.2.3", "10.200.0.1", "192.0.2.1", "2001:db8::1", "2001:db9::1"]),
        ("aws:SecureTransport", ["true", "false"]), ("k:b", ["QUJD", "QUI=", "?"]), ("aws:SourceArn", ["arn:aws:sns:r:111111111111:t", "arn:aws:sns:q:111111111111:u", "arn:aws:sns:r:2:t"]),
    ];

    private static readonly string[][] TagKeys = [[], ["a"], ["b", "a"], ["c"], [""], ["ab", "c"]];

    private readonly Random _random = new(seed);

    public (PolicyDocument Updated, PolicyDocument Existing) Pair(PolicyType type)
    {
        var existing = Statements(type);
        string[] updated = _random.Next(4) == 0 ? Statements(type) : Changed(existing, type);
        return (Document(type, updated), Document(type, existing));
    }

    public AccessRequest Request(PolicyType type)
    {
        var hasPrincipals = type is PolicyType.Resource;
        var context = new RequestContext();
        foreach (var (key, values) in AskedKeys)
        {
            if (_random.Next(2) == 0)
                context.Set(key, One(values));
        }
        if (_random.Next(2) == 0)
            context.SetList("aws:TagKeys", One(TagKeys));
        return Requests.Request(hasPrincipals ? One(Callers) : Requests.User, One(AskedActions), One(AskedResources), hasPrincipals ? Daypass.Names.AccountId.Of(999999999999) : Requests.Account, context);
    }

    private string[] Statements(PolicyType type) => [.. Enumerable.Range(0, _random.Next(1, 5)).Select(_ => Statement(type))];

    /// <summary>A statement less, one more, or another in the place of one.</summary>
    private string[] Changed(string[] statements, PolicyType type)
    {
        var index = _random.Next(statements.Length);
        return _random.Next(4) switch
        {
            0 when statements.Length > 1 => [.. statements.Where((_, i) => i != index)],
            1 => [.. statements, Statement(type)],
            2 => [.. statements.Select((statement, i) => i == index ? Statement(type) : statement)],
            _ => [.. statements.Select((statement, i) => i == index ? Edited(statement) : statement)],
        };
    }

    private string Edited(string statement) => _random.Next(3) switch
    {
        0 => statement.Replace(One(Actions), One(Actions), StringComparison.Ordinal),
        1 => statement.Replace(One(Resources), One(Resources), StringComparison.Ordinal),
        _ => statement.Replace("'Condition':{", $"'Condition':{{{One(Conditions[4..])},", StringComparison.Ordinal),
    };

    private string Statement(PolicyType type)
    {
        var principal = type == PolicyType.Resource ? $"'{(_random.Next(6) == 0 ? "NotPrincipal" : "Principal")}':{One(Principals)}," : "";
        var action = _random.Next(5) == 0 ? "NotAction" : "Action";
        var resource = _random.Next(5) == 0 ? "NotResource" : "Resource";
        var effect = _random.Next(3) == 0 ? "Deny" : "Allow";
        return string.Create(CultureInfo.InvariantCulture, $"{{'Effect':'{effect}',{principal}'{action}':{List(Actions)},'{resource}':{List(Resources)},'Condition':{{{One(Conditions)}}}}}");
    }

    private PolicyDocument Document(PolicyType type, string[] statements)
    {
        var version = type == PolicyType.Identity || _random.Next(5) > 0 ? "2012-10-17" : "2008-10-17";
        // An edit may give an operator twice; then the document is what it was before the edit would be.
        var text = Requests.Json($"{{'Version':'{version}','Statement':[{string.Join(',', statements)}]}}");
        return PolicyDocument.TryParse(text, type, out _) ?? Document(type, [Statement(type)]);
    }

    private string List(string[] from) => $"['{string.Join("','", Enumerable.Range(0, _random.Next(1, 3)).Select(_ => One(from)))}']";

    private T One<T>(T[] from) => from[_random.Next(from.Length)];
}
