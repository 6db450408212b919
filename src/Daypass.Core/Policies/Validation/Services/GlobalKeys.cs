namespace Daypass.Policies.Validation.Services;

/// <summary>Condition keys that no single service has: the global ones, those of assertions, and those of credentials delivered by services.</summary>
internal static class GlobalKeys
{
    public const string Text = """
        aws:AssumedRoot Bool
        aws:CalledVia String many
        aws:CalledViaAWSMCP String
        aws:CalledViaFirst String
        aws:CalledViaLast String
        aws:ChatbotSourceArn ARN
        aws:CurrentTime Date
        aws:Ec2InstanceSourcePrivateIPv4 IPAddress
        aws:Ec2InstanceSourceVpc String
        aws:EpochTime Date
        aws:FederatedProvider String
        aws:IsMcpServiceAction Bool
        aws:MultiFactorAuthAge Numeric
        aws:MultiFactorAuthPresent Bool
        aws:PrincipalAccount String
        aws:PrincipalArn ARN
        aws:PrincipalIsAWSService Bool
        aws:PrincipalOrgID String
        aws:PrincipalOrgPaths String many
        aws:PrincipalServiceName String
        aws:PrincipalServiceNamesList String many
        aws:PrincipalTag/* String
        aws:PrincipalType String
        aws:RequestTag/* String
        aws:RequestedRegion String
        aws:ResourceAccount String
        aws:ResourceOrgID String
        aws:ResourceOrgPaths String many
        aws:ResourceTag/* String
        aws:SecureTransport Bool
        aws:SourceAccount String
        aws:SourceArn ARN
        aws:SourceIdentity String
        aws:SourceIp IPAddress
        aws:SourceOrgID String
        aws:SourceOrgPaths String many
        aws:SourceOwner String
        aws:SourceVpc String
        aws:SourceVpcArn ARN
        aws:SourceVpce String
        aws:TagKeys String many
        aws:TokenIssueTime Date
        aws:UserAgent String
        aws:ViaAWSMCPService Bool
        aws:ViaAWSService Bool
        aws:VpcSourceIp IPAddress
        aws:VpceAccount String
        aws:VpceOrgID String
        aws:VpceOrgPaths String many
        aws:referer String
        aws:userid String
        aws:username String
        ldap:groups String many
        ldap:user String
        ldap:username String
        saml:aud String
        saml:cn String many
        saml:commonName String
        saml:doc String
        saml:edupersonaffiliation String many
        saml:edupersonassurance String many
        saml:edupersonentitlement String many
        saml:edupersonnickname String many
        saml:edupersonorgdn String
        saml:edupersonorgunitdn String many
        saml:edupersonprimaryaffiliation String
        saml:edupersonprimaryorgunitdn String
        saml:edupersonprincipalname String
        saml:edupersonscopedaffiliation String many
        saml:edupersontargetedid String many
        saml:eduorghomepageuri String many
        saml:eduorgidentityauthnpolicyuri String many
        saml:eduorglegalname String many
        saml:eduorgsuperioruri String many
        saml:eduorgwhitepagesuri String many
        saml:givenName String
        saml:iss String
        saml:mail String
        saml:name String
        saml:namequalifier String
        saml:organizationStatus String
        saml:primaryGroupSID String
        saml:sub String
        saml:sub_type String
        saml:surname String
        saml:uid String
        saml:x500UniqueIdentifier String
        ec2:RoleDelivery Numeric
        ec2:SourceInstanceArn ARN
        lambda:SourceFunctionArn ARN
        ssm:SourceInstanceArn ARN
        glue:RoleAssumedBy String
        glue:CredentialIssuingService String
        identitystore:UserId String
        cognito-identity.amazonaws.com:amr String many
        cognito-identity.amazonaws.com:aud String
        cognito-identity.amazonaws.com:sub String
        """;
}
