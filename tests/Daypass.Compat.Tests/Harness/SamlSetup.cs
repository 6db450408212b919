using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Daypass.Testing;

namespace Daypass.Compat.Tests.Harness;

/// <summary>A SAML provider that is registered, and a role that trusts it.</summary>
/// <param name="World">Where.</param>
/// <param name="Provider">Its ARN.</param>
/// <param name="Role">Its ARN.</param>
internal sealed record SamlSetup(World World, string Provider, string Role)
{
    /// <summary>What the <c>Role</c> attribute has to say.</summary>
    public string Offer => $"{Role},{Provider}";

    public static async Task<SamlSetup> RegisterAsync(World world, string metadata, params (string Name, string Value)[] encryption)
    {
        var made = await world.Server.Administrator.IamAsync("CreateSAMLProvider", [("Name", world.Unique("corp")), ("SAMLMetadataDocument", metadata), .. encryption]);
        Assert.True(made.Status == System.Net.HttpStatusCode.OK, made.Body);
        var provider = made.Result.GetProperty("SAMLProviderArn").GetString()!;
        var trust = $$"""
            {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Federated":"{{provider}}"},"Action":["sts:AssumeRoleWithSAML","sts:TagSession"],
             "Condition":{"StringEquals":{"saml:aud":"https://signin.aws.amazon.com/saml"} } } }
            """;
        return new SamlSetup(world, provider, await world.CreateRoleAsync(world.Unique("people"), trust, Documents.Allow("iam:ListUsers", "*")));
    }

    public Task UpdateAsync(params (string Name, string Value)[] changes) => World.AdministerAsync("UpdateSAMLProvider", [("SAMLProviderArn", Provider), .. changes]);

    /// <summary>Shows a response, with the AWS SDK for .NET.</summary>
    public async Task<AssumeRoleWithSAMLResponse> RedeemAsync(string response)
    {
        using var client = new AmazonSecurityTokenServiceClient(new AnonymousAWSCredentials(), new AmazonSecurityTokenServiceConfig { ServiceURL = World.Server.Endpoint.ToString(), AuthenticationRegion = "us-east-1" });
        return await client.AssumeRoleWithSAMLAsync(new AssumeRoleWithSAMLRequest { RoleArn = Role, PrincipalArn = Provider, SAMLAssertion = response });
    }

    /// <summary>Who the session is that a response gets.</summary>
    public async Task<string> SessionAsync(string response)
    {
        var answer = await RedeemAsync(response);
        using var client = new AmazonSecurityTokenServiceClient(answer.Credentials, new AmazonSecurityTokenServiceConfig { ServiceURL = World.Server.Endpoint.ToString(), AuthenticationRegion = "us-east-1" });
        return (await client.GetCallerIdentityAsync(new GetCallerIdentityRequest())).Arn;
    }
}
