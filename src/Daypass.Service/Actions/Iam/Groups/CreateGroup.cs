using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Groups;

/// <summary>A new group, without members and policies.</summary>
internal sealed class CreateGroup : ApiAction<CreateGroup.Request, CreateGroup.Response>
{
    internal sealed record Request(string GroupName, string Path)
    {
        public Arn ArnIn(AccountId account) => Arn.Iam(account, $"group{Path}{GroupName}");
    }

    internal sealed record Response(GroupShape Group) : IShape
    {
        public void Write(ShapeWriter writer) => writer.Structure("Group", Group);
    }

    public override Request Read(Parameters wire) => new(HolderKinds.Group.ReadName(wire), wire.Text("Path", TextRules.Path) ?? "/");

    public override Question Ask(Request request, Scene scene) => Question.Of(ResourceKeys.On(scene, "iam:CreateGroup", request.ArnIn(scene.Home.Account), []));

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        var group = NewGroup.Of(request.GroupName, request.Path, scene);
        return new Outcome<Response>(new Response(GroupShape.Of(group, scene)), scene.Change().Make(group));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [new AuditResource("AWS::IAM::Group", request.ArnIn(scene.Home.Account).ToString())];
}
