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

    /// <summary>The same provider in a second account, with one role in each of the two, of one name; that of the second is the one that is answered with.</summary>
    public static async Task<(SamlDesk Desk, string Account)> PrepareForTwoAsync(SimpleSamlWorld world, string generation)
    {
        var simple = await world.StartAsync();
        var own = world.Server.Endpoint.GetLeftPart(UriPartial.Authority) + "/saml";
        var (name, second) = (world.Unique("both"), await SecondAccount.MakeAsync(world.Server));
        var account = await SecondAccount.IdOfAsync(second);
        string[] accounts = [DaypassServer.Account, account];
        var said = new SimpleSamlSaid(new Dictionary<string, string[]>
        {
            ["uid"] = ["alice@example.com"],
            ["https://aws.amazon.com/SAML/Attributes/Role"] = [.. accounts.Select(each => $"arn:aws:iam::{each}:role/{name},arn:aws:iam::{each}:saml-provider/{name}")],
            ["https://aws.amazon.com/SAML/Attributes/RoleSessionName"] = ["alice"],
        });
        var metadata = await simple.MetadataAsync(said);
        foreach (var (each, administrator) in accounts.Zip([world.Server.Administrator, second]))
        {
            await OkAsync(administrator, "CreateSAMLProvider", ("Name", name), ("SAMLMetadataDocument", metadata));
            await OkAsync(administrator, "CreateRole", ("RoleName", name), ("AssumeRolePolicyDocument", $$"""
                {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::{{each}}:saml-provider/{{name}}"},"Action":"sts:AssumeRoleWithSAML","Condition":{"StringEquals":{"saml:aud":"{{own}}"} } } }
                """));
        }
        await simple.AddApplicationAsync(own);
        return (new SamlDesk(new Desk(world, generation), $"arn:aws:iam::{DaypassServer.Account}:saml-provider/{name}", simple.StartOf(own), $"arn:aws:iam::{account}:role/{name}"), account);
    }

    private static async Task OkAsync(SigningClient administrator, string action, params (string Name, string Value)[] parameters)
    {
        var reply = await administrator.IamAsync(action, parameters);
        Assert.True(reply.Status == System.Net.HttpStatusCode.OK, reply.Body);
    }
}
