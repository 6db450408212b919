using Daypass.Service.Audit;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.OidcProviders;

/// <summary>One provider.</summary>
internal sealed class GetOpenIDConnectProvider : ApiAction<GetOpenIDConnectProvider.Request, ProviderShape>
{
    internal sealed record Request(string Arn);

    public override Request Read(Parameters wire) => new(ProviderTarget.Read(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(ProviderTarget.Ask(scene, "iam:GetOpenIDConnectProvider", request.Arn));

    public override Outcome<ProviderShape> Run(Request request, Scene scene) => new(new ProviderShape(ProviderTarget.Require(scene, request.Arn)));

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [ProviderTarget.Resource(request.Arn)];
}
