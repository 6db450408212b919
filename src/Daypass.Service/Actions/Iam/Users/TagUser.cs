using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Users;

/// <summary>Adds tags to a user, or gives those that it has other values.</summary>
internal sealed class TagUser : ApiAction<TagUser.Request, Nothing>
{
    internal sealed record Request(string UserName, IReadOnlyList<Tag> Tags);

    public override Request Read(Parameters wire) => new(HolderKinds.User.ReadName(wire), TagList.ReadRequired(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(HolderKinds.User.Ask(scene, Name, request.UserName).Passing(request.Tags));

    public override Outcome<Nothing> Run(Request request, Scene scene)
    {
        var user = HolderKinds.User.Require(scene, request.UserName);
        var tagged = user with { Tags = TagList.With(user.Tags, request.Tags, TagList.IgnoringCase) };
        return new Outcome<Nothing>(Nothing.Instance, scene.Change().Put(DocumentKinds.User, tagged));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [HolderKinds.User.Resource(scene, request.UserName)];
}
