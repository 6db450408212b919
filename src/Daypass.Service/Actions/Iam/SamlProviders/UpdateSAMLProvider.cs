using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.SamlProviders;

/// <summary>Replaces a provider's metadata, and with it whose assertions are taken. Calls after it know the new keys only.</summary>
internal sealed class UpdateSAMLProvider : ApiAction<UpdateSAMLProvider.Request, UpdateSAMLProvider.Response>
{
    internal sealed record Request(string Arn, string Document);

    internal sealed record Response(string SAMLProviderArn) : IShape
    {
        public void Write(ShapeWriter writer) => writer.Text("SAMLProviderArn", SAMLProviderArn);
    }

    public override IReadOnlyList<string> SecretParameters => ["AddPrivateKey"];

    public override Request Read(Parameters wire)
    {
        var request = new Request(SamlTarget.Read(wire), SamlUpload.Read(wire));
        SamlUpload.RefuseEncryption(wire);
        return request;
    }

    public override Question Ask(Request request, Scene scene) => Question.Of(SamlTarget.Ask(scene, "iam:UpdateSAMLProvider", request.Arn));

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        var provider = SamlTarget.Require(scene, request.Arn);
        var metadata = SamlUpload.Parse(request.Document, scene.RealTime);
        var updated = provider with { Metadata = request.Document, EntityId = metadata.EntityId, Certificates = metadata.Certificates, ValidUntil = metadata.ValidUntil };
        return new Outcome<Response>(new Response(request.Arn), scene.Change().Put(DocumentKinds.SamlProvider, updated));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [SamlTarget.Resource(request.Arn)];
}
