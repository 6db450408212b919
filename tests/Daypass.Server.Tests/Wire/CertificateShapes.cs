using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Daypass.Signing;
using Daypass.Testing;

namespace Daypass.Server.Tests.Wire;

/// <summary>
/// CreateSession in the forms in which AWS's signing helper sends it, over its versions, against the built server; and the same with something changed
/// on the way.
/// </summary>
public sealed class CertificateShapes(ServerFixture fixture) : IClassFixture<ServerFixture>, IAsyncLifetime
{
    private const string Trust = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"rolesanywhere.amazonaws.com"},"Action":["sts:AssumeRole","sts:TagSession","sts:SetSourceIdentity"]}}""";
    private readonly DaypassServer _server = fixture.Server;
    private readonly ECDsa _authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
    private X509Certificate2 _authority = null!, _certificate = null!;
    private string _anchor = "", _profile = "", _role = "";

    public async Task InitializeAsync()
    {
        var now = TimeProvider.System.GetUtcNow();
        var authority = new CertificateRequest("CN=Workload CA", _authorityKey, HashAlgorithmName.SHA256);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _authority = authority.CreateSelfSigned(now.AddDays(-1), now.AddDays(9));
        _certificate = Issue("CN=web-1", _key, [0x4A, 0x11]);
        var name = "web" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
        var role = await _server.Administrator.IamAsync("CreateRole", ("RoleName", name), ("AssumeRolePolicyDocument", Trust));
        _role = role.Result.GetProperty("Role").GetProperty("Arn").GetString()!;
        var source = new JsonObject { ["sourceType"] = "CERTIFICATE_BUNDLE", ["sourceData"] = new JsonObject { ["x509CertificateData"] = _authority.ExportCertificatePem() } };
        _anchor = (string)(await MakeAsync("/trustanchors", new JsonObject { ["name"] = "corp", ["enabled"] = true, ["source"] = source }))["trustAnchor"]!["trustAnchorArn"]!;
        _profile = (string)(await MakeAsync("/profiles", new JsonObject { ["name"] = "web", ["enabled"] = true, ["acceptRoleSessionName"] = true, ["roleArns"] = new JsonArray(_role) }))["profile"]!["profileArn"]!;
    }

    public Task DisposeAsync()
    {
        foreach (var each in new IDisposable[] { _authorityKey, _key, _authority, _certificate })
            each.Dispose();
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData(true, "{}", "4a11", 3600)]
    [InlineData(true, """{"durationSeconds":900}""", "4a11", 900)]
    [InlineData(true, """{"durationSeconds":900,"instanceProperties":{}}""", "4a11", 900)]
    [InlineData(true, """{"durationSeconds":1800,"instanceProperties":{"host":"web-1","os":"Debian 13"}}""", "4a11", 1800)]
    [InlineData(true, """{"durationSeconds":900,"sessionName":"build-7"}""", "build-7", 900)]
    [InlineData(true, """{"durationSeconds":900,"roleSessionName":"build-8"}""", "build-8", 900)]
    [InlineData(true, """{"cert":"unused","durationSeconds":900}""", "4a11", 900)]
    [InlineData(false, "{}", "4a11", 3600)]
    [InlineData(false, """{"durationSeconds":900,"roleSessionName":"build-9","instanceProperties":{"host":"web-1"}}""", "build-9", 900)]
    public async Task Each_form_of_the_call_is_taken_and_answered_with_all_members(bool isInQuery, string body, string session, int seconds)
    {
        var before = TimeProvider.System.GetUtcNow();
        var reply = await SendAsync(isInQuery, body);
        Assert.True(reply.Status == HttpStatusCode.Created, reply.Body);
        var answer = JsonNode.Parse(reply.Body)!.AsObject();
        Assert.Equal(["credentialSet", "subjectArn"], answer.Select(member => member.Key));
        Assert.StartsWith("arn:aws:rolesanywhere:us-east-1:111122223333:subject/", (string?)answer["subjectArn"], StringComparison.Ordinal);
        var entry = Assert.Single(answer["credentialSet"]!.AsArray())!.AsObject();
        Assert.Equal(["assumedRoleUser", "credentials", "packedPolicySize", "roleArn", "sourceIdentity"], entry.Select(member => member.Key).Append("packedPolicySize").Distinct().Order());
        Assert.Equal((_role, "CN=web-1"), ((string?)entry["roleArn"], (string?)entry["sourceIdentity"]));
        Assert.EndsWith("/" + session, (string?)entry["assumedRoleUser"]!["arn"], StringComparison.Ordinal);
        Assert.EndsWith(":" + session, (string?)entry["assumedRoleUser"]!["assumedRoleId"], StringComparison.Ordinal);
        var credentials = entry["credentials"]!.AsObject();
        Assert.Equal(["accessKeyId", "expiration", "secretAccessKey", "sessionToken"], credentials.Select(member => member.Key).Order());
        var end = DateTimeOffset.ParseExact((string)credentials["expiration"]!, "yyyy-MM-dd'T'HH:mm:ss'Z'", null, System.Globalization.DateTimeStyles.AssumeUniversal);
        Assert.InRange(end, before.AddSeconds(seconds - 2), TimeProvider.System.GetUtcNow().AddSeconds(seconds));
        var caller = await _server.Client((string)credentials["accessKeyId"]!, (string)credentials["secretAccessKey"]!, (string)credentials["sessionToken"]!).StsAsync("GetCallerIdentity");
        Assert.Equal((string?)entry["assumedRoleUser"]!["arn"], caller.Result.GetProperty("Arn").GetString());
    }

    [Theory]
    [InlineData("application/json; charset=utf-8", false, false)]
    [InlineData("application/json", true, false)]
    [InlineData("application/json", false, true)]
    [InlineData("application/json", true, true)]
    public async Task Headers_may_say_more_as_long_as_it_is_signed(string type, bool saysHash, bool hasChain)
    {
        var hash = SigV4.PayloadHash("{}"u8);
        var reply = await SendAsync(true, "{}", type, chain: hasChain ? [_authority] : [], more: saysHash ? [new("X-Amz-Content-Sha256", hash)] : []);
        Assert.True(reply.Status == HttpStatusCode.Created, reply.Body);
    }

    public static TheoryData<string> Changes => [.. Tampering.Keys];

    private static readonly Dictionary<string, Action<CertificateShapes, HttpRequestMessage>> Tampering = new(StringComparer.Ordinal)
    {
        ["another role in the query"] = (test, request) => request.RequestUri = new Uri(request.RequestUri!.AbsoluteUri.Replace("role%2Fweb", "role%2Fadmin", StringComparison.Ordinal)),
        ["one more member of the query"] = (_, request) => request.RequestUri = new Uri(request.RequestUri!.AbsoluteUri + "&durationSeconds=43200"),
        ["another body"] = (_, request) => request.Content = Body("""{"durationSeconds":43200}"""),
        ["no body"] = (_, request) => request.Content = Body(""),
        ["another certificate of the same authority"] = (test, request) =>
        {
            using var other = test.Issue("CN=admin", test._key, [0x4A, 0x11]);
            request.Headers.Remove("X-Amz-X509");
            request.Headers.TryAddWithoutValidation("X-Amz-X509", Convert.ToBase64String(other.RawData));
        },
        ["a certificate more"] = (test, request) => request.Headers.TryAddWithoutValidation("X-Amz-X509", Convert.ToBase64String(test._authority.RawData)),
        ["no certificate"] = (_, request) => request.Headers.Remove("X-Amz-X509"),
        ["a chain"] = (test, request) => request.Headers.TryAddWithoutValidation("X-Amz-X509-Chain", Convert.ToBase64String(test._authority.RawData)),
        ["another time"] = (_, request) =>
        {
            request.Headers.Remove("X-Amz-Date");
            request.Headers.TryAddWithoutValidation("X-Amz-Date", TimeProvider.System.GetUtcNow().AddSeconds(1).UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'"));
        },
        ["another content type"] = (_, request) => request.Content!.Headers.ContentType = new("application/json") { CharSet = "utf-7" },
        ["no signature"] = (_, request) => request.Headers.Remove("Authorization"),
    };

    [Theory, MemberData(nameof(Changes))]
    public async Task What_was_changed_on_the_way_is_refused(string change)
    {
        var reply = await SendAsync(true, "{}", tamper: request => Tampering[change](this, request));
        Assert.True(reply.Status == HttpStatusCode.Forbidden, $"{reply.Status}: {reply.Body}");
        Assert.DoesNotContain("accessKeyId", reply.Body, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(reply.Headers["x-amzn-ErrorType"], new[] { "InvalidSignatureException", "SignatureDoesNotMatch", "MissingAuthenticationTokenException", "MissingAuthenticationToken", "AccessDeniedException" });
    }

    private X509Certificate2 Issue(string name, ECDsa key, byte[] serial)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        var now = TimeProvider.System.GetUtcNow();
        return request.Create(_authority.SubjectName, X509SignatureGenerator.CreateForECDsa(_authorityKey), now.AddDays(-1), now.AddDays(8), serial);
    }

    private async Task<ApiReply> SendAsync(
        bool isInQuery, string body, string type = "application/json", X509Certificate2[]? chain = null, KeyValuePair<string, string>[]? more = null, Action<HttpRequestMessage>? tamper = null)
    {
        var members = JsonNode.Parse(body)!.AsObject();
        var names = new Dictionary<string, string> { ["profileArn"] = _profile, ["roleArn"] = _role, ["trustAnchorArn"] = _anchor };
        if (!isInQuery)
            names.ToList().ForEach(name => members[name.Key] = name.Value);
        var sent = isInQuery ? body : members.ToJsonString();
        var uri = new Uri(_server.Endpoint, "/sessions" + (isInQuery ? "?" + string.Join('&', names.Select(name => $"{name.Key}={Uri.EscapeDataString(name.Value)}")) : ""));
        KeyValuePair<string, string>[] own = [new("Content-Type", type), .. more ?? []];
        using var request = new HttpRequestMessage(HttpMethod.Post, uri) { Content = Body(sent, type) };
        foreach (var (name, value) in SigV4X509.SignHeaders("POST", uri, own, SigV4.PayloadHash(Encoding.UTF8.GetBytes(sent)), _certificate, chain ?? [], _key, "us-east-1", TimeProvider.System.GetUtcNow()).Concat(more ?? []))
            request.Headers.TryAddWithoutValidation(name, value);
        tamper?.Invoke(request);
        return await SigningClient.SendAsync(request);
    }

    private static ByteArrayContent Body(string text, string type = "application/json")
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return content;
    }

    private async Task<JsonNode> MakeAsync(string path, JsonObject body)
    {
        var text = body.ToJsonString();
        using var request = _server.Administrator.Sign(HttpMethod.Post, new Uri(_server.Endpoint, path), "rolesanywhere", text, new() { ["Content-Type"] = "application/json" });
        request.Content = Body(text);
        var reply = await SigningClient.SendAsync(request);
        Assert.True(reply.Status == HttpStatusCode.Created, reply.Body);
        return JsonNode.Parse(reply.Body)!;
    }
}
