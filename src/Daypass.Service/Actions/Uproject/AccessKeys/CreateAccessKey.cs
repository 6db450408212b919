using Daypass.Service.Actions.Iam;
using Daypass.Service.Actions.Iam.AccessKeys;
using Daypass.Service.Actions.Uproject.Common;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Uproject.AccessKeys;

/// <summary>A new long-term key, for both APIs. Its secret is in this one answer and is otherwise only ever stored sealed.</summary>
internal sealed class CreateAccessKey : ApiAction<CreateAccessKey.Request, CreateAccessKey.Response>
{
    internal sealed record Request(string UserName);

    internal sealed record Response(AccessKeyView AccessKey) : IIssuesCredentials
    {
        public string IssuedAccessKeyId => AccessKey.Key.Id;

        public void Write(ShapeWriter writer) => writer.Structure("AccessKey", AccessKey);
    }

    public override Request Read(Parameters wire) => new(UprojectKinds.User.ReadName(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(UprojectKinds.User.Ask(scene, Name, request.UserName));

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        var user = UprojectKinds.User.Require(scene, request.UserName);
        Quotas.AccessKeysPerUser.AdmitOneMore(scene.Home.AccessKeysOf(user).Count());
        var made = NewAccessKey.For(user, scene);
        var changes = made.PutIn(scene.Change(), user).RelyOn(DocumentKinds.User, DocumentKinds.Fold(user.Name));
        return new Outcome<Response>(new Response(new AccessKeyView(made.Key, made.Secret)), changes);
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [UprojectKinds.User.Resource(scene, request.UserName)];
}
