using Daypass.Names;
using Daypass.Policies;
using Daypass.Policies.Comparing;

namespace Daypass.Core.Tests.Policies.Comparing;

/// <summary>
/// Random pairs over what is easiest to get wrong: escapes that look like variables, defaults of variables, two families of operators on one key, sets
/// and <c>IfExists</c> on keys that are missing, old versions, short ARNs, actions of stars, and requests made of the documents' own words.
/// </summary>
public sealed class HostileRandomComparisons
{
    private static readonly string[] Actions = ["*", "a:*", "A:G*", "a:get", "a:g?t", "a:*t", "*:get", "b:*", "a:get*t", "?:*"];

    private static readonly string[] Resources =
    [
        "*", "arn:*", "arn:aws:a", "arn:aws:a:::x", "arn:aws:a:::x/*", "arn:aws:a:::${*}", "arn:aws:a:::x${*}", "arn:aws:a:::${k:v}", "arn:aws:a:::${k:v, 'x'}", "arn:aws:a:::x/${k:v}",
        "arn:aws:a:::${$}{k:v}", "arn:aws:a:*:*:x", "arn:aws:a*:x", "arn:aws:?:::x", "arn:aws:a:::?", "arn:aws:a:::X", "arn:aws:a:::x:y", "arn:aws:a:::*:y", "arn:aws:${k:v}:::x",
    ];

    private static readonly string[] Operators =
    [
        "StringEquals", "StringNotEquals", "StringLike", "StringNotLike", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", "ArnLike", "ArnNotLike", "ArnEquals", "NumericLessThan",
        "NumericNotEquals", "NumericGreaterThanEquals", "DateLessThan", "DateNotEquals", "IpAddress", "NotIpAddress", "Bool", "BinaryEquals", "Null",
    ];

    private static readonly string[] Keys = ["k:t", "k:t", "K:T", "k:u", "k:v", "aws:TagKeys", "aws:SourceIp", "aws:CurrentTime", "aws:SecureTransport", "aws:PrincipalArn"];

    private static readonly string[] Texts =
    [
        "a", "A", "*", "a*", "?", "${*}", "a${*}", "${?}", "${$}", "${k:v}", "${k:v, 'a'}", "${k:v}*", "a${k:u}", "", "arn:aws:a:::${*}", "arn:aws:a:::x", "arn:*:a:::*", "arn:aws:a:::${k:v}",
        "arn:aws:a:*:x", "ſ", "s", "\u212A", "K", "İ", "i", "true", "TRUE", "false",
    ];

    private static readonly string[] Numbers = ["1", "1.0", "2", "-1", "1.5", "0"];
    private static readonly string[] Dates = ["2026-01-01T00:00:00Z", "1767225600", "2026-01-01", "2025-12-31T23:59:59.5Z", "0"];
    private static readonly string[] Addresses = ["10.0.0.0/8", "10.0.0.1", "::ffff:10.0.0.0/104", "::/0", "0.0.0.0/0", "2001:db8::/32", "10.128.0.0/9", "10.0.0.0/9"];

    private static readonly string[] AskedTexts =
    [
        "a", "A", "*", "a*", "?", "$", "aa", "ab", "${*}", "${k:v}", "${k:v, 'a'}", "", "arn:aws:a:::*", "arn:aws:a:::x", "arn:aws-cn:a:::z", "arn:aws:a:::a", "arn:aws:a:r:1:x", "ſ", "s", "S", "\u212A", "K", "k", "İ",
        "i", "I", "ı", "true", "false", "1", "1.00", "1.2", "2", "3", "-5", "2026-01-01T00:00:00Z", "1767225600", "1767225599.5", "1700000000", "10.0.0.1", "10.200.0.1", "::ffff:10.0.0.9", "11.0.0.1",
        "2001:db8::5", "YQ==", "YQ", "arn:aws:a:::${k:v}", "arn:aws:a:::${*}",
    ];

