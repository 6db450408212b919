using System.Text.Json;

namespace Daypass.Core.Tests.Policies.Plain;

/// <summary>Random texts of policies that are near to what is asked for: wildcards in odd places, variables, values of every type.</summary>
internal sealed class AdversarialText(Random random)
{
    public static readonly string[] Asked =
    [
        "arn:aws:s3:::b/k", "arn:aws:s3:::b/bob/f", "arn:aws:s3:::b", "arn:aws:s3:::b/*", "arn:aws:s3:::aaaaaaab", "arn:aws:ec2:r:111111111111:instance/i", "arn:aws:logs:r:111111111111:log-group:g:stream:s",
        Requests.RoleArn, "arn:aws:iam::222222222222:role/x", "*", "arn:aws:sqs:r:111111111111:q", "arn:aws:s3:::b/${aws:username}", "arn:aws:s3", "queue",
    ];

    public static readonly string[] Keys =
        ["aws:username", "AWS:PrincipalTag/Team", "aws:principaltag/team", "aws:TagKeys", "k:n", "k:d", "aws:SourceIp", "aws:PrincipalArn", "aws:SecureTransport", "k:b64", "k:s"];

    private static readonly string[] Operators =
    [
        "StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", "StringLike", "StringNotLike",
        "NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals", "NumericGreaterThan", "NumericGreaterThanEquals",
        "DateEquals", "DateNotEquals", "DateLessThan", "DateLessThanEquals", "DateGreaterThan", "DateGreaterThanEquals",
        "Bool", "BinaryEquals", "IpAddress", "NotIpAddress", "ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike", "Null", "stringlike", "NULL",
    ];

    private static readonly string[] Texts = ["bob", "BOB", "red", "b", "", "a", "k", "*", "?", "a*", "*b", "r?d", "${aws:username}", "${*}", "${aws:PrincipalTag/team, 'red'}", "$", "a${k:s}", "${AWS:USERNAME}x", "${aws:TagKeys}", "${aws:username,'x'}", "*${k:s}*"];
    private static readonly string[] Numbers = ["1", "1.0", "2", "-1", "0", "+1", "10", "1e3", "0x1", "1,0", ".5", "1."];
    private static readonly string[] Dates = ["2020", "2020-01", "2020-01-01", "2020-01-01T00:00Z", "2020-01-01T01:00:00+01:00", "1577836800", "2019-12-31T23:59:59.5Z", "2020-01-01T00:00:00", "20200", "-5", "2020-13", "2021-02-29", "2019-12-31T23:00-01:00", "0000-01-01", "2020-01-01T24:00Z", "2020-01-01T00:60Z", "2020-01-01T00:00+24:00"];
    private static readonly string[] Addresses = ["10.1.2.3", "10.0.0.0", "::ffff:10.1.2.3", "2001:db8::1", "2001:0db8:0:0:0:0:0:1", "10.1.2", "010.1.2.3", "::1", "fe80::", "1:2:3:4:5:6:7:8:9", "::ffff:a01:203", "256.1.1.1", "1:2:3:4:5:6:7::8", "1::2::3", "x"];
    private static readonly string[] Ranges = ["10.0.0.0/8", "10.1.2.3", "10.9.9.9/8", "2001:db8::/32", "::/0", "0.0.0.0/0", "10.1.2.3/32", "::ffff:10.0.0.0/104", "2001:db8::1/128", "10.1.2.2/31"];
    private static readonly string[] Arns = [Requests.UserArn, Requests.RoleArn, "arn:aws:iam::111111111111:user/*", "arn:aws:iam::*:user/bob", "*", "arn:*", "arn:aws:iam::111111111111:user/${aws:username}", "arn:aws:iam::*:us?r/${aws:username}", "${aws:PrincipalArn}", "arn:aws:iam:${k:s}", "arn:aws:s3:::b/k", "arn:aws:sns:r:1:t", "arn:aws:sns:*:t", "arn", "arn:aws:iam::1111?1111111:*/b?b"];
    private static readonly string[] Bools = ["true", "false", "True", "FALSE", "1", "", "yes", "${k:s}"];
    private static readonly string[] Base64 = ["YQ==", "YWI=", "YQ", "!!", "", "YQ=="];
    private static readonly string[] ActionPatterns = ["*", "s3:*", "S3:Get*", "s3:GetObject", "s3:getobject", "s3:Put?bject", "ec2:*", "ec2:Run*", "sqs:SendMessage", "sts:*", "sts:AssumeRole", "sts:AssumeRole*", "s3:?etObject", "s3:*Object", "s3:*t*t*", "s3:", "*:*", "s3:GetObjectx"];
    private static readonly string[] OddActions = ["s3", "s3:Get:Object", "s*:GetObject", "s3:Get*,s3:Put*", "s3:GetObject ", ":GetObject", "", "**", "?3:*"];

