using System.Globalization;
using System.Runtime.InteropServices;
using BenchmarkDotNet.Environments;
using BenchmarkDotNet.Reports;

namespace Daypass.Bench.Policies;

/// <summary>What was measured as Markdown: on the terminal, and in docs/performance-policies.md.</summary>
internal static class Page
{
    private static readonly string PageFile = Path.Combine(Repository.Root, "docs", "performance-policies.md");

    public static string Tables(IReadOnlyList<Summary> summaries)
    {
        var reports = summaries.SelectMany(summary => summary.Reports).ToList();
        if (reports.FirstOrDefault(report => report.ResultStatistics is null) is { } broken)
            throw new InvalidOperationException($"{broken.BenchmarkCase.DisplayInfo} could not be measured.");
        return $"""
            | | µs (mean) | ± | bytes allocated |
            |---|--:|--:|--:|
            {string.Join('\n', reports.Select(Row))}

            {Cedar.Compare(TenPolicies(reports))}
            """;
    }

    public static void Write(string tables) => File.WriteAllText(PageFile, string.Create(CultureInfo.InvariantCulture, $"""
        # Performance of policy decisions

        This page is written by `./bench policies --write`: [BenchmarkDotNet](https://benchmarkdotnet.org) in one process, and Cedar's package for JavaScript on the same machine.

        {tables}

        Measured on {DateTimeOffset.UtcNow:yyyy-MM-dd} on {RuntimeInformation.OSDescription.Trim()}, {HostEnvironmentInfo.GetCurrent().CpuInfo.Value.ProcessorName}, {RuntimeInformation.FrameworkDescription}.

        - **Policies**: ten statements for each of many applications, as people attach them: seven allow and three deny, with variables, wildcards and conditions
          (`benchmarks/Daypass.Bench.Policies/Population.cs`). The request is about the last application, with 17 condition keys.
        - **Statements are found by action**: the cost is that of the statements that concern `s3:GetObject`, four of ten as people write them. Where the line says "all for this
          action", every one of the 100 statements is a candidate.
        - **Cedar** (`@cedar-policy/cedar-wasm`) has an equal policy set, parsed beforehand, and gets its entities with each call, as its interface wants it. The number in
          brackets is the same call with no policies; it is taken off before the ratio, so that what it costs to cross from JavaScript into WebAssembly is not counted. A program in Rust would see a
          smaller ratio than one in JavaScript does.
        - **±** is half of the 99.9 % confidence interval.
        """) + "\n");

    private static IReadOnlyDictionary<Outcome, double> TenPolicies(IEnumerable<BenchmarkReport> reports) => reports
        .Where(report => ReferenceEquals(Parameter(report, nameof(Decisions.Attached)), Attached.Ten))
        .ToDictionary(report => (Outcome)Parameter(report, nameof(Decisions.Outcome))!, Microseconds);

    private static string Row(BenchmarkReport report)
    {
        var statistics = report.ResultStatistics!;
        var bytes = report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0;
        return string.Create(CultureInfo.InvariantCulture, $"| {NameOf(report)} | {Microseconds(report):N2} | {statistics.ConfidenceInterval.Margin / 1000:N2} | {bytes:N0} |");
    }

    private static string NameOf(BenchmarkReport report) => Parameter(report, nameof(Decisions.Attached)) is { } attached
        ? $"decide with {attached}: {Parameter(report, nameof(Decisions.Outcome)) switch { Outcome.NotAllowed => "not allowed", var outcome => $"{outcome}".ToLowerInvariant() }}"
        : report.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo.Trim('\'');

    private static object? Parameter(BenchmarkReport report, string name) => report.BenchmarkCase.Parameters.Items.FirstOrDefault(item => item.Name == name)?.Value;

    private static double Microseconds(BenchmarkReport report) => report.ResultStatistics!.Mean / 1000;
}
