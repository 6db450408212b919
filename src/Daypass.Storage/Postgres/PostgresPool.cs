using Daypass.Service.Stores;
using Npgsql;

namespace Daypass.Storage.Postgres;

/// <summary>The connections to the server. Turns every failure into <see cref="StoreUnavailableException"/>, and keeps no connection after one.</summary>
internal sealed class PostgresPool(NpgsqlDataSource source) : IAsyncDisposable
{
    private const int MostTries = 5;

    /// <summary>
    /// Does work that may be done again: reads, and writes that are one statement or check what they find. It is done again when the
    /// transaction lost against another, and once when the connection was a dead one.
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
                if (!(attempt < MostTries && PostgresErrors.IsConcurrency(e)) && !(attempt == 1 && PostgresErrors.IsStale(e)))
                    throw PostgresErrors.Unavailable(e);
            }
        }
    }

    /// <summary>Does work once. What fails leaves no connection behind: the server may be another one by now.</summary>
    public async ValueTask<T> OnceAsync<T>(Func<NpgsqlConnection, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            return await work(connection).ConfigureAwait(false);
        }
        catch (Exception e) when (PostgresErrors.IsFailure(e) && !PostgresErrors.IsConcurrency(e) && !PostgresErrors.IsData(e))
        {
            source.Clear();
            throw;
        }
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();
}
