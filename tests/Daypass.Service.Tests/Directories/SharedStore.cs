using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Directories;

/// <summary>A store with accounts, and nodes over it whose time the test moves.</summary>
internal sealed class SharedStore : IDisposable
{
    private readonly SeededEntropy _entropy = new();
    private readonly List<DirectoryCache> _nodes = [];

    public static AccountId First { get; } = AccountId.Of(100_000_000_001);

    public static AccountId Second { get; } = AccountId.Of(100_000_000_002);

    public MemoryStore Memory { get; } = new();

    public ManualTime Time { get; } = new();

    /// <summary>A node that knows two accounts, with nothing of them in memory. It follows the feed only if the test lets it.</summary>
    public async Task<DirectoryCache> StartAsync(DirectoryOptions? options = null)
    {
        if (Memory.Commits == 0)
        {
            await RegisterAsync(First);
            await RegisterAsync(Second);
        }
        var node = new DirectoryCache(Memory, Time, options);
        _nodes.Add(node);
        await node.StartAsync(default);
        return node;
    }

    public Task RegisterAsync(AccountId account) => WriteAsync(
        SetId.Installation, DocumentKinds.Account, new Account { Id = $"{account}", Name = "Example", Email = $"{account}@example.com", Created = DateTimeOffset.UnixEpoch });

    /// <summary>Some other node writes a user; the store may hint at it.</summary>
    public Task WriteAsync(string user, AccountId? account = null) => WriteAsync(SetId.Of(account ?? First), DocumentKinds.User, UserOf(user));

    public async Task WriteAsync<T>(SetId set, DocumentKind<T> kind, T value)
        where T : class =>
        Assert.Equal(CommitOutcome.Committed, (await Memory.CommitAsync(CommitOf(set, kind, value), default)).Outcome);

    /// <summary>A commit that a node could make.</summary>
    public Commit CommitOf(string user, AccountId? account = null) => CommitOf(SetId.Of(account ?? First), DocumentKinds.User, UserOf(user));

    public void Dispose() => _nodes.ForEach(node => node.Dispose());

    private static User UserOf(string name) => new() { Name = name, Path = "/", Id = "AIDA" + name, Created = DateTimeOffset.UnixEpoch, Attached = [] };

    private Commit CommitOf<T>(SetId set, DocumentKind<T> kind, T value)
        where T : class => new() { Id = Identifiers.Uuid(_entropy), Set = set, Puts = [new Put(kind.KeyOf(value), kind.Write(value))] };
}

internal static class NodeExtensions
{
    /// <summary>Whether a node that decides now knows a user.</summary>
    public static async Task<bool> KnowsAsync(this DirectoryCache node, string user, AccountId? account = null) =>
        (await node.GetAsync(account ?? SharedStore.First, default))!.FindUser(user) is not null;

    /// <summary>Waits as a request does before it decides.</summary>
    public static Task ReadyAsync(this DirectoryCache node, ManualTime time) => node.View.ReadyAsync(time.GetTimestamp(), time.GetUtcNow()).AsTask();

    /// <summary>Whether it decides without any waiting.</summary>
    public static bool IsReadyAtOnce(this DirectoryCache node, ManualTime time) => node.ReadyAsync(time).IsCompletedSuccessfully;
}
