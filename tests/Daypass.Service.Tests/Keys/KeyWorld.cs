using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Keys;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;
using Daypass.Service.Tests.Support;
using Daypass.Tokens;

namespace Daypass.Service.Tests.Keys;

/// <summary>One store with its operator, a clock that moves when told to, and the nodes over it.</summary>
internal sealed class KeyWorld : IAsyncDisposable
{
    public const string AdminKey = "ADMINKEYEXAMPLE1";
    public const string AdminSecret = "adminSecretEXAMPLE";
    public static readonly AccountId Operator = AccountId.Of(123456789012);
    private readonly SeededEntropy _entropy = new();
    private readonly List<KeyNode> _nodes = [];

    private KeyWorld() => Store = new MemoryStore { Time = Time };

    public MovableTime Time { get; } = new();

    public MemoryStore Store { get; }

    /// <summary>What the operator was told by any node.</summary>
    public IEnumerable<string> Reports => _nodes.SelectMany(node => node.Reports);

    /// <summary>A store as the first start leaves it: a key for each purpose under this master key, an account, its administrator.</summary>
    public static async Task<KeyWorld> StartAsync(byte masterKey = 1)
    {
        var world = new KeyWorld();
        var created = world.Time.GetUtcNow();
        var master = Master(masterKey);
        foreach (var purpose in KeyPurposes.Sealing)
            await world.PutAsync(SetId.Installation, DocumentKinds.Key, RingKeys.Make(purpose, SealingKeyState.Active, [], created, master, world._entropy));
        await world.PutAsync(SetId.Installation, DocumentKinds.Account, new Account { Id = $"{Operator}", Name = "First", Email = "a@example.com", Created = created, IsOperator = true });
        await world.PutAsync(SetId.Installation, DocumentKinds.ForeignKey, new ForeignKey(AdminKey, $"{Operator}"));
        var node = await world.JoinAsync(masterKey);
        await world.AddUserAsync(node, Operator, "admin", AdminKey, AdminSecret, "arn:aws:iam::aws:policy/AdministratorAccess");
        return world;
    }

    /// <summary>The keys that a master key file with these lines holds; each byte stands for a key.</summary>
    public static MasterKeys Master(params byte[] keys) => new([.. keys.Select(key => Enumerable.Repeat(key, 32).ToArray())]);

    /// <summary>A node that starts now.</summary>
    public async Task<KeyNode> JoinAsync(params byte[] masterKeys)
    {
        var node = await KeyNode.StartAsync(this, new SeededEntropy(_nodes.Count + 1), masterKeys.Length == 0 ? [1] : masterKeys);
        _nodes.Add(node);
        return node;
    }

    public async Task AddUserAsync(KeyNode node, AccountId account, string name, string accessKeyId, string secret, params string[] policies)
    {
        var user = new User { Name = name, Path = "/", Id = "AIDA" + accessKeyId, Created = Time.GetUtcNow(), Attached = policies };
        await PutAsync(SetId.Of(account), DocumentKinds.User, user);
        await PutAsync(SetId.Of(account), DocumentKinds.AccessKey, new AccessKey
        {
            Id = accessKeyId, UserId = user.Id, Created = Time.GetUtcNow(), SealedSecret = node.Vault.SealSecret(secret, account, user.Id, accessKeyId, _entropy),
        });
        await node.CatchUpAsync();
    }

    public async Task PutAsync<T>(SetId set, DocumentKind<T> kind, T value)
        where T : class =>
        await Store.CommitAsync(new Commit { Id = Identifiers.Uuid(_entropy), Set = set, Puts = [new Put(kind.KeyOf(value), kind.Write(value))] }, default);

    /// <summary>Time goes by, and every node looks at the feed and at its keys, as they do each second.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        Time.Now += time;
        foreach (var node in _nodes)
            await node.TickAsync();
        foreach (var node in _nodes)
            await node.CatchUpAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
    }
}

/// <summary>A wall clock that stands until it is moved, over timestamps that run on, as those who wait a moment need them to.</summary>
internal sealed class MovableTime : TimeProvider
{
    public static readonly DateTimeOffset Start = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public DateTimeOffset Now { get; set; } = Start;

    public override DateTimeOffset GetUtcNow() => Now;

    public override long TimestampFrequency => System.TimestampFrequency;

    public override long GetTimestamp() => System.GetTimestamp() + (long)((Now - Start).TotalSeconds * TimestampFrequency);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, Patient.Wait(dueTime), period);
}
