using Daypass.Service.Nodes;

namespace Daypass.Server.Jobs;

/// <summary>Keeps this node's row in the registry.</summary>
internal sealed class NodeReporting(NodeReporter reporter) : IJob
{
    public Task RunAsync(CancellationToken cancellationToken) => reporter.RunAsync(cancellationToken);
}
