using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Sts;

/// <summary>Says who the caller is. Needs no permission, and no policy can refuse it.</summary>
internal sealed class GetCallerIdentity : ApiAction<GetCallerIdentity.Request, GetCallerIdentity.Response>
{
    internal sealed record Request;

    internal sealed record Response(string UserId, string Account, string Arn) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Text("UserId", UserId);
            writer.Text("Account", Account);
            writer.Text("Arn", Arn);
        }
    }

    public override bool IsHot => true;

    public override Request Read(Parameters wire) => new();

    public override Question Ask(Request request, Scene scene) => Question.None;

    public override Outcome<Response> Run(Request request, Scene scene) =>
        new(new Response(scene.Caller.UserId, scene.Caller.Account.ToString(), scene.Caller.Arn));
}
