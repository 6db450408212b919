namespace Daypass.Policies.Validation.Services;

/// <summary>What Organizations knows of itself.</summary>
internal static class OrganizationsFacts
{
    public const string Text = """
        resource account arn:*:organizations::*:account/o-*/* tags
        resource organization arn:*:organizations::*:organization/o-*
        resource organizationalunit arn:*:organizations::*:ou/o-*/ou-* tags
        resource policy arn:*:organizations::*:policy/* tags
        resource resourcepolicy arn:*:organizations::*:resourcepolicy/o-*/* tags
        resource root arn:*:organizations::*:root/o-*/r-* tags
        resource handshake arn:*:organizations::*:handshake/o-*/*
        resource transfer arn:*:organizations::*:transfer/o-*/*
        key organizations:PolicyType String
        key organizations:ServicePrincipal String
        key organizations:TransferDirection String
        key organizations:TransferType String
        action AcceptHandshake handshake
        action AttachPolicy policy,root,organizationalunit,account
        action CancelHandshake handshake
        action CloseAccount account
        action CreateAccount
        action CreateGovCloudAccount
        action CreateOrganization
        action CreateOrganizationalUnit root,organizationalunit
        action CreatePolicy policy
        action DeclineHandshake handshake
        action DeleteOrganization
        action DeleteOrganizationalUnit organizationalunit
        action DeletePolicy policy
        action DeleteResourcePolicy resourcepolicy
        action DeregisterDelegatedAdministrator account
        action DescribeAccount account
        action DescribeCreateAccountStatus
        action DescribeEffectivePolicy account
        action DescribeHandshake handshake
        action DescribeOrganization
        action DescribeOrganizationalUnit organizationalunit
        action DescribePolicy policy
        action DescribeResourcePolicy resourcepolicy
        action DescribeResponsibilityTransfer transfer
        action DetachPolicy policy,root,organizationalunit,account
        action DisableAWSServiceAccess
        action DisablePolicyType root
        action EnableAWSServiceAccess
        action EnableAllFeatures
        action EnablePolicyType root
        action InviteAccountToOrganization account
        action InviteOrganizationToTransferResponsibility account
        action LeaveOrganization
        action ListAWSServiceAccessForOrganization
        action ListAccounts
        action ListAccountsForParent root,organizationalunit
        action ListAccountsWithInvalidEffectivePolicy
        action ListChildren root,organizationalunit
        action ListCreateAccountStatus
        action ListDelegatedAdministrators
        action ListDelegatedServicesForAccount account
        action ListEffectivePolicyValidationErrors account
        action ListHandshakesForAccount
        action ListHandshakesForOrganization
        action ListInboundResponsibilityTransfers
        action ListOrganizationalUnitsForParent root,organizationalunit
        action ListOutboundResponsibilityTransfers
        action ListParents account,organizationalunit
        action ListPolicies
        action ListPoliciesForTarget root,organizationalunit,account
        action ListRoots
        action ListTagsForResource account,organizationalunit,policy,resourcepolicy,root
        action ListTargetsForPolicy policy
        action MoveAccount account,root,organizationalunit
        action PutResourcePolicy resourcepolicy
        action RegisterDelegatedAdministrator account
        action RemoveAccountFromOrganization account
        action TagResource account,organizationalunit,policy,resourcepolicy,root
        action TerminateResponsibilityTransfer transfer
        action UntagResource account,organizationalunit,policy,resourcepolicy,root
        action UpdateOrganizationalUnit organizationalunit
        action UpdatePolicy policy
        action UpdateResponsibilityTransfer transfer
        """;
}
