using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
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
        var admin = (DaypassServer.AccessKeyId, DaypassServer.Secret);
        var key = await CallAsync(server, admin, ("Action", "CreateUser"), ("UserName", "alice"), ("AccessKeyStatus", "Active"), ("LoginProfileStatus", "Inactive"));
        var alice = (key.GetProperty("AccessKeyID").GetString()!, key.GetProperty("AccessKeySecret").GetString()!);
        await CallAsync(server, admin, ("Action", "CreateRole"), ("RoleName", "Reader"), ("RolePolicyDocument", Trust));
        await CallAsync(server, admin, ("Action", "CreateIAMPolicy"), ("PolicyName", "assume"), ("Document", Document), ("ScopeType", "ScopeEmpty"));
        await CallAsync(server, admin, ("Action", "AttachPoliciesToUser"), ("UserName", "alice"), ("PolicyURNs.0", "acme:iam::111122223333:policy/assume"), ("Scope", "Unspecified"));

        Assert.Equal("acme:iam::111122223333:role/Reader", await RoleAsync(server, admin, "RoleURN"));
        Assert.Equal(0, await AssumeAsync(server, alice, "acme:iam::111122223333:role/Reader"));
        Assert.NotEqual(0, await AssumeAsync(server, alice, "ucs:iam::111122223333:role/Reader"));

        await server.RestartAsync("--urn-prefix", "ucs");
        Assert.Equal("ucs:iam::111122223333:role/Reader", await RoleAsync(server, admin, "RoleURN"));
        // Byte for byte as it was written, and with the meaning that it had.
        Assert.Equal(Trust, await RoleAsync(server, admin, "RolePolicyDocument"));
        Assert.Equal(0, await AssumeAsync(server, alice, "ucs:iam::111122223333:role/Reader"));
        Assert.NotEqual(0, await AssumeAsync(server, alice, "acme:iam::111122223333:role/Reader"));
        var policy = await CallAsync(server, admin, ("Action", "GetIAMPolicy"), ("PolicyURN", "ucs:iam::111122223333:policy/assume"));
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

    private static async Task<string> RoleAsync(DaypassServer server, (string, string) keys, string member) =>
        (await CallAsync(server, keys, ("Action", "GetRole"), ("RoleName", "Reader"))).GetProperty("Role").GetProperty(member).GetString()!;

    private static async Task<int> AssumeAsync(DaypassServer server, (string, string) keys, string role) =>
        (await SendAsync(server, keys, ("Action", "AssumeRole"), ("RoleUrn", role), ("RoleSessionName", "s"))).GetProperty("RetCode").GetInt32();

    private static async Task<JsonElement> CallAsync(DaypassServer server, (string, string) keys, params (string Name, string Value)[] parameters)
    {
        var answer = await SendAsync(server, keys, parameters);
        Assert.True(answer.GetProperty("RetCode").GetInt32() == 0, answer.ToString());
        return answer;
    }

    // The signature by the cloud's own guide, and nothing of the server's.
    private static async Task<JsonElement> SendAsync(DaypassServer server, (string Id, string Secret) keys, params (string Name, string Value)[] parameters)
    {
        (string Name, string Value)[] all = [.. parameters, ("PublicKey", keys.Id)];
        var text = string.Concat(all.OrderBy(pair => pair.Name, StringComparer.Ordinal).Select(pair => pair.Name + pair.Value));
        var signature = Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(text + keys.Secret)));
        using var http = new HttpClient();
        using var form = new FormUrlEncodedContent([.. all.Append(("Signature", signature)).Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2))]);
        using var answer = await http.PostAsync(server.Endpoint, form, CancellationToken.None);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync(CancellationToken.None)).RootElement;
    }
}