    private static readonly string[] AskedResources =
    [
        "*", "arn:aws:a:::x", "arn:aws:a:::X", "arn:aws:a:::*", "arn:aws:a:::x*", "arn:aws:a:::x/*", "arn:aws:a:::x/a", "arn:aws:a:::a", "arn:aws:a:::", "arn:aws:a:::${k:v}", "arn:aws:a:::${$}{k:v}", "arn:aws:a:r:1:x",
        "arn:aws:ab:::x", "arn:aws:b:::x", "arn:aws:a:::x:y", "arn:aws:a:::q:y", "arn:aws:a:::${*}", "arn:aws:a:::x/", "arn:aws:${k:v}:::x", "arn:aws:a:r:x:x", "arn:::::",
    ];

    private static readonly string[] AskedActions = ["a:get", "a:GET", "a:gut", "a:put", "b:get", "a:gett", "bb:get", "a:*"];

    // NotPrincipal spares a caller whose every form is listed, so all forms are here.
    private static readonly string[] Principals =
    [
        "*", "111111111111", Requests.UserArn, Requests.RoleArn, Requests.SessionArn, Requests.FederatedArn, Requests.UserId, Requests.RoleId, "222222222222", "arn:aws:iam::222222222222:root",
        "arn:aws:sts::111111111111:assumed-role/r/other", "arn:aws:iam::111111111111:role/r",
    ];

    private static readonly Principal[] Callers =
    [
        Requests.User, Requests.Session, Requests.Federated, Requests.Root, Principal.Anonymous, Principal.Root(Requests.Other), Principal.Service("ec2.amazonaws.com"),
        Principal.Federated(PrincipalKind.WebIdentity, "accounts.example.com"), Principal.User(Requests.Account, "arn:aws:iam::111111111111:user/eve", "AIDAEXAMPLEEXAMPLE009"),
        Principal.User(Requests.Account, Requests.UserArn, "AIDAEXAMPLEEXAMPLE009"), Principal.RoleSession(Requests.Account, Requests.SessionArn, "arn:aws:iam::111111111111:role/r", "AROAEXAMPLEEXAMPLE009"),
        Principal.RoleSession(Requests.Account, "arn:aws:sts::111111111111:assumed-role/r/other", Requests.RoleArn, Requests.RoleId),
    ];

    private readonly Random _random = new(Seed);
    private bool _hasPrincipals;

    private const int Seed = 20261123;
    private const int Pairs = 3000;
    private const int RequestsPerPair = 400;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Nothing_passes_that_allows_what_was_refused(bool hasPrincipals)
    {
        _hasPrincipals = hasPrincipals;
        var bad = new List<string>();
        var passed = 0;
        for (var i = 0; i < Pairs; i++)
        {
            var existing = Statements();
            string[] updated = _random.Next(4) switch { 0 => Statements(), 1 => [.. existing.Skip(1), Statement()], 2 => [.. existing.Select(Narrowed)], _ => [.. existing, Statement()] };
            if (Document(updated) is not { } wide || Document(existing) is not { } narrow)
                continue;
            if (!PolicyComparer.CheckNoNewAccess(wide, narrow).Passes)
                continue;
            passed++;
            var sets = Keys.Where(key => IsList(key, updated) || IsList(key, existing)).ToHashSet(StringComparer.OrdinalIgnoreCase);
            for (var j = 0; j < RequestsPerPair; j++)
            {
                var request = Request(sets);
                if (Checks.IsAllowed(request, wide) && !Checks.IsAllowed(request, narrow))
                {
                    bad.Add($"NEW {wide.Text}\nOLD {narrow.Text}\n{Checks.Words(request)}\n");
                    break;
                }
            }
        }
        Assert.True(bad.Count == 0, $"{bad.Count} of {passed}\n" + string.Join('\n', bad.OrderBy(text => text.Length).Take(8)));
        Assert.True(passed > Pairs / 20, $"{passed}");
    }

