using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Users;

/// <summary>
/// Another name or path for a user. Keys, groups, sessions and trust hang on the id and stay. The caller needs the permission on the
/// old ARN and on the new one: otherwise a rename would be a way into a name that policies speak of.
/// </summary>
internal sealed class UpdateUser : ApiAction<UpdateUser.Request, Nothing>
{
    internal sealed record Request(string UserName, string? NewUserName, string? NewPath);

    public override Request Read(Parameters wire) => new(
        HolderKinds.User.ReadName(wire),
        wire.Text("NewUserName", TextRules.UserName),
        wire.Text("NewPath", TextRules.Path));

    public override Question Ask(Request request, Scene scene)
    {
        var permission = HolderKinds.User.Ask(scene, Name, request.UserName);
        return new Question([permission, permission with { Resource = NewArn(request, scene).ToString() }]);
    }

    public override Outcome<Nothing> Run(Request request, Scene scene)
    {
        var user = HolderKinds.User.Require(scene, request.UserName);
        var updated = user with { Name = request.NewUserName ?? user.Name, Path = request.NewPath ?? user.Path };
        var changes = scene.Change();
        if (DocumentKinds.Fold(updated.Name) != DocumentKinds.Fold(user.Name))
        {
            UserNames.RequireFree(updated.Name, scene);
            changes.Delete(DocumentKinds.User, user);
        }
        return new Outcome<Nothing>(Nothing.Instance, changes.Put(DocumentKinds.User, updated));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) =>
        [HolderKinds.User.Resource(scene, request.UserName), new AuditResource("AWS::IAM::User", NewArn(request, scene).ToString())];

    private static Arn NewArn(Request request, Scene scene)
    {
        var path = request.NewPath ?? scene.Home.FindUser(request.UserName)?.Path ?? "/";
        return Arn.Iam(scene.Home.Account, $"user{path}{request.NewUserName ?? request.UserName}");
    }
}
