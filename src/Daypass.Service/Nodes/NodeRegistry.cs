using Daypass.Service.Pipeline;
using Daypass.Service.Stores;

namespace Daypass.Service.Nodes;

/// <summary>Reads the registry that the nodes keep in the store. A store that only one node can use has none: then there is this node.</summary>
internal sealed class NodeRegistry(IStore store, NodeReporter self, TimeProvider time) : INodeRegistry
{
    private readonly SharedNodeList _nodes = new(store, time);

    public async ValueTask<NodesSeen> LookAsync(CancellationToken cancellationToken)
    {
        var list = store.IsExclusive ? OnlySelf() : await _nodes.ReadAsync(cancellationToken).ConfigureAwait(false);
        return new NodesSeen(list, (await store.HeadAsync(cancellationToken).ConfigureAwait(false)).Sequence);
    }

    public ValueTask ForgetAsync(string node, CancellationToken cancellationToken) => store.RemoveNodeAsync(node, cancellationToken);

    private NodeList OnlySelf()
    {
        var now = time.GetUtcNow();
        return new NodeList(now, [new NodeStatus(self.Describe(null), now)]);
    }
}
