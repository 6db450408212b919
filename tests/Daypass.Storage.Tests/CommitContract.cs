using System.Text;
using Daypass.Names;
using Daypass.Service.Stores;

namespace Daypass.Storage.Tests;

/// <summary>Documents and commits.</summary>
public abstract class CommitContract : StoreContract
{
    [Fact]
    public async Task A_commit_that_rests_on_another_epoch_is_refused_and_changes_nothing()
    {
        var epoch = (await Store.HeadAsync(default)).Epoch;
        await CommittedAsync(Commit(Put(Alice, "1")) with { Epoch = epoch });
        var stale = Commit(Put(Alice, "2")) with { Epoch = "another", Audit = [AuditContract.Event("1")] };
        await Assert.ThrowsAsync<EpochChangedException>(async () => await CommitAsync(stale));
        Assert.Equal("1", await BodyAsync(Alice));
        Assert.Null(await Store.FindCommitAsync(stale.Id, default));
        await CommittedAsync(stale with { Epoch = epoch });
    }

    [Fact]
    public async Task A_commit_may_claim_and_record_without_any_document_once()
    {
        var commit = Commit() with { Set = SetId.Reports, Claims = [new("report/1", Time.GetUtcNow().AddHours(27))], Audit = [AuditContract.Event("1"), AuditContract.Event("2")] };
        await CommittedAsync(commit);
        var again = await CommitAsync(commit with { Id = "another", Audit = [AuditContract.Event("3")] });
        Assert.Equal(CommitOutcome.ClaimTaken, again.Outcome);
        Assert.Null(await Store.LoadAsync(SetId.Reports, default));
        var found = await Store.FindAuditAsync(new() { Account = AuditContract.Event("1").Account, PageSize = 50 }, default);
        Assert.Equal(["1", "2"], found.Events.Select(each => each.EventId).Order());
    }

    [Fact]
    public async Task A_set_that_was_never_written_is_not_there() => Assert.Null(await Store.LoadAsync(Set, default));

    [Fact]
    public async Task A_set_that_was_emptied_is_there_and_empty()
    {
        await CommittedAsync(Commit(Put(Alice, "1")));
        await CommittedAsync(Commit() with { Deletes = [Alice] });
        Assert.Empty((await LoadAsync()).Documents);
    }

    [Fact]
    public async Task What_was_put_is_loaded_with_the_sequence_of_its_commit_as_revision()
    {
        var first = await CommittedAsync(Commit(Put("a", "1"), Put("b", "2")));
        var second = await CommittedAsync(Commit(Put("b", "3")));
        var set = await LoadAsync();
        Assert.Equal([("a", "1", first), ("b", "3", second)], set.Documents.Select(d => (d.Key.Name, Encoding.UTF8.GetString(d.Body.Span), d.Revision)));
        Assert.Equal(await Store.HeadAsync(default), set.Position);
    }

    [Fact]
    public async Task A_commit_that_read_the_current_revision_happens()
    {
        var revision = await CommittedAsync(Commit(Put(Alice, "1")));
        await CommittedAsync(Commit(Put(Alice, "2")) with { Reads = [new(Alice, revision)] });
        Assert.Equal("2", await BodyAsync(Alice));
    }

    public static TheoryData<string, long> StaleReads => new() { { "Alice", 1 }, { "Alice", 0 }, { "Alice", 99 }, { "missing", 1 } };

    [Theory, MemberData(nameof(StaleReads))]
    public async Task A_commit_that_read_another_revision_changes_nothing(string name, long revision)
    {
        await CommittedAsync(Commit(Put(Alice, "1")));
        var current = await CommittedAsync(Commit(Put(Alice, "2")));
        var result = await CommitAsync(Commit(Put(Alice, "3"), Put("new")) with { Reads = [new(new("user", name), revision)] });
        Assert.Equal(CommitOutcome.Conflict, result.Outcome);
        Assert.Equal("2", await BodyAsync(Alice));
        Assert.Null(await BodyAsync(new("user", "new")));
        Assert.Equal(current, (await Store.HeadAsync(default)).Sequence);
    }

    [Fact]
    public async Task A_read_of_a_deleted_document_conflicts()
    {
        var revision = await CommittedAsync(Commit(Put(Alice, "1")));
        await CommittedAsync(Commit() with { Deletes = [Alice] });
        Assert.Equal(CommitOutcome.Conflict, (await CommitAsync(Commit(Put(Alice, "2")) with { Reads = [new(Alice, revision)] })).Outcome);
        await CommittedAsync(Commit(Put(Alice, "2")) with { Reads = [new(Alice, 0)] });
    }

