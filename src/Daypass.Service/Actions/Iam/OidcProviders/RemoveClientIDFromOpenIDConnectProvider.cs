using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.OidcProviders;

/// <summary>Takes an audience from those that a provider's tokens may be made for. One that is not there is no error.</summary>
internal sealed class RemoveClientIDFromOpenIDConnectProvider : ApiAction<RemoveClientIDFromOpenIDConnectProvider.Request, Nothing>
{
    internal sealed record Request(string Arn, string ClientId);

    public override Request Read(Parameters wire) => new(ProviderTarget.Read(wire), wire.RequiredText("ClientID", ProviderLists.ClientId));

    public override Question Ask(Request request, Scene scene) => Question.Of(ProviderTarget.Ask(scene, "iam:RemoveClientIDFromOpenIDConnectProvider", request.Arn));

    public override Outcome<Nothing> Run(Request request, Scene scene)
    {
        var provider = ProviderTarget.Require(scene, request.Arn);
        IReadOnlyList<string> ids = [.. provider.ClientIds.Where(id => id != request.ClientId)];
        return new Outcome<Nothing>(Nothing.Instance, scene.Change().Put(DocumentKinds.OidcProvider, provider with { ClientIds = ids }));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [ProviderTarget.Resource(request.Arn)];
}
