using System.Net;
using System.Text;
using System.Text.Json;
using Daypass.Service.Tests.Federation;
using Daypass.Service.Tests.Federation.Saml;
using Daypass.Service.Tests.Federation.X509;
using Daypass.Signing;
using Daypass.Testing;

namespace Daypass.Server.Tests.Backups.Providers;

/// <summary>
/// A server where everybody signs in by somebody else: a SAML provider whose assertions are encrypted, a directory with a bind password, an issuer with pinned
/// keys that nobody can fetch, and an authority of certificates with a list of the revoked.
/// </summary>
internal sealed class ProviderWorld : IAsyncDisposable
{
    public const string Saml = $"arn:aws:iam::{DaypassServer.Account}:saml-provider/idp";
    public const string Ldap = $"arn:aws:iam::{DaypassServer.Account}:ldap-provider/corp";
    public const string Oidc = $"arn:aws:iam::{DaypassServer.Account}:oidc-provider/idp.example.com";
    private const string Role = $"arn:aws:iam::{DaypassServer.Account}:role/guest";
    private static readonly HttpClient Http = new();
    private static int _assertions;
    private readonly TestCertificate _root;
    private readonly TestCertificate _good;
    private readonly TestCertificate _revoked;
    private string _anchor = "";
    private string _profile = "";

    private ProviderWorld(DaypassServer server, SlapdServer directory)
    {
        (Server, Directory) = (server, directory);
        _root = TestCertificate.Root(Now);
        (_good, _revoked) = (_root.Issue(Now), _root.Issue(Now));
    }

    public DaypassServer Server { get; }

    public SlapdServer Directory { get; }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public static async Task<ProviderWorld> StartAsync()
    {
        var directory = await SlapdServer.StartAsync();
        var world = new ProviderWorld(await DaypassServer.StartAsync("--federation-networks", "127.0.0.0/8", "--ldap-provider", Ldap), directory);
        await world.RegisterAsync();
        return world;
    }

    /// <summary>Who gets in, each by his own way; and whose certificate is revoked does not.</summary>
    public async Task AllGetInAsync()
    {
        Expect("SAML", "OK", await RedeemAssertionAsync());
        Expect("LDAP", "OK", await SignInAsync("alice", SlapdServer.PasswordOf("alice")));
        Expect("OIDC", "OK", await RedeemTokenAsync());
        Expect("a certificate", "Created", await ShowAsync(_good));
        Expect("a revoked certificate", "AccessDeniedException", await ShowAsync(_revoked));
        Expect("a wrong password", "IDPRejectedClaim", await SignInAsync("bob", "EXAMPLE-wrong-password"));
    }

    /// <summary>All that is told of the providers to somebody who may ask.</summary>
    public static async Task<string> ShownAsync(SigningClient client)
    {
        ApiReply[] replies =
        [
            await client.IamAsync("GetSAMLProvider", ("SAMLProviderArn", Saml)), await client.DaypassAsync("GetLDAPProvider", ("LDAPProviderArn", Ldap)),
            await client.DaypassAsync("ListLDAPProviders"), await client.DaypassAsync("GetOpenIDConnectProviderSettings", ("OpenIDConnectProviderArn", Oidc)),
            await client.JsonAsync("cloudtrail", "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents", "{}"),
        ];
        Assert.All(replies, reply => Assert.True(reply.Status == HttpStatusCode.OK, reply.Body));
        return string.Concat(replies.Select(reply => reply.Body));
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Directory.DisposeAsync();
    }

