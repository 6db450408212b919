using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Users;

/// <summary>Ends a user that nothing hangs on any more. Its id is never used again.</summary>
internal sealed class DeleteUser : ApiAction<DeleteUser.Request, Nothing>
{
    internal sealed record Request(string UserName);

    public override Request Read(Parameters wire) => new(HolderKinds.User.ReadName(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(HolderKinds.User.Ask(scene, Name, request.UserName));

    public override Outcome<Nothing> Run(Request request, Scene scene)
    {
        var user = HolderKinds.User.Require(scene, request.UserName);
        if (WhatHangsOn(user, scene) is { } obstacle)
            throw Errors.DeleteConflict($"Cannot delete entity, must {obstacle} first.");
        return new Outcome<Nothing>(Nothing.Instance, scene.Change().Delete(DocumentKinds.User, user).DropGuard(Guards.AccessKeysOf(user)).DropGuard(Guards.MfaDevicesOf(user)));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [HolderKinds.User.Resource(scene, request.UserName)];

    private static string? WhatHangsOn(User user, Scene scene) =>
        scene.Home.AccessKeysOf(user).Any() ? "delete access keys"
        : scene.Home.MfaDevicesOf(user).Any() ? "delete MFA device"
        : PolicyBindings.Of(user).Count > 0 ? "detach all policies"
        : user.Inline.Count > 0 ? "delete policies"
        : user.Groups.Count > 0 ? "remove users from group"
        : null;
}
