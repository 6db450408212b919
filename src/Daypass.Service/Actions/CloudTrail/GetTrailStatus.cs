using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.CloudTrail;

/// <summary>That the trail is written, and up to when it is sealed. The times are those of the newest digest.</summary>
internal sealed class GetTrailStatus : ApiAction<GetTrailStatus.Request, GetTrailStatus.Response>
{
    internal sealed record Request(string Name);

    internal sealed record Response(DateTimeOffset? Sealed) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Flag("IsLogging", true);
            writer.Time("LatestDeliveryTime", Sealed);
            writer.Time("LatestDigestDeliveryTime", Sealed);
        }
    }

    public override bool SearchesTrail => true;

    public override Request Read(Parameters wire) => new(TrailRules.RequireName(wire));

    public override Question Ask(Request request, Scene scene) => TrailRules.Ask("GetTrailStatus", scene);

    public override ArchiveRequest Fetch(Request request, Scene scene) => new ArchiveRequest.Newest(scene.Caller.Account);

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        TrailRules.Require(scene, request.Name);
        return new Outcome<Response>(new Response(scene.Archive!.Digests.FirstOrDefault()?.End));
    }
}
