using Daypass.Service.Actions.Iam;
using Daypass.Service.Actions.Iam.Groups;
using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.Groups;

/// <summary>Ends a group with its policies and memberships.</summary>
internal sealed class DeleteGroup : ApiAction<DeleteGroup.Request, Nothing>
{
    /// <summary>One commit writes every member; more are taken out one by one before.</summary>
    private const int MostMembers = 200;

    internal sealed record Request(string GroupName);

    public override Request Read(Parameters wire) => new(UprojectKinds.Group.ReadName(wire));

    public override Question Ask(Request request, Scene scene)
    {
        var delete = UprojectKinds.Group.Ask(scene, Name, request.GroupName);
        var hasMembers = scene.Home.FindGroup(request.GroupName) is { } group && Members.Of(group, scene).Any();
        return new Question(
        [
            delete,
            .. hasMembers ? [delete with { Action = "iam:RemoveUserFromGroup" }] : Array.Empty<Permission>(),
            .. WhatHangsOn.AskToStrip(UprojectKinds.Group, scene, request.GroupName, "Group"),
        ]);
    }

    public override Outcome<Nothing> Run(Request request, Scene scene)
    {
        var group = UprojectKinds.Group.Require(scene, request.GroupName);
        if (scene.Home.Documents.CountBy(DocumentIndexes.UsersByGroup, group.Id) > MostMembers)
            throw Errors.DeleteConflict($"The group has more than {MostMembers} members. Take some out of it first.");
        var changes = scene.Change().Delete(DocumentKinds.Group, group).DropGuard(Guards.MembersOf(group));
        foreach (var user in Members.Of(group, scene))
            changes.Put(DocumentKinds.User, Members.Leave(user, group));
        return new Outcome<Nothing>(Nothing.Instance, changes);
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [UprojectKinds.Group.Resource(scene, request.GroupName)];
}
