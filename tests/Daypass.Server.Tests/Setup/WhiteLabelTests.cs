using Daypass.Server.Tests.Dialects;
using Daypass.Testing;

namespace Daypass.Server.Tests.Setup;

/// <summary>Another cloud's names for all that clients and people read; and that no stored thing rests on them.</summary>
public sealed class WhiteLabelTests
{
    private const string Document = """{"Version":"1","Statement":[{"Effect":"Allow","Action":["sts:AssumeRole"],"Resource":["acme:iam::111122223333:role/Reader"]}]}""";
    private const string Trust = """{"Version":"1","Statement":[{"Effect":"Allow","Action":["sts:AssumeRole"],"Principal":{"UCS":["acme:iam::111122223333:root"]}}]}""";

    [Fact]
    public async Task Names_are_the_brand_s_in_and_out_and_what_was_written_under_it_goes_on_under_another()
    {
        await using var server = await DaypassServer.StartAsync("--urn-prefix", "acme");
        var admin = UprojectCaller.Administrator(server);
        var alice = await admin.CreateUserAsync("alice");
        await admin.CallAsync("CreateRole", ("RoleName", "Reader"), ("RolePolicyDocument", Trust));
        await admin.CallAsync("CreateIAMPolicy", ("PolicyName", "assume"), ("Document", Document), ("ScopeType", "ScopeEmpty"));
        await admin.CallAsync("AttachPoliciesToUser", ("UserName", "alice"), ("PolicyURNs.0", "acme:iam::111122223333:policy/assume"), ("Scope", "Unspecified"));

        Assert.Equal("acme:iam::111122223333:role/Reader", await RoleAsync(admin, "RoleURN"));
        Assert.Equal(0, await AssumeAsync(alice, "acme:iam::111122223333:role/Reader"));
        Assert.NotEqual(0, await AssumeAsync(alice, "ucs:iam::111122223333:role/Reader"));

        await server.RestartAsync("--urn-prefix", "ucs");
        Assert.Equal("ucs:iam::111122223333:role/Reader", await RoleAsync(admin, "RoleURN"));
        // Byte for byte as it was written, and with the meaning that it had.
        Assert.Equal(Trust, await RoleAsync(admin, "RolePolicyDocument"));
        Assert.Equal(0, await AssumeAsync(alice, "ucs:iam::111122223333:role/Reader"));
        Assert.NotEqual(0, await AssumeAsync(alice, "acme:iam::111122223333:role/Reader"));
        var policy = await admin.CallAsync("GetIAMPolicy", ("PolicyURN", "ucs:iam::111122223333:policy/assume"));
        Assert.Equal(Document, policy.GetProperty("Policy").GetProperty("Document").GetString());
    }

    [Fact]
    public async Task Pages_and_addresses_of_sign_in_are_the_brand_s()
    {
        await using var server = await DaypassServer.StartAsync("--product-name", "Acme <Cloud>", "--sign-in-host", "signin.example.com");
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(server.Endpoint, "/federation?Action=login&SigninToken=none"), CancellationToken.None);
        var page = await answer.Content.ReadAsStringAsync(CancellationToken.None);
        Assert.Contains("Acme &lt;Cloud&gt;</title>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Daypass", page, StringComparison.Ordinal);
        var metadata = await http.GetStringAsync(new Uri(server.Endpoint, "/saml/metadata"), CancellationToken.None);
        Assert.Contains("https://signin.example.com/saml", metadata, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", metadata, StringComparison.Ordinal);
    }

    private static async Task<string> RoleAsync(UprojectCaller caller, string member) =>
        (await caller.CallAsync("GetRole", ("RoleName", "Reader"))).GetProperty("Role").GetProperty(member).GetString()!;

    private static async Task<int> AssumeAsync(UprojectCaller caller, string role) =>
        (await caller.SendAsync("AssumeRole", ("RoleUrn", role), ("RoleSessionName", "s"))).GetProperty("RetCode").GetInt32();
}