    [Fact]
    public void A_Deny_of_all_but_a_variable_is_read_as_the_engine_reads_it_without_a_value()
    {
        const string But = "{'Effect':'Deny','Action':'*','NotResource':'arn:aws:s3:::b/${k:v}*'}";
        var updated = Checks.Identity(Checks.Allow("'*'"), But);
        var existing = Checks.Identity(Checks.Allow("'*'", "'arn:aws:s3:::b/*'"));
        var request = Requests.Request(resource: "arn:aws:s3:::other/x");
        Assert.Equal(Checks.IsAllowed(request, updated), !PolicyComparer.CheckNoNewAccess(updated, existing).Passes);
    }

    // A key is taken to have lists only if one of the documents says so.
    [Theory]
    [InlineData("'ArnLike':{'k:t':'arn:aws:a:::x${*}y'}", "arn:aws:a:::x*y")]
    [InlineData("'ArnEquals':{'k:t':'arn:aws:a:::${?}'}", "arn:aws:a:::?")]
    [InlineData("'ArnLike':{'k:t':'arn:aws:a:::${$}{k:v}'}", "arn:aws:a:::${k:v}")]
    [InlineData("'StringLike':{'k:t':'${*}'}", "*")]
    [InlineData("'StringEquals':{'k:t':'${*}'}", "*")]
    public void An_escape_that_looks_like_a_variable_is_the_character(string condition, string value)
    {
        var updated = Checks.Identity(Checks.Allow(condition: $"{{{condition}}}"));
        var existing = Checks.Identity(Checks.Allow("'s3:Nothing'"));
        var request = Requests.Request(context: Requests.Context($"k:t={value}"));
        Assert.True(Checks.IsAllowed(request, updated));
        Assert.False(PolicyComparer.CheckNoNewAccess(updated, existing).Passes);
    }

    private static bool IsList(string key, string[] statements) =>
        key == "aws:TagKeys" || statements.Any(text => text.Split("'For").Skip(1).Any(rest => rest.Split("{'")[1].Split('\'')[0].Equals(key, StringComparison.OrdinalIgnoreCase)));

    private AccessRequest Request(HashSet<string> sets)
    {
        var context = new RequestContext();
        foreach (var key in Keys.Skip(2))
        {
            if (_random.Next(4) == 0)
                continue;
            var values = ValuesOf(key);
            if (sets.Contains(key) && _random.Next(2) == 0)
                context.SetList(key, [.. Enumerable.Range(0, _random.Next(4)).Select(_ => One(values))]);
            else
                context.Set(key, One(values));
        }
        return Requests.Request(_hasPrincipals ? One(Callers) : Requests.User, One(AskedActions), One(AskedResources), _hasPrincipals ? AccountId.Of(999999999999) : Requests.Account, context);
    }

    private static string[] ValuesOf(string key) => key switch
    {
        "aws:SourceIp" => ["10.0.0.1", "10.200.0.1", "11.0.0.1", "2001:db8::5", "::1", "255.255.255.255", "9.255.255.255"],
        "aws:CurrentTime" => ["2026-01-01T00:00:00Z", "1767225600", "2025-12-31T23:59:59Z", "2030-01-01", "1969-01-01"],
        "aws:SecureTransport" => ["true", "false"],
        "aws:PrincipalArn" => ["arn:aws:a:::*", "arn:aws:a:::x", "arn:aws-cn:a:::z", "arn:aws:a:r:1:x", "arn:aws:a:::a"],
        _ => AskedTexts,
    };

