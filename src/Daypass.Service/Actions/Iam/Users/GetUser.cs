using Daypass.Service.Audit;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Users;

/// <summary>A user; without a name, the one who calls.</summary>
internal sealed class GetUser : ApiAction<GetUser.Request, GetUser.Response>
{
    internal sealed record Request(string? UserName);

    internal sealed record Response(UserShape User) : IShape
    {
        public void Write(ShapeWriter writer) => writer.Structure("User", User);
    }

    public override Request Read(Parameters wire) => new(TargetUser.ReadName(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(HolderKinds.User.Ask(scene, Name, TargetUser.NameOf(request.UserName, scene)));

    public override Outcome<Response> Run(Request request, Scene scene) =>
        new(new Response(UserShape.Full(HolderKinds.User.Require(scene, TargetUser.NameOf(request.UserName, scene)), scene)));

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [HolderKinds.User.Resource(scene, TargetUser.NameOf(request.UserName, scene))];
}
