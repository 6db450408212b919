namespace Daypass.Policies.Validation.Services;

/// <summary>What STS knows of itself; the keys of tokens and assertions are in <see cref="GlobalKeys"/>.</summary>
internal static class StsFacts
{
    public const string Text = """
        resource role arn:*:iam::*:role/* tags
        resource user arn:*:iam::*:user/* tags
        resource root-user arn:*:iam::*:root
        resource self arn:*:sts::*:*
        resource assumed-role arn:*:sts::*:assumed-role/*
        resource federated-user arn:*:sts::*:federated-user/*
        key sts:AWSServiceName String
        key sts:DurationSeconds Numeric
        key sts:ExternalId String
        key sts:IdentityTokenAudience String many
        key sts:RequestContext/* String
        key sts:RequestContextProviders ARN many
        key sts:RoleAuthorizedByIdp Bool
        key sts:RoleSessionName String
        key sts:SigningAlgorithm String
        key sts:SourceIdentity String
        key sts:TaskPolicyArn ARN
        key sts:TransitiveTagKeys String many
        action AssumeRole role
        action AssumeRoleWithLDAPIdentity role
        action AssumeRoleWithSAML role
        action AssumeRoleWithWebIdentity role
        action AssumeRoot root-user
        action DecodeAuthorizationMessage
        action GetAccessKeyInfo
        action GetCallerIdentity
        action GetDelegatedAccessToken
        action GetFederationToken user
        action GetServiceBearerToken
        action GetSessionToken
        action GetWebIdentityToken
        action SetContext role,self
        action SetSourceIdentity role,user,self
        action TagGetWebIdentityToken
        action TagSession role,user,self
        """;
}
