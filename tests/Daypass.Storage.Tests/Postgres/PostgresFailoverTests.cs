using Daypass.Service.Stores;
using Daypass.Storage.Postgres;
using Daypass.Testing;

namespace Daypass.Storage.Tests.Postgres;

/// <summary>A primary and its standby, as an operator runs them.</summary>
public sealed class PostgresFailoverTests : IAsyncLifetime
{
    private PostgresServer _primary = null!;
    private PostgresServer _standby = null!;
    private IStore _store = null!;

    public async Task InitializeAsync()
    {
        _primary = await PostgresServer.StartAsync("fsync = off");
        _standby = await _primary.StartStandbyAsync("standby", "fsync = off");
        await _primary.ExecuteAsync("postgres", "CREATE DATABASE daypass");
        _store = await PostgresStore.OpenAsync(
            $"Host=127.0.0.1:{_standby.Port},127.0.0.1:{_primary.Port};Username=postgres;Database=daypass;Command Timeout=4", init: true, TimeProvider.System, default);
        await SynchronousAsync("standby");
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        await _standby.DisposeAsync();
        await _primary.DisposeAsync();
    }

    [Fact]
    public async Task A_standby_alone_is_refused()
    {
        await CommittedAsync("1");
        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => PostgresStore.OpenAsync(_standby.ConnectionString("daypass"), init: false, TimeProvider.System, default));
        Assert.Equal(PostgresErrors.ReadOnly, refused.Message);
    }

    [Fact]
    public async Task After_a_failover_to_a_synchronous_standby_everything_that_was_acknowledged_is_there()
    {
        var acknowledged = new List<string>();
        var stop = new TaskCompletionSource();
        var writers = Enumerable.Range(0, 4).Select(w => Task.Run(async () =>
        {
            for (var i = 0; !stop.Task.IsCompleted; i++)
            {
                if (await Record.ExceptionAsync(() => CommittedAsync($"{w}/{i}")) is { } failure)
                    Assert.IsType<StoreUnavailableException>(failure);
                else
                    lock (acknowledged)
                        acknowledged.Add($"{w}/{i}");
            }
        })).ToArray();
        while (!writers.Any(writer => writer.IsCompleted) && Count() < 10)
            await Task.Delay(20);
        _primary.Kill();
        await _standby.PromoteAsync();
        await WritesAgainAsync("after");
        stop.SetResult();
        await Task.WhenAll(writers);
        Assert.InRange(acknowledged.Count, 10, int.MaxValue);
        foreach (var id in acknowledged)
            Assert.NotNull(await _store.FindCommitAsync(id, default));

        int Count()
        {
            lock (acknowledged)
                return acknowledged.Count;
        }
    }

    [Fact]
    public async Task A_standby_is_found_at_once_when_it_is_promoted_however_lately_it_was_seen_to_be_one()
    {
        // What the driver remembers of a server, it would go by for ten minutes here, and for a second where nobody says otherwise.
        await using var store = await PostgresStore.OpenAsync(
            $"Host=127.0.0.1:{_primary.Port},127.0.0.1:{_standby.Port};Username=postgres;Database=daypass;Host Recheck Seconds=600", init: false, TimeProvider.System, default);
        var known = await CommittedAsync("1");
        _primary.Kill();
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.HeadAsync(default));
        await _standby.PromoteAsync();
        Assert.Equal(known, await store.HeadAsync(default));
    }

    [Fact]
    public async Task A_position_that_the_new_primary_never_had_is_of_another_life()
    {
        await CommittedAsync("1");
        await SynchronousAsync("");
        await _standby.StopAsync();
        var lost = await CommittedAsync("lost");
        _primary.Kill();
        await _standby.StartAgainAsync();
        await _standby.PromoteAsync();
        await WritesAgainAsync("other");
        Assert.Equal(lost.Sequence, (await _store.HeadAsync(default)).Sequence);
        await Assert.ThrowsAsync<EpochChangedException>(async () => await _store.ChangesAfterAsync(lost, default).GetAsyncEnumerator().MoveNextAsync());
    }

    [Fact]
    public async Task A_commit_that_no_standby_has_confirmed_is_not_acknowledged_not_even_when_it_is_repeated()
    {
        await _standby.StopAsync();
        for (var attempt = 0; attempt < 2; attempt++)
            await Assert.ThrowsAsync<StoreUnavailableException>(() => CommittedAsync("1"));
        // Reading and starting need no standby.
        await using (var another = await PostgresStore.OpenAsync(_primary.ConnectionString("daypass"), init: false, TimeProvider.System, default))
            await another.HeadAsync(default);
        await _standby.StartAgainAsync();
        await WritesAgainAsync("1");
    }

    [Fact]
    public async Task Events_that_no_standby_has_confirmed_are_not_acknowledged_not_even_when_they_are_repeated()
    {
        await _store.AppendAuditAsync("n", 0, [new(1, AuditContract.Event("1"))], default);
        await _standby.StopAsync();
        for (var attempt = 0; attempt < 2; attempt++)
            await Assert.ThrowsAsync<StoreUnavailableException>(async () => await _store.AppendAuditAsync("n", 1, [new(2, AuditContract.Event("2"))], default));
        await _standby.StartAgainAsync();
        await WritesAgainAsync("1");
        Assert.Equal(new Appended(2, false), await _store.AppendAuditAsync("n", 1, [new(2, AuditContract.Event("2"))], default));
    }

    private async Task SynchronousAsync(string names)
    {
        await _primary.ExecuteAsync("postgres", $"ALTER SYSTEM SET synchronous_standby_names = '{names}'");
        await _primary.ExecuteAsync("postgres", "SELECT pg_reload_conf()");
        var sought = names == "" ? "async" : "sync";
        while ((await _primary.ExecuteAsync("postgres", "SELECT sync_state FROM pg_stat_replication")).Trim() != sought)
            await Task.Delay(50);
    }

    private async Task WritesAgainAsync(string id)
    {
        var end = TimeProvider.System.GetTimestamp() + 120 * TimeProvider.System.TimestampFrequency;
        while (await Record.ExceptionAsync(() => CommittedAsync(id)) is not null)
        {
            Assert.True(TimeProvider.System.GetTimestamp() < end, "It never wrote again.");
            await Task.Delay(50);
        }
    }

    private async Task<FeedPosition> CommittedAsync(string id)
    {
        var result = await _store.CommitAsync(new Commit { Id = id, Set = SetId.Installation, Puts = [new(new("k", id), "{}"u8.ToArray())] }, default);
        Assert.Equal(CommitOutcome.Committed, result.Outcome);
        return result.Position;
    }
}
