using Daypass.Service.Actions.Iam;
using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Actions.Uproject.Users;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.Account;

/// <summary>Who calls, as this cloud's command line asks: the nearest there is to GetCallerIdentity, and like that one free for all who are somebody.</summary>
internal sealed class GetUserInfo : ApiAction<NoRequest, GetUserInfo.Response>
{
    internal sealed record Response(Scene Scene) : IShape
    {
        public void Write(ShapeWriter writer) => writer.List("DataSet", [new View(Scene)]);
    }

    private sealed record View(Scene Scene) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            var caller = Scene.Caller;
            writer.Number("UserId", UserView.NumberOf(caller.PrincipalId));
            writer.Text("UserName", caller.User?.Name ?? caller.Session?.SessionName ?? "");
            writer.Text("UserEmail", caller.User is { } user ? UserView.EmailOf(user, Scene) : "");
            writer.Text("UserURN", Scene.UrnOf(caller.Arn));
            writer.Number("CompanyId", Scene.Home.Account.Number);
            writer.Text("CompanyName", Scene.Installation.FindAccount(Scene.Home.Account)?.Name ?? "");
        }
    }

    public override NoRequest Read(Parameters wire) => NoRequest.Instance;

    public override Question Ask(NoRequest request, Scene scene) => Question.None;

    public override Outcome<Response> Run(NoRequest request, Scene scene) => new(new Response(scene));
}
