using Daypass.Names;
using Daypass.Service.Actions.Iam.Boundaries;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Users;

/// <summary>A new user, who may do nothing yet.</summary>
internal sealed class CreateUser : ApiAction<CreateUser.Request, CreateUser.Response>
{
    internal sealed record Request(string UserName, string Path, string? PermissionsBoundary, IReadOnlyList<Tag> Tags)
    {
        public Arn ArnIn(AccountId account) => Arn.Iam(account, $"user{Path}{UserName}");
    }

    internal sealed record Response(UserShape User) : IShape
    {
        public void Write(ShapeWriter writer) => writer.Structure("User", User);
    }

    public override Request Read(Parameters wire) => new(
        wire.RequiredText("UserName", TextRules.UserName),
        wire.Text("Path", TextRules.Path) ?? "/",
        Boundary.Read(wire),
        TagList.Read(wire));

    public override Question Ask(Request request, Scene scene)
    {
        var create = ResourceKeys.On(scene, "iam:CreateUser", request.ArnIn(scene.Home.Account), [], Boundary.Key(request.PermissionsBoundary)).Passing(request.Tags);
        // Tagging is a power of its own: what policies allow may hang on tags.
        return request.Tags.Count == 0 ? Question.Of(create) : new Question([create, create with { Action = "iam:TagUser" }]);
    }

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        Boundary.Check(scene, request.PermissionsBoundary);
        var user = NewUser.Of(request.UserName, request.Path, scene) with { Boundary = request.PermissionsBoundary, Tags = request.Tags };
        var changes = scene.Change().Make(user).UseBoundary(request.PermissionsBoundary);
        return new Outcome<Response>(new Response(UserShape.Full(user, scene)), changes);
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [new AuditResource("AWS::IAM::User", request.ArnIn(scene.Home.Account).ToString())];
}
