using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;

namespace Daypass.Service.Actions.Iam.AccessKeys;

/// <summary>When, and for which service, an access key of this account was last used.</summary>
internal sealed class GetAccessKeyLastUsed : ApiAction<GetAccessKeyLastUsed.Request, GetAccessKeyLastUsed.Response>
{
    private static readonly TextRule KeyId = TextRule.Of(1, 128);

    internal sealed record Request(string AccessKeyId);

    internal sealed record Response(string UserName, LastUsed? LastUsed) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Text("UserName", UserName);
            writer.Structure("AccessKeyLastUsed", new Mark(LastUsed));
        }
    }

    private sealed record Mark(LastUsed? LastUsed) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Time("LastUsedDate", LastUsed?.At);
            writer.Text("ServiceName", LastUsed?.Service ?? "N/A");
            writer.Text("Region", LastUsed?.Region ?? "N/A");
        }
    }

    public override Request Read(Parameters wire) => new(wire.RequiredText("AccessKeyId", KeyId));

    public override Question Ask(Request request, Scene scene) =>
        Question.Of(new Permission("iam:GetAccessKeyLastUsed", OwnerOf(request, scene)?.ArnIn(scene.Home.Account).ToString() ?? "*", scene.Home.Account));

    public override string? LastUsedOf(Request request, Scene scene) => request.AccessKeyId;

    public override Outcome<Response> Run(Request request, Scene scene) => new(new Response(
        OwnerOf(request, scene)?.Name ?? throw Errors.NoSuchEntity($"The Access Key with id {request.AccessKeyId} cannot be found."), scene.LastUsed));

    private static User? OwnerOf(Request request, Scene scene) =>
        scene.Home.FindAccessKey(request.AccessKeyId) is { } key ? scene.Home.FindUserById(key.UserId) : null;
}
