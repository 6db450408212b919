using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.OidcProviders;

/// <summary>Replaces the thumbprints of a provider's server.</summary>
internal sealed class UpdateOpenIDConnectProviderThumbprint : ApiAction<UpdateOpenIDConnectProviderThumbprint.Request, Nothing>
{
    internal sealed record Request(string Arn, IReadOnlyList<string> Thumbprints);

    public override Request Read(Parameters wire)
    {
        var request = new Request(ProviderTarget.Read(wire), ProviderLists.ReadThumbprints(wire));
        if (request.Thumbprints.Count == 0 && wire.Raw("ThumbprintList") is null)
            wire.Missing("ThumbprintList");
        return request;
    }

    public override Question Ask(Request request, Scene scene) => Question.Of(ProviderTarget.Ask(scene, "iam:UpdateOpenIDConnectProviderThumbprint", request.Arn));

    public override Outcome<Nothing> Run(Request request, Scene scene)
    {
        ProviderLists.CheckThumbprints(request.Thumbprints);
        return new Outcome<Nothing>(
            Nothing.Instance,
            scene.Change().Put(DocumentKinds.OidcProvider, ProviderTarget.Require(scene, request.Arn) with { Thumbprints = request.Thumbprints }));
    }

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [ProviderTarget.Resource(request.Arn)];
}
