using System.Net;
using System.Text.Json;
using Daypass.Server.Tests.Attacks;
using Daypass.Testing;

namespace Daypass.Server.Tests.Wire;

/// <summary>What anybody may fetch to verify a web identity token, and nothing more.</summary>
public sealed class WebIdentityTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Discovery = "/.well-known/openid-configuration";
    private const string KeySet = "/.well-known/jwks.json";
    private static readonly HttpClient Http = new();
    private readonly DaypassServer _server = fixture.Server;

    private string Own => $"/web-identity/{DaypassServer.Account}";

    [Fact]
    public async Task The_issuer_says_where_its_keys_are_and_they_are_there_with_nothing_private()
    {
        var issuer = await EnableAsync();
        Assert.Equal(new Uri(_server.Endpoint, Own).ToString(), issuer);
        using var discovery = await GetAsync(Own + Discovery);
        using var described = JsonDocument.Parse(await discovery.Content.ReadAsStringAsync());
        Assert.Equal(issuer, described.RootElement.GetProperty("issuer").GetString());
        using var keySet = await Http.GetAsync(new Uri(described.RootElement.GetProperty("jwks_uri").GetString()!));
        Assert.Equal(("public, max-age=600", "application/json"), (keySet.Headers.CacheControl!.ToString(), keySet.Content.Headers.ContentType!.MediaType));
        using var keys = JsonDocument.Parse(await keySet.Content.ReadAsStringAsync());
        var all = keys.RootElement.GetProperty("keys").EnumerateArray().ToList();
        Assert.Equal(["RS256", "ES384"], all.Select(key => key.GetProperty("alg").GetString()));
        Assert.All(all, key => Assert.DoesNotContain(key.EnumerateObject(), member => member.Name is "d" or "p" or "q" or "dp" or "dq" or "qi" or "k"));
    }

    [Fact]
    public async Task Asking_does_not_tell_which_accounts_there_are()
    {
        await EnableAsync();
        foreach (var document in new[] { Discovery, KeySet })
        {
            using var own = await GetAsync(Own + document);
            using var nobodys = await GetAsync("/web-identity/999999999999" + document);
            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (own.StatusCode, nobodys.StatusCode));
            var said = (await nobodys.Content.ReadAsStringAsync()).Replace("999999999999", DaypassServer.Account, StringComparison.Ordinal);
            Assert.Equal(await own.Content.ReadAsStringAsync(), said);
            Assert.Equal(Names(own), Names(nobodys));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/.well-known/jwks.json/")]
    [InlineData("/.well-known/JWKS.json")]
    [InlineData("/.well-known/openid-configuration%20")]
    [InlineData("/../jwks.json")]
    [InlineData("0/.well-known/jwks.json")]
    public async Task Other_paths_are_not_there(string rest)
    {
        using var answer = await GetAsync(Own + rest);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/web-identity/000000000000/.well-known/jwks.json")]
    [InlineData("/web-identity/12345678901/.well-known/jwks.json")]
    [InlineData("/web-identity/%D9%A112345678901/.well-known/jwks.json")]
    [InlineData("/web-identity//.well-known/jwks.json")]
    [InlineData("/web-identity/")]
    public async Task What_is_no_account_has_none(string path) => Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(path)).StatusCode);

    [Fact]
    public async Task The_host_that_a_client_names_is_no_issuer()
    {
        var (status, text) = await new RawRequest("GET", Own + Discovery, [("Host", "evil.example.com"), ("X-Forwarded-Host", "evil.example.com")]).SendAsync(_server.Endpoint);
        Assert.Equal(200, status);
        Assert.DoesNotContain("evil", text, StringComparison.Ordinal);
        Assert.Contains($"http://{_server.Endpoint.Authority}/", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task They_are_read_and_not_called()
    {
        using var posted = await Http.PostAsync(new Uri(_server.Endpoint, Own + KeySet), new StringContent("{}"));
        Assert.Equal((HttpStatusCode.MethodNotAllowed, "GET, HEAD"), (posted.StatusCode, string.Join(", ", posted.Content.Headers.Allow)));
        using var headed = await Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, new Uri(_server.Endpoint, Own + KeySet)));
        Assert.Equal((HttpStatusCode.OK, ""), (headed.StatusCode, await headed.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task A_key_set_without_keys_is_kept_by_nobody()
    {
        await using var fresh = await DaypassServer.StartAsync();
        using var answer = await Http.GetAsync(new Uri(fresh.Endpoint, Own + KeySet));
        Assert.Equal(("no-store", """{"keys":[]}"""), (answer.Headers.CacheControl!.ToString(), await answer.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task A_server_behind_a_proxy_names_no_issuer_until_it_is_told_its_address()
    {
        await using var behind = await DaypassServer.StartAsync("--behind-proxy", "127.0.0.1/32");
        Assert.Equal("InvalidInput", (await behind.Administrator.IamAsync("EnableOutboundWebIdentityFederation")).ErrorCode);
        using var answer = await Http.GetAsync(new Uri(behind.Endpoint, Own + Discovery));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);

        await using var told = await DaypassServer.StartAsync("--behind-proxy", "127.0.0.1/32", "--public-url", "https://sts.example.com");
        var enabled = (await told.Administrator.IamAsync("EnableOutboundWebIdentityFederation")).Result;
        Assert.Equal($"https://sts.example.com{Own}", enabled.GetProperty("IssuerIdentifier").GetString());
    }

    [Fact]
    public async Task Temporary_delegation_is_refused_with_the_reason()
    {
        ApiReply[] replies = [await _server.Administrator.StsAsync("GetDelegatedAccessToken", ("TradeInToken", "EXAMPLE")), await _server.Administrator.IamAsync("CreateDelegationRequest")];
        Assert.All(replies, reply =>
        {
            Assert.Equal((HttpStatusCode.BadRequest, "InvalidAction"), (reply.Status, reply.ErrorCode));
            Assert.Contains("is not offered here: temporary delegation", reply.ErrorMessage, StringComparison.Ordinal);
        });
    }

    // Whichever test comes first switches it on.
    private async Task<string> EnableAsync()
    {
        var reply = await _server.Administrator.IamAsync("EnableOutboundWebIdentityFederation");
        Assert.True(reply.Status is HttpStatusCode.OK or HttpStatusCode.Conflict, reply.Body);
        return (await _server.Administrator.IamAsync("GetOutboundWebIdentityFederationInfo")).Result.GetProperty("IssuerIdentifier").GetString()!;
    }

    // As it stands: the client's own tidying of paths would send another one.
    private Task<HttpResponseMessage> GetAsync(string path) =>
        Http.GetAsync(new Uri(_server.Endpoint.ToString().TrimEnd('/') + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));

    private static string Names(HttpResponseMessage answer) => string.Join(' ', answer.Headers.Concat(answer.Content.Headers).Select(header => header.Key).Order(StringComparer.Ordinal));
}
