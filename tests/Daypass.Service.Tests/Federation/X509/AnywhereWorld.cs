using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;
using Daypass.Service.Tests.Support;
using Daypass.Signing;
using Daypass.Tokens;

namespace Daypass.Service.Tests.Federation.X509;

/// <summary>What is shown to CreateSession: a good call, unless a test changes it.</summary>
internal sealed record ShownCertificate(X509Certificate2 Certificate, AsymmetricAlgorithm Key, string TrustAnchor, string Profile, string Role)
{
    public IReadOnlyList<X509Certificate2> Chain { get; init; } = [];

    public TimeSpan SignedAgo { get; init; }

    public string Region { get; init; } = "us-east-1";

    public byte[] Body { get; init; } = "{}"u8.ToArray();

    /// <summary>What is sent in the place of the body that was signed.</summary>
    public byte[]? OtherBody { get; init; }

    /// <summary>What is asked for in the place of the path that was signed.</summary>
    public string? OtherTarget { get; init; }

    /// <summary>Signed by hand, with something wrong.</summary>
    public HandSigning? ByHand { get; init; }

    public (string Name, string Value)[] More { get; init; } = [];

    /// <summary>What is done to the headers once they are signed.</summary>
    public Func<List<KeyValuePair<string, string>>, IEnumerable<KeyValuePair<string, string>>> Tamper { get; init; } = headers => headers;
}

/// <summary>The whole pipeline with a trust anchor, a profile, a role that trusts Roles Anywhere, and a workload that has a certificate.</summary>
internal sealed class AnywhereWorld : IAsyncDisposable
{
    public const string RoleArn = "arn:aws:iam::123456789012:role/web";
    public const string Trust = """
        {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"rolesanywhere.amazonaws.com"},"Action":["sts:AssumeRole","sts:TagSession","sts:SetSourceIdentity"]} }
        """;

    private AnywhereWorld(PipelineBench bench, ManualTime time, TestCertificate root) => (Bench, Time, Root) = (bench, time, root);

    public PipelineBench Bench { get; }

    public ManualTime Time { get; }

    public TestCertificate Root { get; }

    public string TrustAnchorArn { get; private set; } = "";

    public string ProfileArn { get; private set; } = "";

    public DateTimeOffset Now => Time.GetUtcNow();

    public static async Task<AnywhereWorld> StartAsync(Func<DateTimeOffset, TestCertificate>? root = null, string? bundle = null)
    {
        var time = new ManualTime();
        var bench = await PipelineBench.StartAsync(time: time, throttling: time);
        var world = new AnywhereWorld(bench, time, root?.Invoke(time.GetUtcNow()) ?? TestCertificate.Root(time.GetUtcNow()));
        await world.PutRoleAsync("web");
        world.TrustAnchorArn = (string)(await world.DoAsync("CreateTrustAnchor", [.. Anchor("corp", bundle ?? world.Root.Pem)]))["trustAnchor"]!["trustAnchorArn"]!;
        world.ProfileArn = (string)(await world.DoAsync("CreateProfile", ("name", "web"), ("enabled", "true"), ("roleArns.member.1", RoleArn)))["profile"]!["profileArn"]!;
        return world;
    }

    public static IEnumerable<(string Name, string Value)> Anchor(string name, string bundle) =>
        [("name", name), ("enabled", "true"), ("source.sourceType", "CERTIFICATE_BUNDLE"), ("source.sourceData.x509CertificateData", bundle)];

    public static string IdOf(string arn) => arn[(arn.LastIndexOf('/') + 1)..];

    public Task PutRoleAsync(string name, string trust = Trust, int maxDuration = 43200) => Bench.PutAsync(SetId.Of(PipelineBench.Account), DocumentKinds.Role, new Role
    {
        Name = name,
        Path = "/",
        Id = "AROAEXAMPLE" + name.ToUpperInvariant(),
        Created = Time.GetUtcNow(),
        MaxSessionDuration = maxDuration,
        Trust = new TrustPolicy(trust, new Dictionary<string, string>()),
        Inline = [new InlinePolicy("all", """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"} }""")],
    });

