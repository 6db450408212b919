using System.Diagnostics;
using Daypass.Testing;

namespace Daypass.Cluster.Tests.Harness;

/// <summary>Programs of others that these tests need, and where they are.</summary>
internal static class Programs
{
    public const string PostgreSql = "PostgreSQL";
    public const string HaProxyName = "HAProxy";
    public const string Boto3 = "boto3";

    public static string? HaProxy { get; } = new[] { "/usr/sbin/haproxy", "/usr/local/sbin/haproxy" }.FirstOrDefault(File.Exists);

    /// <summary>Each Python that has boto3, by a short name: Debian's, and another one on the PATH.</summary>
    public static IReadOnlyDictionary<string, string> Pythons { get; } = FindPythons();

    /// <summary>Why a test that needs these cannot run here; null when it can, and on CI, where it must.</summary>
    public static string? ReasonToSkip(params string[] needed)
    {
        var missing = needed.Where(name => !IsHere(name)).ToList();
        return missing.Count == 0 || Environment.GetEnvironmentVariable("CI") == "true" ? null : $"{string.Join(" and ", missing)} is not here; ./test installs it when it may.";
    }

    private static bool IsHere(string name) => name switch
    {
        PostgreSql => PostgresServer.Programs is not null,
        HaProxyName => HaProxy is not null,
        _ => Pythons.Count > 0,
    };

    private static Dictionary<string, string> FindPythons()
    {
        var found = new Dictionary<string, string>();
        if (HasBoto3("/usr/bin/python3"))
            found["installed"] = "/usr/bin/python3";
        var other = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Where(folder => folder.Length > 0)
            .Select(folder => Path.Combine(folder, "python3")).FirstOrDefault(File.Exists);
        if (other is not null && other != "/usr/bin/python3" && HasBoto3(other))
            found["on PATH"] = other;
        return found;
    }

    private static bool HasBoto3(string python)
    {
        if (!File.Exists(python))
            return false;
        using var process = Process.Start(new ProcessStartInfo(python, ["-c", "import boto3"]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}

/// <summary>A fact that needs PostgreSQL, and perhaps more; skipped with the reason where that is missing, failing on CI.</summary>
public sealed class ClusterFactAttribute : FactAttribute
{
    public ClusterFactAttribute(params string[] more) => Skip = Programs.ReasonToSkip([Programs.PostgreSql, .. more]);
}

/// <summary>A theory that needs PostgreSQL, and perhaps more; skipped with the reason where that is missing, failing on CI.</summary>
public sealed class ClusterTheoryAttribute : TheoryAttribute
{
    public ClusterTheoryAttribute(params string[] more) => Skip = Programs.ReasonToSkip([Programs.PostgreSql, .. more]);
}
