using System.Collections.Concurrent;
using Daypass.Service.Stores;
using Microsoft.Data.Sqlite;

namespace Daypass.Storage.Sqlite;

/// <summary>A few connections that read; each read is one snapshot, and none waits for the writer.</summary>
internal sealed class SqliteReaders(string file) : IDisposable
{
    private const int Most = 4;

    private readonly SemaphoreSlim _free = new(Most, Most);
    private readonly ConcurrentBag<SqliteSession> _idle = [];
    private volatile bool _closed;

    public async ValueTask<T> ReadAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _closed ? throw new StoreUnavailableException("The store is closed.") : Read(work);
        }
        catch (SqliteException e)
        {
            throw new StoreUnavailableException("The database could not be read.", e);
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>Waits for the reads under way, then closes.</summary>
    public void Dispose()
    {
        _closed = true;
        for (var i = 0; i < Most; i++)
            _free.Wait();
        while (_idle.TryTake(out var session))
            session.Dispose();
        _free.Release(Most);
    }

    private T Read<T>(Func<SqliteSession, T> work)
    {
        if (!_idle.TryTake(out var session))
            session = new SqliteSession(file, isReader: true);
        try
        {
            session.Execute("BEGIN");
            var result = work(session);
            session.Execute("COMMIT");
            _idle.Add(session);
            return result;
        }
        catch
        {
            // A connection that failed is not trusted with the next read.
            session.Dispose();
            throw;
        }
    }
}
