using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Federation.Saml;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.SamlProviders;

/// <summary>
/// Replaces a provider's metadata, and with it whose assertions are taken, and the private keys that open them. Calls after it know the new keys only.
/// </summary>
internal sealed class UpdateSAMLProvider : ApiAction<UpdateSAMLProvider.Request, UpdateSAMLProvider.Response>
{
    internal sealed record Request(string Arn, string? Document, SamlEncryption Encryption);

    internal sealed record Response(string SAMLProviderArn) : IShape
    {
        public void Write(ShapeWriter writer) => writer.Text("SAMLProviderArn", SAMLProviderArn);
    }

    public override IReadOnlyList<string> SecretParameters => SamlEncryption.Secrets;

    public override Request Read(Parameters wire) => new(SamlTarget.Read(wire), SamlUpload.ReadIfThere(wire), SamlEncryption.Read(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(SamlTarget.Ask(scene, "iam:UpdateSAMLProvider", request.Arn));

    public override Outcome<Response> Run(Request request, Scene scene)
    {
        var provider = SamlTarget.Require(scene, request.Arn);
        if (request.Document is null && request.Encryption.SaysNothing)
            throw Errors.InvalidInput("Unable to update identity provider. No updates are defined for metadata or encryption assertion.");
        var updated = request.Encryption.ChangeIn(request.Document is { } document ? With(provider, document, scene) : provider, scene);
        return new Outcome<Response>(new Response(request.Arn), scene.Change().Put(DocumentKinds.SamlProvider, updated));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [SamlTarget.Resource(request.Arn)];

    private static SamlProvider With(SamlProvider provider, string document, Scene scene)
    {
        var metadata = SamlUpload.Parse(document, scene.RealTime);
        return provider with { Metadata = document, EntityId = metadata.EntityId, Certificates = metadata.Certificates, ValidUntil = metadata.ValidUntil };
    }
}
