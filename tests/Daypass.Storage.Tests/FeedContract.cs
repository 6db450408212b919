using System.Text;
using Daypass.Names;
using Daypass.Service.Stores;

namespace Daypass.Storage.Tests;

/// <summary>The change feed, claims and last-used marks.</summary>
public abstract class FeedContract : StoreContract
{
    [Fact]
    public async Task The_feed_tells_what_each_commit_did()
    {
        await CommittedAsync(Commit(Put("a", "1"), Put("b", "2")));
        await CommittedAsync(Commit(Put("a", "3")) with { Deletes = [new("user", "b")] });
        var changes = await ChangesAsync();
        Assert.Equal([1L, 2L], changes.Select(c => c.Position.Sequence));
        Assert.Equal(["a=1", "b=2"], changes[0].Puts.Select(p => $"{p.Key.Name}={Encoding.UTF8.GetString(p.Body.Span)}"));
        Assert.All(changes[1].Puts, put => Assert.Equal(2, put.Revision));
        Assert.Equal([new DocumentKey("user", "b")], changes[1].Deletes);
        Assert.Equal(Set, changes[1].Set);
    }

    [Fact]
    public async Task The_feed_goes_on_after_a_position()
    {
        for (var i = 0; i < 300; i++)
            await CommittedAsync(Commit(Put("a", $"{i}")));
        Assert.Equal(Enumerable.Range(151, 150).Select(i => (long)i), (await ChangesAsync(after: 150)).Select(c => c.Position.Sequence));
        Assert.Empty(await ChangesAsync(after: 300));
    }

    [Fact]
    public async Task Concurrent_commits_make_a_feed_without_holes_whoever_reads_it_meanwhile()
    {
        var seen = new List<long>();
        var writers = Task.WhenAll(Enumerable.Range(0, 8).Select(w => Task.Run(async () =>
        {
            for (var i = 0; i < 20; i++)
                await CommittedAsync(Commit(Put($"w{w}", $"{i}")) with { Set = SetId.Of(AccountId.Of(w + 1)) });
        })));
        while (!writers.IsCompleted || seen.Count < 160)
            seen.AddRange((await ChangesAsync(after: seen.LastOrDefault())).Select(c => c.Position.Sequence));
        await writers;
        Assert.Equal(Enumerable.Range(1, 160).Select(i => (long)i), seen);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task The_feed_replayed_gives_what_is_loaded_whatever_was_committed(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 200; i++)
        {
            var commit = Commit([.. Some(3).Select(key => Put(key, $"{i}"))]) with { Deletes = [.. Some(2)], Reads = [.. Some(2).Select(key => new Expectation(key, random.Next(2) * i))] };
            await CommitAsync(commit);
        }
        var replayed = new Dictionary<DocumentKey, Document>();
        foreach (var change in await ChangesAsync())
        {
            foreach (var put in change.Puts)
                replayed[put.Key] = put;
            foreach (var key in change.Deletes)
                replayed.Remove(key);
        }
        Assert.InRange((await Store.HeadAsync(default)).Sequence, 20, 199);
        Assert.Equal(Shape((await LoadAsync()).Documents), Shape(replayed.Values));

        IEnumerable<DocumentKey> Some(int most) => Enumerable.Range(0, random.Next(most + 1)).Select(_ => new DocumentKey("user", $"{random.Next(8)}")).Distinct().ToList();
        static IEnumerable<string> Shape(IEnumerable<Document> documents) => documents.Select(d => $"{d.Key} {d.Revision} {Encoding.UTF8.GetString(d.Body.Span)}").Order();
    }

    [Fact]
    public async Task A_commit_without_documents_has_its_place_in_the_feed()
    {
        var sequence = await CommittedAsync(Commit() with { Claims = [new("c", Time.GetUtcNow().AddMinutes(1))] });
        var change = Assert.Single(await ChangesAsync());
        Assert.Equal((sequence, 0, 0), (change.Position.Sequence, change.Puts.Count, change.Deletes.Count));
    }

    public static TheoryData<string, long> PositionsOfAnotherLife => new() { { "another-epoch", 0 }, { "", 0 }, { "own", 2 } };

    [Theory, MemberData(nameof(PositionsOfAnotherLife))]
    public async Task A_position_of_another_life_of_the_store_is_refused(string epoch, long sequence)
    {
        await CommittedAsync(Commit(Put(Alice, "1")));
        var own = (await Store.HeadAsync(default)).Epoch;
        var position = new FeedPosition(epoch == "own" ? own : epoch, sequence);
        await Assert.ThrowsAsync<EpochChangedException>(async () => await Store.ChangesAfterAsync(position, default).GetAsyncEnumerator().MoveNextAsync());
    }

