using Daypass.Service.Stores;
using Microsoft.Data.Sqlite;

namespace Daypass.Storage.Sqlite;

/// <summary>
/// The one writer. Its thread takes all writes that wait and makes one transaction of them, with a savepoint for each: many callers
/// share one flush to disk, and a write that refuses or fails takes no other down. Results are given out after the flush only.
/// </summary>
internal sealed class SqliteWriter : IDisposable
{
    private const int MostInOneTransaction = 256;

    private readonly SqliteSession _session;
    private readonly Queue<IWrite> _waiting = new();
    private readonly Thread _thread;
    private bool _closing;

    public SqliteWriter(SqliteSession session)
    {
        _session = session;
        _thread = new Thread(Run) { IsBackground = true, Name = "Daypass store writer" };
        _thread.Start();
    }

    /// <summary>
    /// Queues a write. It returns its result and whether to keep what it wrote; a token is heard until the write begins, never after, so
    /// that a caller is not told "cancelled" of something that happened.
    /// </summary>
    public Task<T> WriteAsync<T>(Func<SqliteSession, (bool Keep, T Result)> work, CancellationToken cancellationToken)
    {
        var write = new Write<T>(work, cancellationToken);
        lock (_waiting)
        {
            if (_closing)
                throw new StoreUnavailableException("The store is closed.");
            _waiting.Enqueue(write);
            Monitor.Pulse(_waiting);
        }
        return write.Result;
    }

    /// <summary>Finishes what waits, then stops.</summary>
    public void Dispose()
    {
        lock (_waiting)
        {
            _closing = true;
            Monitor.Pulse(_waiting);
        }
        _thread.Join();
    }

    private void Run()
    {
        var group = new List<IWrite>();
        while (Take(group))
        {
            try
            {
                Commit(group);
            }
            catch (SqliteException e)
            {
                Abandon();
                group.ForEach(write => write.Fail(new StoreUnavailableException("The database could not be written.", e)));
            }
            group.ForEach(write => write.Finish());
            group.Clear();
        }
    }

    private bool Take(List<IWrite> group)
    {
        lock (_waiting)
        {
            while (_waiting.Count == 0 && !_closing)
                Monitor.Wait(_waiting);
            while (group.Count < MostInOneTransaction && _waiting.TryDequeue(out var write))
                group.Add(write);
            return group.Count > 0;
        }
    }

    private void Commit(List<IWrite> group)
    {
        _session.Execute("BEGIN IMMEDIATE");
        foreach (var write in group)
        {
            _session.Execute("SAVEPOINT one");
            if (!write.Apply(_session))
                _session.Execute("ROLLBACK TO one");
            _session.Execute("RELEASE one");
        }
        _session.Execute("COMMIT");
    }

    private void Abandon()
    {
        // SQLite has ended the transaction itself after some errors (a full disk among them); then there is nothing to roll back.
        if (SQLitePCL.raw.sqlite3_get_autocommit(_session.Connection.Handle) != 0)
            return;
        try
        {
            _session.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // The next BEGIN fails with the same reason and tells it to its callers.
        }
    }

    private interface IWrite
    {
        bool Apply(SqliteSession session);

        void Fail(Exception reason);

        void Finish();
    }

    private sealed class Write<T>(Func<SqliteSession, (bool Keep, T Result)> work, CancellationToken cancellationToken) : IWrite
    {
        private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _result;
        private Exception? _failure;

        public Task<T> Result => _completion.Task;

        public bool Apply(SqliteSession session)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                _failure = new OperationCanceledException(cancellationToken);
                return false;
            }
            try
            {
                (var keep, _result) = work(session);
                return keep;
            }
            catch (Exception e)
            {
                _failure = e is SqliteException ? new StoreUnavailableException("The database refused a write.", e) : e;
                return false;
            }
        }

        public void Fail(Exception reason) => _failure ??= reason;

        public void Finish()
        {
            if (_failure is OperationCanceledException)
                _completion.SetCanceled(cancellationToken);
            else if (_failure is not null)
                _completion.SetException(_failure);
            else
                _completion.SetResult(_result!);
        }
    }
}
