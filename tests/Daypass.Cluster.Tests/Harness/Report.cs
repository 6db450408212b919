using Xunit.Abstractions;

namespace Daypass.Cluster.Tests.Harness;

/// <summary>Figures that a test measured: to its output, and behind the file that DAYPASS_CLUSTER_REPORT names, so that documents can quote them.</summary>
internal static class Report
{
    private static readonly Lock File = new();

    public static void Figure(this ITestOutputHelper output, string line)
    {
        output.WriteLine(line);
        if (Environment.GetEnvironmentVariable("DAYPASS_CLUSTER_REPORT") is not { Length: > 0 } path)
            return;
        lock (File)
            System.IO.File.AppendAllText(path, line + "\n");
    }

    /// <summary>The value below which this part of the samples lies, in milliseconds.</summary>
    public static double Percentile(IEnumerable<TimeSpan> samples, double part)
    {
        var sorted = samples.Order().ToList();
        return sorted.Count == 0 ? 0 : Math.Round(sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * part))].TotalMilliseconds, 1);
    }
}
