using Daypass.Names;
using Daypass.Service.Directories;

namespace Daypass.Service.Actions.Organizations;

/// <summary>The ARNs of Organizations, which all stand in the management account.</summary>
internal static class OrganizationArn
{
    public static string Of(Organization organization) =>
        Arn.Of("organizations", "", organization.ManagementAccount, $"organization/{organization.Id}").ToString();

    /// <summary>An account of an organization; <c>*</c> for one that has no number yet.</summary>
    public static string OfAccount(string management, string organizationId, string account) =>
        Arn.Of("organizations", "", management, $"account/{organizationId}/{account}").ToString();

    public static string OfAccount(Organization organization, string account) => OfAccount(organization.ManagementAccount, organization.Id, account);
}
