using Daypass.Service.Pipeline;
using Daypass.Trails;

namespace Daypass.Service.Actions.CloudTrail;

/// <summary>The public keys that digests of a span of time were signed with; without times, the one that is in force.</summary>
internal sealed class ListPublicKeys : ApiAction<ListPublicKeys.Request, ListPublicKeys.Response>
{
    internal sealed record Request(DateTimeOffset? Start, DateTimeOffset? End);

    internal sealed record Response(IReadOnlyList<TrailPublicKey> Keys) : IShape
    {
        public void Write(ShapeWriter writer) => writer.List("PublicKeyList", Keys.Select(key => new KeyShape(key)));
    }

    public override Request Read(Parameters wire)
    {
        var (start, end) = (LookupInput.Time(wire, "StartTime", decimal.Ceiling), LookupInput.Time(wire, "EndTime", decimal.Floor));
        return start > end ? throw CloudTrailErrors.InvalidTimeRange("The StartTime must not be after the EndTime.") : new Request(start, end);
    }

    public override Question Ask(Request request, Scene scene) => Question.Of(new Permission("cloudtrail:ListPublicKeys", "*", scene.Caller.Account));

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        var end = request.End ?? scene.Now;
        var start = request.Start ?? (request.End is { } only && only < scene.Now ? only : scene.Now);
        return new Outcome<Response>(new Response([.. scene.TrailFacts.Keys().Where(key => key.ValidFrom <= end && !(key.ValidUntil < start))]));
    }

    private sealed record KeyShape(TrailPublicKey Key) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Text("Value", Convert.ToBase64String(Key.Value.Span));
            writer.Time("ValidityStartTime", Key.ValidFrom);
            writer.Time("ValidityEndTime", Key.ValidUntil);
            writer.Text("Fingerprint", Key.Fingerprint);
        }
    }
}
