using Daypass.Service.Audit.Digests;

namespace Daypass.Server.Jobs;

/// <summary>Seals the trails of all accounts, once in an interval.</summary>
internal sealed class TrailSealing(SealingJob job) : IJob
{
    public Task RunAsync(CancellationToken cancellationToken) => job.RunAsync(cancellationToken);
}
