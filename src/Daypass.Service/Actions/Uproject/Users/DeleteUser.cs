using Daypass.Service.Actions.Iam;
using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.Users;

/// <summary>
/// Ends a user with its keys, memberships and policies. Its id is never used again. MFA devices, which this dialect cannot make, must be taken from it
/// before.
/// </summary>
internal sealed class DeleteUser : ApiAction<DeleteUser.Request, Nothing>
{
    internal sealed record Request(string UserName);

    public override Request Read(Parameters wire) => new(UprojectKinds.User.ReadName(wire));

    public override Question Ask(Request request, Scene scene)
    {
        var delete = UprojectKinds.User.Ask(scene, Name, request.UserName);
        return new Question([delete, .. AskForRest(delete, request, scene)]);
    }

    public override Outcome<Nothing> Run(Request request, Scene scene)
    {
        var user = UprojectKinds.User.Require(scene, request.UserName);
        if (scene.Home.MfaDevicesOf(user).Any())
            throw Errors.DeleteConflict("Cannot delete entity, must delete MFA device first.");
        var changes = scene.Change().Delete(DocumentKinds.User, user).DropGuard(Guards.AccessKeysOf(user)).DropGuard(Guards.MfaDevicesOf(user));
        foreach (var key in scene.Home.AccessKeysOf(user))
            changes.Delete(DocumentKinds.AccessKey, key);
        return new Outcome<Nothing>(Nothing.Instance, changes);
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [UprojectKinds.User.Resource(scene, request.UserName)];

    private static IEnumerable<Permission> AskForRest(Permission delete, Request request, Scene scene)
    {
        if (scene.Home.FindUser(request.UserName) is not { } user)
            return [];
        return
        [
            .. scene.Home.AccessKeysOf(user).Any() ? [delete with { Action = "iam:DeleteAccessKey" }] : Array.Empty<Permission>(),
            .. user.Login?.IsActive is true ? [delete with { Action = "iam:DeleteLoginProfile" }] : Array.Empty<Permission>(),
            .. user.Groups.Select(scene.Home.FindGroupById).OfType<Group>().Select(group => UprojectKinds.Group.Ask(scene, "RemoveUserFromGroup", group.Name)),
            .. WhatHangsOn.AskToStrip(UprojectKinds.User, scene, request.UserName, "User"),
        ];
    }
}
