namespace Daypass.Policies.Validation.Services;

/// <summary>What IAM knows of itself: resources, condition keys, actions with the resources they take.</summary>
internal static class IamFacts
{
    public const string Text = """
        resource user arn:*:iam::*:user/* tags
        resource role arn:*:iam::*:role/* tags
        resource group arn:*:iam::*:group/*
        resource policy arn:*:iam::*:policy/* tags
        resource instance-profile arn:*:iam::*:instance-profile/* tags
        resource mfa arn:*:iam::*:mfa/* tags
        resource sms-mfa arn:*:iam::*:sms-mfa/*
        resource oidc-provider arn:*:iam::*:oidc-provider/* tags
        resource saml-provider arn:*:iam::*:saml-provider/* tags
        resource server-certificate arn:*:iam::*:server-certificate/* tags
        resource access-report arn:*:iam::*:access-report/*
        resource delegation-request arn:*:iam::*:delegation-request/*
        resource project arn:*:iam::*:project/*
        resource root arn:*:iam::*:root
        resource federated-user arn:*:iam::*:federated-user/*
        resource assumed-role arn:*:iam::*:assumed-role/*
        resource report arn:*:iam::*:report/*
        key iam:AWSServiceName String
        key iam:AssociatedResourceArn ARN
        key iam:DelegationDuration Numeric
        key iam:DelegationRequestOwner ARN
        key iam:FIDO-FIPS-140-2-certification String
        key iam:FIDO-FIPS-140-3-certification String
        key iam:FIDO-certification String
        key iam:NotificationChannel String
        key iam:OrganizationsPolicyId String
        key iam:PassedToService String
        key iam:PermissionsBoundary ARN
        key iam:PolicyARN ARN
        key iam:RegisterSecurityKey String
        key iam:ResourceTag/* String
        key iam:ServiceSpecificCredentialAgeDays Numeric
        key iam:ServiceSpecificCredentialServiceName String
        key iam:TemplateArn ARN
        action AcceptDelegationRequest delegation-request
        action AddClientIDToOpenIDConnectProvider oidc-provider
        action AddRoleToInstanceProfile instance-profile,role
        action AddUserToGroup group
        action AssociateDelegationRequest delegation-request
        action AttachGroupPolicy group
        action AttachRolePolicy role
        action AttachUserPolicy user
        action ChangePassword user
        action CreateAccessKey user
        action CreateAccountAlias
        action CreateDelegationRequest
        action CreateGroup group
        action CreateInstanceProfile instance-profile
        action CreateLoginProfile user
        action CreateOpenIDConnectProvider oidc-provider
        action CreatePolicy policy
        action CreatePolicyVersion policy
        action CreateProject project
        action CreateRole role
        action CreateSAMLProvider saml-provider
        action CreateServiceLinkedRole role
        action CreateServiceSpecificCredential user
        action CreateUser user
        action CreateVirtualMFADevice mfa
        action DeactivateMFADevice user
        action DeleteAccessKey user
        action DeleteAccountAlias
        action DeleteAccountPasswordPolicy
        action DeleteCloudFrontPublicKey
        action DeleteGroup group
        action DeleteGroupPolicy group
        action DeleteInstanceProfile instance-profile
        action DeleteLoginProfile user
        action DeleteOpenIDConnectProvider oidc-provider
        action DeletePolicy policy
        action DeletePolicyVersion policy
        action DeleteProject project
        action DeleteRole role
        action DeleteRolePermissionsBoundary role
        action DeleteRolePolicy role
        action DeleteSAMLProvider saml-provider
        action DeleteServerCertificate server-certificate
        action DeleteServiceLinkedRole role
        action DeleteServiceSpecificCredential user
        action DeleteSigningCertificate user
        action DeleteSSHPublicKey user
        action DeleteUser user
        action DeleteUserPermissionsBoundary user
        action DeleteUserPolicy user
        action DeleteVirtualMFADevice mfa
        action DetachGroupPolicy group
        action DetachRolePolicy role
        action DetachUserPolicy user
        action DisableOrganizationsRootCredentialsManagement
        action DisableOrganizationsRootSessions
        action DisableOutboundWebIdentityFederation
        action EnableMFADevice user,mfa
        action EnableOrganizationsRootCredentialsManagement
        action EnableOrganizationsRootSessions
        action EnableOutboundWebIdentityFederation
        action GenerateCredentialReport
        action GenerateOrganizationsAccessReport access-report
        action GenerateServiceLastAccessedDetails user,group,role,policy
        action GetAccessKeyLastUsed user
        action GetAccountAuthorizationDetails
        action GetAccountName
        action GetAccountPasswordPolicy
        action GetAccountSummary
        action GetCloudFrontPublicKey
        action GetContextKeysForCustomPolicy
        action GetContextKeysForPrincipalPolicy user,group,role
        action GetCredentialReport
        action GetDelegationRequest delegation-request
        action GetGroup group
        action GetGroupPolicy group
        action GetHumanReadableSummary
        action GetInstanceProfile instance-profile
        action GetLoginProfile user
        action GetMFADevice user,mfa
        action GetOpenIDConnectProvider oidc-provider
        action GetOrganizationsAccessReport
        action GetOutboundWebIdentityFederationInfo
        action GetPolicy policy
        action GetPolicyVersion policy
        action GetRole role
        action GetRolePolicy role
        action GetSAMLProvider saml-provider
        action GetServerCertificate server-certificate
        action GetServiceLastAccessedDetails
        action GetServiceLastAccessedDetailsWithEntities
        action GetServiceLinkedRoleDeletionStatus role
        action GetSSHPublicKey user
        action GetUser user
        action GetUserPolicy user
        action ListAccessKeys user
        action ListAccountAliases
        action ListAttachedGroupPolicies group
        action ListAttachedRolePolicies role
        action ListAttachedUserPolicies user
        action ListCloudFrontPublicKeys
        action ListDelegationRequests
        action ListEntitiesForPolicy policy
        action ListEntitiesForProject project
        action ListGroupPolicies group
        action ListGroups group
        action ListGroupsForUser user
        action ListInstanceProfiles instance-profile
        action ListInstanceProfilesForRole instance-profile,role
        action ListInstanceProfileTags instance-profile
        action ListMFADevices user
        action ListMFADeviceTags mfa
        action ListOpenIDConnectProviders
        action ListOpenIDConnectProviderTags oidc-provider
        action ListOrganizationsFeatures
        action ListPolicies policy
        action ListPoliciesGrantingServiceAccess user,group,role
        action ListPolicyTags policy
        action ListPolicyVersions policy
        action ListProjects project
        action ListRolePolicies role
        action ListRoles role
        action ListRoleTags role
        action ListSAMLProviders
        action ListSAMLProviderTags saml-provider
        action ListServerCertificates server-certificate
        action ListServerCertificateTags server-certificate
        action ListServiceSpecificCredentials user
        action ListSigningCertificates user
        action ListSSHPublicKeys user
        action ListSTSRegionalEndpointsStatus
        action ListUserPolicies user
        action ListUsers user
        action ListUserTags user
        action ListVirtualMFADevices mfa
        action ModifyProject project
        action PassRole role
        action PutGroupPolicy group
        action PutRolePermissionsBoundary role
        action PutRolePolicy role
        action PutUserPermissionsBoundary user
        action PutUserPolicy user
        action RejectDelegationRequest delegation-request
        action RemoveClientIDFromOpenIDConnectProvider oidc-provider
        action RemoveRoleFromInstanceProfile instance-profile,role
        action RemoveUserFromGroup group
        action RemoveUserFromProject project
        action ResetServiceSpecificCredential user
        action ResyncMFADevice user
        action SendDelegationToken delegation-request
        action SetDefaultPolicyVersion policy
        action SetSecurityTokenServicePreferences
        action SetSTSRegionalEndpointStatus
        action SimulateCustomPolicy
        action SimulatePrincipalPolicy user,group,role
        action TagInstanceProfile instance-profile
        action TagMFADevice mfa
        action TagOpenIDConnectProvider oidc-provider
        action TagPolicy policy
        action TagRole role
        action TagSAMLProvider saml-provider
        action TagServerCertificate server-certificate
        action TagUser user
        action UntagInstanceProfile instance-profile
        action UntagMFADevice mfa
        action UntagOpenIDConnectProvider oidc-provider
        action UntagPolicy policy
        action UntagRole role
        action UntagSAMLProvider saml-provider
        action UntagServerCertificate server-certificate
        action UntagUser user
        action UpdateAccessKey user
        action UpdateAccountPasswordPolicy
        action UpdateAssumeRolePolicy role
        action UpdateCloudFrontPublicKey
        action UpdateDelegationRequest delegation-request
        action UpdateGroup group
        action UpdateIAMPolicyName policy
        action UpdateLoginProfile user
        action UpdateOpenIDConnectProviderThumbprint oidc-provider
        action UpdateRole role
        action UpdateRoleDescription role
        action UpdateSAMLProvider saml-provider
        action UpdateServerCertificate server-certificate
        action UpdateServiceSpecificCredential user
        action UpdateSigningCertificate user
        action UpdateSSHPublicKey user
        action UpdateUser user
        action UploadCloudFrontPublicKey
        action UploadServerCertificate server-certificate
        action UploadSigningCertificate user
        action UploadSSHPublicKey user
        """;
}
