using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Organizations;

/// <summary>Lets the management account act as root of its member accounts, for a task at a time.</summary>
internal sealed class EnableOrganizationsRootSessions : ApiAction<EnableOrganizationsRootSessions.Request, RootFeaturesResponse>
{
    internal sealed record Request;

    public override Request Read(Parameters wire) => new();

    public override Question Ask(Request request, Scene scene) => RootFeatures.Ask(Name, scene);

    public override Outcome<RootFeaturesResponse> Run(Request request, Scene scene)
    {
        var organization = RootFeatures.RequireOrganization(scene, "CallerIsNotManagementAccountException") with { RootFeatures = [RootFeatures.Sessions] };
        return new Outcome<RootFeaturesResponse>(new RootFeaturesResponse(organization), scene.Change().Put(DocumentKinds.Organization, organization));
    }
}
