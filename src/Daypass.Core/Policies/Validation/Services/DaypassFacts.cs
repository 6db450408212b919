namespace Daypass.Policies.Validation.Services;

/// <summary>What Daypass's own API knows of itself.</summary>
internal static class DaypassFacts
{
    public const string Text = """
        resource service arn:*:daypass:*:*:service/*
        resource ldap-provider arn:*:iam::*:ldap-provider/*
        resource role arn:*:iam::*:role/*
        resource oidc-provider arn:*:iam::*:oidc-provider/* tags
        resource saml-provider arn:*:iam::*:saml-provider/* tags
        resource user arn:*:iam::*:user/*
        key daypass:SourceIdentity String
        key daypass:Subject String
        action AcquireLeases service
        action AdvanceClock
        action DeleteLDAPProvider ldap-provider
        action DeregisterService service
        action ExplainFederation role
        action ForgetNode
        action GetClock
        action GetDigest
        action GetLDAPProvider ldap-provider
        action GetLogFile
        action ListDigests
        action GetOpenIDConnectProviderSettings oidc-provider
        action ListKeys
        action ListLDAPProviders
        action ListNodes
        action ListRevocations
        action ListServices
        action ListSessions role,user,oidc-provider,saml-provider
        action ListTrustFindings role
        action PutLDAPProvider ldap-provider
        action PutOpenIDConnectProviderSettings oidc-provider
        action RegisterService service
        action ReportEvents service
        action RevokeKey
        action RevokeSessions role,user,oidc-provider,saml-provider
        action RewrapKeys
        action RotateKeys
        action SealTrail
        action TraceEvent
        action VerifyRequests service
        """;
}
