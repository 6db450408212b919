using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Daypass.Bench.Servers;

namespace Daypass.Bench.Micro;

/// <summary>The same policies decided by Cedar's own package for JavaScript, on this machine; needs Node.js with npm.</summary>
internal static class PolicyCedar
{
    private const int Applications = 10;
    private static readonly string Source = Path.Combine(Repository.Root, "benchmarks", "Daypass.Bench", "Micro", "PolicyCedar");

    public static string Run()
    {
        var folder = Directory.CreateTempSubdirectory("daypass-cedar-");
        try
        {
            foreach (var file in Directory.GetFiles(Source))
                File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
            if (Start(folder.FullName, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent") is null
                || Start(folder.FullName, "node", "cedar.mjs", $"{Applications}") is not { } output)
                return "Cedar is not compared with: npm and node, or the package, cannot be had here.";
            return Table(output);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Table(string output)
    {
        var set = PolicyPopulation.Set(Applications);
        return $"""
            | {Applications} policies of 10 statements | Daypass µs | Cedar µs (without policies) | Cedar / Daypass, without what the call itself costs |
            |---|--:|--:|--:|
            {string.Join('\n', output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Row(line.Split(';'), set)))}
            """;
    }

    private static string Row(string[] cedar, Daypass.Policies.PolicySet set)
    {
        var resource = cedar[0] switch { "allowed" => $"home-{Applications - 1}/bob", "denied" => $"secret-{Applications - 1}/x", _ => "other/x" };
        var own = PolicyCases.MicrosecondsOf(set, PolicyPopulation.Request("s3:GetObject", $"arn:aws:s3:::{resource}/file.txt"));
        var (all, none) = (double.Parse(cedar[1], CultureInfo.InvariantCulture), double.Parse(cedar[2], CultureInfo.InvariantCulture));
        return string.Create(CultureInfo.InvariantCulture, $"| {cedar[0]} | {own:F2} | {all:F1} ({none:F1}) | {(all - none) / own:F0} |");
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
