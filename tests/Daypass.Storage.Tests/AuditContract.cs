using System.Text;
using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;

namespace Daypass.Storage.Tests;

/// <summary>The trail: exactly once, and found again.</summary>
public abstract class AuditContract : StoreContract
{
    private static readonly AccountId Account = AccountId.Of(123456789012);
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    internal static AuditEvent Event(string id, int second = 0) => new()
    {
        EventId = id,
        Account = Account,
        Time = Noon.AddSeconds(second),
        EventName = "AssumeRole",
        EventSource = "sts.amazonaws.com",
        Username = "Alice",
        AccessKeyId = "AKIAEXAMPLE",
        IsReadOnly = true,
        Resources = [new("AWS::IAM::Role", "arn:aws:iam::123456789012:role/reader")],
        Record = Encoding.UTF8.GetBytes($$"""{"eventID":"{{id}}"}"""),
    };

    internal static AuditQuery Query(AuditAttribute attribute = AuditAttribute.None, string value = "", int size = 50) =>
        new() { Account = Account, Attribute = attribute, Value = value, PageSize = size };

    private protected async ValueTask<long> AppendAsync(string node, long first, params AuditEvent[] events) =>
        (await Store.AppendAuditAsync(node, first - 1, [.. events.Select((e, i) => new JournalEntry(first + i, e))], default)).Watermark;

    private protected async Task<string[]> FindAsync(AuditQuery query) => [.. (await Store.FindAuditAsync(query, default)).Events.Select(e => e.EventId)];

    [Fact]
    public async Task An_event_comes_back_whole()
    {
        var original = Event("1", 5) with { Resources = [new("AWS::IAM::Role", "a\tb\nc\\d"), new("", "")], Username = "名前" };
        await AppendAsync("n", 1, original, Event("2"));
        var found = (await Store.FindAuditAsync(Query(), default)).Events[0];
        Assert.Equal(original with { Resources = [], Record = default }, found with { Resources = [], Record = default });
        Assert.Equal(original.Resources, found.Resources);
        Assert.Equal(original.Record.ToArray(), found.Record.ToArray());
    }

    [Fact]
    public async Task A_batch_is_stored_behind_the_watermark_that_it_names_and_nowhere_else()
    {
        var events = Enumerable.Range(1, 6).Select(i => Event($"{i}", i)).ToArray();
        Assert.Equal(3, await AppendAsync("n", 1, events[..3]));
        Assert.Equal(3, await AppendAsync("n", 1, events[..3]));
        Assert.Equal(new Appended(3, false), await Store.AppendAuditAsync("n", 0, [new JournalEntry(3, events[2])], default));
        Assert.Equal(3, await AppendAsync("n", 2, events[1..5]));
        Assert.Equal(3, await AppendAsync("n", 5, events[4..]));
        Assert.Equal(new Appended(3, false), await Store.AppendAuditAsync("n", 3, [], default));
        Assert.Equal(5, await AppendAsync("n", 4, events[3..5]));
        // A journal may have lost what stood in between.
        Assert.Equal(new Appended(9, true), await Store.AppendAuditAsync("n", 5, [new JournalEntry(9, events[5])], default));
        Assert.Equal(["6", "5", "4", "3", "2", "1"], await FindAsync(Query()));
        Assert.Equal(9, await Store.AuditWatermarkAsync("n", default));
    }

    [Fact]
    public async Task Nodes_have_watermarks_of_their_own()
    {
        await AppendAsync("n", 1, Event("1"), Event("2"));
        Assert.Equal(1, await AppendAsync("m", 1, Event("3")));
        Assert.Equal((2, 1, 0), (await Store.AuditWatermarkAsync("n", default), await Store.AuditWatermarkAsync("m", default), await Store.AuditWatermarkAsync("N", default)));
        Assert.Equal(3, (await FindAsync(Query())).Length);
    }

    [Fact]
    public async Task Events_of_a_commit_are_in_the_trail_when_it_happened_and_only_then()
    {
        await CommittedAsync(Commit(Put(Alice, "1")) with { Audit = [Event("1"), Event("2", 1)] });
        await CommitAsync(Commit(Put(Alice, "2")) with { Reads = [new(Alice, 9)], Audit = [Event("3")] });
        var claimed = Commit() with { Claims = [new("c", Time.GetUtcNow().AddHours(1))], Audit = [Event("4", 2)] };
        await CommittedAsync(claimed);
        await CommitAsync(claimed with { Id = "another", Audit = [Event("5")] });
        await CommitAsync(claimed);
        Assert.Equal(["4", "2", "1"], await FindAsync(Query()));
    }

