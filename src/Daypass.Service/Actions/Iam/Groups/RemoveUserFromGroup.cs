using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Groups;

/// <summary>Takes from a user what a group's policies allow.</summary>
internal sealed class RemoveUserFromGroup : ApiAction<RemoveUserFromGroup.Request, Nothing>
{
    internal sealed record Request(string GroupName, string UserName);

    public override Request Read(Parameters wire) => new(HolderKinds.Group.ReadName(wire), HolderKinds.User.ReadName(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(HolderKinds.Group.Ask(scene, Name, request.GroupName));

    public override Outcome<Nothing> Run(Request request, Scene scene)
    {
        var group = HolderKinds.Group.Require(scene, request.GroupName);
        var user = HolderKinds.User.Require(scene, request.UserName);
        return new Outcome<Nothing>(Nothing.Instance, Members.Remove(user, group, scene));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) =>
        [HolderKinds.Group.Resource(scene, request.GroupName), HolderKinds.User.Resource(scene, request.UserName)];
}
