using Daypass.Compat.Tests.Harness;
using Daypass.Testing;

namespace Daypass.Compat.Tests.SignIn;

/// <summary>SimpleSAMLphp with this installation as one of its applications, a provider registered for it, and roles that its people are offered.</summary>
internal sealed record SamlDesk(Desk Desk, string Provider, Uri Start, string Role)
{
    public static async Task<SamlDesk> PrepareAsync(SimpleSamlWorld world, string generation, bool encrypts = false)
    {
        var simple = await world.StartAsync();
        var own = world.Server.Endpoint.GetLeftPart(UriPartial.Authority) + "/saml";
        var name = world.Unique("corp");
        var provider = $"arn:aws:iam::{DaypassServer.Account}:saml-provider/{name}";
        string[] roles = ["reader", "team/platform/operator", "billing"];
        string[] arns = [.. roles.Select(role => $"arn:aws:iam::{DaypassServer.Account}:role/{role}-{name}")];
        var said = new SimpleSamlSaid(new Dictionary<string, string[]>
        {
            ["uid"] = ["alice@example.com"],
            ["https://aws.amazon.com/SAML/Attributes/Role"] = [.. arns.Select(arn => $"{arn},{provider}")],
            ["https://aws.amazon.com/SAML/Attributes/RoleSessionName"] = ["alice"],
        });
        (string, string)[] encryption = encrypts ? [("AssertionEncryptionMode", "Required"), ("AddPrivateKey", await File.ReadAllTextAsync(simple.RecipientKey))] : [];
        await world.AdministerAsync("CreateSAMLProvider", [("Name", name), ("SAMLMetadataDocument", await simple.MetadataAsync(said)), .. encryption]);
        var trust = $$"""
            {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Federated":"{{provider}}"},"Action":"sts:AssumeRoleWithSAML","Condition":{"StringEquals":{"saml:aud":"{{own}}"} } } }
            """;
        foreach (var role in roles)
            await world.AdministerAsync("CreateRole", ("RoleName", $"{role.Split('/')[^1]}-{name}"), ("Path", role.Contains('/', StringComparison.Ordinal) ? $"/{role[..(role.LastIndexOf('/') + 1)]}" : "/"), ("AssumeRolePolicyDocument", trust));
        await simple.AddApplicationAsync(own, encrypts);
        return new SamlDesk(new Desk(world, generation), provider, simple.StartOf(own), arns[1]);
    }
}
