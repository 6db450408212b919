using System.Diagnostics;
using System.Net;
using Daypass.Testing;

namespace Daypass.Server.Tests.Seen;

/// <summary><c>/metrics</c> of a real server: what it counts, and who may read it.</summary>
public sealed class MetricsTests
{
    private static readonly HttpClient Http = new();

    [Fact]
    public async Task Requests_are_counted_by_action_and_outcome_and_the_page_is_what_Prometheus_reads()
    {
        await using var server = await DaypassServer.StartAsync();
        var admin = server.Administrator;
        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.OK, (await admin.StsAsync("GetCallerIdentity")).Status);
        await admin.IamAsync("CreateUser", ("UserName", "alice"));
        await admin.IamAsync("GetUser", ("UserName", "nobody"));
        await server.Client("AKIAEXAMPLEEXAMPLE22", "EXAMPLE").StsAsync("GetCallerIdentity");
        await admin.StsAsync("NoSuchAction");

        using var response = await Http.GetAsync(new Uri(server.Endpoint, "/metrics"));
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        var text = await response.Content.ReadAsStringAsync();
        var page = PrometheusText.Parse(text);
        Assert.Equal(3, page.Values[Requests("sts", "GetCallerIdentity", "ok")]);
        Assert.Equal(1, page.Values[Requests("sts", "GetCallerIdentity", "denied")]);
        Assert.Equal(1, page.Values[Requests("iam", "CreateUser", "ok")]);
        Assert.Equal(1, page.Values[Requests("iam", "GetUser", "invalid")]);
        Assert.Equal(1, page.Values[Requests("unknown", "unknown", "invalid")]);
        Assert.Equal(4, page.Values["daypass_request_duration_seconds_count{service=\"sts\",action=\"GetCallerIdentity\"}"]);
        Assert.Equal(1, page.Values["daypass_store_up{for=\"read\"}"]);
        Assert.True(page.Values["daypass_commits_total{outcome=\"committed\"}"] >= 3);
        Assert.True(page.Values["process_cpu_seconds_total"] > 0);
        // Neither whose account nor who called.
        Assert.DoesNotContain(DaypassServer.Account, text, StringComparison.Ordinal);
        Assert.DoesNotContain("alice", text, StringComparison.Ordinal);
        await CheckWithPromtoolAsync(text);
    }

    [Fact]
    public async Task A_stranger_behind_a_proxy_on_this_machine_reads_no_metrics()
    {
        await using var server = await DaypassServer.StartAsync();
        foreach (var mark in (string[])["X-Forwarded-For", "Forwarded", "Via", "X-Real-IP"])
            Assert.Equal(HttpStatusCode.NotFound, await StatusOfAsync(server.Endpoint, (mark, "203.0.113.9")));
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(server.Endpoint));

        await using var proxied = await DaypassServer.StartAsync("--behind-proxy", "127.0.0.1/32");
        Assert.Equal(HttpStatusCode.NotFound, await StatusOfAsync(proxied.Endpoint));
        Assert.Equal(HttpStatusCode.NotFound, await StatusOfAsync(proxied.Endpoint, ("X-Forwarded-For", "127.0.0.1")));
    }

    [Theory]
    [InlineData("sts.example.com", HttpStatusCode.NotFound)]
    [InlineData("127.0.0.1.example.com", HttpStatusCode.NotFound)]
    [InlineData("0.0.0.0", HttpStatusCode.NotFound)]
    [InlineData("192.0.2.1:8450", HttpStatusCode.NotFound)]
    [InlineData("LOCALHOST:9999", HttpStatusCode.OK)]
    [InlineData("[::1]:8450", HttpStatusCode.OK)]
    [InlineData("127.0.0.2", HttpStatusCode.OK)]
    public async Task A_proxy_that_marks_nothing_and_a_browser_led_astray_read_no_metrics(string host, HttpStatusCode status)
    {
        await using var server = await DaypassServer.StartAsync();
        Assert.Equal(status, await StatusOfAsync(server.Endpoint, ("Host", host)));
    }

    [Fact]
    public async Task An_address_for_metrics_serves_them_alone_and_no_other_serves_them()
    {
        await using var server = await DaypassServer.StartAsync("--metrics-url", "http://127.0.0.1:0");
        var line = server.Output.Split('\n').Single(line => line.StartsWith("Metrics are on ", StringComparison.Ordinal));
        var metrics = new Uri(line["Metrics are on ".Length..].Split(' ')[0]);
        Assert.NotEqual(server.Endpoint.Port, metrics.Port);
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(metrics));
        Assert.Equal(HttpStatusCode.OK, (await Http.GetAsync(new Uri(metrics, "/health/ready"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, await StatusOfAsync(server.Endpoint));
        var api = new SigningClient(new Uri(metrics, "/"), DaypassServer.AccessKeyId, DaypassServer.Secret);
        Assert.Equal(HttpStatusCode.NotFound, (await api.StsAsync("GetCallerIdentity")).Status);
    }

    private static string Requests(string service, string action, string outcome) => $"daypass_requests_total{{service=\"{service}\",action=\"{action}\",outcome=\"{outcome}\"}}";

    private static async Task<HttpStatusCode> StatusOfAsync(Uri server, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server, "/metrics"));
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await Http.SendAsync(request);
        return response.StatusCode;
    }

    // Prometheus' own opinion, where its tool is installed.
    private static async Task CheckWithPromtoolAsync(string text)
    {
        var program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, "promtool")).FirstOrDefault(File.Exists);
        if (program is null)
            return;
        using var tool = Process.Start(new ProcessStartInfo(program, ["check", "metrics"]) { RedirectStandardInput = true, RedirectStandardError = true })!;
        await tool.StandardInput.WriteAsync(text);
        tool.StandardInput.Close();
        Assert.Equal("", await tool.StandardError.ReadToEndAsync());
        await tool.WaitForExitAsync();
        Assert.Equal(0, tool.ExitCode);
    }
}
