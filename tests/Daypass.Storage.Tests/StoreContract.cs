using System.Text;
using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Stores;

namespace Daypass.Storage.Tests;

/// <summary>What every storage engine promises. An engine's own test class derives from each part and opens fresh stores.</summary>
public abstract class StoreContract : IAsyncLifetime
{
    private protected static readonly SetId Set = SetId.Of(AccountId.Of(123456789012));
    private protected static readonly DocumentKey Alice = new("user", "Alice");

    private protected ManualTime Time { get; } = new();

    private protected IStore Store { get; private set; } = null!;

    /// <summary>Opens this test's store; the same one when called again after the first was disposed.</summary>
    private protected abstract ValueTask<IStore> OpenAsync();

    public async Task InitializeAsync() => Store = await OpenAsync();

    public virtual async Task DisposeAsync() => await Store.DisposeAsync();

    private protected async Task ReopenAsync()
    {
        await Store.DisposeAsync();
        Store = await OpenAsync();
    }

    private protected static Commit Commit(params Put[] puts) => new() { Id = Guid.NewGuid().ToString(), Set = Set, Puts = puts };

    private protected static Put Put(DocumentKey key, string body) => new(key, Encoding.UTF8.GetBytes(body));

    private protected static Put Put(string name, string body = "{}") => Put(new DocumentKey("user", name), body);

    private protected ValueTask<CommitResult> CommitAsync(Commit commit) => Store.CommitAsync(commit, default);

    private protected async Task<long> CommittedAsync(Commit commit)
    {
        var result = await CommitAsync(commit);
        Assert.Equal(CommitOutcome.Committed, result.Outcome);
        return result.Position.Sequence;
    }

    private protected async Task<DocumentSet> LoadAsync(SetId? set = null)
    {
        var loaded = await Store.LoadAsync(set ?? Set, default);
        Assert.NotNull(loaded);
        return loaded;
    }

    private protected async Task<string?> BodyAsync(DocumentKey key) =>
        (await LoadAsync()).Documents.SingleOrDefault(d => d.Key == key) is { } document ? Encoding.UTF8.GetString(document.Body.Span) : null;

    private protected async Task<List<Change>> ChangesAsync(long after = 0)
    {
        var head = await Store.HeadAsync(default);
        var changes = new List<Change>();
        await foreach (var change in Store.ChangesAfterAsync(new FeedPosition(head.Epoch, after), default))
            changes.Add(change);
        return changes;
    }
}

internal sealed class ManualTime : TimeProvider
{
    private DateTimeOffset _now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan by) => _now += by;
}
