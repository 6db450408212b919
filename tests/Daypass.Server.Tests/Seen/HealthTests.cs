using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Daypass.Testing;

namespace Daypass.Server.Tests.Seen;

/// <summary>What a load balancer sees of a server that comes and goes.</summary>
public sealed class HealthTests
{
    private static readonly HttpClient Http = new();

    [Fact]
    public async Task A_server_that_stops_is_first_not_ready_and_goes_on_answering_for_the_drain_delay()
    {
        await using var server = await DaypassServer.StartAsync("--drain-delay", "10000");
        var ready = new Uri(server.Endpoint, "/health/ready");
        Assert.Equal(HttpStatusCode.OK, (await Http.GetAsync(ready)).StatusCode);
        Process.Start("kill", ["-TERM", server.ProcessId.ToString(CultureInfo.InvariantCulture)]).WaitForExit();
        HttpResponseMessage answer;
        do
            answer = await Http.GetAsync(ready);
        while (answer.StatusCode == HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("stopping", JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("status").GetString());
        // A balancer that has not looked yet still sends requests, and none may fail.
        Assert.Equal(HttpStatusCode.OK, (await server.Administrator.StsAsync("GetCallerIdentity")).Status);
        Assert.Equal(HttpStatusCode.OK, (await Http.GetAsync(new Uri(server.Endpoint, "/health/live"))).StatusCode);
        Assert.Equal(0, await server.StopAsync());
        await Assert.ThrowsAsync<HttpRequestException>(() => Http.GetAsync(ready));
    }

    [Fact]
    public async Task Health_tells_the_state_of_the_store_and_of_the_trail()
    {
        await using var server = await DaypassServer.StartAsync();
        await server.Administrator.StsAsync("GetCallerIdentity");
        var health = JsonDocument.Parse(await Http.GetStringAsync(new Uri(server.Endpoint, "/health"))).RootElement;
        Assert.Equal("ready", health.GetProperty("status").GetString());
        Assert.Equal("up", health.GetProperty("store").GetProperty("read").GetString());
        Assert.Equal("up", health.GetProperty("store").GetProperty("write").GetString());
        Assert.True(health.GetProperty("auditBacklogEvents").GetInt64() >= 0);
        Assert.True(health.GetProperty("auditBacklogAgeSeconds").GetDouble() >= 0);
    }

    [Fact]
    public async Task The_version_is_told_without_a_start()
    {
        await using var server = ChildProgram.Start(Checkout.ServerProgram, ["--version"]);
        Assert.Equal(0, await server.ExitAsync(TimeSpan.FromMinutes(3)));
        Assert.StartsWith("Daypass 0.", server.Output, StringComparison.Ordinal);
    }
}