    /// <summary>The key of a user who has this policy and no other.</summary>
    public async Task<(string Id, string Secret, string? Token)> UserKeyAsync(string policy)
    {
        const string Id = "AKIAEXAMPLEUSERKEY00";
        var user = new User { Name = "operator", Path = "/", Id = "AIDAEXAMPLEOPERATOR", Created = default, Inline = [new InlinePolicy("own", policy)] };
        await Bench.PutAsync(SetId.Installation, DocumentKinds.ForeignKey, new ForeignKey(Id, $"{PipelineBench.Account}"));
        await Bench.PutAsync(SetId.Of(PipelineBench.Account), DocumentKinds.User, user);
        var secret = Bench.Vault.SealSecret("secretEXAMPLE", PipelineBench.Account, user.Id, Id, new SeededEntropy(9));
        await Bench.PutAsync(SetId.Of(PipelineBench.Account), DocumentKinds.AccessKey, new AccessKey { Id = Id, UserId = user.Id, Created = default, SealedSecret = secret });
        return (Id, "secretEXAMPLE", null);
    }

    /// <summary>A call of the administrator that must succeed.</summary>
    public async Task<JsonNode> DoAsync(string action, params (string Name, string Value)[] parameters)
    {
        var answer = await Bench.CallAsync(action, parameters);
        Assert.Null(answer.Error);
        return Shown.Of(answer.Response!);
    }

    /// <summary>A call of the administrator that must not.</summary>
    public async Task<ApiError> RefusedAsync(string action, params (string Name, string Value)[] parameters)
    {
        var answer = await Bench.CallAsync(action, parameters);
        Assert.Null(answer.Response);
        return answer.Error!;
    }

    /// <summary>What the holder of a certificate shows.</summary>
    public ShownCertificate Show(TestCertificate certificate, params X509Certificate2[] chain) => new(certificate.Certificate, certificate.Key, TrustAnchorArn, ProfileArn, RoleArn) { Chain = chain };

    /// <summary>A good certificate, shown.</summary>
    public ShownCertificate ShowGood(CertificateShape? shape = null) => Show(Root.Issue(Now, shape));

    public Task<ApiAnswer> CreateAsync(ShownCertificate shown)
    {
        var uri = new Uri("http://daypass.example.com/sessions");
        KeyValuePair<string, string>[] own = [new("Host", uri.Host), new("Content-Type", "application/json")];
        var signed = shown.ByHand?.Headers(shown, uri, own, Now - shown.SignedAgo) ?? SigV4X509.SignHeaders("POST", uri, own, SigV4.PayloadHash(shown.Body), shown.Certificate, shown.Chain, shown.Key, shown.Region, Now - shown.SignedAgo);
        return Bench.SendAsync("CreateSession", shown.OtherTarget ?? uri.PathAndQuery, [.. shown.Tamper([.. own, .. signed])], shown.OtherBody ?? shown.Body,
            [("trustAnchorArn", shown.TrustAnchor), ("profileArn", shown.Profile), ("roleArn", shown.Role), .. shown.More]);
    }

    /// <summary>The one entry of the credential set of a call that must succeed.</summary>
    public async Task<JsonNode> GetAsync(ShownCertificate shown)
    {
        var answer = await CreateAsync(shown);
        Assert.Null(answer.Error);
        return Assert.Single(Shown.Of(answer.Response!)["credentialSet"]!.AsArray())!;
    }

    public async Task<ApiError> RefusalAsync(ShownCertificate shown)
    {
        var answer = await CreateAsync(shown);
        Assert.Null(answer.Response);
        Assert.Empty(Bench.Failures);
        return answer.Error!;
    }

    public Task<JsonNode> ImportAsync(byte[] crl, bool isEnabled = true) =>
        DoAsync("ImportCrl", ("name", "list"), ("crlData", Convert.ToBase64String(crl)), ("trustAnchorArn", TrustAnchorArn), ("enabled", isEnabled ? "true" : "false"));

    public SessionClaims Open(JsonNode entry) =>
        Bench.Vault.OpenSession((string)entry["credentials"]!["sessionToken"]!, (string)entry["credentials"]!["accessKeyId"]!)!;

    public static (string Id, string Secret, string? Token) KeyOf(JsonNode entry) =>
        ((string)entry["credentials"]!["accessKeyId"]!, (string)entry["credentials"]!["secretAccessKey"]!, (string)entry["credentials"]!["sessionToken"]!);

    /// <summary>Hex digits of a header's Signature, and what is done to them.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Rewrite(IEnumerable<KeyValuePair<string, string>> headers, string name, Func<string, string> change) =>
        headers.Select(header => header.Key == name ? KeyValuePair.Create(name, change(header.Value)) : header);

    public ValueTask DisposeAsync() => Bench.DisposeAsync();
}
