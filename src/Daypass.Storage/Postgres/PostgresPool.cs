using Daypass.Service.Stores;
using Npgsql;

namespace Daypass.Storage.Postgres;

/// <summary>
/// The connections to the server. Turns every failure into <see cref="StoreUnavailableException"/>, and keeps no connection after one. What
/// callers can ask for in any number (searches, loads) has its share of them, and waits for it: the feed, the writer and the shipper must
/// always find one, or whoever searches enough would make this node blind to revocations.
/// </summary>
internal sealed class PostgresPool(PostgresServers servers) : IAsyncDisposable
{
    private const int MostTries = 5;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);
    private readonly int _size = SizeOf(servers.Source);
    private readonly SemaphoreSlim _searches = new(ShareOf(servers.Source, 0.25));
    private readonly SemaphoreSlim _loads = new(ShareOf(servers.Source, 0.4));

    /// <summary>Does what people ask to know, a few at a time.</summary>
    public ValueTask<T> SearchAsync<T>(Func<NpgsqlConnection, ValueTask<T>> work, CancellationToken cancellationToken) => RunAsync(_searches, work, cancellationToken);

    /// <summary>Reads whole sets, a few at a time.</summary>
    public ValueTask<T> LoadAsync<T>(Func<NpgsqlConnection, ValueTask<T>> work, CancellationToken cancellationToken) => RunAsync(_loads, work, cancellationToken);

    /// <summary>
    /// Does work that may be done again: reads, and writes that are one statement or check what they find. It is done again when the
    /// transaction lost against another, and when the connection was a dead one.
    /// </summary>
    public async ValueTask<T> RunAsync<T>(Func<NpgsqlConnection, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await OnceAsync(work, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (PostgresErrors.IsFailure(e))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!IsWorthAnotherTry(attempt, e))
                    throw PostgresErrors.Unavailable(e);
            }
        }
    }

    /// <summary>
    /// Whether work that failed without an effect may pass when it is done again. A pool whose server went away holds dead connections only,
    /// and whoever clears it finds out that somebody else does so already and has not come to the end: so each try may meet another dead one,
    /// and takes it out of the pool, until the next connection must be a new one.
    /// </summary>
    /// <param name="attempt">How often it has been tried, 1 or more.</param>
    public bool IsWorthAnotherTry(int attempt, Exception failure) =>
        PostgresErrors.IsConcurrency(failure) ? attempt < MostTries : PostgresErrors.IsStale(failure) && attempt <= _size;

    /// <summary>Does work once. What fails leaves no connection behind: the server may be another one by now.</summary>
    public async ValueTask<T> OnceAsync<T>(Func<NpgsqlConnection, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await servers.OpenAsync(cancellationToken).ConfigureAwait(false);
            return await work(connection).ConfigureAwait(false);
        }
        catch (Exception e) when (PostgresErrors.IsFailure(e) && !PostgresErrors.IsConcurrency(e) && !PostgresErrors.IsData(e))
        {
            servers.Clear();
            throw;
        }
    }

    public ValueTask DisposeAsync() => servers.DisposeAsync();

    private async ValueTask<T> RunAsync<T>(SemaphoreSlim share, Func<NpgsqlConnection, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        if (!await share.WaitAsync(LongestWait, cancellationToken).ConfigureAwait(false))
            throw new StoreUnavailableException("Too many searches or loads wait for PostgreSQL.");
        try
        {
            return await RunAsync(work, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            share.Release();
        }
    }

    private static int ShareOf(NpgsqlDataSource source, double share) => Math.Max(1, (int)(SizeOf(source) * share));

    private static int SizeOf(NpgsqlDataSource source) => new NpgsqlConnectionStringBuilder(source.ConnectionString).MaxPoolSize;
}
