using System.Text;
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
