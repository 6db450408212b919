using Daypass.Service.Audit;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Roles;

/// <summary>The instance profiles that a role is in. There are no instance profiles here, so the list is truly empty.</summary>
internal sealed class ListInstanceProfilesForRole : ApiAction<ListInstanceProfilesForRole.Request, ListResponse>
{
    internal sealed record Request(string RoleName);

    internal sealed record Response : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.List("InstanceProfiles", []);
            writer.Flag("IsTruncated", false);
        }
    }

    public override Request Read(Parameters wire)
    {
        Paging.Read(wire);
        return new Request(HolderKinds.Role.ReadName(wire));
    }

    public override Question Ask(Request request, Scene scene) => Question.Of(HolderKinds.Role.Ask(scene, Name, request.RoleName));

    public override Outcome<ListResponse> Run(Request request, Scene scene)
    {
        HolderKinds.Role.Require(scene, request.RoleName);
        return new Outcome<ListResponse>(ListResponse.Empty("InstanceProfiles"));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [HolderKinds.Role.Resource(scene, request.RoleName)];
}
