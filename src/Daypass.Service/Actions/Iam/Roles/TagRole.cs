using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Roles;

/// <summary>Adds tags to a role; every session of it has them.</summary>
internal sealed class TagRole : ApiAction<TagRole.Request, Nothing>
{
    internal sealed record Request(string RoleName, IReadOnlyList<Tag> Tags);

    public override Request Read(Parameters wire) => new(HolderKinds.Role.ReadName(wire), TagList.ReadRequired(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(HolderKinds.Role.Ask(scene, Name, request.RoleName).Passing(request.Tags));

    public override Outcome<Nothing> Run(Request request, Scene scene)
    {
        var role = HolderKinds.Role.Require(scene, request.RoleName);
        return new Outcome<Nothing>(
            Nothing.Instance,
            scene.Change().Put(DocumentKinds.Role, role with { Tags = TagList.With(role.Tags, request.Tags, TagList.IgnoringCase) }));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [HolderKinds.Role.Resource(scene, request.RoleName)];
}
