using Daypass.Service.Audit;
using Daypass.Service.Stores;
using Daypass.Storage.Sqlite;

namespace Daypass.Storage.Tests.Sqlite;

public sealed class SqliteCommitTests : CommitContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private protected override ValueTask<IStore> OpenAsync() => new(SqliteStore.Open(_folder.Path, Time));

    public void Dispose() => _folder.Dispose();
}

public sealed class SqliteFeedTests : FeedContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private protected override ValueTask<IStore> OpenAsync() => new(SqliteStore.Open(_folder.Path, Time));

    public void Dispose() => _folder.Dispose();
}

public sealed class SqliteAuditTests : AuditContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private protected override ValueTask<IStore> OpenAsync() => new(SqliteStore.Open(_folder.Path, Time));

    public void Dispose() => _folder.Dispose();
}

/// <summary>The same trail, searched with so low a limit that pages end early.</summary>
public sealed class SqliteAuditScanTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_search_for_something_rare_ends_each_page_at_the_scan_limit_and_finds_it_in_the_end()
    {
        await using var store = SqliteStore.Open(_folder.Path, TimeProvider.System, auditScanLimit: 30);
        var events = Enumerable.Range(1, 100).Select(i => new JournalEntry(i, AuditContract.Event($"{i}", i / 10) with { Username = i is 1 or 50 ? "rare" : "other" }));
        await store.AppendAuditAsync("n", 0, [.. events], default);
        var query = AuditContract.Query(AuditAttribute.Username, "rare", size: 5);
        var pages = new List<string>();
        for (string? after = null; pages.Count == 0 || after is not null;)
        {
            var page = await store.FindAuditAsync(query with { After = after }, default);
            pages.Add(string.Join(' ', page.Events.Select(e => e.EventId)));
            after = page.Next;
        }
        Assert.Equal(["", "50", "", "1"], pages);
    }
}

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("daypass-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

public sealed class SqliteNodeTests : NodeContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private protected override ValueTask<IStore> OpenAsync() => new(SqliteStore.Open(_folder.Path, Time));

    public void Dispose() => _folder.Dispose();
}
