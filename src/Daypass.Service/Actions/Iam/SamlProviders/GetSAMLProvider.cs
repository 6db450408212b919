using Daypass.Service.Audit;
using Daypass.Service.Federation.Saml;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.SamlProviders;

/// <summary>One provider, with its metadata as it was uploaded.</summary>
internal sealed class GetSAMLProvider : ApiAction<GetSAMLProvider.Request, GetSAMLProvider.Response>
{
    // Metadata that names no end gets one, as AWS has it.
    private const int EndlessYears = 100;

    internal sealed record Request(string Arn);

    internal sealed record Response(SamlProvider Provider) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Text("SAMLProviderUUID", Provider.Id);
            writer.Text("SAMLMetadataDocument", Provider.Metadata);
            writer.Time("CreateDate", Provider.Created);
            writer.Time("ValidUntil", EndOf(Provider));
            writer.List("Tags", TagShape.ListOrNull(SamlTarget.Sorted(Provider.Tags)));
            writer.Text("AssertionEncryptionMode", Provider.AssertionEncryptionMode);
            writer.List("PrivateKeyList", Provider.PrivateKeys.Count == 0 ? null : [.. Provider.PrivateKeys.Select(key => new PrivateKey(key))]);
        }
    }

    // Of a private key, only that it is there.
    private sealed record PrivateKey(SamlPrivateKey Stored) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Text("KeyId", Stored.KeyId);
            writer.Time("Timestamp", Stored.Timestamp);
        }
    }

    /// <summary>When a provider's metadata is over.</summary>
    public static DateTimeOffset EndOf(SamlProvider provider) => provider.ValidUntil ?? provider.Created.AddYears(EndlessYears);

    public override Request Read(Parameters wire) => new(SamlTarget.Read(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(SamlTarget.Ask(scene, "iam:GetSAMLProvider", request.Arn));

    public override Outcome<Response> Run(Request request, Scene scene) => new(new Response(SamlTarget.Require(scene, request.Arn)));

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [SamlTarget.Resource(request.Arn)];
}
