using Daypass.Service.Pipeline;
using Daypass.Service.Stores;

namespace Daypass.Service.Actions.Daypass.Trails;

/// <summary>The digests of the caller's account in the order of their numbers, a page at a time: <c>After</c> is the last number of the page before.</summary>
internal sealed class ListDigests : ApiAction<ListDigests.Request, ListDigests.Response>
{
    private const int Most = 100;

    internal sealed record Request(int After, int Count);

    internal sealed record Response(IReadOnlyList<StoredDigest> Digests) : IShape
    {
        public void Write(ShapeWriter writer) => writer.List("Digests", Digests.Select(digest => new DigestShape(digest)));
    }

    public override bool SearchesTrail => true;

    public override Request Read(Parameters wire) => new(wire.Number("After", 0, int.MaxValue) ?? 0, wire.Number("MaxItems", 1, Most) ?? Most);

    public override Question Ask(Request request, Scene scene) => Question.Of(new Permission("daypass:ListDigests", "*", scene.Caller.Account));

    public override ArchiveRequest Fetch(Request request, Scene scene) => new ArchiveRequest.Digests(scene.Caller.Account, request.After, request.Count);

    public override Outcome<Response> Run(Request request, Scene scene) => new(new Response(scene.Archive!.Digests));
}
