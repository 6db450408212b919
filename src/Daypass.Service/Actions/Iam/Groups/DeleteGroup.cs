using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Groups;

/// <summary>Ends a group that has no members and no policies.</summary>
internal sealed class DeleteGroup : ApiAction<DeleteGroup.Request, Nothing>
{
    internal sealed record Request(string GroupName);

    public override Request Read(Parameters wire) => new(HolderKinds.Group.ReadName(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(HolderKinds.Group.Ask(scene, Name, request.GroupName));

    public override Outcome<Nothing> Run(Request request, Scene scene)
    {
        var group = HolderKinds.Group.Require(scene, request.GroupName);
        if (WhatHangsOn(group, scene) is { } obstacle)
            throw Errors.DeleteConflict($"Cannot delete entity, must {obstacle} first.");
        return new Outcome<Nothing>(Nothing.Instance, scene.Change().Delete(DocumentKinds.Group, group).DropGuard(Guards.MembersOf(group)));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [HolderKinds.Group.Resource(scene, request.GroupName)];

    private static string? WhatHangsOn(Group group, Scene scene) =>
        Members.Of(group, scene).Any() ? "remove users from group"
        : PolicyBindings.Of(group).Count > 0 ? "detach all policies"
        : group.Inline.Count > 0 ? "delete policies"
        : null;
}
