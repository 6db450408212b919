using System.Text;
using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Stores;

namespace Daypass.Storage.Tests;

/// <summary>The trail in the store's order, and the chain of digests of each account.</summary>
public abstract class DigestContract : StoreContract
{
    private static readonly AccountId Ann = AccountId.Of(111122223333);
    private static readonly AccountId Ben = AccountId.Of(444455556666);
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private protected IDigestStore Digests => Store.Digests;

    private static StoredDigest Digest(AccountId account, long number, long until = 0) => new()
    {
        Account = account, Number = number, End = Noon.AddHours(number), Until = until, Signature = $"{number:x}", Content = Encoding.UTF8.GetBytes($"digest {number} of {account}"),
    };

    private protected async Task AppendAsync(string node, long first, AccountId account, params string[] ids) =>
        Assert.True((await Store.AppendAuditAsync(node, first - 1, [.. ids.Select((id, i) => new JournalEntry(first + i, AuditContract.Event(id, 60 - i) with { Account = account }))], default)).IsWritten);

    private protected async Task<string[]> ReadAsync(AccountId account, long after = long.MinValue, long? until = null, int count = 100) =>
        [.. (await Digests.ReadAsync(account, after, until ?? await Digests.HorizonAsync(default), count, default)).Select(found => Encoding.UTF8.GetString(found.Record.Span))];

    private static string[] Records(params string[] ids) => [.. ids.Select(id => $$"""{"eventID":"{{id}}"}""")];

    [Fact]
    public async Task Events_are_read_in_the_order_in_which_they_came_whatever_their_times_are()
    {
        await AppendAsync("n", 1, Ann, "1", "2");
        await CommittedAsync(Commit(Put("x")) with { Audit = [AuditContract.Event("3", -1000) with { Account = Ann }] });
        await AppendAsync("m", 1, Ben, "other");
        await AppendAsync("m", 2, Ann, "4");
        Assert.Equal(Records("1", "2", "3", "4"), await ReadAsync(Ann));
        Assert.Equal(Records("1", "2", "3"), await ReadAsync(Ann, count: 3));
        var third = (await Digests.ReadAsync(Ann, long.MinValue, long.MaxValue, 3, default))[2];
        Assert.Equal(Records("4"), await ReadAsync(Ann, third.Id));
        Assert.Equal(Records("1", "2", "3"), await ReadAsync(Ann, until: third.Id));
        Assert.Equal(Noon.AddSeconds(-1000), third.Time);
    }

    [Fact]
    public async Task What_comes_after_the_horizon_was_asked_for_is_beyond_it()
    {
        await AppendAsync("n", 1, Ann, "1");
        var horizon = await Digests.HorizonAsync(default);
        await AppendAsync("n", 2, Ann, "2");
        await AppendAsync("a new node", 1, Ann, "3");
        await CommittedAsync(Commit(Put("x")) with { Audit = [AuditContract.Event("4") with { Account = Ann }] });
        Assert.Equal(Records("1"), await ReadAsync(Ann, until: horizon));
        Assert.Equal(Records("1", "2", "3", "4"), await ReadAsync(Ann));
    }

    [Fact]
    public async Task An_account_is_found_unsealed_until_a_digest_covers_its_newest_event()
    {
        Assert.Empty(await Digests.UnsealedAsync(default, 10, default));
        await AppendAsync("n", 1, Ben, "1");
        await AppendAsync("n", 2, Ann, "2", "3");
        Assert.Equal([Ann, Ben], await Digests.UnsealedAsync(default, 10, default));
        Assert.Equal([Ann], await Digests.UnsealedAsync(default, 1, default));
        Assert.Equal([Ben], await Digests.UnsealedAsync(Ann, 10, default));
        var last = (await Digests.ReadAsync(Ann, long.MinValue, long.MaxValue, 10, default))[^1].Id;
        Assert.True(await Digests.AddAsync(Digest(Ann, 1, last - 1), default));
        Assert.Equal([Ann, Ben], await Digests.UnsealedAsync(default, 10, default));
        Assert.True(await Digests.AddAsync(Digest(Ann, 2, last), default));
        Assert.Equal([Ben], await Digests.UnsealedAsync(default, 10, default));
    }

    [Fact]
    public async Task A_number_of_an_account_is_given_once()
    {
        Assert.Null(await Digests.NewestAsync(Ann, default));
        Assert.True(await Digests.AddAsync(Digest(Ann, 1, 7), default));
        Assert.False(await Digests.AddAsync(Digest(Ann, 1, 8) with { Signature = "other" }, default));
        Assert.True(await Digests.AddAsync(Digest(Ben, 1), default));
        Assert.True(await Digests.AddAsync(Digest(Ann, 2), default));
        await ReopenAsync();
        var (kept, wanted) = ((await Digests.DigestsAsync(Ann, 0, 1, default))[0], Digest(Ann, 1, 7));
        Assert.Equal(wanted with { Content = default }, kept with { Content = default });
        Assert.Equal(wanted.Content.ToArray(), kept.Content.ToArray());
        Assert.Equal(2, (await Digests.NewestAsync(Ann, default))!.Number);
        Assert.Equal([2L], (await Digests.DigestsAsync(Ann, 1, 10, default)).Select(digest => digest.Number));
    }

    [Fact]
    public async Task Of_nodes_that_make_the_same_digest_at_once_one_stores_it()
    {
        var stored = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Digests.AddAsync(Digest(Ann, 1, i), default).AsTask()));
        Assert.Single(stored, true);
    }

    [Fact]
    public async Task Old_digests_go_but_for_the_one_that_says_where_the_rest_begins()
    {
        for (var number = 1; number <= 5; number++)
            await Digests.AddAsync(Digest(Ann, number), default);
        await Digests.AddAsync(Digest(Ben, 1), default);
        // Those of 13, 14 and 15 o'clock are older.
        Assert.Equal(2, await Digests.PurgeAsync(Noon.AddHours(3).AddMinutes(1), default));
        Assert.Equal([3L, 4, 5], (await Digests.DigestsAsync(Ann, 0, 10, default)).Select(digest => digest.Number));
        Assert.Single(await Digests.DigestsAsync(Ben, 0, 10, default));
        await Digests.PurgeAsync(Noon.AddYears(1), default);
        Assert.Equal([5L], (await Digests.DigestsAsync(Ann, 0, 10, default)).Select(digest => digest.Number));
    }
}
