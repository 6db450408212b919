using System.Globalization;
using System.Runtime.InteropServices;

namespace Daypass.Bench.Report;

/// <summary>What the figures were measured on, as the machine says it of itself.</summary>
internal static class Machine
{
    public static string Describe() => string.Create(CultureInfo.InvariantCulture,
        $"{Environment.ProcessorCount} × {Field("/proc/cpuinfo", "model name") ?? RuntimeInformation.ProcessArchitecture.ToString()}, {Memory():F0} GB, {RuntimeInformation.OSDescription}, .NET {Environment.Version}, {FileSystem()}");

    private static double Memory() =>
        double.Parse((Field("/proc/meminfo", "MemTotal") ?? "0 kB").Split(' ')[0], CultureInfo.InvariantCulture) / 1024 / 1024;

    private static string FileSystem() => $"{new DriveInfo(Path.GetTempPath()).DriveFormat} for the data directory";

    private static string? Field(string file, string name) =>
        File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal)) is { } line ? line[(line.IndexOf(':') + 1)..].Trim() : null;
}
