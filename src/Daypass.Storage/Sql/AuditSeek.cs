using Daypass.Service.Audit;

namespace Daypass.Storage.Sql;

/// <summary>
/// The steps of a search by the index, the same for every engine. While it wants postings, the engine reads the next few rows; then it reads
/// the events that are wanted. Rows of several nodes, or with events that came late, overlap in time; so rows are read until the newest of
/// the next is older than all that a page needs.
/// </summary>
internal sealed class AuditSeek(AuditSearch search)
{
    private const int RowsAtOnce = 64;

    /// <summary>Events that were purged, or whose term is another's by chance, leave a page short; this often it is filled up, then it ends early.</summary>
    private const int MostRounds = 100;

    private readonly List<(AuditCursor At, AuditEvent Event)> _found = [];
    private readonly PriorityQueue<AuditCursor, AuditCursor> _newest = new();
    private AuditCursor _high = search.High;
    private AuditCursor _rowsHigh = Begin(search.High);
    private bool _hasAll;
    private int _rounds;

    public AuditPage? Page { get; private set; }

    public bool WantsPostings => !_hasAll;

    /// <summary>The parameters of <see cref="AuditSearch.SqlOfPostings"/>.</summary>
    public (string Name, object Value)[] Postings => search.Postings(_rowsHigh, RowsAtOnce);

    private int Missing => search.PageSize + 1 - _found.Count;

    public void Add(List<(AuditCursor Newest, byte[] Others)> rows)
    {
        foreach (var (newest, others) in rows)
        {
            _rowsHigh = newest;
            if (_newest.Count == Missing && newest.CompareTo(_newest.Peek()) < 0)
            {
                _hasAll = true;
                return;
            }
            PostingCodec.Decode(newest, others, Consider);
        }
        _hasAll = rows.Count < RowsAtOnce;
    }

    /// <summary>The keys of the next events, newest first.</summary>
    public List<AuditCursor> Wanted()
    {
        var wanted = new List<AuditCursor>(_newest.Count);
        while (_newest.TryDequeue(out var at, out _))
            wanted.Add(at);
        wanted.Reverse();
        return wanted;
    }

    public void Add(List<AuditCursor> wanted, IEnumerable<(AuditCursor At, AuditEvent Event)> events)
    {
        var isFull = wanted.Count == Missing;
        _found.AddRange(events.Where(found => search.IsSought(found.Event)).OrderByDescending(found => found.At));
        if (_found.Count > search.PageSize)
            Page = new AuditPage([.. _found.Take(search.PageSize).Select(found => found.Event)], _found[search.PageSize - 1].At.Encode());
        else if (!isFull || ++_rounds == MostRounds)
            Page = new AuditPage([.. _found.Select(found => found.Event)], isFull ? wanted[^1].Encode() : null);
        else
            (_high, _rowsHigh, _hasAll) = (wanted[^1], Begin(wanted[^1]), false);
    }

    private void Consider(AuditCursor at)
    {
        if (at.CompareTo(_high) >= 0 || at.CompareTo(search.Low) < 0)
            return;
        if (_newest.Count < Missing)
            _newest.Enqueue(at, at);
        else
            _newest.EnqueueDequeue(at, at);
    }

    // A row whose newest event is at or behind the end may hold older ones.
    private static AuditCursor Begin(AuditCursor high) => new(AuditPostings.EndOfSpan(high.Time), 0);
}
