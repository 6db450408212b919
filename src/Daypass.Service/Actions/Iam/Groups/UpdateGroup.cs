using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Groups;

/// <summary>Another name or path for a group; its members stay. Needs the permission on the old ARN and on the new one, as UpdateUser does.</summary>
internal sealed class UpdateGroup : ApiAction<UpdateGroup.Request, Nothing>
{
    internal sealed record Request(string GroupName, string? NewGroupName, string? NewPath);

    public override Request Read(Parameters wire) => new(
        HolderKinds.Group.ReadName(wire),
        wire.Text("NewGroupName", TextRules.GroupName),
        wire.Text("NewPath", TextRules.Path));

    public override Question Ask(Request request, Scene scene)
    {
        var permission = HolderKinds.Group.Ask(scene, Name, request.GroupName);
        return new Question([permission, permission with { Resource = NewArn(request, scene).ToString() }]);
    }

    public override Outcome<Nothing> Run(Request request, Scene scene)
    {
        var group = HolderKinds.Group.Require(scene, request.GroupName);
        var updated = group with { Name = request.NewGroupName ?? group.Name, Path = request.NewPath ?? group.Path };
        var changes = scene.Change();
        if (DocumentKinds.Fold(updated.Name) != DocumentKinds.Fold(group.Name))
        {
            GroupNames.RequireFree(updated.Name, scene);
            changes.Delete(DocumentKinds.Group, group);
        }
        return new Outcome<Nothing>(Nothing.Instance, changes.Put(DocumentKinds.Group, updated));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) =>
        [HolderKinds.Group.Resource(scene, request.GroupName), new AuditResource("AWS::IAM::Group", NewArn(request, scene).ToString())];

    private static Arn NewArn(Request request, Scene scene)
    {
        var path = request.NewPath ?? scene.Home.FindGroup(request.GroupName)?.Path ?? "/";
        return Arn.Iam(scene.Home.Account, $"group{path}{request.NewGroupName ?? request.GroupName}");
    }
}
