using System.Threading.Channels;
using Daypass.Service.Directories;
using Daypass.Service.Stores;

namespace Daypass.Service.Provisioning;

/// <summary>
/// Runs the provisioner: at start for all that was left unfinished, then whenever a CreateAccount was written, by whichever node. What
/// fails, because the store is away, is tried again. Called by: the server's start (one loop).
/// </summary>
internal sealed class ProvisioningJob(DirectoryCache directories, AccountProvisioner provisioner, TimeProvider time, Action<Exception> reportFailure)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private const string All = "";
    private readonly Channel<string> _woken = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        directories.Applied += Note;
        directories.Reset += LookAgain;
        try
        {
            LookAgain();
            await foreach (var requestId in _woken.Reader.ReadAllAsync(cancellationToken))
            {
                foreach (var unfinished in requestId == All ? provisioner.Unfinished() : [requestId])
                    await TryAsync(unfinished, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The server stops; what is in progress goes on at its next start.
        }
        finally
        {
            directories.Applied -= Note;
            directories.Reset -= LookAgain;
        }
    }

    // At start, and when the store leads another life: what is in progress in it the feed has not told.
    private void LookAgain() => _woken.Writer.TryWrite(All);

    private void Note(Change change)
    {
        if (change.Set != SetId.Installation)
            return;
        foreach (var put in change.Puts.Where(put => put.Key.Kind == DocumentKinds.CreateAccountRequest.Name))
            _woken.Writer.TryWrite(put.Key.Name);
    }

    private async Task TryAsync(string requestId, CancellationToken cancellationToken)
    {
        try
        {
            await provisioner.FinishAsync(requestId, cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            reportFailure(failure);
            await Task.Delay(Pause, time, cancellationToken);
            // Behind the others, so that what cannot be finished does not keep them waiting.
            _woken.Writer.TryWrite(requestId);
        }
    }
}
