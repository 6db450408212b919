using Npgsql;

namespace Daypass.Storage.Postgres;

/// <summary>
/// The servers that a connection string names, and the connections to the one that is the primary. Called by: the pool and the ear for news.
/// </summary>
/// <param name="source">Opens connections to the primary.</param>
/// <param name="several">The same servers, when they are several: it remembers what each of them was when it was asked last.</param>
internal sealed class PostgresServers(NpgsqlDataSource source, NpgsqlMultiHostDataSource? several) : IAsyncDisposable
{
    public NpgsqlDataSource Source { get; } = source;

    /// <summary>A connection to the primary. When there was none, the next call asks every server anew.</summary>
    public async ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            // Else a standby would be passed over, unasked, for as long as it is remembered as one: a second after its promotion too, while other nodes
            // that had asked earlier write to it already.
            several?.ClearDatabaseStates();
            throw;
        }
    }

    /// <summary>Drops all connections that wait to be used.</summary>
    public void Clear() => Source.Clear();

    public ValueTask DisposeAsync() => Source.DisposeAsync();
}
