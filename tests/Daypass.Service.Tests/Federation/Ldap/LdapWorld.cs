using System.Text.Json.Nodes;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;
using Daypass.Service.Tests.Support;
using Daypass.Tokens;

namespace Daypass.Service.Tests.Federation.Ldap;

/// <summary>The whole pipeline with a directory in memory, a provider registered for it, and two roles that trust it.</summary>
internal sealed class LdapWorld : IAsyncDisposable
{
    public const string RoleArn = "arn:aws:iam::123456789012:role/admin";
    public const string ProviderArn = "arn:aws:iam::123456789012:ldap-provider/corp";

    private LdapWorld(PipelineBench bench, FakeDirectory directory, ManualTime time) => (Bench, Directory, Time) = (bench, directory, time);

    public PipelineBench Bench { get; }

    public FakeDirectory Directory { get; }

    public ManualTime Time { get; }

    /// <summary>What registers the provider.</summary>
    public static (string Name, string Value)[] Provider =>
    [
        ("Name", "corp"), ("Url", "ldaps://ldap.example.com"), ("BindDn", "cn=lookup,dc=example,dc=com"), ("BindPassword", "lookupPasswordEXAMPLE"),
        ("UserBase", FakeDirectory.Base), ("UserFilter", "(uid=%s)"), ("GroupBase", "ou=groups,dc=example,dc=com"), ("GroupFilter", "(member=%d)"),
        ("Mappings.member.1.GroupDn", "CN=Admins, ou=groups,dc=example,dc=com"), ("Mappings.member.1.RoleArn", RoleArn),
        ("Mappings.member.2.GroupDn", "cn=staff,ou=groups,dc=example,dc=com"), ("Mappings.member.2.RoleArn", "arn:aws:iam::123456789012:role/staff"),
    ];

    public static Task<LdapWorld> StartAsync(string condition = "{}", params (string Name, string Value)[] provider) => StartAsync(null, condition, provider);

    /// <param name="store">One that others may use, too; null for one of its own.</param>
    /// <param name="condition">Of the roles' trust policies.</param>
    /// <param name="provider">What is different of the provider.</param>
    public static async Task<LdapWorld> StartAsync(MemoryStore? store, string condition = "{}", params (string Name, string Value)[] provider)
    {
        var time = new ManualTime();
        var directory = new FakeDirectory();
        var world = new LdapWorld(await PipelineBench.StartAsync(store: store, time: time, throttling: time, ldap: directory), directory, time);
        world.Bench.Store.Time = time;
        await world.RegisterAsync(provider);
        foreach (var name in new[] { "admin", "staff" })
            await world.PutRoleAsync(Trust(condition), name);
        return world;
    }

    public static string Trust(string condition = "{}", string actions = """["sts:AssumeRoleWithLDAPIdentity","sts:SetSourceIdentity"]""") => $$"""
        {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Federated":"{{ProviderArn}}"},"Action":{{actions}},"Condition":{{condition}} } }
        """;

    public async Task RegisterAsync(params (string Name, string Value)[] changes)
    {
        var answer = await Bench.CallAsync("PutLDAPProvider", [.. changes, .. Provider.Where(pair => !changes.Any(change => change.Name == pair.Name))]);
        Assert.True(answer.Error is null, answer.Error?.Message);
    }

    public Task PutRoleAsync(string trust, string name) => Bench.PutAsync(SetId.Of(PipelineBench.Account), DocumentKinds.Role, new Role
    {
        Name = name,
        Path = "/",
        Id = "AROAEXAMPLE" + name.ToUpperInvariant(),
        Created = Time.GetUtcNow(),
        MaxSessionDuration = 43200,
        Trust = new TrustPolicy(trust, new Dictionary<string, string>()),
    });

    public Task<ApiAnswer> AssumeAsync(string user = "alice", string password = "alicePasswordEXAMPLE", params (string Name, string Value)[] more) =>
        Bench.CallUnsignedAsync("AssumeRoleWithLDAPIdentity", [("LDAPUsername", user), ("LDAPPassword", password), .. more]);

    /// <summary>The response of a call that must succeed.</summary>
    public async Task<JsonNode> GetAsync(string user = "alice", string password = "alicePasswordEXAMPLE", params (string Name, string Value)[] more)
    {
        var answer = await AssumeAsync(user, password, more);
        Assert.True(answer.Error is null, answer.Error?.Message);
        return Shown.Of(answer.Response!);
    }

    /// <summary>The refusal of a call that must not succeed.</summary>
    public async Task<ApiError> RefusalAsync(string user = "alice", string password = "alicePasswordEXAMPLE", params (string Name, string Value)[] more)
    {
        var answer = await AssumeAsync(user, password, more);
        Assert.Null(answer.Response);
        return answer.Error!;
    }

    /// <summary>What a session is, from the credentials of a response.</summary>
    public SessionClaims Open(JsonNode response) =>
        Bench.Vault.OpenSession((string)response["Credentials"]!["SessionToken"]!, (string)response["Credentials"]!["AccessKeyId"]!)!;

    public ValueTask DisposeAsync() => Bench.DisposeAsync();
}
