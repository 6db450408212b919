using Daypass.Names;
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
        var id = FreshId(scene);
        var secret = Identifiers.Secret(scene.Entropy);
        var key = new AccessKey
        {
            Id = id,
            UserId = user.Id,
            Created = scene.NowInSeconds,
            SealedSecret = scene.Vault.SealSecret(secret, scene.Home.Account, user.Id, id, scene.Entropy),
        };
        var changes = scene.Change()
            .Put(DocumentKinds.AccessKey, key)
            .RelyOn(DocumentKinds.User, DocumentKinds.Fold(user.Name))
            .Guard(Guards.AccessKeysOf(user));
        return new Outcome<Response>(new Response(new AccessKeyShape(key, user.Name, secret)), changes);
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [HolderKinds.User.Resource(scene, TargetUser.NameOf(request.UserName, scene))];

    // 39 bits are random: rare is not never, and a key must not take the place of another.
    private static string FreshId(Scene scene)
    {
        string id;
        do
            id = Identifiers.AccessKey(AccessKeyId.LongTermPrefix, scene.Home.Account, scene.Entropy);
        while (scene.Home.FindAccessKey(id) is not null || scene.Installation.Documents.Find(DocumentKinds.ForeignKey, id) is not null);
        return id;
    }
}
