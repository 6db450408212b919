using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Daypass.Signing;
using Daypass.Testing;

namespace Daypass.Server.Tests.Wire;

/// <summary>REST paths that have parameters in them, other methods than POST, and lists in a query: Roles Anywhere on the wire.</summary>
public sealed class RestPathsTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Service = "rolesanywhere";
    private const string Role = "arn:aws:iam::111122223333:role/web";
    private readonly DaypassServer _server = fixture.Server;

    [Fact]
    public async Task What_is_made_answers_with_201_and_times_as_text()
    {
        var reply = await SendAsync(HttpMethod.Post, "/profiles", $$"""{"name":"web","roleArns":["{{Role}}"],"tags":[{"key":"team","value":"web"}]}""");
        Assert.True(reply.Status == HttpStatusCode.Created, reply.Body);
        var profile = JsonNode.Parse(reply.Body)!["profile"]!;
        Assert.Matches("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$", (string)profile["createdAt"]!);
        var tags = await SendAsync(HttpMethod.Get, $"/ListTagsForResource?resourceArn={Uri.EscapeDataString((string)profile["profileArn"]!)}");
        Assert.Equal("""{"tags":[{"key":"team","value":"web"}]}""", tags.Body);
    }

    [Fact]
    public async Task A_step_of_the_path_says_which_one_and_nothing_else_can()
    {
        var (one, other) = (await ProfileAsync("one"), await ProfileAsync("other"));
        var changed = await SendAsync(HttpMethod.Patch, "/profile/" + one, $$"""{"profileId":"{{other}}","name":"changed"}""");
        Assert.True(changed.Status == HttpStatusCode.OK, changed.Body);
        Assert.Equal(("changed", "other"), (await NameOfAsync(one), await NameOfAsync(other)));
        await SendAsync(HttpMethod.Post, $"/profile/{one}/enable?profileId={other}");
        Assert.False((bool)JsonNode.Parse((await SendAsync(HttpMethod.Get, "/profile/" + other)).Body)!["profile"]!["enabled"]!);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Delete, $"/profile/{one}", $$"""{"profileId":"{{other}}"}""")).Status);
        Assert.Equal("other", await NameOfAsync(other));
    }

    [Fact]
    public async Task A_list_comes_in_the_query_under_one_name()
    {
        var id = await ProfileAsync("mapped");
        var put = await SendAsync(HttpMethod.Put, $"/profiles/{id}/mappings", """{"certificateField":"x509Subject","mappingRules":[{"specifier":"CN"},{"specifier":"O"},{"specifier":"OU"}]}""");
        Assert.True(put.Status == HttpStatusCode.OK, put.Body);
        var deleted = await SendAsync(HttpMethod.Delete, $"/profiles/{id}/mappings?certificateField=x509Subject&specifiers=CN&specifiers=OU");
        var mapping = JsonNode.Parse(deleted.Body)!["profile"]!["attributeMappings"]!.AsArray().Single(each => (string?)each!["certificateField"] == "x509Subject")!;
        Assert.Equal("""[{"specifier":"O"}]""", mapping["mappingRules"]!.ToJsonString());
    }

    public static TheoryData<string, string, int, string> Paths => new()
    {
        { "GET", "/profile/", 404, "UnknownOperationException" },
        { "GET", "/profile/a/b", 404, "UnknownOperationException" },
        { "GET", "/profile/nobody", 400, "ValidationException" },
        { "GET", "/profile/%2e%2e%2fcrls", 400, "ValidationException" },
        { "GET", "/profile/00000000-0000-4000-8000-000000000000", 404, "ResourceNotFoundException" },
        { "GET", "/profile/00000000-0000-4000-8000-00000000000G", 400, "ValidationException" },
        { "GET", "/subject", 404, "UnknownOperationException" },
        { "GET", "/subject/00000000-0000-4000-8000-000000000000", 404, "ResourceNotFoundException" },
    };

    [Theory, MemberData(nameof(Paths))]
    public async Task A_path_that_names_nothing_is_told_so(string method, string path, int status, string code)
    {
        var reply = await SendAsync(new HttpMethod(method), path);
        Assert.True(status == (int)reply.Status, reply.Body);
        Assert.Equal(code, reply.Headers["x-amzn-ErrorType"]);
    }

    [Theory]
    [InlineData("PUT", "/profiles")]
    [InlineData("DELETE", "/")]
    [InlineData("PATCH", "/policy/validation")]
    [InlineData("OPTIONS", "/profiles")]
    public async Task A_method_that_nothing_there_has_is_not_allowed(string method, string path) =>
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await SendAsync(new HttpMethod(method), path)).Status);

    [Fact]
    public async Task What_is_too_large_for_a_session_is_not_read()
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=web", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        var body = new byte[(1024 * 1024) + 1];
        var uri = new Uri(_server.Endpoint, "/sessions");
        using var request = new HttpRequestMessage(HttpMethod.Post, uri) { Content = new ByteArrayContent(body) };
        request.Headers.ExpectContinue = true;
        foreach (var (name, value) in SigV4X509.SignHeaders("POST", uri, [new("Content-Type", "application/json")], SigV4.PayloadHash(body), certificate, [], key, "us-east-1", TimeProvider.System.GetUtcNow()))
            request.Headers.TryAddWithoutValidation(name, value);
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        try
        {
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await SigningClient.SendAsync(request)).Status);
        }
        catch (HttpRequestException)
        {
            // The server may close while the client still sends.
        }
    }

    private async Task<string> ProfileAsync(string name) =>
        (string)JsonNode.Parse((await SendAsync(HttpMethod.Post, "/profiles", $$"""{"name":"{{name}}","roleArns":["{{Role}}"]}""")).Body)!["profile"]!["profileId"]!;

    private async Task<string?> NameOfAsync(string id) => (string?)JsonNode.Parse((await SendAsync(HttpMethod.Get, "/profile/" + id)).Body)!["profile"]!["name"];

    private async Task<ApiReply> SendAsync(HttpMethod method, string path, string body = "")
    {
        using var request = _server.Administrator.Sign(method, new Uri(_server.Endpoint, path), Service, body, body.Length == 0 ? [] : new() { ["Content-Type"] = "application/json" });
        if (body.Length > 0)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json") { Headers = { ContentType = new("application/json") } };
        return await SigningClient.SendAsync(request);
    }
}
