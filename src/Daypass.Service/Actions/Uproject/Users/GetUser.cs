using Daypass.Service.Actions.Iam;
using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.Users;

/// <summary>One user.</summary>
internal sealed class GetUser : ApiAction<GetUser.Request, GetUser.Response>
{
    internal sealed record Request(string UserName);

    internal sealed record Response(UserView User) : IShape
    {
        public void Write(ShapeWriter writer) => writer.Structure("User", User);
    }

    public override Request Read(Parameters wire) => new(UprojectKinds.User.ReadName(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(UprojectKinds.User.Ask(scene, Name, request.UserName));

    public override Outcome<Response> Run(Request request, Scene scene) => new(new Response(new UserView(UprojectKinds.User.Require(scene, request.UserName), scene)));

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [UprojectKinds.User.Resource(scene, request.UserName)];
}
