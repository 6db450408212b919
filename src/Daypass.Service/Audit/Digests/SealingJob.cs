using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;

namespace Daypass.Service.Audit.Digests;

/// <summary>
/// Seals the trails of all accounts that have new events, once in an interval. Of several nodes the one that takes the turn does it; were it
/// two, no harm would come of it. What a node that died has not sealed, the next turn seals. Called by: the server (one loop).
/// </summary>
internal sealed class SealingJob(IStore store, TrailSealer sealer, DirectoryCache directories, TrailSettings settings, IEntropy entropy, TimeProvider time)
{
    private const int AccountsAtOnce = 500;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(15);

    /// <summary>After a start, so that a server which is started often seals as well, and one that is started for a moment does not.</summary>
    private static readonly TimeSpan FirstRound = TimeSpan.FromMinutes(5);

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var (started, done) = (time.GetTimestamp(), (long?)null);
        var first = FirstRound < settings.Interval ? FirstRound : settings.Interval;
        using var timer = new PeriodicTimer(Look, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            var turn = time.GetUtcNow().Ticks / settings.Interval.Ticks;
            if (turn == done || (done is null && time.GetElapsedTime(started) < first))
                continue;
            try
            {
                if (await TakeTurnAsync(turn, cancellationToken))
                    await SealAllAsync(cancellationToken);
                done = turn;
            }
            catch (Exception failure) when (failure is StoreUnavailableException or ApiException)
            {
                // Sealing can wait for the store, and for the key; who needs to know that they are away is told by others.
            }
        }
    }

    /// <summary>Seals all that is there now. Returns how many accounts had something to seal.</summary>
    public async Task<int> SealAllAsync(CancellationToken cancellationToken)
    {
        var horizon = await store.Digests.HorizonAsync(cancellationToken);
        var (after, count) = (default(AccountId), 0);
        while (await store.Digests.UnsealedAsync(after, AccountsAtOnce, cancellationToken) is { Count: > 0 } accounts)
        {
            foreach (var account in accounts)
            {
                while (await sealer.SealAsync(account, horizon, cancellationToken) == Sealing.More)
                {
                    // A long trail takes several digests.
                }
            }
            (after, count) = (accounts[^1], count + accounts.Count);
        }
        if (settings.RetentionDays > 0)
            await store.Digests.PurgeAsync(time.GetUtcNow() + directories.Installation.ClockOffset - TimeSpan.FromDays(settings.RetentionDays), cancellationToken);
        return count;
    }

    // A turn that failed half-way is this node's still.
    private long? _mine;

    private async Task<bool> TakeTurnAsync(long turn, CancellationToken cancellationToken)
    {
        if (store.IsExclusive || _mine == turn)
            return true;
        var claim = new Claim($"SealTrails/{turn}", time.GetUtcNow() + 2 * settings.Interval);
        var commit = new Commit { Id = Identifiers.Uuid(entropy), Set = SetId.Installation, Claims = [claim] };
        if ((await directories.CommitAsync(commit, cancellationToken)).Outcome != CommitOutcome.Committed)
            return false;
        _mine = turn;
        return true;
    }
}