    private string[] Statements() => [.. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Statement())];

    // The same with a condition more or another pattern: often less than it was, and often only almost.
    private string Narrowed(string statement) => _random.Next(4) switch
    {
        0 => statement.Replace("'Condition':{}", $"'Condition':{{{Condition()}}}", StringComparison.Ordinal),
        1 => statement.Replace("*'", "a'", StringComparison.Ordinal),
        2 => statement.Replace("'a*'", "'a${*}'", StringComparison.Ordinal).Replace("'*'", "'${k:v}*'", StringComparison.Ordinal),
        _ => statement,
    };

    private string Statement()
    {
        var action = _random.Next(4) == 0 ? "NotAction" : "Action";
        var resource = _random.Next(4) == 0 ? "NotResource" : "Resource";
        var effect = _random.Next(4) == 0 ? "Deny" : "Allow";
        var conditions = string.Join(',', Enumerable.Range(0, Math.Max(0, _random.Next(4) - 1)).Select(_ => Condition()).DistinctBy(text => text.Split(':')[0]));
        return $"{{'Effect':'{effect}',{Named()}'{action}':{List(Actions)},'{resource}':{List(Resources)},'Condition':{{{conditions}}}}}";
    }

    private string Named() => !_hasPrincipals ? "" : _random.Next(8) switch
    {
        0 => "'Principal':{'Service':'ec2.amazonaws.com'},",
        1 => "'Principal':{'Federated':'accounts.example.com'},",
        2 or 3 => $"'NotPrincipal':{{'AWS':['{string.Join("','", Enumerable.Range(0, _random.Next(1, 5)).Select(_ => One(Principals[1..])).Distinct())}']}},",
        _ => $"'Principal':{{'AWS':{List(Principals)}}},",
    };

    private string Condition()
    {
        var name = One(Operators);
        var set = _random.Next(4) switch { 0 => "ForAllValues:", 1 => "ForAnyValue:", _ => "" };
        var ifExists = _random.Next(3) == 0 ? "IfExists" : "";
        var key = One(Keys);
        if (name == "Null")
            return $"'Null':{{'{key}':'{One("true", "false")}'}}";
        var values = name[0] switch
        {
            'N' when name.StartsWith("Numeric", StringComparison.Ordinal) => List(Numbers),
            'D' => List(Dates),
            'I' => List(Addresses),
            'N' => List(Addresses),
            'B' when name == "Bool" => List(["true", "false", "TRUE"]),
            'B' => List(["YQ==", "YWI="]),
            _ => List(Texts),
        };
        return $"'{set}{name}{ifExists}':{{'{key}':{values}}}";
    }

    private PolicyDocument? Document(string[] statements)
    {
        var version = _random.Next(4) > 0 ? "'Version':'2012-10-17'," : "'Version':'2008-10-17',";
        return PolicyDocument.TryParse(Text(version, statements), _hasPrincipals ? PolicyType.Resource : PolicyType.Boundary, out _)
            ?? PolicyDocument.TryParse(Text("'Version':'2012-10-17',", statements), _hasPrincipals ? PolicyType.Resource : PolicyType.Identity, out _);
    }

    private static string Text(string version, string[] statements) =>
        $"{{{version}'Statement':[{string.Join(',', statements)}]}}".Replace(", '", ", #", StringComparison.Ordinal).Replace("'}", "#}", StringComparison.Ordinal) is var marked ? Quoted(marked) : "";

    // Quotes of defaults stay single; all others become double.
    private static string Quoted(string text)
    {
        var quoted = new System.Text.StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var isDefault = text[i] == '#' && i >= 2 && text[i - 2] == ',' && text[i - 1] == ' ';
            if (isDefault)
            {
                var end = text.IndexOf("#}", i, StringComparison.Ordinal);
                quoted.Append('\'').Append(text, i + 1, end - i - 1).Append('\'');
                i = end;
                continue;
            }
            quoted.Append(text[i] is '\'' or '#' ? '"' : text[i]);
        }
        return quoted.ToString();
    }

    private string List(string[] from) => $"['{string.Join("','", Enumerable.Range(0, _random.Next(1, 3)).Select(_ => One(from)).Distinct())}']";

    private T One<T>(params T[] from) => from[_random.Next(from.Length)];
}
