using System.Text;
using Daypass.Names;
using Daypass.Service.Stores;
using Daypass.Storage.Postgres;
using Daypass.Testing;

namespace Daypass.Storage.Tests.Postgres;

/// <summary>Connections that break. Whoever repeats a commit with its id learns what became of it.</summary>
public sealed class PostgresLinkTests : IAsyncLifetime
{
    private static readonly SetId Set = SetId.Of(AccountId.Of(1));
    private static readonly DocumentKey Counter = new("counter", "c");
    private readonly TestDatabase _database = new();
    private TcpLink _link = null!;
    private IStore _far = null!;
    private IStore _near = null!;

    public async Task InitializeAsync()
    {
        _link = await TestDatabase.LinkAsync();
        _near = await _database.OpenAsync();
        _far = await _database.OpenAsync(link: _link);
        await _far.CommitAsync(Next(0, 0), default);
    }

    public async Task DisposeAsync()
    {
        await _link.DisposeAsync();
        await _far.DisposeAsync();
        await _near.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_commit_cut_at_any_byte_either_way_happens_once_in_the_end(bool toServer)
    {
        _link.Cut();
        var (sent, received) = (_link.BytesToServer, _link.BytesToClient);
        await CountAsync(cuts: false);
        // All that a commit sends on a connection that has to be made first.
        var whole = toServer ? _link.BytesToServer - sent : _link.BytesToClient - received;
        var (failures, step) = (0, Math.Max(1, whole / 60));
        for (var at = 1L; at < whole; at += step)
        {
            _link.Cut();
            _link.CutAfter(toServer ? at : long.MaxValue, toServer ? long.MaxValue : at);
            failures += await CountAsync(cuts: true);
            _link.CutAfter();
        }
        // Cuts before anything was sent that could have happened are nobody's trouble; those that leave a doubt are.
        Assert.InRange(failures, 5, int.MaxValue);
        await CheckFeedAsync();
    }

    [Theory]
    [InlineData("COMMIT")]
    [InlineData("FOR UPDATE")]
    [InlineData("INSERT INTO documents")]
    public async Task A_commit_whose_answer_is_lost_is_told_by_its_repeat(string request)
    {
        for (var round = 0; round < 3; round++)
        {
            _link.Cut();
            var lost = _link.LoseAnswerTo(request);
            await CountAsync(cuts: true);
            await lost.WaitAsync(TimeSpan.FromSeconds(60));
        }
        await CheckFeedAsync();
    }

    [Fact]
    public async Task A_repeat_waits_for_the_first_attempt_that_nobody_hears_of_any_more()
    {
        var commit = Next(1, 1) with { Audit = [AuditContract.Event("1")] };
        await using var connection = await _database.ConnectAsync();
        var zombie = new PostgresGroup(connection, notifies: false);
        var plan = await zombie.BeginAsync([commit], 0);
        var answer = plan.Add(commit);
        var repeat = _near.CommitAsync(commit, default).AsTask();
        await Task.Delay(300);
        Assert.False(repeat.IsCompleted);
        await zombie.EndAsync(plan, 0);
        Assert.Equal(answer, await repeat);
        Assert.Equal("1", await _database.SqlAsync("SELECT count(*) FROM audit_events"));
        await CheckFeedAsync();
    }

    [Fact]
    public async Task A_node_that_is_lost_in_the_middle_of_a_commit_does_not_stop_the_others()
    {
        _link.Cut();
        var lost = _link.LoseAnswerTo("FOR UPDATE", silently: true);
        var commit = Next(1, 1);
        var far = Record.ExceptionAsync(async () => await _far.CommitAsync(commit, default));
        await lost;
        _link.Strand();
        // No error even, only a wait: the server ends the lost transaction before those who wait give up.
        Assert.Equal(CommitOutcome.Committed, (await _near.CommitAsync(commit, default)).Outcome);
        Assert.IsType<StoreUnavailableException>(await far);
        await CheckFeedAsync();
    }

    [Fact]
    public async Task Nothing_hangs_on_a_network_that_swallows_everything()
    {
        _link.Freeze();
        Func<Task>[] calls =
        [
            async () => await _far.HeadAsync(default), async () => await _far.LoadAsync(Set, default), async () => await _far.CommitAsync(Next(1, 1), default),
            async () => await _far.AppendAuditAsync("n", 0, [new(1, AuditContract.Event("1"))], default), async () => await _far.ChangesAfterAsync(default, default).GetAsyncEnumerator().MoveNextAsync(),
        ];
        var ends = await Task.WhenAll(calls.Select(call => Record.ExceptionAsync(call))).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.All(ends, end => Assert.IsType<StoreUnavailableException>(end));
        _link.Thaw();
        await CountAsync(cuts: true);
        await CheckFeedAsync();
    }

    [Fact]
    public async Task A_caller_who_gives_up_reading_is_not_kept_waiting()
    {
        _link.Freeze();
        using var patience = new CancellationTokenSource(200);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await _far.HeadAsync(patience.Token)).WaitAsync(TimeSpan.FromSeconds(60), CancellationToken.None);
    }

