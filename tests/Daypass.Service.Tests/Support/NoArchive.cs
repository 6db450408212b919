using Daypass.Service.Pipeline;

namespace Daypass.Service.Tests.Support;

/// <summary>Nothing is sealed here, and nobody asks.</summary>
internal sealed class NoArchive : ITrailArchive
{
    public TrailFacts Facts => TrailFacts.None;

    public ValueTask<ArchiveView> ReadAsync(ArchiveRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();
}
