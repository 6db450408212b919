using Daypass.Names;
using Daypass.Service.Actions.Iam;
using Daypass.Service.Actions.Iam.Groups;
using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.Groups;

/// <summary>A new group, without members and policies.</summary>
internal sealed class CreateGroup : ApiAction<CreateGroup.Request, Nothing>
{
    internal sealed record Request(string GroupName, string? Description);

    public override Request Read(Parameters wire) => new(UprojectKinds.Group.ReadName(wire), wire.Text("Description", UprojectRules.Description));

    public override Question Ask(Request request, Scene scene) => Question.Of(ResourceKeys.On(scene, "iam:CreateGroup", ArnOf(request, scene), []));

    public override Outcome<Nothing> Run(Request request, Scene scene) =>
        new(Nothing.Instance, scene.Change().Make(NewGroup.Of(request.GroupName, "/", scene) with { Description = request.Description }));

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [new AuditResource("AWS::IAM::Group", ArnOf(request, scene).ToString())];

    private static Arn ArnOf(Request request, Scene scene) => Arn.Iam(scene.Home.Account, $"group/{request.GroupName}");
}