    [Fact]
    public async Task A_document_made_again_never_has_a_revision_that_it_had_before()
    {
        var first = await CommittedAsync(Commit(Put(Alice, "1")));
        await CommittedAsync(Commit() with { Deletes = [Alice] });
        var second = await CommittedAsync(Commit(Put(Alice, "1")));
        Assert.True(second > first);
    }

    [Fact]
    public async Task A_written_guard_makes_whoever_read_it_conflict()
    {
        var guard = DocumentKey.Guard("group/admins/members");
        await CommittedAsync(Commit(new Put(guard, default)) with { Reads = [new(guard, 0)] });
        Assert.Equal(CommitOutcome.Conflict, (await CommitAsync(Commit(Put(Alice, "1")) with { Reads = [new(guard, 0)] })).Outcome);
        Assert.Equal(0, (await LoadAsync()).Documents.Single().Body.Length);
    }

    [Fact]
    public async Task Names_that_differ_in_letter_case_only_are_different_documents()
    {
        await CommittedAsync(Commit(Put("Alice", "1"), Put("alice", "2"), Put("ALICE", "3")));
        Assert.Equal("2", await BodyAsync(new("user", "alice")));
        Assert.Equal(3, (await LoadAsync()).Documents.Count);
    }

    public static TheoryData<string> OddNames =>
        new("", " ", "a b", "a'b\"c;--", "%_\\", "ä", "a\u0308", "名前", "\U0001F511", "/a/b/", "a\tb\nc", new string('x', 2000), "@name", "NULL");

    [Theory, MemberData(nameof(OddNames))]
    public async Task An_odd_name_is_kept_as_it_is(string name)
    {
        var key = new DocumentKey("user", name);
        var revision = await CommittedAsync(Commit(Put(key, name)));
        await CommittedAsync(Commit(Put("other")) with { Reads = [new(key, revision)] });
        Assert.Equal(name, await BodyAsync(key));
        Assert.Equal(key, (await ChangesAsync())[0].Puts.Single().Key);
    }

    // Not as arguments of a theory: half a surrogate pair does not survive there.
    [Fact]
    public async Task A_name_that_some_engine_cannot_keep_is_refused_and_takes_no_other_commit_with_it()
    {
        var others = Enumerable.Range(0, 10).Select(i => Task.Run(() => CommittedAsync(Commit(Put($"{i}"))))).ToList();
        foreach (var name in (string[])["a\0b", "\0", "\ud83d", "a\udd11", "\udd11\ud83d", new string('x', StoredText.MostKeyBytes), new string('\u540d', 800)])
        {
            var key = new DocumentKey("user", name);
            Commit[] refused =
            [
                Commit(Put(key, "1")), Commit() with { Deletes = [key] }, Commit() with { Reads = [new(key, 0)] },
                Commit() with { Claims = [new("claim" + name, Time.GetUtcNow())] }, Commit() with { Id = "commit" + name },
            ];
            foreach (var commit in refused)
                await Assert.ThrowsAsync<ArgumentException>(async () => await CommitAsync(commit));
        }
        await Task.WhenAll(others);
        Assert.Equal(10, (await LoadAsync()).Documents.Count);
    }

    [Fact]
    public async Task A_name_as_long_as_names_may_be_is_kept()
    {
        var random = new Random(1);
        var key = new DocumentKey("user", string.Concat(Enumerable.Range(0, StoredText.MostKeyBytes - 4).Select(_ => (char)random.Next(' ', 127))));
        await CommittedAsync(Commit(Put(key, "1")) with { Claims = [new("user" + key.Name, Time.GetUtcNow().AddMinutes(1))] });
        Assert.Equal("1", await BodyAsync(key));
    }

    [Fact]
    public async Task Bodies_of_a_megabyte_come_back_as_they_were()
    {
        var bodies = Enumerable.Range(0, 20).Select(i => new byte[1 << 20].Select((_, at) => (byte)(at * (i + 1) >> 3)).ToArray()).ToList();
        await Task.WhenAll(bodies.Select((body, i) => CommittedAsync(Commit(new Put(new("user", $"{i:00}"), body)))));
        var loaded = (await LoadAsync()).Documents;
        Assert.All(bodies.Zip(loaded), pair => Assert.True(pair.First.AsSpan().SequenceEqual(pair.Second.Body.Span)));
        Assert.Equal(20, (await ChangesAsync()).Sum(change => change.Puts.Count));
    }

