using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Organizations;

/// <summary>Ends that: no root session can be made from here on.</summary>
internal sealed class DisableOrganizationsRootSessions : ApiAction<DisableOrganizationsRootSessions.Request, RootFeaturesResponse>
{
    internal sealed record Request;

    public override Request Read(Parameters wire) => new();

    public override Question Ask(Request request, Scene scene) => RootFeatures.Ask(Name, scene);

    public override Outcome<RootFeaturesResponse> Run(Request request, Scene scene)
    {
        var organization = RootFeatures.RequireOrganization(scene, "AccountNotManagementOrDelegatedAdministratorException") with { RootFeatures = [] };
        return new Outcome<RootFeaturesResponse>(new RootFeaturesResponse(organization), scene.Change().Put(DocumentKinds.Organization, organization));
    }
}
