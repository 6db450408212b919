using Daypass.Service.Audit.Tracing;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;

namespace Daypass.Service.Actions.Daypass.Trails;

/// <summary>
/// From an event of the account's trail back to the person: every credential that led to it, oldest first, with the calls that issued them. For whoever
/// may read the trail, and of other accounts no more than what the own account's records tell.
/// </summary>
internal sealed class TraceEvent : ApiAction<TraceEvent.Request, TraceEvent.Response>
{
    private static readonly TextRule EventId = TextRule.Of(1, 64);

    internal sealed record Request(string EventId);

    internal sealed record Response(EventChain Chain, IReadOnlyList<ChainLink> Links) : ITrailAnswer
    {
        public IReadOnlyList<NodeReport> MissingNodes => Chain.MissingNodes;

        public void Write(ShapeWriter writer)
        {
            writer.Structure("Event", new TracedEvent(Chain.Traced));
            writer.List("Links", Links);
            writer.Text("SourceIdentity", Chain.Traced.SourceIdentity);
            writer.Flag("IsComplete", Chain.IsComplete);
            writer.TextList("MissingNodes", MissingNodes.Count == 0 ? null : MissingNodes.Select(node => node.Node));
        }
    }

    private sealed record TracedEvent(TrailRecord Record) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Text("EventId", Record.Event.EventId);
            writer.Text("EventName", Record.Event.EventName);
            writer.Text("EventSource", Record.Event.EventSource);
            writer.Time("EventTime", Record.Event.Time);
            writer.Text("SharedEventId", Record.SharedEventId);
            writer.Text("ErrorCode", Record.ErrorCode);
        }
    }

    public override bool IsReadOnly => true;

    public override bool SearchesTrail => true;

    public override Request Read(Parameters wire) => new(wire.RequiredText("EventId", EventId));

    // Both: it tells what LookupEvents tells, so who may not look must not learn it here.
    public override Question Ask(Request request, Scene scene) => new([
        new Permission("daypass:TraceEvent", "*", scene.Caller.Account), new Permission("cloudtrail:LookupEvents", "*", scene.Caller.Account)]);

    public override string? Traces(Request request) => request.EventId;

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        var chain = scene.Chain ?? throw Errors.NoSuchEntity($"The trail of this account has no event {request.EventId}.");
        return new Outcome<Response>(new Response(chain, ChainLink.All(chain, scene.Caller.Account)));
    }
}
