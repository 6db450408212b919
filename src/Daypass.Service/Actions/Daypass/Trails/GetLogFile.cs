using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Daypass.Trails;

/// <summary>
/// A log file of a digest, made of the events as they stand in the store now: gzip, as base64. Whether it is what was sealed is for the caller
/// to find out, with the hash that the digest has of it.
/// </summary>
internal sealed class GetLogFile : ApiAction<GetLogFile.Request, GetLogFile.Response>
{
    private const int MostIndex = 100_000;

    internal sealed record Request(int Number, int Index);

    /// <summary>Null when none of its events is there any more.</summary>
    internal sealed record Response(string? Content) : IShape
    {
        public void Write(ShapeWriter writer) => writer.Text("Content", Content);
    }

    public override bool SearchesTrail => true;

    public override Request Read(Parameters wire) => new(DigestRules.ReadNumber(wire), wire.Number("Index", 0, MostIndex) ?? 0);

    public override Question Ask(Request request, Scene scene) => Question.Of(new Permission("daypass:GetLogFile", "*", scene.Caller.Account));

    public override ArchiveRequest Fetch(Request request, Scene scene) => new ArchiveRequest.LogFile(scene.Caller.Account, request.Number, request.Index);

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        DigestRules.Require(scene, request.Number);
        return new Outcome<Response>(new Response(scene.Archive!.LogFile is { } content ? Convert.ToBase64String(content.Span) : null));
    }
}
