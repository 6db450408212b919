using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Users;

/// <summary>Takes tags from a user. A key that it does not have is no error.</summary>
internal sealed class UntagUser : ApiAction<UntagUser.Request, Nothing>
{
    internal sealed record Request(string UserName, IReadOnlyList<string> TagKeys);

    public override Request Read(Parameters wire) => new(HolderKinds.User.ReadName(wire), TagList.ReadKeys(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(HolderKinds.User.Ask(scene, Name, request.UserName).PassingKeys(request.TagKeys));

    public override Outcome<Nothing> Run(Request request, Scene scene)
    {
        var user = HolderKinds.User.Require(scene, request.UserName);
        var untagged = user with { Tags = TagList.Without(user.Tags, request.TagKeys, TagList.IgnoringCase) };
        return new Outcome<Nothing>(Nothing.Instance, scene.Change().Put(DocumentKinds.User, untagged));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [HolderKinds.User.Resource(scene, request.UserName)];
}
