using Daypass.Service.Audit;
using Daypass.Service.Keys;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;

namespace Daypass.Service.Actions.Daypass.Sessions;

/// <summary>
/// The sessions that are live now: of the account's principals, and those that these have begun at other accounts. Sessions are stored nowhere, so they
/// are read off the trail: what was issued within the longest lifetime there is, less what has expired, was revoked, or whose user, role or key
/// is gone. A page is a page of the trail, so it may show fewer sessions than were asked for, or none, and there may be a next one.
/// </summary>
internal sealed class ListSessions : ApiAction<ListSessions.Request, ListSessions.Response>
{
    private const int MaxResults = 50;
    private const string IssuedType = "AWS::IAM::AccessKey";

    internal sealed record Request(SessionTarget Filter, int PageSize, string? NextToken)
    {
        /// <summary>What a page's token is bound to.</summary>
        public string Sought => $"sessions {Filter}";
    }

    internal sealed record Response(IReadOnlyList<LiveSession> Sessions, string? NextToken) : ITrailAnswer
    {
        public IReadOnlyList<NodeReport> MissingNodes { get; init; } = [];

        public void Write(ShapeWriter writer)
        {
            writer.List("Sessions", Sessions);
            writer.Text("NextToken", NextToken);
        }
    }

    public override bool SearchesTrail => true;

    public override Request Read(Parameters wire) => new(SessionTarget.ReadFilter(wire), wire.Number("MaxResults", 1, MaxResults) ?? MaxResults, wire.Raw("NextToken"));

    public override Question Ask(Request request, Scene scene) => Question.Of(request.Filter.Asking("daypass:ListSessions", scene));

    public override AuditQuery? Search(Request request, Scene scene) => new()
    {
        Account = scene.Caller.Account,
        // Every issue of credentials names what it has issued.
        Attribute = AuditAttribute.ResourceType,
        Value = IssuedType,
        From = scene.Now - KeyRotation.LongestSession,
        PageSize = request.PageSize,
        After = request.NextToken is null ? null : PageToken.CursorOf(request.NextToken, request.Sought) ?? throw InvalidToken(),
    };

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        var filter = request.Filter.IsEmpty ? null : request.Filter.Find(scene);
        var page = scene.Trail ?? throw InvalidToken();
        var sessions = page.Events.Select(found => LiveSession.Of(found, scene)).OfType<LiveSession>().Where(session => filter is null || session.IsOf(filter));
        return new Outcome<Response>(new Response([.. sessions], page.Next is { } next ? PageToken.Make(next, request.Sought) : null) { MissingNodes = page.MissingNodes });
    }

    private static ApiException InvalidToken() => Errors.ValidationError("The NextToken must be one that ListSessions returned, with the same filter.");
}
