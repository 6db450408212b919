using Daypass.Service.Audit;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;

namespace Daypass.Service.Actions.CloudTrail;

/// <summary>Searches the trail of the caller's account over the last 90 days, newest first.</summary>
internal sealed class LookupEvents : ApiAction<LookupEvents.Request, LookupEvents.Response>
{
    private const int Days = 90;
    private static readonly TimeSpan RestOfSecond = TimeSpan.FromMilliseconds(999);

    internal sealed record Request(AuditAttribute Attribute, string Value, DateTimeOffset? Start, DateTimeOffset? End, int PageSize, bool IsInsight, string? NextToken)
    {
        /// <summary>What a page's token is bound to.</summary>
        public string Sought => $"{(int)Attribute} {Start?.ToUnixTimeSeconds()} {End?.ToUnixTimeSeconds()} {Value}";
    }

    internal sealed record Response(IReadOnlyList<AuditEvent> Events, string? NextToken) : ITrailAnswer
    {
        /// <summary>Nodes whose newest events may be missing here. Not a member of the response: the endpoint says it in a header.</summary>
        public IReadOnlyList<NodeReport> MissingNodes { get; init; } = [];

        public void Write(ShapeWriter writer)
        {
            writer.List("Events", Events.Select(found => new EventShape(found)));
            writer.Text("NextToken", NextToken);
        }
    }

    public override bool SearchesTrail => true;

    public override Request Read(Parameters wire)
    {
        var (attribute, value) = LookupInput.Attribute(wire);
        var (start, end) = (LookupInput.Time(wire, "StartTime", decimal.Ceiling), LookupInput.Time(wire, "EndTime", decimal.Floor));
        if (start > end)
            throw CloudTrailErrors.InvalidTimeRange("The StartTime must not be after the EndTime.");
        return new Request(attribute, value, start, end, LookupInput.PageSize(wire), LookupInput.IsInsight(wire), wire.Raw("NextToken"));
    }

    public override Question Ask(Request request, Scene scene) => Question.Of(new Permission("cloudtrail:LookupEvents", "*", scene.Caller.Account));

    public override AuditQuery? Search(Request request, Scene scene)
    {
        if (request.IsInsight)
            return null;
        var oldest = scene.Now.AddDays(-Days);
        return new AuditQuery
        {
            Account = scene.Caller.Account,
            Attribute = request.Attribute,
            Value = request.Value,
            From = request.Start > oldest ? request.Start : oldest,
            // Events are kept to the millisecond and shown to the second: the second that is asked for belongs to the range.
            Until = request.End + RestOfSecond,
            PageSize = request.PageSize,
            After = request.NextToken is null ? null : PageToken.CursorOf(request.NextToken, request.Sought) ?? throw CloudTrailErrors.InvalidNextToken(),
        };
    }

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        // Nothing here watches for unusual activity, so there are no insight events.
        if (request.IsInsight)
            return new Outcome<Response>(new Response([], null));
        var page = scene.Trail ?? throw CloudTrailErrors.InvalidNextToken();
        return new Outcome<Response>(new Response(page.Events, page.Next is { } next ? PageToken.Make(next, request.Sought) : null) { MissingNodes = page.MissingNodes });
    }
}
