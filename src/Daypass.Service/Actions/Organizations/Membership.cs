using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Organizations;

/// <summary>The organization that the caller's account is in, and which part it has in it.</summary>
internal static class Membership
{
    /// <summary>The organization that the caller's account manages.</summary>
    /// <exception cref="ApiException">The account is in none, or only a member.</exception>
    public static Organization RequireManagement(Scene scene) =>
        scene.Home.Organization ?? throw (IsMember(scene) ? OrganizationsErrors.OnlyManagement() : OrganizationsErrors.NotInUse());

    /// <summary>The organization that the caller's account manages or is a member of; for actions that <c>NeedsOrganization</c>.</summary>
    /// <exception cref="ApiException">The account is in none.</exception>
    public static Organization Require(Scene scene)
    {
        if (scene.Home.Organization is { } own)
            return own;
        return AccountId.TryParse(scene.Home.Settings?.ManagementAccount, out var management) && scene.Find(management)?.Organization is { } joined
            ? joined
            : throw OrganizationsErrors.NotInUse();
    }

    public static bool IsMember(Scene scene) => scene.Home.Settings?.OrganizationId is not null;

    /// <summary>The ARN that an account of the caller's organization has or would have; <c>*</c> when there is no organization.</summary>
    public static string ArnOf(string account, Scene scene)
    {
        if (scene.Home.Organization is { } own)
            return OrganizationArn.OfAccount(own, account);
        return scene.Home.Settings is { OrganizationId: { } organization, ManagementAccount: { } management }
            ? OrganizationArn.OfAccount(management, organization, account)
            : "*";
    }

    /// <summary>A permission on what has no ARN in the model.</summary>
    public static Question Ask(string action, Scene scene) => Question.Of(new Permission("organizations:" + action, "*", scene.Caller.Account));
}
