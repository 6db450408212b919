using System.Text;
using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Stores;

namespace Daypass.Storage.Tests.Snapshots;

/// <summary>Fills a store with whatever a store may hold, from a seed.</summary>
internal sealed class RandomStore(int seed)
{
    private static readonly string[] Odd = ["", "plain", "名前", "a\tb\nc\\d", "'; DROP TABLE sets; --", "🔑 emoji", "Ünïcödé", "a\0b", "a\ud800b", "\r\n", "A", "a"];
    private readonly Random _chance = new(seed);
    private int _event;

    public static readonly SetId[] Sets = [SetId.Installation, SetId.Of(AccountId.Of(111122223333)), SetId.Of(AccountId.Of(7))];

    public async Task FillAsync(IStore store, int commits)
    {
        var present = new HashSet<(SetId, DocumentKey)>();
        var sequence = new Dictionary<string, long>();
        for (var i = 0; i < commits; i++)
        {
            var set = Sets[_chance.Next(Sets.Length)];
            var puts = Enumerable.Range(0, _chance.Next(0, 4)).Select(_ => new Put(Key(), Bytes(_chance.Next(0, 400)))).DistinctBy(put => put.Key).ToList();
            var deletes = present.Where(one => one.Item1 == set && puts.All(put => put.Key != one.Item2)).Select(one => one.Item2).Take(_chance.Next(0, 2)).ToList();
            await store.CommitAsync(
                new Commit
                {
                    Id = $"commit-{seed}-{i}",
                    Set = set,
                    Puts = puts,
                    Deletes = deletes,
                    Claims = _chance.Next(3) == 0 ? [new Claim($"claim-{i}", DateTimeOffset.UnixEpoch.AddYears(90))] : [],
                    Audit = [.. Enumerable.Range(0, _chance.Next(0, 3)).Select(_ => Event())],
                },
                default);
            puts.ForEach(put => present.Add((set, put.Key)));
            deletes.ForEach(key => present.Remove((set, key)));
            var node = _chance.Next(2) == 0 ? "node-a" : "node-b";
            var entries = Enumerable.Range(0, _chance.Next(0, 4)).Select(n => new JournalEntry(sequence.GetValueOrDefault(node) + 1 + n, Event())).ToList();
            sequence[node] = (await store.AppendAuditAsync(node, sequence.GetValueOrDefault(node), entries, default)).Watermark;
            await store.Digests.AddAsync(
                new StoredDigest { Account = AccountId.Of(7), Number = i + 1, End = DateTimeOffset.UnixEpoch.AddHours(i), Until = i, Signature = "ab", Content = Bytes(_chance.Next(1, 400)) }, default);
            await store.NoteSightingsAsync([new Sighting(AccountId.Of(7), $"subject{_chance.Next(9)}", $"certificate{i}", Hour(), Hour(), _chance.Next(2) == 0 ? Hour() : null, Bytes(_chance.Next(1, 200)))], default);
            await store.MarkUsedAsync([new LastUsed($"AKIA{_chance.Next(5)}", DateTimeOffset.UnixEpoch.AddHours(_chance.Next(1_000_000)), "us-east-1", "sts")], default);
        }
    }

    private DocumentKey Key() => new($"kind{_chance.Next(3)}", _chance.Next(4) == 0 ? Odd[_chance.Next(Odd.Length)].Replace("\0", "", StringComparison.Ordinal).Replace("\ud800", "", StringComparison.Ordinal) : $"name{_chance.Next(50)}");

    private DateTimeOffset Hour() => DateTimeOffset.UnixEpoch.AddHours(_chance.Next(1, 1_000_000));

    private byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        _chance.NextBytes(bytes);
        return bytes;
    }

    private AuditEvent Event() => AuditContract.Event($"event-{_event++}", _chance.Next(1000)) with
    {
        Username = Odd[_chance.Next(Odd.Length)],
        AccessKeyId = Odd[_chance.Next(Odd.Length)],
        IsReadOnly = _chance.Next(2) == 0,
        Account = AccountId.Of(_chance.Next(2) == 0 ? 111122223333 : 7),
        Resources = _chance.Next(2) == 0 ? [] : [new AuditResource(Odd[_chance.Next(Odd.Length)], Odd[_chance.Next(Odd.Length)])],
        Record = Encoding.UTF8.GetBytes($$"""{"eventID":"event-{{_event}}"}"""),
    };
}
