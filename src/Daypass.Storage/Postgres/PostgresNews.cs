using Npgsql;

namespace Daypass.Storage.Postgres;

/// <summary>
/// Hears of other nodes' commits on a connection of its own, which it makes anew whenever it is lost. A server without LISTEN and NOTIFY
/// is not asked again: then there is no news, and the feed is polled all the same.
/// </summary>
internal sealed class PostgresNews : IAsyncDisposable
{
    public const string Notify = "NOTIFY daypass_news";
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly PostgresServers _servers;
    private readonly Action _raise;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _listening;

    public PostgresNews(PostgresServers servers, Action raise)
    {
        (_servers, _raise) = (servers, raise);
        _listening = Task.Run(RunAsync, CancellationToken.None);
    }

    /// <summary>Whether the server has it.</summary>
    public static async ValueTask<bool> IsSupportedAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            // Not by a NOTIFY, which is a write: a node must start while the synchronous standby is away.
            await connection.ExecuteAsync("LISTEN daypass_news; UNLISTEN daypass_news", cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (PostgresException e) when (e.SqlState is "0A000" or "42601")
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _stop.CancelAsync().ConfigureAwait(false);
        }
        catch (AggregateException)
        {
            // Npgsql's own part in cancelling trips over a connection that breaks meanwhile. The listening has ended by that, too.
        }
        await _listening.ConfigureAwait(false);
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(_stop.Token).ConfigureAwait(false);
            }
            catch (Exception e) when (e is OperationCanceledException || PostgresErrors.IsFailure(e))
            {
                await Task.Delay(Pause, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = await _servers.OpenAsync(cancellationToken).ConfigureAwait(false);
        connection.Notification += (_, _) => _raise();
        await connection.ExecuteAsync("LISTEN daypass_news", cancellationToken).ConfigureAwait(false);
        // What was told while nobody listened.
        _raise();
        while (true)
        {
            if (!await connection.WaitAsync(LongestSilence, cancellationToken).ConfigureAwait(false))
                await connection.ExecuteAsync("SELECT 1", cancellationToken).ConfigureAwait(false);
        }
    }
}
