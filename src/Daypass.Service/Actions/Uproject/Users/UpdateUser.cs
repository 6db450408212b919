using Daypass.Names;
using Daypass.Service.Actions.Iam;
using Daypass.Service.Actions.Iam.Users;
using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.Users;

/// <summary>
/// Another name for a user, or freezes it: every key of a frozen user is refused, with all that came of one, until it is active again. That is what
/// turning all of its keys off and on is, so it takes that permission, too.
/// </summary>
internal sealed class UpdateUser : ApiAction<UpdateUser.Request, Nothing>
{
    internal sealed record Request(string UserName, string? NewUserName, string? DisplayName, bool? IsFrozen);

    public override Request Read(Parameters wire) => new(
        UprojectKinds.User.ReadName(wire),
        wire.Text("NewUserName", TextRules.UserName),
        wire.Text("DisplayName", UprojectRules.DisplayName),
        UserView.ReadFrozen(wire));

    public override Question Ask(Request request, Scene scene)
    {
        var update = UprojectKinds.User.Ask(scene, Name, request.UserName);
        return new Question(
        [
            update,
            .. request.NewUserName is null ? Array.Empty<Permission>() : [update with { Resource = NewArn(request, scene).ToString() }],
            .. request.IsFrozen is null ? Array.Empty<Permission>() : [update with { Action = "iam:UpdateAccessKey" }],
        ]);
    }

    public override Outcome<Nothing> Run(Request request, Scene scene)
    {
        var user = UprojectKinds.User.Require(scene, request.UserName);
        var updated = user with
        {
            Name = request.NewUserName ?? user.Name,
            DisplayName = request.DisplayName ?? user.DisplayName,
            Frozen = request.IsFrozen is { } frozen ? (frozen ? true : null) : user.Frozen,
        };
        var changes = scene.Change();
        if (DocumentKinds.Fold(updated.Name) != DocumentKinds.Fold(user.Name))
        {
            UserNames.RequireFree(updated.Name, scene);
            changes.Delete(DocumentKinds.User, user);
        }
        return new Outcome<Nothing>(Nothing.Instance, changes.Put(DocumentKinds.User, updated));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => request.NewUserName is null
        ? [UprojectKinds.User.Resource(scene, request.UserName)]
        : [UprojectKinds.User.Resource(scene, request.UserName), new AuditResource("AWS::IAM::User", NewArn(request, scene).ToString())];

    private static Arn NewArn(Request request, Scene scene) =>
        Arn.Iam(scene.Home.Account, $"user{scene.Home.FindUser(request.UserName)?.Path ?? "/"}{request.NewUserName}");
}