    [Fact]
    public async Task Accounts_do_not_see_each_others_events()
    {
        await AppendAsync("n", 1, Event("1"), Event("2") with { Account = AccountId.Of(7) });
        Assert.Equal(["1"], await FindAsync(Query()));
        Assert.Equal(["2"], await FindAsync(Query() with { Account = AccountId.Of(7) }));
        Assert.Empty(await FindAsync(Query(AuditAttribute.EventId, "2")));
    }

    public static TheoryData<string, string, string> Attributes => new()
    {
        { "EventId", "x", "xx" }, { "EventName", "CreateUser", "createuser" }, { "EventSource", "iam.amazonaws.com", "iam" },
        { "Username", "Bob", "bob" }, { "AccessKeyId", "ASIAEXAMPLE", "" }, { "ReadOnly", "false", "False" },
        { "ResourceType", "AWS::IAM::User", "AWS::IAM" }, { "ResourceName", "bob", "bo" },
    };

    [Theory, MemberData(nameof(Attributes))]
    public async Task An_attribute_finds_its_events_by_the_whole_value_only(string attribute, string value, string near)
    {
        var sought = new AuditEvent
        {
            EventId = "x", Account = Account, Time = Noon, EventName = "CreateUser", EventSource = "iam.amazonaws.com", Username = "Bob", AccessKeyId = "ASIAEXAMPLE",
            IsReadOnly = false, Resources = [new("AWS::IAM::Group", "group"), new("AWS::IAM::User", "bob")], Record = "{}"u8.ToArray(),
        };
        await AppendAsync("n", 1, Event("1"), sought, Event("2"));
        Assert.Equal(["x"], await FindAsync(Query(Enum.Parse<AuditAttribute>(attribute), value)));
        Assert.Empty(await FindAsync(Query(Enum.Parse<AuditAttribute>(attribute), near)));
    }

    [Theory]
    [InlineData(2, 4, "4 3 2")]
    [InlineData(4, 4, "4")]
    [InlineData(null, 2, "2 1")]
    [InlineData(4, null, "5 4")]
    [InlineData(9, null, "")]
    [InlineData(4, 2, "")]
    public async Task Both_ends_of_a_time_range_are_in_it(int? from, int? until, string found)
    {
        await AppendAsync("n", 1, [.. Enumerable.Range(1, 5).Select(i => Event($"{i}", i))]);
        var query = Query() with { From = from is { } f ? Noon.AddSeconds(f) : null, Until = until is { } u ? Noon.AddSeconds(u) : null };
        Assert.Equal(found, string.Join(' ', await FindAsync(query)));
        Assert.Equal(found, string.Join(' ', await FindAsync(query with { Attribute = AuditAttribute.EventName, Value = "AssumeRole" })));
    }

    [Theory]
    [InlineData("None", "")]
    [InlineData("Username", "Alice")]
    public async Task Pages_hold_every_event_once_while_new_ones_arrive(string attribute, string value)
    {
        // Many events of one second: the order inside it has to hold too.
        await AppendAsync("n", 1, [.. Enumerable.Range(1, 100).Select(i => Event($"{i}", i / 30))]);
        var query = Query(Enum.Parse<AuditAttribute>(attribute), value, size: 7);
        var found = new List<string>();
        for (var page = 0; ; page++)
        {
            var answer = await Store.FindAuditAsync(query, default);
            Assert.InRange(answer.Events.Count, 1, 7);
            found.AddRange(answer.Events.Select(e => e.EventId));
            if (answer.Next is null)
                break;
            query = query with { After = answer.Next };
            await AppendAsync("m", page + 1, Event($"new{page}", 60));
        }
        Assert.Equal(Enumerable.Range(1, 100).Reverse().Select(i => $"{i}"), found);
    }

