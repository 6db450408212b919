using System.Collections.Concurrent;
using System.Text;
using Daypass.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Daypass.Server.Tests.Seen;

/// <summary>What an OpenTelemetry collector receives: a real one's endpoint, played by a server that keeps the bytes.</summary>
public sealed class OtlpTests : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, string> _received = [];
    private readonly WebApplication _collector;

    public OtlpTests()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _collector = builder.Build();
        _collector.Run(KeepAsync);
    }

    public Task InitializeAsync() => _collector.StartAsync(CancellationToken.None);

    public async Task DisposeAsync() => await _collector.DisposeAsync();

    [Fact]
    public async Task Metrics_and_a_trace_of_each_request_arrive_and_say_nothing_of_who_called()
    {
        await using var server = await DaypassServer.StartAsync("--otlp", _collector.Urls.Single());
        var reply = await server.Administrator.StsAsync("GetCallerIdentity");
        await server.Administrator.IamAsync("CreateUser", ("UserName", "alice"));
        Assert.Equal(0, await server.StopAsync());

        Assert.Equal(["/v1/metrics", "/v1/traces"], _received.Keys.Order());
        Assert.All(_received.Values, body => Assert.Contains("daypass", body, StringComparison.Ordinal));
        foreach (var name in (string[])["service.name", "daypass_requests_total", "daypass_request_duration_seconds", "daypass_view_age_seconds"])
            Assert.Contains(name, _received["/v1/metrics"], StringComparison.Ordinal);
        foreach (var text in (string[])["GetCallerIdentity", "CreateUser", "store commit", "daypass.request_id", reply.Headers["x-amzn-RequestId"]])
            Assert.Contains(text, _received["/v1/traces"], StringComparison.Ordinal);
        foreach (var unsaid in (string[])[DaypassServer.Account, DaypassServer.AccessKeyId, DaypassServer.Secret, "alice"])
            Assert.All(_received.Values, body => Assert.DoesNotContain(unsaid, body, StringComparison.Ordinal));
    }

    [Fact]
    public void Without_a_collector_no_span_is_made() => Assert.Null(Daypass.Server.Telemetry.Spans.Source.StartActivity("request"));

    [Fact]
    public async Task An_address_of_a_collector_that_is_none_stops_the_start()
    {
        await using var server = ChildProgram.Start(Checkout.ServerProgram, ["--otlp", "collector:4318"]);
        Assert.Equal(1, await server.ExitAsync(TimeSpan.FromMinutes(3)));
        Assert.Contains("does not fit the option --otlp", server.Output, StringComparison.Ordinal);
    }

    private async Task KeepAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        _received.AddOrUpdate(context.Request.Path.Value!, _ => Encoding.Latin1.GetString(body.ToArray()), (_, before) => before + Encoding.Latin1.GetString(body.ToArray()));
        context.Response.ContentType = "application/x-protobuf";
    }
}
