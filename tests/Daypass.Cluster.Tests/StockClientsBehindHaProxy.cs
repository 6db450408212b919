using System.Diagnostics;
using Daypass.Cluster.Tests.Harness;
using Daypass.Testing;
using Xunit.Abstractions;

namespace Daypass.Cluster.Tests;

/// <summary>Stock boto3 through HAProxy, each request to the next of two nodes: it sees one Daypass.</summary>
public sealed class StockClientsBehindHaProxy(TwoNodes world, ITestOutputHelper output) : IClassFixture<TwoNodes>
{
    private static readonly string Folder = Path.Combine(Checkout.Root, "tests/Daypass.Cluster.Tests/python");
    private static readonly string CompatFolder = Path.Combine(Checkout.Root, "tests/Daypass.Compat.Tests/python");

    /// <summary>Moving the clock is for tests of one node; these promises say nothing of nodes.</summary>
    private static readonly string[] LeftOut = ["a_session_that_has_ended_is_refused_as_expired", "the_account_sums_up_what_is_in_it"];

    public static TheoryData<string, string> Scripts
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var python in Programs.Pythons.Keys.DefaultIfEmpty("installed"))
            {
                foreach (var script in (string[])["sequences", "iam", "story"])
                    rows.Add(python, script);
            }
            return rows;
        }
    }

    [ClusterTheory(Programs.HaProxyName, Programs.Boto3)]
    [MemberData(nameof(Scripts))]
    public async Task Boto3_sees_one_Daypass(string python, string script)
    {
        await using var proxy = await HaProxy.StartAsync(world.Cluster);
        var begin = Stopwatch.GetTimestamp();
        var start = new ProcessStartInfo(Programs.Pythons[python], [Path.Combine(Folder, "everywhere.py"), script, .. LeftOut])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment.Clear();
        foreach (var (name, value) in Settings(proxy.Endpoint))
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var text = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        await process.WaitForExitAsync(limit.Token);
        Assert.True(process.ExitCode == 0, $"{await text}\n{await errors}");
        output.Figure($"boto3 ({python}) through HAProxy, {script}: {(await text).Trim()} in {Stopwatch.GetElapsedTime(begin).TotalSeconds:0.0} s");
    }

    private Dictionary<string, string> Settings(Uri endpoint) => new()
    {
        ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "",
        ["HOME"] = Path.GetTempPath(),
        ["LANG"] = "C.UTF-8",
        ["PYTHONPATH"] = CompatFolder,
        ["PYTHONDONTWRITEBYTECODE"] = "1",
        ["AWS_ACCESS_KEY_ID"] = DaypassServer.AccessKeyId,
        ["AWS_SECRET_ACCESS_KEY"] = DaypassServer.Secret,
        ["AWS_DEFAULT_REGION"] = "us-east-1",
        ["AWS_EC2_METADATA_DISABLED"] = "true",
        ["DAYPASS_ENDPOINT"] = endpoint.ToString(),
        ["DAYPASS_ROUNDS"] = "5",
        ["DAYPASS_SUFFIX"] = world.Unique(""),
    };
}
