using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Daypass.Policies;

namespace Daypass.Bench.Policies;

/// <summary>The same policies decided by Cedar's own package for JavaScript, on this machine; needs Node.js with npm.</summary>
internal static class Cedar
{
    private const string Missing = "Cedar is not compared with: npm and node, or the package, cannot be had here.";
    private static readonly string Source = Path.Combine(Repository.Root, "benchmarks", "Daypass.Bench.Policies", "cedar");

    /// <summary>The comparison as a table.</summary>
    /// <param name="own">Daypass's mean of each outcome with ten policies of ten statements, in microseconds, from the same run.</param>
    public static string Compare(IReadOnlyDictionary<Outcome, double> own)
    {
        var folder = Directory.CreateTempSubdirectory("daypass-cedar-");
        try
        {
            foreach (var file in Directory.GetFiles(Source))
                File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
            if (Start(folder.FullName, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent") is null)
                return Missing;
            return Start(folder.FullName, "node", "cedar.mjs", $"{Attached.Ten.LastApplication + 1}") is { } output ? Table(output, own) : Missing;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Table(string output, IReadOnlyDictionary<Outcome, double> own) => $"""
        | {Attached.Ten} | Daypass µs | Cedar µs (without policies) | Cedar / Daypass, without what the call itself costs |
        |---|--:|--:|--:|
        {string.Join('\n', output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Row(line.Split(';'), own)))}
        """;

    private static string Row(string[] cedar, IReadOnlyDictionary<Outcome, double> own)
    {
        var outcome = cedar[0] switch { "allowed" => Outcome.Allowed, "denied" => Outcome.Denied, _ => Outcome.NotAllowed };
        var (all, none) = (double.Parse(cedar[1], CultureInfo.InvariantCulture), double.Parse(cedar[2], CultureInfo.InvariantCulture));
        return string.Create(CultureInfo.InvariantCulture, $"| {cedar[0]} | {own[outcome]:F2} | {all:F1} ({none:F1}) | {(all - none) / own[outcome]:F0} |");
    }

    /// <summary>What a program writes; null if it fails or is not there.</summary>
    private static string? Start(string folder, string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
