using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.OidcProviders;

/// <summary>Ends a provider. Roles go on naming it and let nobody in by it. One that is not there is no error.</summary>
internal sealed class DeleteOpenIDConnectProvider : ApiAction<DeleteOpenIDConnectProvider.Request, Nothing>
{
    internal sealed record Request(string Arn);

    public override Request Read(Parameters wire) => new(ProviderTarget.Read(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(ProviderTarget.Ask(scene, "iam:DeleteOpenIDConnectProvider", request.Arn));

    public override Outcome<Nothing> Run(Request request, Scene scene) =>
        new(Nothing.Instance, ProviderTarget.Find(scene.Home, request.Arn) is { } provider ? scene.Change().Delete(DocumentKinds.OidcProvider, provider) : null);

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [ProviderTarget.Resource(request.Arn)];
}
