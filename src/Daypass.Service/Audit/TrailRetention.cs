using System.Globalization;
using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;

namespace Daypass.Service.Audit;

/// <summary>
/// Removes events that are older than they have to be kept, in whole days of UTC and in small batches, so that no writer waits long. What is going to
/// be removed from an account's trail stands in that trail before anything is. Called by: a job, often; there is something to do once a day.
/// </summary>
internal sealed class TrailRetention(IStore store, DirectoryCache directories, int days, IEntropy entropy, TimeProvider time)
{
    private const string Source = "daypass";
    private const int AtOnce = 500;

    /// <summary>Between two batches: most of the store's time is for others.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>How long one node has an account to itself.</summary>
    private static readonly TimeSpan Turn = TimeSpan.FromMinutes(10);

    private DateTimeOffset _done;

    /// <summary>Removes what is too old by now. Does nothing when that was done already.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var before = await OldestKeptAsync(cancellationToken).ConfigureAwait(false);
        if (days == 0 || before <= _done)
            return;
        var isDone = true;
        foreach (var account in await store.AccountsWithAuditBeforeAsync(before, cancellationToken).ConfigureAwait(false))
            isDone &= await PurgeAsync(account, before, cancellationToken).ConfigureAwait(false);
        // What another node has begun is looked at again: it may not have come to the end.
        if (isDone)
            _done = before;
    }

    // By the clock that is behind, of this machine and of the store: one that runs ahead must not cost the trail.
    private async ValueTask<DateTimeOffset> OldestKeptAsync(CancellationToken cancellationToken)
    {
        var (here, there) = (time.GetUtcNow(), (await store.NodesAsync(cancellationToken).ConfigureAwait(false)).Now);
        var now = (here < there ? here : there) + directories.Installation.ClockOffset;
        return new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddDays(-days);
    }

    /// <summary>False when another node is at it, or was a moment ago.</summary>
    private async Task<bool> PurgeAsync(AccountId account, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var claim = new Claim($"PurgeEvents/{account}/{before.ToUnixTimeSeconds()}", time.GetUtcNow() + Turn);
        var commit = new Commit { Id = Identifiers.Uuid(entropy), Set = SetId.Installation, Claims = [claim], Audit = [Record(account, before)] };
        if ((await directories.CommitAsync(commit, cancellationToken).ConfigureAwait(false)).Outcome != CommitOutcome.Committed)
            return false;
        while (await store.PurgeAuditAsync(account, before, AtOnce, cancellationToken).ConfigureAwait(false) > 0)
            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private AuditEvent Record(AccountId account, DateTimeOffset before) => new ServiceEvent
    {
        Trail = account,
        At = time.GetUtcNow() + directories.Installation.ClockOffset,
        Name = "PurgeEvents",
        Source = Source,
        InvokedBy = Source,
        Details = json =>
        {
            json.WriteString("eventsBefore", before.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            json.WriteNumber("retentionDays", days);
        },
    }.Make(entropy);
}