    [Fact]
    public async Task Every_position_names_the_commit_that_took_it()
    {
        Assert.Equal(("", 0), ((await Store.HeadAsync(default)).Commit, (await Store.HeadAsync(default)).Sequence));
        var (first, second) = (Commit(Put("a")), Commit(Put("b")));
        Assert.Equal(first.Id, (await CommitAsync(first)).Position.Commit);
        Assert.Equal(second.Id, (await CommitAsync(second)).Position.Commit);
        Assert.Equal(first.Id, (await CommitAsync(first)).Position.Commit);
        Assert.Equal(first.Id, (await Store.FindCommitAsync(first.Id, default))!.Value.Commit);
        Assert.Equal([first.Id, second.Id], (await ChangesAsync()).Select(change => change.Position.Commit));
        Assert.Equal(await Store.HeadAsync(default), (await LoadAsync()).Position);
        Assert.Equal(second.Id, (await Store.HeadAsync(default)).Commit);
    }

    [Theory]
    [InlineData(0, "another", true)]
    [InlineData(1, "another", true)]
    [InlineData(2, "first", true)]
    [InlineData(1, "first", false)]
    [InlineData(1, "", false)]
    [InlineData(2, "second", false)]
    public async Task A_position_that_names_another_commit_than_the_store_has_is_refused(long sequence, string commit, bool isRefused)
    {
        await CommittedAsync(Commit(Put("a")) with { Id = "first" });
        await CommittedAsync(Commit(Put("b")) with { Id = "second" });
        var position = new FeedPosition((await Store.HeadAsync(default)).Epoch, sequence, commit);
        var read = Record.ExceptionAsync(async () => await Store.ChangesAfterAsync(position, default).GetAsyncEnumerator().MoveNextAsync());
        Assert.Equal(isRefused, await read is EpochChangedException);
    }

    [Fact]
    public async Task The_epoch_stays_when_the_store_is_opened_again()
    {
        var before = await Store.HeadAsync(default);
        await ReopenAsync();
        Assert.Equal(before, await Store.HeadAsync(default));
        Assert.NotEqual("", before.Epoch);
    }

    [Fact]
    public async Task A_claim_can_be_taken_once()
    {
        await CommittedAsync(Claiming("code", minutes: 1));
        Assert.Equal(CommitOutcome.ClaimTaken, (await CommitAsync(Claiming("code", minutes: 1))).Outcome);
        await CommittedAsync(Claiming("Code", minutes: 1));
    }

    [Fact]
    public async Task Of_many_who_take_a_claim_at_once_one_gets_it()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(async () => (await CommitAsync(Claiming("code", minutes: 1))).Outcome)));
        Assert.Single(results, CommitOutcome.Committed);
        Assert.Equal(19, results.Count(r => r == CommitOutcome.ClaimTaken));
    }

    [Fact]
    public async Task A_claim_can_be_taken_again_when_it_has_expired_and_not_before()
    {
        await CommittedAsync(Claiming("code", minutes: 1));
        Time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(CommitOutcome.ClaimTaken, (await CommitAsync(Claiming("code", minutes: 1))).Outcome);
        Time.Advance(TimeSpan.FromSeconds(1));
        await CommittedAsync(Claiming("code", minutes: 1));
    }

    [Fact]
    public async Task A_commit_whose_claim_is_taken_changes_nothing_and_takes_no_other_claim()
    {
        await CommittedAsync(Claiming("code", minutes: 1));
        var refused = Commit(Put(Alice, "1")) with { Claims = [new("other", Time.GetUtcNow().AddMinutes(1)), new("code", Time.GetUtcNow().AddMinutes(1))] };
        Assert.Equal(CommitOutcome.ClaimTaken, (await CommitAsync(refused)).Outcome);
        Assert.Null(await Store.LoadAsync(Set, default));
        Assert.Single(await ChangesAsync());
        await CommittedAsync(Claiming("other", minutes: 1));
    }

    [Fact]
    public async Task A_commit_that_conflicts_takes_no_claim()
    {
        var conflicting = Claiming("code", minutes: 1) with { Reads = [new(Alice, 7)] };
        Assert.Equal(CommitOutcome.Conflict, (await CommitAsync(conflicting)).Outcome);
        await CommittedAsync(Claiming("code", minutes: 1));
    }

    [Fact]
    public async Task Of_last_used_marks_the_latest_stays()
    {
        var noon = Time.GetUtcNow();
        await Store.MarkUsedAsync([new("AKIAEXAMPLE", noon, "eu-1", "s3"), new("AROAEXAMPLE", noon, "eu-1", "sts")], default);
        await Store.MarkUsedAsync([new("AKIAEXAMPLE", noon.AddMinutes(-1), "eu-2", "iam"), new("AROAEXAMPLE", noon.AddMinutes(1), "eu-2", "iam")], default);
        Assert.Equal(new LastUsed("AKIAEXAMPLE", noon, "eu-1", "s3"), await Store.FindLastUsedAsync("AKIAEXAMPLE", default));
        Assert.Equal(new LastUsed("AROAEXAMPLE", noon.AddMinutes(1), "eu-2", "iam"), await Store.FindLastUsedAsync("AROAEXAMPLE", default));
        Assert.Null(await Store.FindLastUsedAsync("akiaexample", default));
        Assert.Equal(0, (await Store.HeadAsync(default)).Sequence);
    }

    private Commit Claiming(string value, int minutes) => Commit() with { Claims = [new(value, Time.GetUtcNow().AddMinutes(minutes))] };
}
