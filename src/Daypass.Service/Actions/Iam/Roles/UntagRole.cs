using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Roles;

/// <summary>Takes tags from a role; a key that is not there is no error.</summary>
internal sealed class UntagRole : ApiAction<UntagRole.Request, Nothing>
{
    internal sealed record Request(string RoleName, IReadOnlyList<string> TagKeys);

    public override Request Read(Parameters wire) => new(HolderKinds.Role.ReadName(wire), TagList.ReadKeys(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(HolderKinds.Role.Ask(scene, Name, request.RoleName).PassingKeys(request.TagKeys));

    public override Outcome<Nothing> Run(Request request, Scene scene)
    {
        var role = HolderKinds.Role.Require(scene, request.RoleName);
        return new Outcome<Nothing>(
            Nothing.Instance,
            scene.Change().Put(DocumentKinds.Role, role with { Tags = TagList.Without(role.Tags, request.TagKeys, TagList.IgnoringCase) }));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [HolderKinds.Role.Resource(scene, request.RoleName)];
}
