using System.Text.Json.Nodes;
using Daypass.Service.Directories;
using Daypass.Service.Keys;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Keys;

/// <summary>Credentials as STS hands them out.</summary>
internal sealed record IssuedSession(string AccessKeyId, string Secret, string Token)
{
    public (string, string, string?) Key => (AccessKeyId, Secret, Token);
}

/// <summary>A node: its memory, its keys, its job and its pipeline.</summary>
internal sealed class KeyNode : IAsyncDisposable
{
    private readonly PipelineBench _bench;
    private readonly KeyJob _job;

    private KeyNode(KeyWorld world, DirectoryCache directories, IEntropy entropy, byte[] masterKeys)
    {
        MasterFile = KeyWorld.Master(masterKeys);
        Directories = directories;
        var source = new MasterKeySource(() => MasterFile ?? throw new InvalidOperationException("The file cannot be read."));
        Keeper = new KeyKeeper(() => directories.Installation, source, Reports.Add);
        Vault = new Vault(() => Keeper.Current, source);
        Signing = new SigningKeys(directories, Keeper, source, entropy, world.Time);
        var limits = new ThrottleOptions { RefusalsPerSource = 0, CallsPerAccount = 0, WritesPerAccount = 0 };
        _bench = new PipelineBench(directories, Vault, world.Store, entropy, limits, world.Time, world.Time);
        _job = new KeyJob(directories, Keeper, new SecretResealer(world.Store, directories, Vault, entropy, Reports.Add), entropy, world.Time);
    }

    public DirectoryCache Directories { get; }

    public KeyKeeper Keeper { get; }

    public Vault Vault { get; }

    public SigningKeys Signing { get; }

    /// <summary>What its master key file holds; null while it cannot be read.</summary>
    public MasterKeys? MasterFile { get; set; }

    /// <summary>What the operator was told.</summary>
    public List<string> Reports { get; } = [];

    public IReadOnlyList<Exception> Failures => _bench.Failures;

    public static async Task<KeyNode> StartAsync(KeyWorld world, IEntropy entropy, byte[] masterKeys)
    {
        var directories = new DirectoryCache(world.Store, world.Time);
        await directories.StartAsync(default);
        return new KeyNode(world, directories, entropy, masterKeys);
    }

    public async Task CatchUpAsync() => await Directories.CatchUpAsync(long.MaxValue, default);

    public async Task TickAsync()
    {
        await CatchUpAsync();
        Keeper.Check();
        await _job.RunDueAsync(default);
    }

    /// <summary>A call of the administrator that must succeed.</summary>
    public async Task<JsonNode> DoAsync(string action, params (string, string)[] parameters) => await DoAsync((KeyWorld.AdminKey, KeyWorld.AdminSecret, null), action, parameters);

    public async Task<JsonNode> DoAsync((string, string, string?) key, string action, params (string, string)[] parameters)
    {
        var answer = await _bench.CallAsync(key, action, parameters);
        return answer.Error is null ? Shown.Of(answer.Response!) : throw new Xunit.Sdk.XunitException($"{action} was refused: {answer.Error.Code}: {answer.Error.Message} {string.Join(' ', Failures)}");
    }

    /// <summary>The error code of a call, or null.</summary>
    public async Task<string?> CodeAsync((string, string, string?) key, string action, params (string, string)[] parameters) => (await _bench.CallAsync(key, action, parameters)).Error?.Code;

    public Task<string?> CodeAsync(string action, params (string, string)[] parameters) => CodeAsync((KeyWorld.AdminKey, KeyWorld.AdminSecret, null), action, parameters);

    /// <summary>A new session of the administrator, as long as there are.</summary>
    public async Task<IssuedSession> IssueAsync(int seconds = 129_600)
    {
        var issued = (await DoAsync("GetSessionToken", ("DurationSeconds", $"{seconds}")))["Credentials"]!;
        return new IssuedSession(issued["AccessKeyId"]!.GetValue<string>(), issued["SecretAccessKey"]!.GetValue<string>(), issued["SessionToken"]!.GetValue<string>());
    }

    /// <summary>The error code that a session meets with, or null.</summary>
    public Task<string?> UseAsync(IssuedSession session) => CodeAsync(session.Key, "GetCallerIdentity");

    /// <summary>The keys of a purpose by state, as this node has them.</summary>
    public ILookup<string, StoredKey> Ring(string purpose) =>
        Directories.Installation.Documents.All(DocumentKinds.Key).Where(key => key.Purpose == purpose).ToLookup(key => key.State);

    public ValueTask DisposeAsync() => _bench.DisposeAsync();
}
