using System.Text.Json.Nodes;
using Daypass.Service.Directories;
using Daypass.Service.Federation.Saml;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;
using Daypass.Service.Tests.Support;
using Daypass.Tokens;

namespace Daypass.Service.Tests.Federation.Saml;

/// <summary>The whole pipeline with a SAML provider registered by its metadata, and two roles that trust it.</summary>
internal sealed class SamlWorld : IAsyncDisposable
{
    public const string RoleArn = "arn:aws:iam::123456789012:role/deploy";
    public const string ProviderArn = "arn:aws:iam::123456789012:saml-provider/idp";
    private const string Actions = """["sts:AssumeRoleWithSAML","sts:TagSession","sts:SetSourceIdentity"]""";

    private SamlWorld(PipelineBench bench, ManualTime time) => (Bench, Time) = (bench, time);

    public PipelineBench Bench { get; }

    public ManualTime Time { get; }

    /// <summary>What a good assertion says now.</summary>
    public Draft Draft => new(Time.GetUtcNow());

    public static async Task<SamlWorld> StartAsync(string condition = "{}", ServiceSettings? settings = null, params System.Security.Cryptography.AsymmetricAlgorithm[] keys)
    {
        var time = new ManualTime();
        var world = new SamlWorld(await PipelineBench.StartAsync(time: time, throttling: time, settings: settings), time);
        world.Bench.Store.Time = time;
        Assert.Null((await world.Bench.CallAsync("CreateSAMLProvider", ("Name", "idp"), ("SAMLMetadataDocument", TestSaml.Metadata(keys.Length > 0 ? keys : [TestSaml.Key])))).Error);
        await world.PutRoleAsync(Trust(condition));
        await world.PutRoleAsync(Trust(condition), name: "second");
        return world;
    }

    public static string Trust(string condition = "{}", string actions = Actions) => $$"""
        {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Federated":"{{ProviderArn}}"},"Action":{{actions}},"Condition":{{condition}} } }
        """;

    public Task PutRoleAsync(string trust, int maxDuration = 43200, string name = "deploy") => Bench.PutAsync(SetId.Of(PipelineBench.Account), DocumentKinds.Role, new Role
    {
        Name = name,
        Path = "/",
        Id = "AROAEXAMPLE" + name.ToUpperInvariant(),
        Created = Time.GetUtcNow(),
        MaxSessionDuration = maxDuration,
        Trust = new TrustPolicy(trust, new Dictionary<string, string>()),
    });

    public Task<ApiAnswer> AssumeAsync(string assertion, string role = RoleArn, string provider = ProviderArn, params (string Name, string Value)[] more) =>
        Bench.CallUnsignedAsync("AssumeRoleWithSAML", [("RoleArn", role), ("PrincipalArn", provider), ("SAMLAssertion", assertion), .. more]);

    /// <summary>The response of a call that must succeed.</summary>
    public async Task<JsonNode> GetAsync(string assertion, string role = RoleArn, params (string Name, string Value)[] more)
    {
        var answer = await AssumeAsync(assertion, role, more: more);
        Assert.True(answer.Error is null, answer.Error?.Message);
        return Shown.Of(answer.Response!);
    }

    /// <summary>The refusal of a call that must not succeed.</summary>
    public async Task<ApiError> RefusalAsync(string assertion, string role = RoleArn, string provider = ProviderArn, params (string Name, string Value)[] more)
    {
        var answer = await AssumeAsync(assertion, role, provider, more);
        Assert.Null(answer.Response);
        return answer.Error!;
    }

    /// <summary>Changes the provider.</summary>
    public async Task UpdateAsync(params (string Name, string Value)[] changes)
    {
        var answer = await Bench.CallAsync("UpdateSAMLProvider", [("SAMLProviderArn", ProviderArn), .. changes]);
        Assert.True(answer.Error is null, answer.Error?.Message);
    }

    public async Task<JsonNode> ShowAsync() => Shown.Of((await Bench.CallAsync("GetSAMLProvider", ("SAMLProviderArn", ProviderArn))).Response!);

    /// <summary>What a session is, from the credentials of a response.</summary>
    public SessionClaims Open(JsonNode response) =>
        Bench.Vault.OpenSession((string)response["Credentials"]!["SessionToken"]!, (string)response["Credentials"]!["AccessKeyId"]!)!;

    public ValueTask DisposeAsync() => Bench.DisposeAsync();
}
