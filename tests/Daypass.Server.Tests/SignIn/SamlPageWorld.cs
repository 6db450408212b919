using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Daypass.Service.Tests.Federation.Saml;
using Daypass.Testing;

namespace Daypass.Server.Tests.SignIn;

/// <summary>What a sign-in page answered.</summary>
internal sealed record PageAnswer(HttpStatusCode Status, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public string? Location => Headers.GetValueOrDefault("Location");

    /// <summary>What the page's buttons say.</summary>
    public IReadOnlyList<string> Roles => [.. Body.Split("<button ").Skip(1).Select(part => part.Split("<b>")[1].Split("</b>")[0])];

    public string Hidden(string name) => WebUtility.HtmlDecode(Body.Split($"name=\"{name}\" value=\"")[1].Split('"')[0]);
}

/// <summary>A server with a SAML provider of ours, roles that trust it, and a browser and a waiting program as the test plays them.</summary>
internal sealed class SamlPageWorld
{
    public const string Verifier = "EXAMPLE-verifier-of-the-program-that-waits-1";
    public const string Provider = $"arn:aws:iam::{DaypassServer.Account}:saml-provider/corp";
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
    private static int _assertions;

    private SamlPageWorld(DaypassServer server) => Server = server;

    public DaypassServer Server { get; }

    public static string Challenge { get; } = ChallengeOf(Verifier);

