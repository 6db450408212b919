using Daypass.Service.Actions.Iam;
using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.Groups;

/// <summary>Says what a group is for.</summary>
internal sealed class UpdateGroup : ApiAction<UpdateGroup.Request, Nothing>
{
    internal sealed record Request(string GroupName, string? Description);

    public override Request Read(Parameters wire) => new(UprojectKinds.Group.ReadName(wire), wire.Text("Description", UprojectRules.Description));

    public override Question Ask(Request request, Scene scene) => Question.Of(UprojectKinds.Group.Ask(scene, Name, request.GroupName));

    public override Outcome<Nothing> Run(Request request, Scene scene)
    {
        var group = UprojectKinds.Group.Require(scene, request.GroupName);
        return new Outcome<Nothing>(Nothing.Instance, scene.Change().Put(DocumentKinds.Group, group with { Description = request.Description ?? group.Description }));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [UprojectKinds.Group.Resource(scene, request.GroupName)];
}
