using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Daypass.Nodes;

/// <summary>
/// Takes a node out of the registry whose disk will not come back: what its journal had not shipped is lost, and lookups no longer say that
/// something may be missing. A node that lives cannot be forgotten: it would report itself again.
/// </summary>
internal sealed class ForgetNode : ApiAction<ForgetNode.Request, ForgetNode.Response>
{
    internal sealed record Request(string Node);

    internal sealed record Response(NodeShape Node) : IShape
    {
        public void Write(ShapeWriter writer) => writer.Structure("Node", Node);
    }

    public override bool LooksAtNodes => true;

    public override Request Read(Parameters wire) => new(wire.RequiredText("NodeId", NodeRules.NodeId));

    public override Question Ask(Request request, Scene scene) => Question.Of(new Permission("daypass:ForgetNode", "*", scene.Caller.Account));

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        var seen = NodeRules.Require(scene);
        var node = seen.List.Nodes.FirstOrDefault(node => node.Report.Node == request.Node) ?? throw Errors.NoSuchEntity($"There is no node {request.Node}.");
        if (node.IsLive(seen.List.Now))
            throw Errors.DeleteConflict($"The node {request.Node} has reported in the last {NodeSeconds} seconds: stop it first, and it takes itself out.");
        return new Outcome<Response>(new Response(new NodeShape(node, seen)));
    }

    public override string? Forgets(Request request) => request.Node;

    private static string NodeSeconds => Stores.NodeStatus.MissingAfter.TotalSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
