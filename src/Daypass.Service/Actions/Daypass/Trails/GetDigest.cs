using Daypass.Service.Pipeline;
using Daypass.Service.Stores;

namespace Daypass.Service.Actions.Daypass.Trails;

/// <summary>One digest of the caller's account with its content, the bytes that were signed, as base64.</summary>
internal sealed class GetDigest : ApiAction<GetDigest.Request, GetDigest.Response>
{
    internal sealed record Request(int Number);

    internal sealed record Response(StoredDigest Digest) : IShape
    {
        public void Write(ShapeWriter writer) => writer.Structure("Digest", new DigestShape(Digest, HasContent: true));
    }

    public override bool SearchesTrail => true;

    public override Request Read(Parameters wire) => new(DigestRules.ReadNumber(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(new Permission("daypass:GetDigest", "*", scene.Caller.Account));

    public override ArchiveRequest Fetch(Request request, Scene scene) => new ArchiveRequest.Digests(scene.Caller.Account, request.Number - 1, 1);

    public override Outcome<Response> Run(Request request, Scene scene) => new(new Response(DigestRules.Require(scene, request.Number)));
}
