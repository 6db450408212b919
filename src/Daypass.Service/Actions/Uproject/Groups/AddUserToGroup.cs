using Daypass.Service.Actions.Iam.Groups;
using Daypass.Service.Audit;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.Groups;

/// <summary>Gives a user what a group's policies allow. Who is a member already stays one.</summary>
internal sealed class AddUserToGroup : ApiAction<Membership, Nothing>
{
    public override Membership Read(Parameters wire) => Membership.Read(wire);

    public override Question Ask(Membership request, Scene scene) => request.Ask(scene, Name);

    public override Outcome<Nothing> Run(Membership request, Scene scene)
    {
        var (group, user) = request.Require(scene);
        return new Outcome<Nothing>(Nothing.Instance, Members.Add(user, group, scene));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Membership request, Scene scene) => request.Resources(scene);
}