    [Fact]
    public async Task Idle_connections_that_died_unnoticed_fail_no_call()
    {
        for (var round = 0; round < 3; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => _far.HeadAsync(default).AsTask()));
            _link.Cut();
            Assert.Equal(CommitOutcome.Committed, (await _far.CommitAsync(new Commit { Id = $"{round}", Set = Set }, default)).Outcome);
            _link.Cut();
            await _far.HeadAsync(default);
            _link.Cut();
            await _far.AppendAuditAsync("n", round, [new(round + 1, AuditContract.Event("1"))], default);
        }
    }

    [Fact]
    public async Task Nor_do_they_when_all_callers_find_out_at_once()
    {
        for (var round = 0; round < 30; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => _far.HeadAsync(default).AsTask()));
            _link.Cut();
            var commit = _far.CommitAsync(new Commit { Id = $"{round}", Set = Set }, default).AsTask();
            await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => _far.HeadAsync(default).AsTask()));
            Assert.Equal(CommitOutcome.Committed, (await commit).Outcome);
        }
    }

    [Fact]
    public async Task A_store_closes_in_peace_while_its_connections_break()
    {
        for (var round = 0; round < 40; round++)
        {
            var heard = new TaskCompletionSource();
            var store = await _database.OpenAsync(link: _link);
            store.News += () => heard.TrySetResult();
            await _near.CommitAsync(new Commit { Id = $"{round}", Set = Set }, default);
            await heard.Task.WaitAsync(TimeSpan.FromSeconds(60));
            var cut = Task.Run(_link.Cut);
            await store.DisposeAsync();
            await cut;
        }
    }

    [Fact]
    public async Task A_server_that_refuses_is_an_unavailable_store_until_it_accepts_again()
    {
        _link.Refuse();
        _link.Cut();
        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(async () => await _far.HeadAsync(default));
        Assert.Equal("PostgreSQL cannot be reached (ConnectionRefused).", refused.Message);
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await _far.CommitAsync(Next(1, 1), default));
        _link.Accept();
        await CountAsync(cuts: false);
    }

    [Fact]
    public async Task News_is_heard_again_after_a_cut()
    {
        _link.Cut();
        var again = new TaskCompletionSource();
        _far.News += () => again.TrySetResult();
        await again.Task.WaitAsync(TimeSpan.FromSeconds(60));
        var heard = new TaskCompletionSource();
        _far.News += () => heard.TrySetResult();
        await _near.CommitAsync(Next(1, 1), default);
        await heard.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Connections_ended_by_the_server_at_any_moment_lose_and_double_nothing()
    {
        var stop = new TaskCompletionSource();
        var terminating = Task.Run(async () =>
        {
            while (!stop.Task.IsCompleted)
                await _database.SqlAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND random() < 0.5");
        });
        await Task.WhenAll(Enumerable.Range(0, 4).Select(w => Task.Run(async () =>
        {
            for (var i = 0; i < 25; i++)
                await UntilToldAsync(w % 2 == 0 ? _near : _far, new Commit { Id = $"{w}/{i}", Set = Set, Puts = [new(new("user", $"{w}/{i}"), "{}"u8.ToArray())], Audit = [AuditContract.Event($"{w}/{i}")] });
        })));
        stop.SetResult();
        await terminating;
        Assert.Equal("100|100", await _database.SqlAsync("SELECT count(*), count(DISTINCT event_id) FROM audit_events"));
        Assert.Equal("102", await _database.SqlAsync("SELECT sequence + 1 FROM feed_head"));
        Assert.Equal("101|101|1|101", await _database.SqlAsync("SELECT count(*), count(DISTINCT id), min(sequence), max(sequence) FROM commits"));
    }

    private static Commit Next(int number, long revision) => new()
    {
        Id = Guid.NewGuid().ToString(), Set = Set, Reads = [new(Counter, revision)], Puts = [new(Counter, Encoding.UTF8.GetBytes($"{number}"))],
    };

    private static string Text(ReadOnlyMemory<byte> body) => Encoding.UTF8.GetString(body.Span);

    /// <summary>Counts one on at the far node, repeating the commit until it is told; returns how often it was not.</summary>
    private async Task<int> CountAsync(bool cuts)
    {
        var document = (await _near.LoadAsync(Set, default))!.Documents.Single();
        var (commit, failures) = (Next(int.Parse(Text(document.Body)) + 1, document.Revision), 0);
        if (cuts)
            failures = await UntilToldAsync(_far, commit);
        else
            Assert.Equal(CommitOutcome.Committed, (await _far.CommitAsync(commit, default)).Outcome);
        var now = (await _near.LoadAsync(Set, default))!.Documents.Single();
        Assert.Equal((Text(commit.Puts[0].Body), document.Revision + 1), (Text(now.Body), now.Revision));
        return failures;
    }

    private static async Task<int> UntilToldAsync(IStore store, Commit commit)
    {
        for (var failures = 0; ; failures++)
        {
            try
            {
                Assert.Equal(CommitOutcome.Committed, (await store.CommitAsync(commit, default)).Outcome);
                return failures;
            }
            catch (StoreUnavailableException) when (failures < 100)
            {
                await Task.Delay(5);
            }
        }
    }

    private async Task CheckFeedAsync()
    {
        var (head, sequences) = (await _near.HeadAsync(default), new List<long>());
        await foreach (var change in _near.ChangesAfterAsync(new FeedPosition(head.Epoch, 0), default))
            sequences.Add(change.Position.Sequence);
        Assert.Equal(Enumerable.Range(1, (int)head.Sequence).Select(i => (long)i), sequences);
    }
}