    public static string ChallengeOf(string verifier) => System.Buffers.Text.Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));

    public static string RoleArn(string name) => $"arn:aws:iam::{DaypassServer.Account}:role/{name}";

    /// <summary>The provider corp, roles reader and team/admin that trust it, and closed that does not.</summary>
    public static async Task<SamlPageWorld> PrepareAsync(DaypassServer server)
    {
        var world = new SamlPageWorld(server);
        if ((await server.Administrator.IamAsync("GetSAMLProvider", ("SAMLProviderArn", Provider))).Status == HttpStatusCode.OK)
            return world;
        await world.RegisterAsync("corp", TestSaml.Metadata(TestSaml.Key));
        await world.PutRoleAsync("reader", "/", "{}");
        await world.PutRoleAsync("admin", "/team/", """{"StringEquals":{"saml:sub":"alice@example.com"} }""");
        await world.PutRoleAsync("closed", "/", """{"StringEquals":{"saml:sub":"bob@example.com"} }""");
        return world;
    }

    public Task RegisterAsync(string name, string metadata) =>
        SignInWorld.OkAsync(Server.Administrator.IamAsync("CreateSAMLProvider", ("Name", name), ("SAMLMetadataDocument", metadata.Replace("HTTP-POST", "HTTP-Redirect", StringComparison.Ordinal))));

    public Task PutRoleAsync(string name, string path, string condition) => SignInWorld.OkAsync(Server.Administrator.IamAsync("CreateRole", ("RoleName", name), ("Path", path), ("AssumeRolePolicyDocument", $$"""
        {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Federated":"{{Provider}}"},"Action":"sts:AssumeRoleWithSAML","Condition":{{condition}} } }
        """)));

    /// <summary>A new assertion of alice, to be delivered here, that offers all of the roles and some that there are not.</summary>
    public Draft Draft() => new Draft(TimeProvider.System.GetUtcNow())
    {
        Id = $"_a{Interlocked.Increment(ref _assertions)}", Recipient = Own + "/saml", Destination = Own + "/saml", Audience = Own + "/saml",
    }.With("Role", [.. new[] { "reader", "team/admin", "closed", "missing" }.Select(role => $"{RoleArn(role)},{Provider}"), $"arn:aws:iam::999999999999:role/reader,{Provider}"]);

    public string Own => Server.Endpoint.GetLeftPart(UriPartial.Authority);

    public static string Sign(Draft draft, string? inResponseTo = null) => TestSaml.Encode(TestSaml.SignAssertion(Xml(draft, inResponseTo)));

    public static string Xml(Draft draft, string? inResponseTo) =>
        inResponseTo is null ? draft.Xml() : draft.Xml().Replace("<saml:SubjectConfirmationData ", $"<saml:SubjectConfirmationData InResponseTo=\"{inResponseTo}\" ", StringComparison.Ordinal);

    public Task<PageAnswer> BeginAsync(params (string Name, string Value)[] parameters) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(Server.Endpoint, "/saml/login?" + string.Join('&', parameters.Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value)}")))));

    /// <summary>Begins with a program that waits at a port; answers the request's ID.</summary>
    public async Task<string> BeginForProgramAsync(string? challenge = null, string? role = null)
    {
        (string, string)[] parameters = [("provider", Provider), ("port", "4711"), ("challenge", challenge ?? Challenge)];
        var begun = await BeginAsync(role is null ? parameters : [.. parameters, ("role", role)]);
        Assert.True(begun.Status == HttpStatusCode.Found, begun.Body);
        return RequestOf(begun.Location!).Attribute("ID")!.Value;
    }

    /// <summary>The question in the address that the browser is sent to.</summary>
    public static XElement RequestOf(string location)
    {
        var text = Uri.UnescapeDataString(location.Split("SAMLRequest=")[1].Split('&')[0]);
        using var deflate = new DeflateStream(new MemoryStream(Convert.FromBase64String(text)), CompressionMode.Decompress);
        return XElement.Load(deflate);
    }

    /// <summary>What the provider makes the browser post.</summary>
    public Task<PageAnswer> ArriveAsync(string response, string? relayState = null) => PostAsync("/saml", [("SAMLResponse", response), .. relayState is null ? [] : new[] { ("RelayState", relayState) }]);

    /// <summary>A button of the page.</summary>
    public Task<PageAnswer> ChooseAsync(PageAnswer page, string role, Action<HttpRequestMessage>? change = null) =>
        PostAsync("/saml/session", [("SAMLResponse", page.Hidden("SAMLResponse")), ("RelayState", page.Hidden("RelayState")), ("role", $"{RoleArn(role)},{Provider}")], change);

    public Task<PageAnswer> RedeemAsync(string location, string verifier = Verifier) => RedeemCodeAsync(location.Split("code=")[1].Split('&')[0], verifier);

    public Task<PageAnswer> RedeemCodeAsync(string code, string verifier = Verifier) => PostAsync("/saml/token", [("code", code), ("verifier", verifier)]);

    public Task<PageAnswer> PostAsync(string path, (string Name, string Value)[] form, Action<HttpRequestMessage>? change = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Server.Endpoint, path)) { Content = new FormUrlEncodedContent(form.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))) };
        change?.Invoke(request);
        return SendAsync(request);
    }

    public static async Task<PageAnswer> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var response = await Http.SendAsync(request);
            var headers = response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
            return new PageAnswer(response.StatusCode, await response.Content.ReadAsStringAsync(), headers);
        }
    }

    /// <summary>Who the session is that a page shows or a code gave.</summary>
    public async Task<string> WhoIsAsync(string id, string secret, string token) =>
        (await Server.Client(id, secret, token).StsAsync("GetCallerIdentity")).Result.GetProperty("Arn").GetString()!;

    public Task<string> WhoIsAsync(PageAnswer redeemed)
    {
        var json = JsonDocument.Parse(redeemed.Body).RootElement;
        return WhoIsAsync(json.GetProperty("AccessKeyId").GetString()!, json.GetProperty("SecretAccessKey").GetString()!, json.GetProperty("SessionToken").GetString()!);
    }

    /// <summary>How many sessions the trail says were given to a subject.</summary>
    public async Task<int> IssuedAsync(string role) =>
        (await new SignInWorld(Server).RecordsAsync("AssumeRoleWithSAML")).Count(record => !record.TryGetProperty("errorCode", out _) && record.GetRawText().Contains($"role/{role}\"", StringComparison.Ordinal));
}