    [Fact]
    public async Task A_set_of_thousands_of_documents_is_written_in_one_commit_and_loaded_in_order()
    {
        var names = Enumerable.Range(0, 5000).Select(i => $"{i:00000}").ToList();
        var revision = await CommittedAsync(Commit([.. names.Select(name => Put(name))]) with { Reads = [.. names.Select(name => new Expectation(new("user", name), 0))] });
        Assert.Equal(names, (await LoadAsync()).Documents.Select(d => d.Key.Name));
        await CommittedAsync(Commit() with { Deletes = [.. names.Select(name => new DocumentKey("user", name))], Reads = [.. names.Select(name => new Expectation(new("user", name), revision))] });
        Assert.Empty((await LoadAsync()).Documents);
    }

    [Fact]
    public async Task A_document_that_is_put_and_deleted_by_one_commit_is_gone()
    {
        await CommittedAsync(Commit(Put(Alice, "1"), Put(Alice, "2"), Put("b")) with { Deletes = [Alice] });
        Assert.Equal(["b"], (await LoadAsync()).Documents.Select(d => d.Key.Name));
    }

    [Fact]
    public async Task Sets_do_not_see_each_other()
    {
        var other = SetId.Of(AccountId.Of(1));
        await CommittedAsync(Commit(Put(Alice, "1")));
        await CommittedAsync(Commit(Put(Alice, "2")) with { Set = other, Reads = [new(Alice, 0)] });
        await CommittedAsync(Commit() with { Set = other, Deletes = [Alice] });
        Assert.Equal("1", await BodyAsync(Alice));
        Assert.Empty((await LoadAsync(other)).Documents);
    }

    [Fact]
    public async Task Many_writers_of_one_document_lose_no_update()
    {
        var counter = new DocumentKey("counter", "c");
        await CommittedAsync(Commit(Put(counter, "0")));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => CountAsync(counter, times: 25))));
        Assert.Equal("200", await BodyAsync(counter));
    }

    [Fact]
    public async Task A_repeated_commit_answers_the_same_and_writes_once()
    {
        var commit = Commit(Put(Alice, "1")) with { Reads = [new(Alice, 0)], Claims = [new("code", Time.GetUtcNow().AddMinutes(1))] };
        var first = await CommitAsync(commit);
        Assert.Equal(first, await CommitAsync(commit));
        Assert.Single(await ChangesAsync());
    }

    [Fact]
    public async Task A_commit_is_found_by_its_id_and_one_that_conflicted_is_not()
    {
        var commit = Commit(Put(Alice, "1"));
        var result = await CommitAsync(commit);
        var refused = Commit(Put(Alice, "2")) with { Reads = [new(Alice, 0)] };
        await CommitAsync(refused);
        Assert.Equal(result.Position, await Store.FindCommitAsync(commit.Id, default));
        Assert.Null(await Store.FindCommitAsync(refused.Id, default));
    }

    [Fact]
    public async Task A_commit_that_was_cancelled_before_it_began_changes_nothing()
    {
        var commit = Commit(Put(Alice, "1"));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.CommitAsync(commit, new CancellationToken(canceled: true)));
        Assert.Null(await Store.FindCommitAsync(commit.Id, default));
    }

    [Fact]
    public async Task A_store_opened_again_has_everything()
    {
        var commit = Commit(Put(Alice, "1"));
        var result = await CommitAsync(commit);
        await Store.MarkUsedAsync([new("AKIAEXAMPLE", Time.GetUtcNow(), "eu-1", "iam")], default);
        await ReopenAsync();
        Assert.Equal("1", await BodyAsync(Alice));
        Assert.Equal(result.Position, await Store.HeadAsync(default));
        Assert.Equal(result.Position, await Store.FindCommitAsync(commit.Id, default));
        Assert.Equal("iam", (await Store.FindLastUsedAsync("AKIAEXAMPLE", default))?.Service);
    }

    private async Task CountAsync(DocumentKey counter, int times)
    {
        while (times > 0)
        {
            var document = (await LoadAsync()).Documents.Single(d => d.Key == counter);
            var next = int.Parse(Encoding.UTF8.GetString(document.Body.Span)) + 1;
            if ((await CommitAsync(Commit(Put(counter, next.ToString())) with { Reads = [new(counter, document.Revision)] })).Outcome == CommitOutcome.Committed)
                times--;
        }
    }
}
