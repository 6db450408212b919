using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Federation.Saml;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.SamlProviders;

/// <summary>Registers a SAML provider by its metadata. Nothing is ever fetched from it.</summary>
internal sealed class CreateSAMLProvider : ApiAction<CreateSAMLProvider.Request, CreateSAMLProvider.Response>
{
    internal sealed record Request(string Name, string Document, SamlEncryption Encryption, IReadOnlyList<Tag> Tags)
    {
        public Arn ArnIn(AccountId account) => Arn.Iam(account, "saml-provider/" + Name);
    }

    internal sealed record Response(string SAMLProviderArn, IReadOnlyList<Tag> Tags) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Text("SAMLProviderArn", SAMLProviderArn);
            writer.List("Tags", TagShape.ListOrNull(Tags));
        }
    }

    public override IReadOnlyList<string> SecretParameters => SamlEncryption.Secrets;

    public override Request Read(Parameters wire) =>
        new(wire.RequiredText("Name", SamlUpload.Name), SamlUpload.Read(wire), SamlEncryption.ReadNew(wire), TagList.Read(wire));

    public override Question Ask(Request request, Scene scene)
    {
        var create = ResourceKeys.On(scene, "iam:CreateSAMLProvider", request.ArnIn(scene.Home.Account), []).Passing(request.Tags);
        // Tagging is a power of its own: what policies allow may hang on tags.
        return request.Tags.Count == 0 ? Question.Of(create) : new Question([create, create with { Action = "iam:TagSAMLProvider" }]);
    }

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        var metadata = SamlUpload.Parse(request.Document, scene.RealTime);
        var arn = request.ArnIn(scene.Home.Account);
        if (scene.Home.FindSamlProvider(arn) is not null)
            throw Errors.EntityAlreadyExists($"SAMLProvider with name {request.Name} already exists.");
        Quotas.SamlProviders.AdmitOneMore(scene.Home.Documents.Count(DocumentKinds.SamlProvider));
        var provider = request.Encryption.ChangeIn(new SamlProvider
        {
            Name = request.Name,
            Id = SamlEncryption.NewId(scene),
            Created = scene.NowInSeconds,
            Metadata = request.Document,
            EntityId = metadata.EntityId,
            Certificates = metadata.Certificates,
            ValidUntil = metadata.ValidUntil,
            Tags = request.Tags,
        }, scene);
        return new Outcome<Response>(new Response(arn.ToString(), SamlTarget.Sorted(provider.Tags)), scene.Change().Put(DocumentKinds.SamlProvider, provider).Guard(Guards.SamlProviders));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [SamlTarget.Resource(request.ArnIn(scene.Home.Account).ToString())];
}
