using System.Collections.Concurrent;
using Daypass.Names;
using Daypass.Service.Stores;

namespace Daypass.Service.Directories;

/// <summary>
/// All that this node holds of one life of the store: from the start, or from the restore or failover that ended the life before. It is
/// replaced as a whole, so nothing of one life is ever mixed with another.
/// </summary>
internal sealed class Life(FeedPosition position)
{
    private readonly ConcurrentDictionary<AccountId, LoadedSet> _accounts = new();
    private long _sequence = position.Sequence;

    /// <summary>How far the feed has been applied. Read and moved by the one look at the feed that is under way.</summary>
    public FeedPosition Position { get; private set; } = position;

    public string Epoch { get; } = position.Epoch;

    public long Sequence => Volatile.Read(ref _sequence);

    public LoadedSet Installation { get; } = new(SetId.Installation);

    public int Count => _accounts.Count + 1;

    /// <summary>The sets of accounts, loaded or loading.</summary>
    public IEnumerable<KeyValuePair<AccountId, LoadedSet>> Accounts => _accounts;

    public LoadedSet? Find(AccountId account) => _accounts.GetValueOrDefault(account);

    public LoadedSet? Find(SetId id) =>
        AccountId.TryParse(id.Value, out var account) ? Find(account) : id == SetId.Installation ? Installation : null;

    public LoadedSet Add(AccountId account) => _accounts.GetOrAdd(account, static account => new LoadedSet(SetId.Of(account)));

    public bool Remove(AccountId account, LoadedSet set) => _accounts.TryRemove(KeyValuePair.Create(account, set));

    /// <summary>What loads have seen of this life before the feed told it.</summary>
    public LoadedAhead Ahead { get; } = new(position);

    /// <summary>Applies a change to the set that it belongs to, if it is in memory; false when it is not.</summary>
    /// <exception cref="EpochChangedException">A load has seen another commit in its place.</exception>
    public bool Apply(Change change)
    {
        Ahead.Pass(change.Position);
        var set = Find(change.Set);
        set?.Apply(change);
        Position = change.Position;
        Volatile.Write(ref _sequence, change.Position.Sequence);
        return set is not null;
    }
}
