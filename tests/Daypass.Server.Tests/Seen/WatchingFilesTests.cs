using System.Diagnostics;
using System.Text.Json;
using Daypass.Testing;

namespace Daypass.Server.Tests.Seen;

/// <summary>The dashboard and the alert rules of the guide: they ask for what there is.</summary>
public sealed class WatchingFilesTests
{
    private static readonly HttpClient Http = new();

    private static string Dashboard => Path.Combine(Checkout.Root, "docs/guide/daypass-dashboard.json");

    private static string Alerts => Path.Combine(Checkout.Root, "docs/guide/daypass-alerts.yml");

    [Fact]
    public async Task Every_metric_of_the_dashboard_the_alerts_and_the_guide_exists()
    {
        await using var server = await DaypassServer.StartAsync();
        await server.Administrator.StsAsync("GetCallerIdentity");
        var types = PrometheusText.Parse(await Http.GetStringAsync(new Uri(server.Endpoint, "/metrics"))).Types;
        foreach (var path in (string[])[Dashboard, Alerts, Path.Combine(Checkout.Root, "docs/guide/operating.md")])
        {
            var names = Names(await File.ReadAllTextAsync(path)).Distinct().ToList();
            Assert.NotEmpty(names);
            Assert.All(names, name => Assert.True(types.ContainsKey(name.EndsWith("_bucket", StringComparison.Ordinal) ? name[..^"_bucket".Length] : name), $"{Path.GetFileName(path)}: {name}"));
        }
    }

    [Fact]
    public async Task Every_panel_of_the_dashboard_has_a_title_and_a_question()
    {
        var panels = JsonDocument.Parse(await File.ReadAllTextAsync(Dashboard)).RootElement.GetProperty("panels").EnumerateArray().ToList();
        Assert.True(panels.Count > 5);
        Assert.Equal(panels.Count, panels.Select(panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
        Assert.All(panels, panel => Assert.All(panel.GetProperty("targets").EnumerateArray(), target => Assert.NotEmpty(target.GetProperty("expr").GetString()!)));
    }

    [Fact]
    public async Task Prometheus_takes_the_alert_rules()
    {
        var program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, "promtool")).FirstOrDefault(File.Exists);
        if (program is null)
        {
            // Without its tool: at least each alert asks something.
            var lines = await File.ReadAllLinesAsync(Alerts);
            Assert.Equal(lines.Count(line => line.Contains("- alert:", StringComparison.Ordinal)), lines.Count(line => line.Contains(" expr: ", StringComparison.Ordinal)));
            return;
        }
        using var tool = Process.Start(new ProcessStartInfo(program, ["check", "rules", Alerts]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = await tool.StandardOutput.ReadToEndAsync() + await tool.StandardError.ReadToEndAsync();
        await tool.WaitForExitAsync();
        Assert.True(tool.ExitCode == 0, said);
    }

    private static IEnumerable<string> Names(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var end = at;
            while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_'))
                end++;
            var word = text[at..end];
            if (word.StartsWith("daypass_", StringComparison.Ordinal) || word.StartsWith("process_", StringComparison.Ordinal) || word.StartsWith("dotnet_", StringComparison.Ordinal))
                yield return word;
            at = end + 1;
        }
    }
}
