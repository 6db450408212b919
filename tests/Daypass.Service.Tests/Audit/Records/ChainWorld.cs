using System.Text.Json.Nodes;
using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Audit.Records;

/// <summary>
/// Three accounts and the roles that one can go through: <c>first</c> in the home account, <c>partner</c> and <c>inner</c> in another, <c>far</c> in a
/// third, <c>back</c> at home again. Each account has a reader of its trail.
/// </summary>
internal sealed class ChainWorld : IAsyncDisposable
{
    public static readonly AccountId Home = PipelineBench.Account;
    public static readonly AccountId Other = AccountId.Of(210987654321);
    public static readonly AccountId Third = AccountId.Of(333344445555);
    private const string Everything = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}""";

    private ChainWorld(PipelineBench bench) => Bench = bench;

    public PipelineBench Bench { get; }

    public (string Id, string Secret, string? Token) Admin => Bench.Admin;

    public static async Task<ChainWorld> StartAsync()
    {
        var world = new ChainWorld(await PipelineBench.StartAsync());
        await world.AddAccountAsync(Other);
        await world.AddAccountAsync(Third);
        await world.AddRoleAsync(Home, "first", Home);
        await world.AddRoleAsync(Other, "partner", Home);
        await world.AddRoleAsync(Other, "inner", Other);
        await world.AddRoleAsync(Third, "far", Other);
        await world.AddRoleAsync(Home, "back", Other);
        return world;
    }

    /// <summary>The administrator of an account, who reads its trail.</summary>
    public (string Id, string Secret, string? Token) ReaderOf(AccountId account) => account == Home ? Admin : ($"ADMINKEYEXAMPLE{account}", "adminSecretEXAMPLE", null);

    public async Task<(string Id, string Secret, string? Token)> AssumeAsync((string Id, string Secret, string? Token) key, AccountId account, string role, params (string, string)[] more) =>
        KeyOf(await OkAsync(key, "AssumeRole", [("RoleArn", $"arn:aws:iam::{account}:role/{role}"), ("RoleSessionName", role + "-session"), .. more]));

    public async Task<JsonNode> OkAsync((string Id, string Secret, string? Token) key, string action, params (string, string)[] parameters)
    {
        var answer = await Bench.CallAsync(key, action, parameters);
        Assert.Null(answer.Error);
        return Shown.Of(answer.Response!);
    }

    /// <summary>The newest event of this name in an account's trail.</summary>
    public async Task<JsonNode> NewestAsync(AccountId account, string name) =>
        (await Bench.TrailAsync()).Last(record => record.Text("recipientAccountId") == $"{account}" && record.Text("eventName") == name);

    /// <summary>The chain of the newest event of this name, for the reader of this account.</summary>
    public async Task<JsonNode> TraceAsync(AccountId account, string name) =>
        await OkAsync(ReaderOf(account), "TraceEvent", ("EventId", (await NewestAsync(account, name)).Text("eventID")));

    public static (string Id, string Secret, string? Token) KeyOf(JsonNode response)
    {
        var credentials = response["Credentials"]!;
        return (credentials.Text("AccessKeyId"), credentials.Text("SecretAccessKey"), credentials.Text("SessionToken"));
    }

    public ValueTask DisposeAsync() => Bench.DisposeAsync();

    private async Task AddAccountAsync(AccountId account)
    {
        var reader = ReaderOf(account);
        var user = new User { Name = "reader", Path = "/", Id = $"AIDAREADER{account}", Created = default, Attached = ["arn:aws:iam::aws:policy/AdministratorAccess"] };
        await Bench.PutAsync(SetId.Installation, DocumentKinds.Account, new Account { Id = $"{account}", Name = "Other", Email = "o@example.com", Created = default });
        await Bench.PutAsync(SetId.Installation, DocumentKinds.ForeignKey, new ForeignKey(reader.Id, $"{account}"));
        await Bench.PutAsync(SetId.Of(account), DocumentKinds.User, user);
        var secret = Bench.Vault.SealSecret(reader.Secret, account, user.Id, reader.Id, new SeededEntropy(77));
        await Bench.PutAsync(SetId.Of(account), DocumentKinds.AccessKey, new AccessKey { Id = reader.Id, UserId = user.Id, Created = default, SealedSecret = secret });
    }

    private Task AddRoleAsync(AccountId account, string name, AccountId trusted) => Bench.PutAsync(SetId.Of(account), DocumentKinds.Role, new Role
    {
        Name = name,
        Path = "/",
        Id = "AROAEXAMPLE" + name.ToUpperInvariant(),
        Created = default,
        Trust = new TrustPolicy(
            $$"""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"{{trusted}}"},"Action":["sts:AssumeRole","sts:SetSourceIdentity","sts:TagSession"]} }""",
            new Dictionary<string, string>()),
        Inline = [new InlinePolicy("all", Everything)],
    });
}
