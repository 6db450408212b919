using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.AccessKeys;

/// <summary>A new long-term key. Its secret is in this one answer and is otherwise only ever stored sealed.</summary>
internal sealed class CreateAccessKey : ApiAction<CreateAccessKey.Request, CreateAccessKey.Response>
{
    internal sealed record Request(string? UserName);

    internal sealed record Response(AccessKeyShape AccessKey) : IIssuesCredentials
    {
        public string IssuedAccessKeyId => AccessKey.Key.Id;

        public void Write(ShapeWriter writer) => writer.Structure("AccessKey", AccessKey);
    }

    public override Request Read(Parameters wire) => new(TargetUser.ReadName(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(HolderKinds.User.Ask(scene, Name, TargetUser.NameOf(request.UserName, scene)));

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        var user = HolderKinds.User.Require(scene, TargetUser.NameOf(request.UserName, scene));
        Quotas.AccessKeysPerUser.AdmitOneMore(scene.Home.AccessKeysOf(user).Count());
        var made = NewAccessKey.For(user, scene);
        var changes = made.PutIn(scene.Change(), user).RelyOn(DocumentKinds.User, DocumentKinds.Fold(user.Name));
        return new Outcome<Response>(new Response(new AccessKeyShape(made.Key, user.Name, made.Secret)), changes);
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [HolderKinds.User.Resource(scene, TargetUser.NameOf(request.UserName, scene))];
}
