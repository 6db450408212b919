using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.OidcProviders;

/// <summary>Adds an audience to those that a provider's tokens may be made for. One that is there already is no error.</summary>
internal sealed class AddClientIDToOpenIDConnectProvider : ApiAction<AddClientIDToOpenIDConnectProvider.Request, Nothing>
{
    internal sealed record Request(string Arn, string ClientId);

    public override Request Read(Parameters wire) => new(ProviderTarget.Read(wire), wire.RequiredText("ClientID", ProviderLists.ClientId));

    public override Question Ask(Request request, Scene scene) => Question.Of(ProviderTarget.Ask(scene, "iam:AddClientIDToOpenIDConnectProvider", request.Arn));

    public override Outcome<Nothing> Run(Request request, Scene scene)
    {
        var provider = ProviderTarget.Require(scene, request.Arn);
        IReadOnlyList<string> ids = provider.ClientIds.Contains(request.ClientId) ? provider.ClientIds : [.. provider.ClientIds, request.ClientId];
        ProviderLists.CheckClientIds(ids);
        return new Outcome<Nothing>(Nothing.Instance, scene.Change().Put(DocumentKinds.OidcProvider, provider with { ClientIds = ids }));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [ProviderTarget.Resource(request.Arn)];
}
