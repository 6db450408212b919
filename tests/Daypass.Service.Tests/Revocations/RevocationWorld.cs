using Daypass.Names;
using Daypass.Service.Actions.Daypass.Sessions;
using Daypass.Service.Actions.Sts;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;
using Daypass.Service.Tests.Support;
using Key = (string Id, string Secret, string? Token);

namespace Daypass.Service.Tests.Revocations;

/// <summary>
/// Two accounts with an administrator each, users who may do everything, and roles that both accounts may assume: chains can lead through anything. The
/// whole pipeline, a store in memory, a clock that stands still.
/// </summary>
internal sealed class RevocationWorld : IAsyncDisposable
{
    public static readonly AccountId Here = PipelineBench.Account;
    public static readonly AccountId There = AccountId.Of(222222222222);
    private const string Everything = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}""";
    private readonly SeededEntropy _entropy = new(4711);

    private RevocationWorld(PipelineBench bench, SetTime time) => (Bench, Time) = (bench, time);

    public PipelineBench Bench { get; }

    public SetTime Time { get; }

    /// <summary>The administrator of <see cref="Here"/>.</summary>
    public Key Admin => Bench.Admin;

    /// <summary>The administrator of <see cref="There"/>.</summary>
    public Key AdminThere { get; private set; }

    public static async Task<RevocationWorld> StartAsync()
    {
        var time = new SetTime();
        var world = new RevocationWorld(await PipelineBench.StartAsync(time: time), time);
        await world.Bench.PutAsync(SetId.Installation, DocumentKinds.Account, new Account { Id = $"{There}", Name = "Second", Email = "b@example.com", Created = time.Now });
        world.AdminThere = await world.AddUserAsync(There, "admin");
        return world;
    }

    public static string RoleArn(AccountId account, string name) => $"arn:aws:iam::{account}:role/{name}";

    public static string UserArn(AccountId account, string name) => $"arn:aws:iam::{account}:user/{name}";

    public static string RoleId(AccountId account, string name) => $"AROA{account}{name.ToUpperInvariant()}";

    public static string UserId(AccountId account, string name) => $"AIDA{account}{name.ToUpperInvariant()}";

    public async Task<Key> AddUserAsync(AccountId account, string name, string policy = Everything)
    {
        await PutAsync(account, DocumentKinds.User, new User { Name = name, Path = "/", Id = UserId(account, name), Created = Time.Now, Inline = [new InlinePolicy("all", policy)] });
        return await AddKeyAsync(account, name);
    }

    public async Task<Key> AddKeyAsync(AccountId account, string user)
    {
        var id = Identifiers.AccessKey(AccessKeyId.LongTermPrefix, account, _entropy);
        await PutAsync(account, DocumentKinds.AccessKey, new AccessKey
        {
            Id = id,
            UserId = UserId(account, user),
            Created = Time.Now.AddDays(-100),
            SealedSecret = Bench.Vault.SealSecret("secretEXAMPLE", account, UserId(account, user), id, _entropy),
        });
        return (id, "secretEXAMPLE", null);
    }

    public Task AddRoleAsync(AccountId account, string name, string policy = Everything)
    {
        var trust = $$"""
            {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":["{{Here}}","{{There}}"]},"Action":["sts:AssumeRole","sts:SetSourceIdentity"]} }
            """;
        return PutAsync(account, DocumentKinds.Role, new Role
        {
            Name = name,
            Path = "/",
            Id = RoleId(account, name),
            Created = Time.Now,
            Trust = new TrustPolicy(trust, new Dictionary<string, string>()),
            MaxSessionDuration = 43200,
            Inline = [new InlinePolicy("all", policy)],
        });
    }

    public Task PutAsync<T>(AccountId account, DocumentKind<T> kind, T value)
        where T : class => Bench.PutAsync(SetId.Of(account), kind, value);

    public async Task<Key> AssumeAsync(Key caller, AccountId account, string role, string? sourceIdentity = null) => Of(((AssumeRole.Response)await GoodAsync(
        caller, "AssumeRole", [("RoleArn", RoleArn(account, role)), ("RoleSessionName", "session"), .. sourceIdentity is null ? Array.Empty<(string, string)>() : [("SourceIdentity", sourceIdentity)]])).Credentials);

    public async Task<Key> SessionTokenAsync(Key caller) => Of(((GetSessionToken.Response)await GoodAsync(caller, "GetSessionToken")).Credentials);

    public async Task<Key> FederationTokenAsync(Key caller) => Of(((GetFederationToken.Response)await GoodAsync(caller, "GetFederationToken", ("Name", "partner"), ("Policy", Everything))).Credentials);

    /// <summary>Revokes as the administrator of <see cref="Here"/>.</summary>
    public Task<IShape> RevokeAsync(params (string Name, string Value)[] what) => RevokeAsync(Admin, what);

    public Task<IShape> RevokeAsync(Key caller, params (string Name, string Value)[] what) => GoodAsync(caller, "RevokeSessions", what);

    public async Task<ApiError> RefusalAsync(Key caller, string action, params (string Name, string Value)[] parameters) =>
        (await Bench.CallAsync(caller, action, parameters)).Error ?? throw new Xunit.Sdk.XunitException($"{action} was not refused.");

    public async Task<IShape> GoodAsync(Key caller, string action, params (string Name, string Value)[] parameters)
    {
        var answer = await Bench.CallAsync(caller, action, parameters);
        Assert.Null(answer.Error);
        Assert.Empty(Bench.Failures);
        return answer.Response!;
    }

    /// <summary>Whether these credentials are accepted; when not, they are refused as credentials that are over.</summary>
    public async Task<bool> LivesAsync(Key key)
    {
        var error = (await Bench.CallAsync(key, "GetCallerIdentity")).Error;
        if (error is not null)
            Assert.Equal((403, "ExpiredToken"), (error.Status, error.Code));
        return error is null;
    }

    public async Task AssertAsync(bool lives, params Key[] keys)
    {
        foreach (var key in keys)
            Assert.Equal(lives, await LivesAsync(key));
    }

    public ValueTask DisposeAsync() => Bench.DisposeAsync();

    private static Key Of(Credentials issued) => (issued.AccessKeyId, issued.SecretAccessKey, issued.SessionToken);
}
