using System.Threading.Channels;
using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Stores;

namespace Daypass.Service.Provisioning;

/// <summary>
/// Runs the provisioner: at start for all that was left unfinished, then whenever a CreateAccount was written to a set in memory here. What
/// fails, because the store is away, is tried again. Called by: the server's start (one loop).
/// </summary>
internal sealed class ProvisioningJob(DirectoryCache directories, AccountProvisioner provisioner, TimeProvider time, Action<Exception> reportFailure)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private readonly Channel<AccountId> _woken = Channel.CreateUnbounded<AccountId>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        directories.Applied += Note;
        try
        {
            foreach (var candidate in provisioner.Candidates())
                _woken.Writer.TryWrite(candidate);
            await foreach (var management in _woken.Reader.ReadAllAsync(cancellationToken))
                await TryAsync(management, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The server stops; what is in progress goes on at its next start.
        }
        finally
        {
            directories.Applied -= Note;
        }
    }

    private void Note(Change change)
    {
        if (change.Puts.Any(put => put.Key.Kind == DocumentKinds.CreateAccountRequest.Name) && AccountId.TryParse(change.Set.Value, out var management))
            _woken.Writer.TryWrite(management);
    }

    private async Task TryAsync(AccountId management, CancellationToken cancellationToken)
    {
        try
        {
            await provisioner.RunOnceAsync(management, cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            reportFailure(failure);
            await Task.Delay(Pause, time, cancellationToken);
            // Behind the others, so that what cannot be finished does not keep them waiting.
            _woken.Writer.TryWrite(management);
        }
    }
}
