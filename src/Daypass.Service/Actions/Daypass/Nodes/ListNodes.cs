using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Daypass.Nodes;

/// <summary>The nodes of the installation, those that are missing too.</summary>
internal sealed class ListNodes : ApiAction<ListNodes.Request, ListNodes.Response>
{
    internal sealed record Request;

    internal sealed record Response(IReadOnlyList<NodeShape> Nodes) : IShape
    {
        public void Write(ShapeWriter writer) => writer.List("Nodes", Nodes);
    }

    public override bool LooksAtNodes => true;

    public override Request Read(Parameters wire) => new();

    public override Question Ask(Request request, Scene scene) => Question.Of(new Permission("daypass:ListNodes", "*", scene.Caller.Account));

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        var seen = NodeRules.Require(scene);
        return new Outcome<Response>(new Response([.. seen.List.Nodes.OrderBy(node => node.Report.Name, StringComparer.Ordinal).Select(node => new NodeShape(node, seen))]));
    }
}
