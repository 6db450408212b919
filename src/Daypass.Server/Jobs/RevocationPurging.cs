using Daypass.Service.Revocations;

namespace Daypass.Server.Jobs;

/// <summary>Deletes revocations that have done their work.</summary>
internal sealed class RevocationPurging(RevocationPurge purge) : IJob
{
    public Task RunAsync(CancellationToken cancellationToken) => purge.RunAsync(cancellationToken);
}
