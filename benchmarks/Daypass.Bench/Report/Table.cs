using System.Globalization;
using System.Text;
using Daypass.Bench.Cases;

namespace Daypass.Bench.Report;

/// <summary>The findings as Markdown, the same on the terminal and in docs/performance.md.</summary>
internal static class Table
{
    public static string Of(Findings findings)
    {
        var floor = findings.Results[0];
        var text = new StringBuilder()
            .AppendLine("| case | requests/s | of the floor | p50 ms | p99 ms | server CPU µs/request | RSS MB before → after |")
            .AppendLine("|---|--:|--:|--:|--:|--:|--:|");
        foreach (var result in findings.Results)
            text.AppendLine(Row(result, floor));
        return text.AppendLine().Append(Single(findings)).ToString();
    }

    private static string Row(Result result, Result floor) => string.Create(CultureInfo.InvariantCulture,
        $"| {result.Name} | {result.Rate:N0} | {result.Rate / floor.Rate:P0} | {result.P50 / 1000:F2} | {result.P99 / 1000:F2} | {result.Cpu:F1} | {result.ResidentBefore:F0} → {result.ResidentAfter:F0} |");

    private static string Share(Findings findings) => findings.Results.FirstOrDefault(result => result.Name == "AssumeRole") is { } all
        ? string.Create(CultureInfo.InvariantCulture, $", {findings.AuditMicroseconds / all.Cpu:P0} of the call's")
        : "";

    // What it cannot do without: the signature, and a role's session.
    private static string Identities(Findings findings, string algorithm)
    {
        var bare = findings.SignatureMicroseconds[algorithm];
        var of = findings.Results.FirstOrDefault(result => result.Name == "AssumeRoleWithWebIdentity, " + algorithm) is { } all && findings.Results.FirstOrDefault(result => result.Name == "AssumeRole") is { } plain
            ? string.Create(CultureInfo.InvariantCulture, $"; the call is {all.Cpu / (bare + plain.Cpu):F2} times that and AssumeRole together")
            : "";
        return string.Create(CultureInfo.InvariantCulture, $"| CPU of a token's bare signature check, {algorithm} | {bare:F1} µs{of} |");
    }

    private static string Single(Findings findings) => string.Create(CultureInfo.InvariantCulture, $"""
        | also | |
        |---|--:|
        | first signed answer after process start, median of 5 | {findings.FirstAnswer:F0} ms |
        | resident when idle | {findings.IdleMegabytes:F0} MB |
        | CreateUser, one after the other | {findings.SequentialWrites:N0}/s |
        | CreateUser, 16 at once | {findings.ConcurrentWrites:N0}/s |
        | bytes of one AssumeRole event in the journal | {findings.EventBytes:N0} |
        {findings.Arrived.Row}
        {Identities(findings, "RS256")}
        {Identities(findings, "ES256")}
        | CPU of an AssumeRole call's event: record, journal, store and index | {findings.AuditMicroseconds:F1} µs{Share(findings)} |

        """);
}
