using System.Text.Json.Nodes;
using Daypass.Service.Directories;
using Daypass.Service.Federation.Oidc;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;
using Daypass.Service.Tests.Support;
using Daypass.Tokens;

namespace Daypass.Service.Tests.Federation;

/// <summary>The whole pipeline with an issuer, a provider registered for it and a role that trusts it.</summary>
internal sealed class FederationWorld : IAsyncDisposable
{
    public const string RoleArn = "arn:aws:iam::123456789012:role/deploy";
    private const string Actions = """["sts:AssumeRoleWithWebIdentity","sts:TagSession","sts:SetSourceIdentity"]""";

    private FederationWorld(PipelineBench bench, TestIssuer issuer, TestNetwork network, ManualTime time) => (Bench, Issuer, Network, Time) = (bench, issuer, network, time);

    public PipelineBench Bench { get; }

    public TestIssuer Issuer { get; }

    public TestNetwork Network { get; }

    public ManualTime Time { get; }

    public static async Task<FederationWorld> StartAsync(string condition = "{}", Func<OidcProvider, OidcProvider>? provider = null, TestIssuer? issuer = null, string? publicUrl = null)
    {
        var time = new ManualTime();
        issuer ??= new TestIssuer();
        issuer.Now = time.GetUtcNow().ToUnixTimeSeconds();
        var network = new TestNetwork().Serve(issuer);
        var bench = await PipelineBench.StartAsync(time: time, throttling: time, settings: new ServiceSettings { PublicUrl = () => publicUrl }, fetcher: network);
        var world = new FederationWorld(bench, issuer, network, time);
        await world.RegisterAsync(issuer, provider);
        await world.PutRoleAsync(Trust(issuer, condition));
        return world;
    }

    public Task RegisterAsync(TestIssuer issuer, Func<OidcProvider, OidcProvider>? provider = null)
    {
        var registered = new OidcProvider { Url = issuer.Host, Created = Time.GetUtcNow(), ClientIds = ["app", "second"] };
        return Bench.PutAsync(SetId.Of(PipelineBench.Account), DocumentKinds.OidcProvider, provider?.Invoke(registered) ?? registered);
    }

    public static string Trust(TestIssuer issuer, string condition = "{}", string actions = Actions) => $$"""
        {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Federated":"{{ArnOf(issuer)}}"},"Action":{{actions}},"Condition":{{condition}} } }
        """;

    public static string ArnOf(TestIssuer issuer) => $"arn:aws:iam::{PipelineBench.Account}:oidc-provider/{issuer.Host}";

    /// <summary>Lets the role do everything, under a condition.</summary>
    public Task PutPolicyAsync(string condition) => PutRoleAsync(Trust(Issuer), condition: condition);

    public Task PutRoleAsync(string trust, int maxDuration = 43200, string condition = "{}") => Bench.PutAsync(SetId.Of(PipelineBench.Account), DocumentKinds.Role, new Role
    {
        Name = "deploy",
        Path = "/",
        Id = "AROAEXAMPLEDEPLOY",
        Created = Time.GetUtcNow(),
        MaxSessionDuration = maxDuration,
        Trust = new TrustPolicy(trust, new Dictionary<string, string>()),
        Inline = [new InlinePolicy("all", $$"""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{{condition}} } }""")],
    });

    /// <summary>Shows a token, as any SDK does.</summary>
    public Task<ApiAnswer> AssumeAsync(string token, params (string Name, string Value)[] more) =>
        Bench.CallUnsignedAsync("AssumeRoleWithWebIdentity", [("RoleArn", RoleArn), ("RoleSessionName", "session"), ("WebIdentityToken", token), .. more]);

    /// <summary>The response of a call that must succeed.</summary>
    public async Task<JsonNode> GetAsync(string token, params (string Name, string Value)[] more)
    {
        var answer = await AssumeAsync(token, more);
        Assert.Null(answer.Error);
        return Shown.Of(answer.Response!);
    }

    /// <summary>The refusal of a call that must not succeed.</summary>
    public async Task<ApiError> RefusalAsync(string token, params (string Name, string Value)[] more)
    {
        var answer = await AssumeAsync(token, more);
        Assert.Null(answer.Response);
        return answer.Error!;
    }

    /// <summary>What a session is, from the credentials of a response.</summary>
    public SessionClaims Open(JsonNode response) =>
        Bench.Vault.OpenSession((string)response["Credentials"]!["SessionToken"]!, (string)response["Credentials"]!["AccessKeyId"]!)!;

    /// <summary>Time goes on, for the issuer too.</summary>
    public void Advance(TimeSpan by)
    {
        Time.Advance(by);
        Issuer.Now = Time.GetUtcNow().ToUnixTimeSeconds();
    }

    public ValueTask DisposeAsync() => Bench.DisposeAsync();
}