    public T One<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];

    public bool Chance(int of) => random.Next(of) == 0;

    public string Statement(string effect, string? principal, bool isTrust, bool isOdd, bool isNotAllowed)
    {
        var members = new List<string> { $"\"Effect\":\"{effect}\"" };
        if (principal is not null)
            members.Add(principal);
        members.Add($"\"{(isNotAllowed && Chance(5) ? "NotAction" : "Action")}\":{List(() => isTrust ? One(["sts:*", "sts:AssumeRole", "sts:AssumeRoleWith*", "STS:assumerole"]) : isOdd && Chance(4) ? One(OddActions) : One(ActionPatterns))}");
        if (!isTrust)
            members.Add($"\"{(isNotAllowed && Chance(5) ? "NotResource" : "Resource")}\":{List(Resource)}");
        if (Chance(2))
            members.Add($"\"Condition\":{{{string.Join(',', Enumerable.Range(0, random.Next(0, 3)).Select(_ => Condition()).DistinctBy(condition => condition[..condition.IndexOf('{')], StringComparer.OrdinalIgnoreCase))}}}");
        return $"{{{string.Join(',', members)}}}";
    }

    /// <summary>A value that a request may have under a key: of the key's type or not.</summary>
    public string Value(string key) => One(Chance(6) ? Texts : key switch
    {
        "k:n" => Numbers,
        "k:d" => Dates,
        "aws:SourceIp" => Addresses,
        "aws:PrincipalArn" => Arns,
        "aws:SecureTransport" => Bools,
        "k:b64" => Base64,
        _ => Texts,
    });

    public string List(Func<string> one)
    {
        if (Chance(3))
            return JsonSerializer.Serialize(one());
        return $"[{string.Join(',', Enumerable.Range(0, random.Next(1, 4)).Select(_ => JsonSerializer.Serialize(one())))}]";
    }

    /// <summary>Everything, or something asked for with pieces of it made wild, variable, shorter or wrong.</summary>
    private string Resource()
    {
        if (Chance(3))
            return One(["*", "**", "arn:aws:s3:::*", "arn:aws:s3:::b/*", "arn:aws:sqs", "arn:*:ec2:*:*:instance/*", "arn:aws:iam:*:role/*", "arn:aws:s3:::b/${aws:username}/*", "arn:aws:s3:::b/${aws:username}", "arn:*:s3:*", "arn:aws:*:${aws:username}:*:*", "arn:aws:logs:r:*:log-group:g:*", "arn:aws:s3:::*a*a*a*b", "arn:aws:s3:::b/${*}"]);
        var text = One(Asked);
        for (var hits = random.Next(0, 3); hits > 0 && text.Length > 0; hits--)
        {
            var at = random.Next(text.Length);
            var length = random.Next(0, Math.Min(4, text.Length - at));
            text = text[..at] + One(["*", "?", "", "**", "*?", "${aws:username}", "x", ":", "${k:s, 'k'}"]) + text[(at + length)..];
        }
        return text;
    }

    private string Condition()
    {
        var name = One(Operators);
        var keys = Enumerable.Range(0, random.Next(1, 3)).Select(_ => KeyFor(name)).Distinct(StringComparer.OrdinalIgnoreCase);
        var isNull = name.Equals("Null", StringComparison.OrdinalIgnoreCase);
        var suffix = !isNull && Chance(4) ? "IfExists" : "";
        return $"\"{One(["", "", "", "ForAllValues:", "ForAnyValue:"])}{name}{suffix}\":{{{string.Join(',', keys.Select(key => $"\"{key}\":{List(() => Operand(name))}"))}}}";
    }

    private string KeyFor(string name) => Chance(4) ? One(Keys) : Family(name) switch
    {
        "n" => "k:n",
        "d" => "k:d",
        "i" => "aws:SourceIp",
        "a" => "aws:PrincipalArn",
        "b" => "aws:SecureTransport",
        "6" => "k:b64",
        _ => One(Keys),
    };

    private string Operand(string name) => Family(name) switch
    {
        "n" => One(Numbers),
        "d" => One(Dates),
        "i" => One(Ranges),
        "a" => One(Arns),
        "b" => One(Bools),
        "6" => One(Base64),
        "0" => One(["true", "false", "TRUE"]),
        _ => One(Texts),
    };

    private static string Family(string name) => name switch
    {
        _ when name.StartsWith("Numeric", StringComparison.Ordinal) => "n",
        _ when name.StartsWith("Date", StringComparison.Ordinal) => "d",
        "IpAddress" or "NotIpAddress" => "i",
        _ when name.StartsWith("Arn", StringComparison.Ordinal) => "a",
        "Bool" => "b",
        "BinaryEquals" => "6",
        "Null" or "NULL" => "0",
        _ => "s",
    };
}
