using Daypass.Cli.Api;

namespace Daypass.Cli.Tests;

public sealed class CasingTests
{
    [Theory]
    [InlineData("role-arn", "RoleArn")]
    [InlineData("access-key-id", "AccessKeyId")]
    [InlineData("get-caller-identity", "GetCallerIdentity")]
    [InlineData("create-open-id-connect-provider", "CreateOpenIDConnectProvider")]
    [InlineData("open-id-connect-provider-arn", "OpenIDConnectProviderArn")]
    [InlineData("add-client-id-to-open-id-connect-provider", "AddClientIDToOpenIDConnectProvider")]
    [InlineData("client-id-list", "ClientIDList")]
    [InlineData("assume-role-with-saml", "AssumeRoleWithSAML")]
    [InlineData("saml-assertion", "SAMLAssertion")]
    [InlineData("saml-provider-arn", "SAMLProviderArn")]
    [InlineData("ldap-username", "LDAPUsername")]
    [InlineData("create-virtual-mfa-device", "CreateVirtualMFADevice")]
    [InlineData("list-mfa-devices", "ListMFADevices")]
    [InlineData("upload-ssh-public-key", "UploadSSHPublicKey")]
    [InlineData("aws-service-name", "AWSServiceName")]
    [InlineData("disable-aws-service-access", "DisableAWSServiceAccess")]
    public void A_name_is_the_same_both_ways(string kebab, string pascal)
    {
        Assert.Equal(pascal, Casing.ToPascal(kebab));
        Assert.Equal(kebab, Casing.ToKebab(pascal));
    }

    [Fact]
    public void Every_name_of_the_tables_survives_the_way_to_an_option_and_back()
    {
        var names = ApiService.All.SelectMany(service => service.Actions.Values).SelectMany(action => action.Parameters.Select(parameter => parameter.Name).Append(action.Name));
        Assert.All(names, name => Assert.Equal(name, Casing.ToPascal(Casing.ToKebab(name))));
    }
}
