using Daypass.AspNetCore.Tests.Support;
using Daypass.Leases;

namespace Daypass.AspNetCore.Tests;

/// <summary>How long a service may rest on what it was told: as long as the lease says, and not a moment more.</summary>
public sealed class LeasesEnd
{
    [Fact]
    public async Task A_deleted_key_is_refused_once_the_lease_is_no_longer_fresh()
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(node);
        node.Put(Known.Alice(Known.ReadOnly));
        Assert.Equal(200, (await service.GetAsync(Known.Alice())).Status);
        node.Callers.Clear();
        service.Time.Advance(TimeSpan.FromSeconds(5));
        var (status, body) = await service.GetAsync(Known.Alice());
        Assert.Equal(403, status);
        Assert.Contains("InvalidClientTokenId", body);
        Assert.Equal(0, service.Leases.Count);
    }

    [Fact]
    public async Task A_lease_in_use_is_renewed_in_the_background_and_nobody_waits()
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(node);
        node.Put(Known.Alice(Known.ReadOnly));
        Assert.Equal(200, (await service.GetAsync(Known.Alice())).Status);
        service.Time.Advance(TimeSpan.FromSeconds(3));
        await Eventually(() => node.Answers.Contains(LeaseProtocol.Unchanged));
        service.Time.Advance(TimeSpan.FromSeconds(4));
        // Seven seconds after the first call and four after the renewal: still fresh, so not even an unreachable node matters.
        node.Status = 500;
        Assert.Equal(200, (await service.GetAsync(Known.Alice())).Status);
    }

    [Fact]
    public async Task A_revocation_reaches_a_busy_service_by_the_background_renewal()
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(node);
        node.Put(Known.Alice(Known.ReadOnly));
        Assert.Equal(200, (await service.GetAsync(Known.Alice())).Status);
        node.Callers.Clear();
        service.Time.Advance(TimeSpan.FromSeconds(3));
        await Eventually(() => service.Leases.Count == 0);
        Assert.Equal(403, (await service.GetAsync(Known.Alice())).Status);
    }

    // 3.5 seconds of a lease, as nodes grant them, and the second that a node may be behind: what is revoked at the start is refused at five.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_revoked_session_is_refused_within_five_seconds_and_told_so(bool isBusy)
    {
        const string Sentence = "The security token included in the request is expired: it was revoked at 2026-11-22T12:00:00Z";
        await using var node = await FakeNode.StartAsync();
        node.FreshFor = 3500;
        await using var service = await ProtectedService.StartAsync(node);
        node.Put(Known.Session(Known.ReadOnly));
        Assert.Equal(200, (await service.GetAsync(Known.Session())).Status);
        // The node itself hears of it a second later.
        service.Time.Advance(TimeSpan.FromSeconds(1));
        node.Revoked[Known.Session().AccessKeyId] = Sentence;
        service.Time.Advance(TimeSpan.FromSeconds(3.9));
        if (isBusy)
            await Eventually(() => service.Leases.Count == 0);
        var (status, body) = await service.GetAsync(Known.Session());
        Assert.Equal(403, status);
        Assert.Contains("ExpiredToken", body, StringComparison.Ordinal);
        Assert.Contains(Sentence, body, StringComparison.Ordinal);
        Assert.Equal(0, service.Leases.Count);
    }

    [Fact]
    public async Task A_revoked_session_serves_no_longer_than_its_lease_where_no_node_can_be_reached()
    {
        await using var node = await FakeNode.StartAsync();
        node.ValidFor = 60_000;
        await using var service = await ProtectedService.StartAsync(node);
        node.Put(Known.Session(Known.ReadOnly));
        Assert.Equal(200, (await service.GetAsync(Known.Session())).Status);
        node.Status = 503;
        service.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(200, (await service.GetAsync(Known.Session())).Status);
        service.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(503, (await service.GetAsync(Known.Session())).Status);
    }

    [Fact]
    public async Task A_lease_whose_ticket_is_old_is_asked_for_whole()
    {
        await using var node = await FakeNode.StartAsync();
        node.ValidFor = 7_200_000;
        await using var service = await ProtectedService.StartAsync(node);
        node.Put(Known.Alice(Known.ReadOnly));
        Assert.Equal(200, (await service.GetAsync(Known.Alice())).Status);
        service.Time.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal(200, (await service.GetAsync(Known.Alice())).Status);
        Assert.DoesNotContain(LeaseProtocol.Unchanged, node.Answers);
    }

    [Fact]
    public async Task A_changed_policy_counts_after_the_renewal()
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(node);
        node.Put(Known.Alice(Known.ReadOnly));
        Assert.Equal(200, (await service.GetAsync(Known.Alice())).Status);
        node.Put(Known.Alice());
        service.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(403, (await service.GetAsync(Known.Alice())).Status);
    }

    [Fact]
    public async Task An_idle_lease_is_not_renewed_and_lapses()
    {
        await using var node = await FakeNode.StartAsync();
        node.ValidFor = 10_000;
        await using var service = await ProtectedService.StartAsync(node);
        node.Put(Known.Alice(Known.ReadOnly));
        Assert.Equal(200, (await service.GetAsync(Known.Alice())).Status);
        service.Time.Advance(TimeSpan.FromSeconds(4));
        await Eventually(() => node.Calls.Count == 2);
        service.Time.Advance(TimeSpan.FromSeconds(4));
        await Task.Delay(600);
        Assert.Equal(2, node.Calls.Count);
        service.Time.Advance(TimeSpan.FromSeconds(6));
        await Eventually(() => service.Leases.Count == 0);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(502)]
    [InlineData(504)]
    public async Task While_no_node_can_be_reached_a_lease_serves_until_it_is_no_longer_valid(int outage)
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(node);
        node.Put(Known.Alice(Known.ReadOnly));
        Assert.Equal(200, (await service.GetAsync(Known.Alice())).Status);
        node.Status = outage;
        service.Time.Advance(TimeSpan.FromMinutes(14));
        Assert.Equal(200, (await service.GetAsync(Known.Alice())).Status);
        service.Time.Advance(TimeSpan.FromMinutes(1));
        var (status, body) = await service.GetAsync(Known.Alice());
        Assert.Equal(503, status);
        Assert.Contains("ServiceUnavailable", body);
    }

    [Fact]
    public async Task A_node_that_is_gone_or_silent_counts_as_out_of_reach()
    {
        var node = await FakeNode.StartAsync();
        DaypassOptions settings = null!;
        await using var service = await ProtectedService.StartAsync(node, configure: options => settings = options);
        node.Put(Known.Alice(Known.ReadOnly));
        Assert.Equal(200, (await service.GetAsync(Known.Alice())).Status);
        // Silent for as long as anybody waits, however fast or slow this machine is.
        var silence = new TaskCompletionSource();
        node.Delay = () => silence.Task;
        settings.CallTimeout = TimeSpan.FromSeconds(1);
        service.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(200, (await service.GetAsync(Known.Alice())).Status);
        silence.SetResult();
        await node.DisposeAsync();
        service.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(200, (await service.GetAsync(Known.Alice())).Status);
        Assert.Equal(503, (await service.GetAsync(Known.Session())).Status);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(500)]
    [InlineData(429)]
    public async Task A_node_that_answers_something_else_ends_the_lease_with_its_fresh_time(int status)
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(node);
        node.Put(Known.Alice(Known.ReadOnly));
        Assert.Equal(200, (await service.GetAsync(Known.Alice())).Status);
        node.Status = status;
        service.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(503, (await service.GetAsync(Known.Alice())).Status);
        node.Status = 0;
        Assert.Equal(200, (await service.GetAsync(Known.Alice())).Status);
    }

    [Fact]
    public async Task A_second_node_answers_when_the_first_is_away()
    {
        await using var first = await FakeNode.StartAsync();
        await using var second = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(first, configure: options => options.OtherEndpoints.Add(second.Endpoint));
        first.Status = 503;
        second.Put(Known.Alice(Known.ReadOnly));
        Assert.Equal(200, (await service.GetAsync(Known.Alice())).Status);
    }

    [Fact]
    public async Task The_times_count_from_when_the_lease_was_asked_for()
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(node);
        node.Put(Known.Alice(Known.ReadOnly));
        node.Delay = () =>
        {
            service.Time.Advance(TimeSpan.FromSeconds(4.9));
            return Task.CompletedTask;
        };
        Assert.Equal(200, (await service.GetAsync(Known.Alice())).Status);
        var calls = node.Calls.Count;
        node.Status = 500;
        service.Time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Equal(503, (await service.GetAsync(Known.Alice())).Status);
        Assert.Equal(calls, node.Calls.Count);
    }

    [Theory]
    [InlineData(600, -1, 200)]
    [InlineData(600, 0, 403)]
    [InlineData(43_200, -1, 200)]
    [InlineData(43_200, 0, 403)]
    [InlineData(129_600, -1, 200)]
    [InlineData(129_600, 0, 403)]
    public async Task A_session_ends_on_its_last_second_in_policy_time(int seconds, int secondsPast, int status)
    {
        await using var node = await FakeNode.StartAsync();
        node.FreshFor = node.ValidFor = 3_600_000;
        node.ClockOffset = 1_000_000;
        await using var service = await ProtectedService.StartAsync(node);
        var end = service.Time.GetUtcNow().ToUnixTimeSeconds() + seconds;
        node.Put(Known.Session(Known.ReadOnly) with { SessionExpires = end + node.ClockOffset });
        Assert.Equal(200, (await service.GetAsync(Known.Session())).Status);
        service.Time.SetWallClock(DateTimeOffset.FromUnixTimeSeconds(end + secondsPast) - service.Time.GetUtcNow() + TimeSpan.FromMilliseconds(1));
        var (actual, body) = await service.GetAsync(Known.Session());
        Assert.Equal(status, actual);
        Assert.Equal(status == 403, body.Contains("ExpiredToken"));
    }

    [Fact]
    public async Task A_request_that_takes_long_asks_again_before_it_decides()
    {
        await using var node = await FakeNode.StartAsync();
        using var goOn = new SemaphoreSlim(0);
        using var arrived = new SemaphoreSlim(0);
        await using var service = await ProtectedService.StartAsync(node, async context =>
        {
            arrived.Release();
            await goOn.WaitAsync(context.RequestAborted);
            await ProtectedService.GetObject(context);
        });
        node.Put(Known.Alice(Known.ReadOnly));
        var answer = service.GetAsync(Known.Alice());
        await arrived.WaitAsync();
        node.Callers.Clear();
        service.Time.Advance(TimeSpan.FromSeconds(5));
        goOn.Release();
        Assert.Equal(403, (await answer).Status);
    }

    private static async Task Eventually(Func<bool> condition)
    {
        for (var i = 0; i < 6000 && !condition(); i++)
            await Task.Delay(10);
        Assert.True(condition());
    }
}
