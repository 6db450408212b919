using System.Text;
using Daypass.Names;
using Daypass.Service.Stores;
using Daypass.Storage.Postgres;

namespace Daypass.Storage.Tests.Postgres;

/// <summary>Several nodes on one database.</summary>
public sealed class PostgresNodesTests : IAsyncLifetime
{
    private static readonly SetId Set = SetId.Of(AccountId.Of(1));
    private static readonly DocumentKey Counter = new("counter", "c");
    private readonly TestDatabase _database = new();
    private readonly IStore[] _nodes = new IStore[2];

    public async Task InitializeAsync()
    {
        for (var i = 0; i < _nodes.Length; i++)
            _nodes[i] = await _database.OpenAsync();
    }

    public async Task DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
    }

    [Fact]
    public async Task Nodes_that_start_at_once_on_an_empty_database_make_one_store()
    {
        var empty = new TestDatabase();
        await empty.ConnectionStringAsync();
        var stores = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => empty.OpenAsync())));
        Assert.Single(await Task.WhenAll(stores.Select(async store => (await store.HeadAsync(default)).Epoch).ToList()).ContinueWith(t => t.Result.Distinct(), TaskScheduler.Default));
        foreach (var store in stores)
            await store.DisposeAsync();
    }

    [Fact]
    public async Task Writers_at_all_nodes_lose_no_update()
    {
        await _nodes[0].CommitAsync(Count(0, 0), default);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(w => Task.Run(() => CountAsync(_nodes[w % 2], times: 15))));
        Assert.Equal(120, Number(await CounterAsync(_nodes[0])));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Who_polls_the_feed_sees_every_commit_of_all_nodes_once_and_in_order(int seed)
    {
        var random = new Random(seed);
        var delays = Enumerable.Range(0, 320).Select(_ => random.Next(4)).ToArray();
        var written = new List<(long Sequence, string Id)>();
        var writers = Task.WhenAll(Enumerable.Range(0, 8).Select(w => Task.Run(() => WriteAsync(w))));
        var position = (await _nodes[0].HeadAsync(default)) with { Sequence = 0, Commit = "" };
        var seen = new List<(long Sequence, string Id)>();
        while (!writers.IsFaulted && seen.Count < delays.Length)
        {
            // Across chunks and nodes: each read goes on where the one before ended, at the other node.
            await foreach (var change in _nodes[seen.Count % 2].ChangesAfterAsync(position, default))
            {
                position = change.Position;
                seen.Add((position.Sequence, position.Commit));
            }
        }
        await writers;
        Assert.Equal(Enumerable.Range(1, delays.Length).Select(i => (long)i), seen.Select(s => s.Sequence));
        Assert.Equal(written.Order(), seen);

        async Task WriteAsync(int writer)
        {
            for (var i = writer * 40; i < (writer + 1) * 40; i++)
            {
                var commit = new Commit { Id = $"{i}", Set = SetId.Of(AccountId.Of(i + 1)), Puts = [new(new("user", "a"), "{}"u8.ToArray())] };
                var result = await _nodes[writer % 2].CommitAsync(commit, default);
                lock (written)
                    written.Add((result.Position.Sequence, commit.Id));
                await Task.Delay(delays[i]);
            }
        }
    }

    [Fact]
    public async Task Of_all_nodes_that_take_a_claim_at_once_one_gets_it()
    {
        for (var round = 0; round < 10; round++)
        {
            var claim = new Claim($"{round}", TimeProvider.System.GetUtcNow().AddMinutes(1));
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(async () => (await _nodes[i % 2].CommitAsync(new Commit { Id = $"{round}/{i}", Set = Set, Claims = [claim] }, default)).Outcome)));
            Assert.Single(outcomes, CommitOutcome.Committed);
            Assert.Equal(5, outcomes.Count(outcome => outcome == CommitOutcome.ClaimTaken));
        }
    }

    [Fact]
    public async Task A_commit_sent_to_two_nodes_at_once_happens_once()
    {
        for (var round = 0; round < 20; round++)
        {
            var commit = new Commit { Id = $"{round}", Set = Set, Puts = [new(Counter, "{}"u8.ToArray())] };
            var results = await Task.WhenAll(_nodes.Select(node => Task.Run(async () => await node.CommitAsync(commit, default))));
            Assert.Equal(results[0], results[1]);
            Assert.Equal(round + 1, results[0].Position.Sequence);
        }
    }

    [Fact]
    public async Task Two_lives_of_a_node_that_ship_the_same_batch_at_once_store_it_once()
    {
        var entries = Enumerable.Range(1, 200).Select(i => new Service.Audit.JournalEntry(i, AuditContract.Event($"{i}"))).ToList();
        for (var batch = 0; batch < 4; batch++)
        {
            var part = entries.Slice(batch * 50, 50);
            var watermarks = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(async () => await _nodes[i % 2].AppendAuditAsync("n", batch * 50, part, default))));
            Assert.All(watermarks, answer => Assert.Equal((batch + 1) * 50, answer.Watermark));
            Assert.Single(watermarks, answer => answer.IsWritten);
        }
        Assert.Equal(200, int.Parse(await _database.SqlAsync("SELECT count(*) FROM audit_events")));
        Assert.Equal("200|200|1", await _database.SqlAsync("SELECT count(*), count(DISTINCT sequence), count(DISTINCT node) FROM audit_records"));
    }

    [Fact]
    public async Task Shipping_does_not_wait_for_commits_nor_commits_for_shipping()
    {
        await using var connection = await _database.ConnectAsync();
        await new PostgresGroup(connection, notifies: false).BeginAsync([Count(0, 0)], 0);
        Assert.Equal(new Service.Stores.Appended(1, true), await _nodes[0].AppendAuditAsync("n", 0, [new(1, AuditContract.Event("1"))], default).AsTask().WaitAsync(Patience));
        await connection.CloseAsync();
        await using var shipping = await _database.ConnectAsync();
        await shipping.ExecuteAsync("BEGIN; SELECT 1 FROM audit_nodes WHERE node = 'n' FOR UPDATE", default);
        var commit = new Commit { Id = "1", Set = Set, Audit = [AuditContract.Event("2")] };
        Assert.Equal(1, (await _nodes[1].CommitAsync(commit, default).AsTask().WaitAsync(Patience)).Position.Sequence);
    }

    [Fact]
    public async Task Every_node_hears_of_a_commit_at_any()
    {
        var heard = _nodes.Select(_ => new TaskCompletionSource()).ToArray();
        // What a listener raises when it begins has to be over first.
        await Task.Delay(300);
        _nodes[0].News += () => heard[0].TrySetResult();
        _nodes[1].News += () => heard[1].TrySetResult();
        await _nodes[0].CommitAsync(Count(0, 0), default);
        await Task.WhenAll(heard.Select(h => h.Task)).WaitAsync(Patience);
    }

    // Of a machine, not of a wait: who waits for a lock here is told so by the server after 4 seconds, and fails.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static Commit Count(int to, long revision) => new()
    {
        Id = Guid.NewGuid().ToString(), Set = Set, Reads = [new(Counter, revision)], Puts = [new(Counter, Encoding.UTF8.GetBytes($"{to}"))],
    };

    private static int Number(Document document) => int.Parse(Encoding.UTF8.GetString(document.Body.Span));

    private static async Task<Document> CounterAsync(IStore node) => (await node.LoadAsync(Set, default))!.Documents.Single();

    private static async Task CountAsync(IStore node, int times)
    {
        while (times > 0)
        {
            var document = await CounterAsync(node);
            if ((await node.CommitAsync(Count(Number(document) + 1, document.Revision), default)).Outcome == CommitOutcome.Committed)
                times--;
        }
    }
}
