using Daypass.Service.Directories;
using Daypass.Service.Keys;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;

namespace Daypass.Service.Revocations;

/// <summary>
/// Deletes the revocations that no session can be left for. Every node runs it; a step is one commit that rests on the documents as they were
/// seen, so of several nodes one does it. Called by: the server (one loop).
/// </summary>
internal sealed class RevocationPurge(DirectoryCache directories, IEntropy entropy, TimeProvider time)
{
    /// <summary>
    /// How long a revocation is kept: the longest session, issued by a node that was cut off from the store and had not heard of it. In real and in
    /// policy time, as policy time may run ahead, and may be set back by a restore.
    /// </summary>
    public static readonly TimeSpan KeptFor = KeyRotation.LongestStaleness + KeyRotation.LongestSession;

    private const int BatchSize = 500;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            try
            {
                await RunDueAsync(cancellationToken);
            }
            catch (StoreUnavailableException)
            {
                // There is no hurry.
            }
        }
    }

    /// <summary>Deletes all that are due now.</summary>
    public async Task RunDueAsync(CancellationToken cancellationToken)
    {
        while (await DeleteSomeAsync(cancellationToken))
        {
            // A batch at a time: other changes of the installation are not kept waiting.
        }
    }

    private async Task<bool> DeleteSomeAsync(CancellationToken cancellationToken)
    {
        var installation = directories.Installation;
        var (real, policy) = (time.GetUtcNow(), time.GetUtcNow() + installation.ClockOffset);
        var changes = new Changes(installation.Documents);
        foreach (var revocation in installation.Documents.All(DocumentKinds.Revocation).Where(one => one.RevokedAt + KeptFor < policy && one.RevokedAtRealTime + KeptFor < real).Take(BatchSize))
            changes.Delete(DocumentKinds.Revocation, revocation);
        if (changes.Deletes.Count == 0)
            return false;
        var commit = new Commit { Id = Identifiers.Uuid(entropy), Set = changes.Set, Epoch = changes.Epoch, Reads = changes.Reads, Deletes = changes.Deletes };
        // After a conflict somebody else is at it, or one of them was made anew: the next look says what is left.
        return (await directories.CommitAsync(commit, cancellationToken)).Outcome == CommitOutcome.Committed && changes.Deletes.Count == BatchSize;
    }
}
