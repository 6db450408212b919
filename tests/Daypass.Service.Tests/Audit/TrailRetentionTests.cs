using System.Text.Json.Nodes;
using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Audit;

public sealed class TrailRetentionTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly AccountId Other = AccountId.Of(210987654321);
    private readonly MovedTime _time = new() { Now = Now };
    private readonly MemoryStore _store = new() { IsExclusive = true };

    [Fact]
    public async Task What_is_older_than_the_retention_goes_in_whole_days_and_the_trail_says_so()
    {
        await using var bench = await StartAsync();
        await AppendAsync(1, 600, Now.AddDays(-401));
        await AppendAsync(601, 2, Now.Date.AddDays(-400));
        await AppendAsync(603, 2, Now);
        await Retention(bench).RunAsync(default);
        Assert.Equal(["old-601", "old-602", "old-603", "old-604"], Names().Where(name => name != "PurgeEvents"));
        var said = Assert.Single(Of(Other), e => e.EventName == "PurgeEvents");
        Assert.Equal("""{"eventsBefore":"2025-01-25T00:00:00Z","retentionDays":400}""", JsonNode.Parse(said.Record.Span)!["serviceEventDetails"]!.ToJsonString());
    }

    [Fact]
    public async Task The_next_day_takes_the_next_day_and_on_the_same_day_nothing_is_said_again()
    {
        await using var bench = await StartAsync();
        await AppendAsync(1, 1, Now.AddDays(-401));
        await AppendAsync(2, 1, Now.AddDays(-400));
        var retention = Retention(bench);
        await retention.RunAsync(default);
        await retention.RunAsync(default);
        Assert.Equal(["PurgeEvents", "old-2"], Names());
        _time.Now = Now.AddDays(1);
        await retention.RunAsync(default);
        Assert.Equal(["PurgeEvents", "PurgeEvents"], Names());
    }

    [Fact]
    public async Task It_is_said_before_anything_is_removed()
    {
        await using var bench = await StartAsync();
        await AppendAsync(1, 1, Now.AddDays(-500));
        _store.OnCall = call => call == "purge" ? throw new Service.Stores.StoreUnavailableException("The store is away.") : Task.CompletedTask;
        await Assert.ThrowsAsync<Service.Stores.StoreUnavailableException>(() => Retention(bench).RunAsync(default));
        Assert.Equal(["PurgeEvents", "old-1"], Names());
    }

    [Fact]
    public async Task Two_nodes_at_once_say_it_once()
    {
        await using var bench = await StartAsync();
        await AppendAsync(1, 1200, Now.AddDays(-500));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Retention(bench).RunAsync(default))));
        Assert.Equal(["PurgeEvents"], Names());
    }

    [Fact]
    public async Task A_clock_that_runs_ahead_of_the_stores_costs_nothing()
    {
        await using var bench = await StartAsync();
        await AppendAsync(1, 1, Now.AddDays(-300));
        _store.ClockAhead = TimeSpan.FromDays(-200);
        _time.Now = Now.AddDays(200);
        await Retention(bench).RunAsync(default);
        Assert.Equal(["old-1"], Names());
        _store.ClockAhead = TimeSpan.Zero;
        await Retention(bench).RunAsync(default);
        Assert.Equal(["PurgeEvents"], Names());
    }

    [Fact]
    public async Task A_retention_of_zero_days_keeps_everything()
    {
        await using var bench = await StartAsync();
        await AppendAsync(1, 1, Now.AddDays(-5000));
        await Retention(bench, days: 0).RunAsync(default);
        Assert.Equal(["old-1"], Names());
    }

    private async Task<PipelineBench> StartAsync()
    {
        _store.Time = _time;
        return await PipelineBench.StartAsync(store: _store, time: _time);
    }

    private TrailRetention Retention(PipelineBench bench, int days = 400) => new(_store, bench.Directories, days, new SeededEntropy(1_000_003), _time);

    private IEnumerable<AuditEvent> Of(AccountId account) => _store.Trail.Where(e => e.Account == account);

    private string[] Names() => [.. Of(Other).Select(e => e.EventId.StartsWith("old-", StringComparison.Ordinal) ? e.EventId : e.EventName).Order(StringComparer.Ordinal)];

    private async Task AppendAsync(int from, int count, DateTimeOffset at) => await _store.AppendAuditAsync(
        $"node-{from}", 0,
        [.. Enumerable.Range(from, count).Select((number, i) => new JournalEntry(i + 1, AuditSamples.Event(number) with { EventId = $"old-{number}", Account = Other, Time = at }))], default);

    // Pauses between batches take no time here.
    private sealed class MovedTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
