using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Organizations;

/// <summary>What of centralized root access is enabled.</summary>
internal sealed class ListOrganizationsFeatures : ApiAction<ListOrganizationsFeatures.Request, RootFeaturesResponse>
{
    internal sealed record Request;

    public override Request Read(Parameters wire) => new();

    public override Question Ask(Request request, Scene scene) => RootFeatures.Ask(Name, scene);

    public override Outcome<RootFeaturesResponse> Run(Request request, Scene scene) =>
        new(new RootFeaturesResponse(RootFeatures.RequireOrganization(scene, "AccountNotManagementOrDelegatedAdministratorException")));
}
