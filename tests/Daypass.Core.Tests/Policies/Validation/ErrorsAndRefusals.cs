using System.Text;
using System.Text.Json.Nodes;
using Daypass.Core.Tests.Policies.Plain;
using Daypass.Policies;
using Daypass.Policies.Validation;

namespace Daypass.Core.Tests.Policies.Validation;

/// <summary>The validator and the parser agree: what is refused is an error, and what has no error is read.</summary>
public sealed class ErrorsAndRefusals
{
    private static readonly string[] Corpus = [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Policies", "Corpus")).Order(StringComparer.Ordinal).Select(File.ReadAllText)];

    private static readonly string[] Pieces =
    [
        "\"", "\\", "{", "}", "[", "]", ":", ",", "*", "?", "$", "${", "'", "'}", "\0", "\ud800", "\u00e9", "arn:aws:s3:::", "\"Condition\":{", "\"Not", "Action\":", "\"Effect\":\"Deny\",", "null", "true",
        "1e999", "2020", "::", "/64", "ForAllValues:", "IfExists", "Null", "2008-10-17", "${aws:username}", "111111111111", "\\u0022", "\n", "s3:*", "\"Principal\":\"*\",", "\"Sid\":\"a b\",", "{},", "[],", "iam:",
    ];

    private static readonly string[] Words =
    [
        "", "*", "*:*", "x", "a:b", ":", "s3:", ":s3", "s3:*", "s*:Get", "S3:GetObject", "a:b:c", "iam:PassRole", "sts:AssumeRole", "arn:aws:iam::111111111111:root", "arn:aws:iam::111111111111:group/g", "arn:aws:s3", "arn", "arn:aws:s3:r::b",
        "arn:aws:iam:r:1:user/x", "arn:aws:iam::1:thing/x", "arn:aws:*:::x", "arn:xyz:s3:::b", "arn:aws:::", "arn:aws:own:::${aws:username}", "111111111111", "AROAEXAMPLEEXAMPLE001", "gitlab.com", "Allow", "allow", "Deny", "2008-10-17", "2012-10-17", "1",
        "${", "${}", "${a", "${a:b}", "${a:b, 'c'}", "${a:b,'c'}", "${a:b, 'c}", "${a:b, c}", "${a b}", "${${a}}", "${*}", "${a:b, 'c}d'}e", "${a:b , 'c'}", "x${a:b, 'c'", "${,}", "${a'b}", "${'}", "true", "10", "10.0.0.0/8", "2030-01-01", "%", "a b", "\u00e9",
        "Action", "NotAction", "Resource", "NotResource", "Principal", "NotPrincipal", "Condition", "Sid", "Effect", "AWS", "aws", "Service", "Federated", "StringEquals", "stringlike", "Null", "NullIfExists", "Bool", "NumericEquals", "DateEquals", "IpAddress",
        "BinaryEquals", "ArnLike", "ForAllValues:StringLike", "ForAnyValue:ArnEquals", "StringIs", "aws:username", "AWS:UserName", "aws:TagKeys", "nokey", "ucs:own:r:1:x", string.Concat(Enumerable.Repeat("a*", 65)),
    ];

    [Fact]
    public void Policies_whose_parts_are_changed_have_an_error_where_the_parser_refuses_them()
    {
        var random = new Random(20_261_122);
        var (taken, refused) = (0, 0);
        for (var i = 0; i < 12_000; i++)
        {
            var type = (PolicyType)random.Next(7);
            var root = JsonNode.Parse(new AdversarialPolicies(i).Policy(type).Document.Text)!;
            for (var hits = random.Next(1, 4); hits > 0; hits--)
                Change(random, root);
            var text = root.ToJsonString();
            AssertAgreement(text, type);
            _ = PolicyDocument.TryParse(text, type, out _) is null ? refused++ : taken++;
        }
        Assert.True(taken > 1_000 && refused > 1_000, $"{taken} taken, {refused} refused");
    }

    [Fact]
    public void What_the_parser_refuses_has_an_error_and_what_it_takes_never_breaks_the_validator()
    {
        var random = new Random(20_261_122);
        for (var i = 0; i < 6_000; i++)
        {
            var text = i < Corpus.Length ? Corpus[i] : Damage(random);
            foreach (var type in Enum.GetValues<PolicyType>())
                AssertAgreement(text, type);
        }
    }

    [Theory]
    [MemberData(nameof(ParserRefusals.Documents), MemberType = typeof(ParserRefusals))]
    public void A_refused_document_has_an_error(string document, string message)
    {
        Assert.NotEmpty(message);
        AssertAgreement(Requests.Json(document), PolicyType.Identity);
    }

    internal static void AssertAgreement(string text, PolicyType type)
    {
        var findings = PolicyValidator.Validate(text, type);
        var isRefused = PolicyDocument.TryParse(text, type, out var error) is null;
        var hasErrors = findings.Any(finding => finding.Type == FindingType.Error);
        var shown = $"{type}, {error?.Message}: {text}";
        Assert.True(hasErrors || !isRefused, shown);
        // A refusal without a check of its own is told too, but its author learns little.
        Assert.True(findings.All(finding => finding.IssueCode != "POLICY_REFUSED"), shown);
        foreach (var location in findings.SelectMany(finding => finding.Locations))
            Assert.True(location.Start.Offset >= 0 && location.Start.Offset <= location.End.Offset && location.End.Offset <= text.Length, shown);
    }

    /// <summary>Changes one part, wherever it is, and leaves JSON.</summary>
    private static void Change(Random random, JsonNode root)
    {
        var places = new List<JsonNode>();
        Collect(root, places);
        switch (places[random.Next(places.Count)])
        {
            case JsonObject { Count: > 0 } members:
                var name = members.ElementAt(random.Next(members.Count)).Key;
                var value = members[name]?.DeepClone();
                if (random.Next(3) > 0)
                    members.Remove(name);
                if (random.Next(3) > 0)
                    members[random.Next(2) == 0 ? Words[random.Next(Words.Length)] : name] = random.Next(3) == 0 ? Part(random) : value;
                break;
            case JsonObject members:
                members[Words[random.Next(Words.Length)]] = Part(random);
                break;
            case JsonArray { Count: > 0 } items when random.Next(2) == 0:
                items[random.Next(items.Count)] = Part(random);
                break;
            case JsonArray items:
                items.Add(Part(random));
                break;
        }
    }

    private static void Collect(JsonNode? node, List<JsonNode> places)
    {
        if (node is JsonObject or JsonArray)
            places.Add(node);
        foreach (var child in node is JsonObject members ? members.Select(member => member.Value) : node is JsonArray items ? items : [])
            Collect(child, places);
    }

    private static JsonNode? Part(Random random) => random.Next(12) switch
    {
        0 => null,
        1 => new JsonArray(),
        2 => new JsonObject(),
        3 => new JsonArray(Words[random.Next(Words.Length)]),
        4 => new JsonObject { [Words[random.Next(Words.Length)]] = Words[random.Next(Words.Length)] },
        5 => JsonValue.Create(random.Next()),
        _ => JsonValue.Create(Words[random.Next(Words.Length)]),
    };

    private static string Damage(Random random)
    {
        var text = new StringBuilder(Corpus[random.Next(Corpus.Length)]);
        for (var hits = random.Next(1, 4); hits > 0 && text.Length > 0; hits--)
        {
            var at = random.Next(text.Length);
            var length = random.Next(0, Math.Min(random.Next(2) == 0 ? 2 : 30, text.Length - at));
            text.Remove(at, length).Insert(at, Pieces[random.Next(Pieces.Length)]);
        }
        return text.ToString();
    }
}
