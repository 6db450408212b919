using Daypass.Service.Actions.Iam.OidcProviders;
using Daypass.Service.Audit;
using Daypass.Service.Federation.Oidc;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Daypass.Federation;

/// <summary>What a provider has beyond AWS's.</summary>
internal sealed class GetOpenIDConnectProviderSettings : ApiAction<GetOpenIDConnectProviderSettings.Request, GetOpenIDConnectProviderSettings.Response>
{
    internal sealed record Request(string Arn);

    internal sealed record Response(OidcProvider Provider) : IShape
    {
        public void Write(ShapeWriter writer)
        {
            writer.Text("JsonWebKeySet", Provider.PinnedKeys);
            writer.Text("CertificateAuthorities", Provider.CertificateAuthorities);
            writer.Flag("SessionsEndWithToken", Provider.SessionsEndWithToken);
        }
    }

    public override bool IsOfIam => true;

    public override Request Read(Parameters wire) => new(ProviderTarget.Read(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(ProviderTarget.Ask(scene, "daypass:GetOpenIDConnectProviderSettings", request.Arn));

    public override Outcome<Response> Run(Request request, Scene scene) => new(new Response(ProviderTarget.Require(scene, request.Arn)));

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [ProviderTarget.Resource(request.Arn)];
}