    private async Task RegisterAsync()
    {
        var administrator = Server.Administrator;
        await OkAsync(administrator.IamAsync("CreateRole", ("RoleName", "guest"), ("AssumeRolePolicyDocument", $$"""
            {"Version":"2012-10-17","Statement":[
              {"Effect":"Allow","Principal":{"Federated":["{{Saml}}","{{Ldap}}","{{Oidc}}"]},"Action":["sts:AssumeRoleWithSAML","sts:AssumeRoleWithLDAPIdentity","sts:AssumeRoleWithWebIdentity"]},
              {"Effect":"Allow","Principal":{"Service":"rolesanywhere.amazonaws.com"},"Action":["sts:AssumeRole","sts:TagSession","sts:SetSourceIdentity"]}]}
            """)));
        await OkAsync(administrator.IamAsync(
            "CreateSAMLProvider", ("Name", "idp"), ("SAMLMetadataDocument", TestSaml.Metadata(TestSaml.Key)), ("AddPrivateKey", Envelope.Key.ExportPkcs8PrivateKeyPem()), ("AssertionEncryptionMode", "Required")));
        await OkAsync(administrator.DaypassAsync(
            "PutLDAPProvider", ("Name", "corp"), ("Url", Directory.TlsUrl), ("CertificateAuthorities", Directory.Authority), ("BindDn", SlapdServer.BindDn), ("BindPassword", SlapdServer.BindPassword),
            ("UserBase", SlapdServer.People), ("UserFilter", "(uid=%s)"), ("GroupBase", SlapdServer.Groups), ("GroupFilter", "(member=%d)"),
            ("Mappings.member.1.GroupDn", "cn=staff," + SlapdServer.Groups), ("Mappings.member.1.RoleArn", Role)));
        await OkAsync(administrator.IamAsync("CreateOpenIDConnectProvider", ("Url", "https://idp.example.com"), ("ClientIDList.member.1", "app")));
        await OkAsync(administrator.DaypassAsync("PutOpenIDConnectProviderSettings", ("OpenIDConnectProviderArn", Oidc), ("JsonWebKeySet", new TestIssuer().KeySet)));
        _anchor = (await RestAsync("/trustanchors", new { name = "corp", enabled = true, source = new { sourceType = "CERTIFICATE_BUNDLE", sourceData = new { x509CertificateData = _root.Pem } } }))
            .GetProperty("trustAnchor").GetProperty("trustAnchorArn").GetString()!;
        _profile = (await RestAsync("/profiles", new { name = "guest", enabled = true, roleArns = new[] { Role } })).GetProperty("profile").GetProperty("profileArn").GetString()!;
        await RestAsync("/crls", new { name = "list", crlData = Convert.ToBase64String(_root.Crl(Now, null, _revoked.Certificate)), trustAnchorArn = _anchor, enabled = true });
    }

    private async Task<JsonElement> RestAsync(string path, object body)
    {
        var reply = await Server.Administrator.RestAsync("rolesanywhere", path, JsonSerializer.Serialize(body));
        Assert.True(reply.Status == HttpStatusCode.Created, reply.Body);
        return JsonDocument.Parse(reply.Body).RootElement;
    }

    // After a restore nobody knows which assertions were used, so those from before it, and from up to a minute later, are taken for used. One that is dated as far
    // ahead as clocks may differ is from later than that some seconds after the restore.
    private async Task<string> RedeemAssertionAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        while (true)
        {
            var draft = new Draft(Now) { Id = $"_p{Interlocked.Increment(ref _assertions)}", Issued = TimeSpan.FromSeconds(55) }.With("Role", $"{Role},{Saml}");
            var response = TestSaml.Encode(new Envelope().Seal(TestSaml.SignAssertion(draft.Xml())));
            var answer = await PostAsync(("Action", "AssumeRoleWithSAML"), ("RoleArn", Role), ("PrincipalArn", Saml), ("SAMLAssertion", response));
            if (!answer.Contains("was used", StringComparison.Ordinal))
                return answer;
            await Task.Delay(250, patience.Token);
        }
    }

    private Task<string> SignInAsync(string user, string password) => PostAsync(("Action", "AssumeRoleWithLDAPIdentity"), ("LDAPUsername", user), ("LDAPPassword", password));

    private Task<string> RedeemTokenAsync() => PostAsync(
        ("Action", "AssumeRoleWithWebIdentity"), ("RoleArn", Role), ("RoleSessionName", "alice"), ("WebIdentityToken", new TestIssuer(now: Now.ToUnixTimeSeconds()).Token()));

    private async Task<string> PostAsync(params (string Name, string Value)[] form)
    {
        using var content = new FormUrlEncodedContent(form.Append(("Version", "2011-06-15")).Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2)));
        using var answer = await Http.PostAsync(Server.Endpoint, content);
        return answer.IsSuccessStatusCode ? answer.StatusCode.ToString() : (await answer.Content.ReadAsStringAsync()) is var error && error.Contains("<Code>IDPRejectedClaim<", StringComparison.Ordinal) ? "IDPRejectedClaim" : error;
    }

    private async Task<string> ShowAsync(TestCertificate certificate)
    {
        var body = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { trustAnchorArn = _anchor, profileArn = _profile, roleArn = Role }));
        var uri = new Uri(Server.Endpoint, "/sessions");
        KeyValuePair<string, string>[] own = [new("Host", uri.Authority), new("Content-Type", "application/json")];
        using var request = new HttpRequestMessage(HttpMethod.Post, uri) { Content = new ByteArrayContent(body) };
        foreach (var (name, value) in own.Skip(1).Concat(SigV4X509.SignHeaders("POST", uri, own, SigV4.PayloadHash(body), certificate.Certificate, [], certificate.Key, "us-east-1", Now)))
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content.Headers.TryAddWithoutValidation(name, value);
        }
        var reply = await SigningClient.SendAsync(request);
        return reply.Headers.GetValueOrDefault("x-amzn-ErrorType") ?? reply.Status.ToString();
    }

    private static void Expect(string who, string expected, string answer) => Assert.True(expected == answer, $"{who}: {answer}");

    private static async Task OkAsync(Task<ApiReply> call)
    {
        var reply = await call;
        Assert.True(reply.Status == HttpStatusCode.OK, reply.Body);
    }
}
