using Daypass.Service.Pipeline;
using Daypass.Service.Stores;

namespace Daypass.Service.Actions.Daypass.Trails;

/// <summary>
/// Seals what the caller's account has done up to now, without waiting for the next turn. A digest holds half a million events: where there
/// are more, <c>HasMore</c> says so, and another call goes on. The call's own event comes behind the seal.
/// </summary>
internal sealed class SealTrail : ApiAction<SealTrail.Request, SealTrail.Response>
{
    internal sealed record Request;

    internal sealed record Response(StoredDigest? Newest, bool HasMore, int MissingNodes) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Structure("Digest", Newest is null ? null : new DigestShape(Newest));
            writer.Flag("HasMore", HasMore);
            writer.Number("MissingNodes", MissingNodes);
        }
    }

    public override bool SearchesTrail => true;

    public override Request Read(Parameters wire) => new();

    public override Question Ask(Request request, Scene scene) => Question.Of(new Permission("daypass:SealTrail", "*", scene.Caller.Account));

    public override ArchiveRequest Fetch(Request request, Scene scene) => new ArchiveRequest.Seal(scene.Caller.Account);

    public override Outcome<Response> Run(Request request, Scene scene) =>
        new(new Response(scene.Archive!.Digests.FirstOrDefault(), scene.Archive.HasMore, scene.Archive.MissingNodes.Count));
}
