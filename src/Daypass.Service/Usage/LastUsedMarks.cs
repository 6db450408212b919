using System.Collections.Concurrent;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;

namespace Daypass.Service.Usage;

/// <summary>
/// When access keys and roles were last used. Marks are kept here, at most one a minute and id, and written to the store's side table by
/// a job; what a crash takes with it is a minute of this, never a document. Called by: the pipeline (mark, find) and the job (flush).
/// </summary>
internal sealed class LastUsedMarks(IStore store)
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, LastUsed> _marks = new(StringComparer.Ordinal);
    private ConcurrentQueue<string> _unwritten = new();

    /// <summary>Notes a use. Cheap when the id was marked within the minute.</summary>
    public void Mark(string id, DateTimeOffset at, string service)
    {
        if (_marks.TryGetValue(id, out var last) && at - last.At < Step)
            return;
        _marks[id] = new LastUsed(id, at, Regions.Default, service);
        _unwritten.Enqueue(id);
    }

    public async ValueTask<LastUsed?> FindAsync(string id, CancellationToken cancellationToken) =>
        _marks.TryGetValue(id, out var mark) ? mark : await store.FindLastUsedAsync(id, cancellationToken);

    /// <summary>Writes what was marked since the last time. Marks that are written and older than a step are forgotten here.</summary>
    public async Task FlushAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ids = Interlocked.Exchange(ref _unwritten, new ConcurrentQueue<string>());
        var marks = ids.Distinct(StringComparer.Ordinal).Select(id => _marks.GetValueOrDefault(id)).OfType<LastUsed>().ToList();
        try
        {
            if (marks.Count > 0)
                await store.MarkUsedAsync(marks, cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            foreach (var mark in marks)
                _unwritten.Enqueue(mark.Id);
            return;
        }
        foreach (var (id, mark) in _marks)
        {
            if (now - mark.At > Step)
                _marks.TryRemove(KeyValuePair.Create(id, mark));
        }
    }
}
