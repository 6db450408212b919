using Daypass.Service.Stores;
using Daypass.Storage.Sqlite;
using SQLitePCL;

namespace Daypass.Storage.Tests.Sqlite;

/// <summary>How the one writer shares a transaction, and so a flush, between those who wait.</summary>
public sealed class SqliteWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteSession _session;
    private readonly SqliteWriter _writer;
    private int _transactions;

    public SqliteWriterTests()
    {
        _session = new SqliteSession(Path.Combine(_folder.Path, "x.db"), isReader: false);
        _session.Execute("CREATE TABLE t (n INTEGER CHECK (n < 1000)) STRICT");
        raw.sqlite3_commit_hook(_session.Connection.Handle, _ => Counted(), null);
        _writer = new SqliteWriter(_session);
    }

    public void Dispose()
    {
        _writer.Dispose();
        _session.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Writers_who_wait_share_one_transaction()
    {
        await QueueAsync(() => Enumerable.Range(0, 16).Select(i => Insert(i)));
        Assert.Equal(16, Count());
        Assert.Equal(2, _transactions);
    }

    [Fact]
    public async Task No_writer_is_answered_before_the_transaction_that_holds_its_write_has_ended()
    {
        var ended = new List<int>();
        await QueueAsync(() => Enumerable.Range(0, 16).Select(i => Answered(i)));
        Assert.All(ended, transactions => Assert.Equal(2, transactions));
        Assert.Equal(16, ended.Count);

        async Task Answered(int number)
        {
            await Insert(number);
            lock (ended)
                ended.Add(_transactions);
        }
    }

    [Fact]
    public async Task A_write_that_fails_or_refuses_takes_none_of_its_neighbours_with_it()
    {
        Task<int>? failing = null, refusing = null;
        await QueueAsync(() => [Insert(1), failing = Insert(5000), refusing = Insert(2, keep: false), Insert(3)], ignoreFailures: true);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => failing!);
        Assert.Equal(2, await refusing!);
        Assert.Equal([1L, 3], _session.All("SELECT n FROM t ORDER BY n", row => row.GetInt64(0)));
    }

    [Fact]
    public async Task A_group_whose_transaction_cannot_end_fails_whole_and_the_next_one_succeeds()
    {
        raw.sqlite3_commit_hook(_session.Connection.Handle, _ => 1, null);
        var writes = new[] { Insert(1), Insert(2) };
        foreach (var write in writes)
            await Assert.ThrowsAsync<StoreUnavailableException>(() => write);
        raw.sqlite3_commit_hook(_session.Connection.Handle, _ => 0, null);
        await Insert(3);
        Assert.Equal(1, Count());
    }

    private Task<int> Insert(int number, bool keep = true) => _writer.WriteAsync(session =>
    {
        session.Execute("INSERT INTO t VALUES (@n)", ("@n", (long)number));
        return (keep, number);
    }, default);

    /// <summary>Holds the writer with one write of its own until all others wait.</summary>
    private async Task QueueAsync(Func<IEnumerable<Task>> writes, bool ignoreFailures = false)
    {
        using var go = new ManualResetEventSlim();
        using var holds = new ManualResetEventSlim();
        var first = _writer.WriteAsync(session =>
        {
            holds.Set();
            go.Wait();
            return (true, session.Execute("DELETE FROM t"));
        }, default);
        holds.Wait();
        var all = Task.WhenAll(writes().ToArray());
        go.Set();
        await first;
        await (ignoreFailures ? all.ContinueWith(_ => { }, TaskScheduler.Default) : all);
    }

    private int Counted()
    {
        Interlocked.Increment(ref _transactions);
        return 0;
    }

    private long Count() => _session.Number("SELECT count(*) FROM t")!.Value;
}
