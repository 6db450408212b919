using System.Globalization;
using System.Text;
using Daypass.Bench.Report;

namespace Daypass.Bench.Trail;

/// <summary>The findings of <c>./bench trail</c> as Markdown, the same on the terminal and in docs/performance.md.</summary>
internal static class TrailTable
{
    public static string Of(TrailFindings findings)
    {
        var text = new StringBuilder()
            .AppendLine("| LookupEvents by | found | first page: p50 ms | p99 ms | from the middle on: p50 ms | p99 ms |")
            .AppendLine("|---|--:|--:|--:|--:|--:|");
        foreach (var search in findings.Searches)
            text.AppendLine(CultureInfo.InvariantCulture, $"| {search.Name} | {search.Found} | {Times(search.First)} | {(search.Deep is null ? "| " : Times(search.Deep))} |");
        return text.AppendLine().Append(Fill(findings)).ToString();
    }

    public static string Section(TrailFindings findings) => string.Create(CultureInfo.InvariantCulture, $"""
        ## A large trail

        {Of(findings)}
        Measured on {DateTimeOffset.UtcNow:yyyy-MM-dd} on {Machine.Describe()}; {(findings.Settings.Postgres is null ? "SQLite" : "PostgreSQL on the same machine")}.

        - **The trail**: {findings.Filled.Events:N0} events of {TrailEvents.Days} days, {findings.Settings.Events:N0} of them of one account, {TrailEvents.SmallEvents:N0} of the small one, the rest of ten others.
          They went in through the call that shipping uses, {findings.Settings.Batch:N0} at once, each time durably.
        - **A search** is the store's part of LookupEvents, in process, for a page of 50 over all 90 days: what signature, decision and the call's own record add is in the
          table at the top. First pages: {findings.Settings.Pages} times, each with an end of its own. From the middle on: {findings.Settings.Pages} pages, one behind the other, from day 45 back;
          nothing where there were fewer.
        - **Records** have {findings.Settings.RecordBytes:N0} bytes here, less than real ones: a search reads those it answers by their keys, and no others.
        """);

    private static string Times(Load.Histogram times) => string.Create(CultureInfo.InvariantCulture, $"{times.Quantile(0.5) / 1000:F2} | {times.Quantile(0.99) / 1000:F2}");

    private static string Fill(TrailFindings findings) => string.Create(CultureInfo.InvariantCulture, $"""
        | filling | |
        |---|--:|
        | events | {findings.Filled.Events:N0} |
        | seconds in the store | {findings.Filled.Seconds:F0} of {findings.Filled.Wall:F0} |
        | µs of an event in the store | {findings.Filled.Seconds / findings.Filled.Events * 1e6:F1} |
        | CPU µs of an event, making it with it | {findings.Filled.CpuMicroseconds:F1} |
        | bytes of an event in the store | {findings.BytesOfEvent:N0} |
        | of them in the index | {findings.BytesOfIndex:N0} |

        """);
}
