using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.SamlProviders;

/// <summary>Ends a provider. Roles go on naming it and let nobody in by it.</summary>
internal sealed class DeleteSAMLProvider : ApiAction<DeleteSAMLProvider.Request, Nothing>
{
    internal sealed record Request(string Arn);

    public override Request Read(Parameters wire) => new(SamlTarget.Read(wire));

    public override Question Ask(Request request, Scene scene) => Question.Of(SamlTarget.Ask(scene, "iam:DeleteSAMLProvider", request.Arn));

    public override Outcome<Nothing> Run(Request request, Scene scene) =>
        new(Nothing.Instance, scene.Change().Delete(DocumentKinds.SamlProvider, SamlTarget.Require(scene, request.Arn)));

    public override IEnumerable<AuditResource> ResourcesOf(Request request, Scene scene) => [SamlTarget.Resource(request.Arn)];
}
