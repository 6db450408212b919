using Daypass.Service.Stores;

namespace Daypass.Service.Pipeline;

/// <summary>The nodes of the installation, for the few actions that look at them.</summary>
internal interface INodeRegistry
{
    /// <exception cref="StoreUnavailableException">The store does not answer.</exception>
    ValueTask<NodesSeen> LookAsync(CancellationToken cancellationToken);

    /// <summary>Takes a node out that will not come back. One that does reports itself again.</summary>
    /// <exception cref="StoreUnavailableException">The store does not answer.</exception>
    ValueTask ForgetAsync(string node, CancellationToken cancellationToken);
}

/// <summary>The nodes as an action sees them, and the feed's newest sequence.</summary>
internal sealed record NodesSeen(NodeList List, long Head);
