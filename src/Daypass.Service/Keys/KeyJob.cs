using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;

namespace Daypass.Service.Keys;

/// <summary>
/// Takes keys through their states, by the rules of <see cref="KeyRotation"/>. Every node runs it: a step is one commit that rests on the
/// keys as they were seen, so of several nodes one does it. Called by: the server (one loop).
/// </summary>
internal sealed class KeyJob(DirectoryCache directories, KeyKeeper keeper, SecretResealer resealer, IEntropy entropy, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>So long one node has a look at all accounts to itself; when it died on the way, another one takes it up.</summary>
    private static readonly TimeSpan Turn = TimeSpan.FromMinutes(10);

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            keeper.Check();
            try
            {
                await RunDueAsync(cancellationToken);
            }
            catch (StoreUnavailableException)
            {
                // Keys can wait for the store; who needs to know that it is away is told by others.
            }
        }
    }

    /// <summary>Does all that is due now.</summary>
    public async Task RunDueAsync(CancellationToken cancellationToken)
    {
        while (await DoFirstAsync(cancellationToken))
        {
            // Each step changes what is due.
        }
    }

    private async Task<bool> DoFirstAsync(CancellationToken cancellationToken)
    {
        var installation = directories.Installation;
        foreach (var step in KeyRotation.StepsDue(installation.Documents.All(DocumentKinds.Key), Now(installation)))
        {
            if (step.NeedsUnused && !(await TakeTurnAsync(step, cancellationToken) && await resealer.RunAsync(step.Key, cancellationToken)))
                continue;
            // After a conflict somebody else did it, or the store leads another life: the next look, a second from now, says what is left.
            return await CommitAsync(step, installation, cancellationToken);
        }
        return false;
    }

    // One node at a time goes through all the accounts; more would do no harm, and no good.
    private async Task<bool> TakeTurnAsync(KeyStep step, CancellationToken cancellationToken)
    {
        var claim = new Claim($"{step.Name}/{step.Key.Purpose}/{step.Key.Id:X8}", time.GetUtcNow() + Turn);
        var commit = new Commit { Id = Identifiers.Uuid(entropy), Set = SetId.Installation, Claims = [claim] };
        return (await directories.CommitAsync(commit, cancellationToken)).Outcome == CommitOutcome.Committed;
    }

    private async Task<bool> CommitAsync(KeyStep step, InstallationDirectory installation, CancellationToken cancellationToken)
    {
        var changes = new Changes(installation.Documents);
        foreach (var put in step.Puts)
            changes.Put(DocumentKinds.Key, put);
        if (step.IsDeleted)
            changes.Delete(DocumentKinds.Key, step.Key);
        var result = await directories.CommitAsync(
            new Commit
            {
                Id = Identifiers.Uuid(entropy),
                Set = changes.Set,
                Epoch = changes.Epoch,
                Reads = changes.Reads,
                Puts = changes.Puts,
                Deletes = changes.Deletes,
                Audit = KeyEvents.Of(step, installation, Now(installation).Policy, entropy),
            },
            cancellationToken);
        return result.Outcome == CommitOutcome.Committed;
    }

    private KeyMoment Now(InstallationDirectory installation)
    {
        var now = time.GetUtcNow();
        return new KeyMoment(now, now + installation.ClockOffset);
    }
}