    [Fact]
    public async Task A_last_page_that_is_full_has_no_next()
    {
        await AppendAsync("n", 1, Event("1"), Event("2"));
        Assert.Null((await Store.FindAuditAsync(Query(size: 2), default)).Next);
        Assert.NotNull((await Store.FindAuditAsync(Query(size: 1), default)).Next);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AQAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("AQ AAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("' OR 1=1 --------------")]
    public async Task A_made_up_cursor_is_refused(string cursor) =>
        await Assert.ThrowsAsync<InvalidCursorException>(async () => await Store.FindAuditAsync(Query() with { After = cursor }, default));

    [Theory]
    [InlineData("a\0b")]
    [InlineData("a\ud800b")]
    [InlineData("'; DROP TABLE audit_events; --")]
    public async Task Odd_text_in_an_event_stops_no_batch_and_stays_searchable(string odd)
    {
        await AppendAsync("n", 1, Event("1") with { Username = odd, Resources = [new(odd, odd)] }, Event("2", 1));
        Assert.Equal(["2", "1"], await FindAsync(Query()));
        Assert.Equal(["1"], await FindAsync(Query(AuditAttribute.Username, odd)));
        Assert.Equal(["1"], await FindAsync(Query(AuditAttribute.ResourceName, odd)));
    }

    // Not as arguments of a theory: half a surrogate pair does not survive in an attribute.
    [Fact]
    public async Task What_no_engine_can_keep_comes_back_as_a_replacement_and_is_found_by_itself()
    {
        (string Odd, string Kept)[] texts =
            [("a\0b", "a\ufffdb"), ("a\ud800b", "a\ufffdb"), ("\udc00\ud83d\udd11", "\ufffd\ud83d\udd11"), ("a\ud83d", "a\ufffd"), ("\ud83d\ud83d\udd11\0", "\ufffd\ud83d\udd11\ufffd")];
        foreach (var ((odd, kept), i) in texts.Select((text, i) => (text, i)))
        {
            await AppendAsync("n", i + 1, Event($"{i}", i) with { Username = odd, AccessKeyId = odd, EventName = odd, Resources = [new(odd, odd)] });
            var found = (await Store.FindAuditAsync(Query(AuditAttribute.Username, odd), default)).Events[0];
            Assert.Equal(($"{i}", kept, kept, kept, new AuditResource(kept, kept)), (found.EventId, found.Username, found.AccessKeyId, found.EventName, found.Resources.Single()));
        }
    }

    [Fact]
    public async Task There_is_no_character_that_stops_the_trail()
    {
        var events = Enumerable.Range(0, 0x10000 / 32).Select(i => Odd($"{i}", string.Concat(Enumerable.Range(i * 32, 32).SelectMany(c => new[] { (char)c, 'x' })))).ToArray();
        await AppendAsync("n", 1, events);
        await CommittedAsync(Commit() with { Audit = events });
        Assert.Equal(events.Length, await Store.AuditWatermarkAsync("n", default));

        static AuditEvent Odd(string id, string text) => Event(id) with
        {
            EventId = id + text, EventName = text, EventSource = text, Username = text, AccessKeyId = text, Resources = [new(text, text), new("", text)], Record = Encoding.UTF8.GetBytes(text),
        };
    }

    /// <summary>Events of a few accounts, nodes and values, most near the moment before, some late by hours.</summary>
    private static List<AuditEvent> RandomEvents(Random chance, int count) => [.. Enumerable.Range(0, count).Select(i => Event($"{i}") with
    {
        Account = AccountId.Of(chance.Next(3) == 0 ? 7 : Account.Number),
        Time = Noon.AddMilliseconds((i * 37) - (chance.Next(20) == 0 ? chance.Next(10_000_000) : chance.Next(400))),
        EventName = chance.Next(40) == 0 ? "Rare" : $"Name{chance.Next(3)}",
        Username = chance.Next(4) == 0 ? "" : $"user-{chance.Next(9)}",
        AccessKeyId = $"AKIAEXAMPLE{chance.Next(50)}",
        IsReadOnly = chance.Next(2) == 0,
        Resources = [.. Enumerable.Range(0, chance.Next(4)).Select(_ => new AuditResource($"type-{chance.Next(2)}", $"name-{chance.Next(12)}"))],
    })];

    private static bool Has(AuditEvent e, AuditAttribute attribute, string value) => attribute switch
    {
        AuditAttribute.EventId => e.EventId == value,
        AuditAttribute.EventName => e.EventName == value,
        AuditAttribute.EventSource => e.EventSource == value,
        AuditAttribute.Username => e.Username == value,
        AuditAttribute.AccessKeyId => e.AccessKeyId == value,
        AuditAttribute.ReadOnly => (e.IsReadOnly ? "true" : "false") == value,
        AuditAttribute.ResourceType => e.Resources.Any(resource => resource.Type == value),
        AuditAttribute.ResourceName => e.Resources.Any(resource => resource.Name == value),
        _ => true,
    };

    private async Task<List<AuditEvent>> FindAllAsync(AuditQuery query)
    {
        var found = new List<AuditEvent>();
        while (true)
        {
            var page = await Store.FindAuditAsync(query, default);
            found.AddRange(page.Events);
            if (page.Next is null)
                return found;
            query = query with { After = page.Next };
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Every_search_finds_what_looking_at_every_event_finds(int seed)
    {
        var chance = new Random(seed);
        var events = RandomEvents(chance, 3_000);
        for (var (at, sequences) = (0, new long[3]); at < events.Count;)
        {
            var (node, batch) = (chance.Next(3), events.Skip(at).Take(chance.Next(1, 400)).ToArray());
            sequences[node] = await AppendAsync($"node-{node}", sequences[node] + 1, batch);
            at += batch.Length;
        }
        (AuditAttribute, string)[] sought =
        [
            (AuditAttribute.None, ""), (AuditAttribute.EventId, "1234"), (AuditAttribute.EventName, "Name1"), (AuditAttribute.EventName, "Rare"), (AuditAttribute.EventName, "Nothing"),
            (AuditAttribute.EventSource, "sts.amazonaws.com"), (AuditAttribute.Username, "user-3"), (AuditAttribute.AccessKeyId, "AKIAEXAMPLE7"), (AuditAttribute.ReadOnly, "true"),
            (AuditAttribute.ReadOnly, "maybe"), (AuditAttribute.ResourceType, "type-1"), (AuditAttribute.ResourceName, "name-5"),
        ];
        foreach (var (attribute, value) in sought)
        {
            var (from, until) = chance.Next(2) == 0 ? (default(DateTimeOffset?), default(DateTimeOffset?)) : (Noon.AddSeconds(chance.Next(40)), Noon.AddSeconds(chance.Next(40, 120)));
            var query = Query(attribute, value, chance.Next(1, 51)) with { From = from, Until = until };
            var found = await FindAllAsync(query);
            var expected = events.Where(e => e.Account == Account && Has(e, attribute, value) && !(e.Time < from) && !(e.Time > until)).ToList();
            Assert.Equal(expected.Select(e => e.EventId).Order(StringComparer.Ordinal), found.Select(e => e.EventId).Order(StringComparer.Ordinal));
            Assert.Equal(found.Select(e => e.Time).OrderDescending(), found.Select(e => e.Time));
        }
    }

    [Fact]
    public async Task An_id_that_says_its_time_finds_its_event_and_so_does_one_that_lies()
    {
        var entropy = new SeededEntropy(1);
        string[] ids = [EventIds.Make(Noon, entropy), EventIds.Make(Noon, entropy), EventIds.Make(Noon.AddDays(3), entropy)];
        await AppendAsync("n", 1, Event(ids[0]), Event(ids[1]), Event(ids[2], 9));
        foreach (var id in ids)
            Assert.Equal([id], await FindAsync(Query(AuditAttribute.EventId, id)));
        Assert.Empty(await FindAsync(Query(AuditAttribute.EventId, ids[0]) with { From = Noon.AddSeconds(1) }));
        Assert.Empty(await FindAsync(Query(AuditAttribute.EventId, ids[0]) with { Account = AccountId.Of(7) }));
        Assert.Empty(await FindAsync(Query(AuditAttribute.EventId, ids[0].ToUpperInvariant())));
        Assert.Empty(await FindAsync(Query(AuditAttribute.EventId, EventIds.Make(Noon, entropy))));
    }

    private sealed class SeededEntropy(int seed) : IEntropy
    {
        private readonly Random _random = new(seed);

        public void Fill(Span<byte> bytes) => _random.NextBytes(bytes);
    }

    [Fact]
    public async Task What_is_purged_is_gone_and_all_else_is_found_by_everything_as_before()
    {
        var events = RandomEvents(new Random(4), 2_000);
        for (var at = 0; at < events.Count; at += 250)
            await AppendAsync("n", at + 1, [.. events.Skip(at).Take(250)]);
        var before = Noon.AddSeconds(40);
        // What no digest seals stays.
        Assert.Empty(await Store.AccountsWithAuditBeforeAsync(before, default));
        Assert.Equal(0, await Store.PurgeAuditAsync(Account, before, 70, default));
        await SealAsync(Account);
        await SealAsync(AccountId.Of(7));
        Assert.Equal([AccountId.Of(7), Account], (await Store.AccountsWithAuditBeforeAsync(before, default)).Order());
        var purged = 0;
        for (var batch = -1; batch != 0; purged += batch)
            Assert.InRange(batch = await Store.PurgeAuditAsync(Account, before, 70, default), 0, 70);
        var kept = events.Where(e => e.Account == Account && e.Time >= before).ToList();
        Assert.Equal(events.Count(e => e.Account == Account) - kept.Count, purged);
        Assert.Equal([AccountId.Of(7)], await Store.AccountsWithAuditBeforeAsync(before, default));
        foreach (var (attribute, value) in new[]
        {
            (AuditAttribute.None, ""), (AuditAttribute.EventName, "Name1"), (AuditAttribute.Username, "user-3"), (AuditAttribute.ReadOnly, "true"), (AuditAttribute.ResourceName, "name-5"),
        })
        {
            var found = await FindAllAsync(Query(attribute, value));
            Assert.Equal(kept.Where(e => Has(e, attribute, value)).Select(e => e.EventId).Order(StringComparer.Ordinal), found.Select(e => e.EventId).Order(StringComparer.Ordinal));
            Assert.All(found, e => Assert.False(e.Record.IsEmpty));
        }
        Assert.Equal(
            events.Where(e => e.Account != Account).Select(e => e.EventId).Order(StringComparer.Ordinal),
            (await FindAllAsync(Query() with { Account = AccountId.Of(7) })).Select(e => e.EventId).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Purging_everything_leaves_no_row_of_the_index()
    {
        await AppendAsync("n", 1, [.. RandomEvents(new Random(5), 500)]);
        await SealAsync(Account);
        await SealAsync(AccountId.Of(7));
        foreach (var account in await Store.AccountsWithAuditBeforeAsync(Noon.AddYears(1), default))
        {
            for (var purged = -1; purged != 0;)
                purged = await Store.PurgeAuditAsync(account, Noon.AddYears(1), 30, default);
        }
        Assert.Equal((0, 0, 0), await AuditRowsAsync());
        Assert.Equal(500, await Store.AuditWatermarkAsync("n", default));
    }

    [Fact]
    public async Task Purging_stops_where_the_newest_digest_ends()
    {
        await AppendAsync("n", 1, Event("1"), Event("2", 1));
        var until = (await Store.Digests.ReadAsync(Account, long.MinValue, long.MaxValue, 1, default))[0].Id;
        await SealAsync(Account, until);
        Assert.Equal(1, await Store.PurgeAuditAsync(Account, Noon.AddYears(1), 10, default));
        Assert.Equal(0, await Store.PurgeAuditAsync(Account, Noon.AddYears(1), 10, default));
        Assert.Equal(["2"], await FindAsync(Query()));
    }

    private async Task SealAsync(AccountId account, long until = long.MaxValue) => Assert.True(await Store.Digests.AddAsync(
        new StoredDigest { Account = account, Number = 1, End = Noon, Until = until, Signature = "00", Content = "{}"u8.ToArray() }, default));

    /// <summary>The rows of events, records and index.</summary>
    private protected abstract Task<(long Events, long Records, long Terms)> AuditRowsAsync();

    private protected const string RowCounts = "SELECT (SELECT count(*) FROM audit_events) || '|' || (SELECT count(*) FROM audit_records) || '|' || (SELECT count(*) FROM audit_terms)";

    private protected static (long, long, long) RowsIn(string counts) => counts.Split('|') is [var events, var records, var terms] ? (long.Parse(events), long.Parse(records), long.Parse(terms)) : default;

    [Fact]
    public async Task Events_and_watermarks_are_there_after_the_store_was_opened_again()
    {
        await AppendAsync("n", 1, Event("1"), Event("2"));
        await CommittedAsync(Commit() with { Audit = [Event("3")] });
        await ReopenAsync();
        Assert.Equal(2, await AppendAsync("n", 1, Event("1"), Event("2"), Event("4")));
        Assert.Equal(3, await AppendAsync("n", 3, Event("4")));
        Assert.Equal(["4", "3", "2", "1"], await FindAsync(Query()));
    }
}
