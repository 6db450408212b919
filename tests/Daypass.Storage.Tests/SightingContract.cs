using System.Text;
using Daypass.Names;
using Daypass.Service.Stores;

namespace Daypass.Storage.Tests;

/// <summary>The certificates that came for sessions: a side table, merged from all nodes and bounded.</summary>
public abstract class SightingContract : StoreContract
{
    private static readonly AccountId Account = AccountId.Of(123456789012);
    private static readonly DateTimeOffset Noon = DateTimeOffset.FromUnixTimeMilliseconds(1_790_000_000_123);

    [Fact]
    public async Task What_is_noted_comes_back_whole_and_moves_no_feed()
    {
        Sighting[] noted = [Seen("a", "1"), Seen("a", "2", letIn: null)];
        await Store.NoteSightingsAsync(noted, default);
        await Store.NoteSightingsAsync([], default);
        await ReopenAsync();
        Assert.Equal(noted.Select(Text), (await FindAsync("a")).Select(Text));
        Assert.Equal(0, (await Store.HeadAsync(default)).Sequence);
    }

    /// <summary>Nodes write when they come to it, so the order of their words must not matter.</summary>
    [Theory]
    [InlineData(0, 1, 2)]
    [InlineData(2, 1, 0)]
    [InlineData(1, 0, 2)]
    [InlineData(1, 2, 0)]
    public async Task Whichever_node_comes_first_it_is_one_sighting_of_the_latest_and_the_first(params int[] order)
    {
        Sighting[] said = [Seen("a", "1", seen: 5, letIn: 5, body: "good"), Seen("a", "1", seen: 9, letIn: null, body: "refused"), Seen("a", "1", first: -3, seen: 7, letIn: 7, body: "between")];
        foreach (var i in order)
            await Store.NoteSightingsAsync([said[i]], default);
        await Store.NoteSightingsAsync([said[order[0]]], default);
        Assert.Equal(Text(Seen("a", "1", first: -3, seen: 9, letIn: 7, body: "refused")), Text(Assert.Single(await FindAsync("a"))));
        Assert.Equal(Text(said[0].With(said[1]).With(said[2])), Text(Assert.Single(await FindAsync("a"))));
    }

    [Fact]
    public async Task Subjects_come_in_pages_by_their_ids_whole_and_of_one_account()
    {
        await Store.NoteSightingsAsync([Seen("c", "1"), Seen("a", "2"), Seen("a", "1"), Seen("b", "1"), Seen("a", "1") with { Account = AccountId.Of(7) }], default);
        Assert.Equal(["a1", "a2", "b1"], (await PageAsync("", 2)).Select(Name));
        Assert.Equal(["c1"], (await PageAsync("b", 2)).Select(Name));
        Assert.Empty(await PageAsync("c", 2));
        Assert.Equal(["a1"], (await Store.FindSightingsAsync(new SightingQuery(AccountId.Of(7)) { Most = 9 }, default)).Select(Name));
        Assert.Empty(await Store.FindSightingsAsync(new SightingQuery(AccountId.Of(8)) { Subject = "a" }, default));
    }

    [Fact]
    public async Task Of_a_subject_the_latest_certificates_stay_and_none_that_got_in_goes_for_one_that_did_not()
    {
        await Store.NoteSightingsAsync([Seen("a", "old", seen: 1, letIn: 1), Seen("b", "1", seen: 0)], default);
        await Store.NoteSightingsAsync([.. Enumerable.Range(0, Sighting.MostOfSubject + 3).Select(i => Seen("a", $"tried-{i:D2}", seen: 10 + i, letIn: null))], default);
        var kept = (await FindAsync("a")).Select(each => each.Certificate).ToList();
        Assert.Equal(["old", .. Enumerable.Range(4, Sighting.MostOfSubject - 1).Select(i => $"tried-{i:D2}")], kept);
        Assert.Single(await FindAsync("b"));
    }

    [Fact]
    public async Task Of_an_account_the_latest_certificates_stay_and_none_that_got_in_goes_for_one_that_did_not()
    {
        const int Subjects = (Sighting.MostOfAccount / Sighting.MostOfSubject) + 1;
        await Store.NoteSightingsAsync([Seen("good", "1", seen: -9, letIn: -9), Seen("good", "1") with { Account = AccountId.Of(7) }], default);
        await Store.NoteSightingsAsync([.. Enumerable.Range(0, Subjects * Sighting.MostOfSubject).Select(i => Seen($"s{i / Sighting.MostOfSubject:D5}", $"{i}", seen: i, letIn: null))], default);
        Assert.Single(await FindAsync("good"));
        Assert.Equal(Sighting.MostOfAccount, (await PageAsync("", Subjects + 1)).Count);
        Assert.Empty(await FindAsync("s00000"));
        Assert.Equal(Sighting.MostOfSubject - 1, (await FindAsync("s00001")).Count);
        Assert.Single(await Store.FindSightingsAsync(new SightingQuery(AccountId.Of(7)) { Most = 9 }, default));
    }

    [Fact]
    public async Task Many_nodes_may_note_the_same_at_once()
    {
        var all = Enumerable.Range(0, 40).Select(i => Seen($"s{i % 4}", $"{i}", seen: i)).ToList();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(node => Store.NoteSightingsAsync([.. node % 2 == 0 ? all : Enumerable.Reverse(all)], default).AsTask()));
        Assert.Equal(4 * Sighting.MostOfSubject, (await PageAsync("", 9)).Count);
    }

    private static Sighting Seen(string subject, string certificate, int first = 0, int seen = 0, int? letIn = 0, string body = "{}") =>
        new(Account, subject, certificate, Noon.AddSeconds(first), Noon.AddSeconds(seen), letIn is { } at ? Noon.AddSeconds(at) : null, Encoding.UTF8.GetBytes(body));

    private static string Name(Sighting sighting) => sighting.Subject + sighting.Certificate;

    private static string Text(Sighting sighting) => $"{sighting with { Body = default }} {Encoding.UTF8.GetString(sighting.Body.Span)}";

    private ValueTask<IReadOnlyList<Sighting>> FindAsync(string subject) => Store.FindSightingsAsync(new SightingQuery(Account) { Subject = subject }, default);

    private ValueTask<IReadOnlyList<Sighting>> PageAsync(string after, int most) => Store.FindSightingsAsync(new SightingQuery(Account) { After = after, Most = most }, default);
}
