using System.Text;
using Daypass.Names;
using Daypass.Service.Stores;

namespace Daypass.Service.Tests.Audit.Digests;

/// <summary>A trail and its digests in memory, open to whoever wants to tamper with them.</summary>
internal sealed class MemoryDigests : IDigestStore
{
    public List<(AccountId Account, OrderedEvent Event)> Trail { get; } = [];

    public List<StoredDigest> Digests { get; } = [];

    /// <summary>Called before a digest is added.</summary>
    public Func<Task> BeforeAdd { get; set; } = () => Task.CompletedTask;

    public void Append(AccountId account, DateTimeOffset time, params string[] records)
    {
        foreach (var record in records)
            Trail.Add((account, new OrderedEvent(Trail.Count + 1, time, Encoding.UTF8.GetBytes(record))));
    }

    public ValueTask<long> HorizonAsync(CancellationToken cancellationToken) => new(Trail.Count);

    public ValueTask<IReadOnlyList<AccountId>> UnsealedAsync(AccountId after, int count, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<OrderedEvent>> ReadAsync(AccountId account, long after, long until, int count, CancellationToken cancellationToken) =>
        new([.. Trail.Where(row => row.Account == account && row.Event.Id > after && row.Event.Id <= until).Select(row => row.Event).OrderBy(row => row.Id).Take(count)]);

    public ValueTask<StoredDigest?> NewestAsync(AccountId account, CancellationToken cancellationToken)
    {
        lock (Digests)
            return new(Digests.Where(digest => digest.Account == account).MaxBy(digest => digest.Number));
    }

    public ValueTask<IReadOnlyList<StoredDigest>> DigestsAsync(AccountId account, long after, int count, CancellationToken cancellationToken) =>
        new([.. Digests.Where(digest => digest.Account == account && digest.Number > after).OrderBy(digest => digest.Number).Take(count)]);

    public async ValueTask<bool> AddAsync(StoredDigest digest, CancellationToken cancellationToken)
    {
        await BeforeAdd();
        lock (Digests)
        {
            if (Digests.Any(other => (other.Account, other.Number) == (digest.Account, digest.Number)))
                return false;
            Digests.Add(digest);
            return true;
        }
    }

    public ValueTask<long> PurgeAsync(DateTimeOffset before, CancellationToken cancellationToken) => throw new NotSupportedException();
}
