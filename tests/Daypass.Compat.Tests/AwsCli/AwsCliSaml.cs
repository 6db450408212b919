using Daypass.Compat.Tests.Harness;

namespace Daypass.Compat.Tests;

/// <summary>A SAML provider registered, and its assertion shown, with the AWS CLI.</summary>
public sealed class AwsCliSaml(SamlIssuer issuer) : IClassFixture<SamlIssuer>
{
    [NeedsTheory(Tool.AwsCli, Tool.Node), EachGeneration(Tool.AwsCli)]
    public async Task An_assertion_gets_a_session_of_the_role(string generation)
    {
        await issuer.WithKeyAsync();
        var file = Path.Combine(issuer.Folder("metadata"), "metadata.xml");
        await File.WriteAllTextAsync(file, await issuer.MetadataAsync());
        var administrator = new AwsCli(issuer, generation, issuer.Administrator);
        var name = issuer.Unique("corp");
        var provider = (await administrator.JsonAsync($"iam create-saml-provider --name {name} --saml-metadata-document", "file://" + file)).GetProperty("SAMLProviderArn").GetString()!;
        var trust = $$"""
            {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Federated":"{{provider}}"},"Action":"sts:AssumeRoleWithSAML",
             "Condition":{"StringEquals":{"saml:aud":"https://signin.aws.amazon.com/saml"} } } }
            """;
        var role = await issuer.CreateRoleAsync(issuer.Unique("people"), trust, Documents.Allow("iam:ListUsers", "*"));
        var nobody = new AwsCli(issuer, generation, new Keys("", ""));
        var answer = await nobody.JsonAsync(
            $"sts assume-role-with-saml --role-arn {role} --principal-arn {provider} --saml-assertion", await issuer.ResponseAsync(new { roles = new[] { $"{role},{provider}" } }));
        Assert.Equal("alice@example.com", answer.GetProperty("Subject").GetString());
        var session = new AwsCli(issuer, generation, Keys.From(answer.GetProperty("Credentials")));
        Assert.EndsWith("/alice", (await session.JsonAsync("sts get-caller-identity")).GetProperty("Arn").GetString(), StringComparison.Ordinal);
    }
}
