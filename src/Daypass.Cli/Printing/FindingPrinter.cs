using System.Text;
using System.Text.Json.Nodes;
using Daypass.Cli.Api;
using Daypass.Policies;
using Daypass.Policies.Validation;

namespace Daypass.Cli.Printing;

/// <summary>Findings in policies: as lines that editors can follow, or as JSON of the shape that <c>accessanalyzer:ValidatePolicy</c> answers with.</summary>
internal static class FindingPrinter
{
    public static string Lines(IReadOnlyList<(string File, IReadOnlyList<PolicyFinding> Findings)> files)
    {
        var text = new StringBuilder();
        foreach (var (file, findings) in files)
        {
            foreach (var finding in findings)
            {
                var start = finding.Locations[0].Start;
                text.Append(FormattableString.Invariant($"{file}:{start.Line}:{start.Column}: {TypeOf(finding)} {finding.IssueCode} {finding.Details}\n"));
            }
        }
        return text.ToString();
    }

    public static string Json(IReadOnlyList<(string File, IReadOnlyList<PolicyFinding> Findings)> files)
    {
        var all = new JsonArray();
        foreach (var (file, findings) in files)
            all.Add(new JsonObject { ["file"] = file, ["findings"] = new JsonArray([.. findings.Select(Finding)]) });
        return ResultPrinter.Print(new JsonObject { ["files"] = all }) + "\n";
    }

    private static JsonObject Finding(PolicyFinding finding) => new()
    {
        ["findingType"] = TypeOf(finding),
        ["issueCode"] = finding.IssueCode,
        ["findingDetails"] = finding.Details,
        ["locations"] = new JsonArray([.. finding.Locations.Select(Location)]),
    };

    private static JsonObject Location(FindingLocation location) => new()
    {
        ["path"] = new JsonArray([.. location.Path.Select(Step)]),
        ["span"] = new JsonObject { ["start"] = Position(location.Start), ["end"] = Position(location.End) },
    };

    private static JsonObject Step(PathElement step) => step switch
    {
        { Index: { } index } => new() { ["index"] = index },
        { Key: { } key } => new() { ["key"] = key },
        { Substring: var (start, length) } => new() { ["substring"] = new JsonObject { ["start"] = start, ["length"] = length } },
        _ => new() { ["value"] = step.Value },
    };

    /// <summary>The API counts lines from 1 and columns from 0.</summary>
    private static JsonObject Position(TextPosition position) => new() { ["line"] = position.Line, ["column"] = position.Column - 1, ["offset"] = position.Offset };

    private static string TypeOf(PolicyFinding finding) => finding.Type == FindingType.SecurityWarning ? "SECURITY_WARNING" : finding.Type.ToString().ToUpperInvariant();
}
