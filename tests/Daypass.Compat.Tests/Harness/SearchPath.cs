using System.Diagnostics;

namespace Daypass.Compat.Tests.Harness;

/// <summary>Programs on the PATH of whoever runs the tests.</summary>
internal static class SearchPath
{
    /// <summary>The interpreter itself: what is on the PATH may be a script that finds it by a home folder, which tests take away.</summary>
    public static string? RealPython { get; } = Find("python3") is { } python ? Answer(python, "import os, sys; print(os.path.realpath(sys.executable) if sys.prefix == sys.base_prefix else sys.executable)") : null;

    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Where(folder => folder.Length > 0)
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    /// <summary>A Python program: beside its interpreter when it is there, else as found.</summary>
    public static string? Real(string program)
    {
        var found = Find(program);
        var beside = found is not null && RealPython is { } python ? Path.Combine(Path.GetDirectoryName(python)!, program) : null;
        return File.Exists(beside) ? beside : found;
    }

    public static bool HasBoto3(string python) => Answer(python, "import boto3; print(boto3.__version__)") is not null;

    private static string? Answer(string python, string script)
    {
        using var process = Process.Start(new ProcessStartInfo(python, ["-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var answer = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return process.ExitCode == 0 && answer.Length > 0 ? answer : null;
    }
}
