using Daypass.Service.Directories;

namespace Daypass.Server.Jobs;

/// <summary>Keeps what is in memory as new as the store is, and no more of it than is needed.</summary>
internal sealed class FeedJob(DirectoryCache directories) : IJob
{
    public Task RunAsync(CancellationToken cancellationToken) => directories.RunAsync(cancellationToken);
}
