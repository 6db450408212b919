using Daypass.Service.Keys;

namespace Daypass.Server.Jobs;

/// <summary>Takes keys through their states.</summary>
internal sealed class KeyRotating(KeyJob job) : IJob
{
    public Task RunAsync(CancellationToken cancellationToken) => job.RunAsync(cancellationToken);
}
