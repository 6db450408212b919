using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Organizations;

/// <summary>
/// Centralized root access: what the management account of an organization may do as root of its member accounts. Nothing, until it says so.
/// Of the two features of AWS one is here: accounts have no root credentials that could be managed.
/// </summary>
internal static class RootFeatures
{
    public const string Sessions = "RootSessions";

    /// <summary>A permission on what has no ARN in the model.</summary>
    public static Question Ask(string action, Scene scene) => Question.Of(new Permission("iam:" + action, "*", scene.Caller.Account));

    /// <summary>The organization that the caller's account manages.</summary>
    /// <exception cref="ApiException">The account is in none, or only a member, or the organization is for billing only.</exception>
    public static Organization RequireOrganization(Scene scene, string codeForMembers)
    {
        var organization = scene.Home.Organization ?? throw (scene.Home.Settings?.OrganizationId is null
            ? Errors.Service("OrganizationNotFoundException", "Your account is not a member of an organization.")
            : Errors.Service(codeForMembers, "Only the management account of the organization may do this."));
        return organization.FeatureSet == "ALL"
            ? organization
            : throw Errors.Service("OrganizationNotInAllFeaturesModeException", "The organization does not have all features enabled.");
    }
}

/// <summary>The features that are enabled, as the three actions answer.</summary>
internal sealed record RootFeaturesResponse(Organization Organization) : IShape
{
    public void Write(ShapeWriter writer)
    {
        writer.Text("OrganizationId", Organization.Id);
        writer.TextList("EnabledFeatures", Organization.RootFeatures);
    }
}
