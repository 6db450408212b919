using Daypass.Service.Audit;

namespace Daypass.Storage.Sql;

/// <summary>A row of the index: the newest event's place, and the others behind it as <see cref="PostingCodec"/> has them.</summary>
internal readonly record struct Posting(long Account, long Term, AuditCursor Newest, byte[] Others) : IComparable<Posting>
{
    public int CompareTo(Posting other) => (Account, Term, Newest).CompareTo((other.Account, other.Term, other.Newest));
}

/// <summary>
/// Gathers a batch of events by what they are found by, so that the index grows by a row for each value in the batch and not for each event:
/// most events of a moment have most of their values in common.
/// </summary>
internal sealed class AuditPostings
{
    /// <summary>How many events a row holds at most.</summary>
    public const int MostInRow = 256;

    /// <summary>
    /// A row's events are of one span of 2^16 milliseconds: then those of an older time than a row's newest are no further away than that,
    /// and a page in the middle of the trail knows where to begin.
    /// </summary>
    private const int SpanBits = 16;

    private readonly Dictionary<Key, List<AuditCursor>> _events = [];

    private readonly record struct Key(long Account, long Span, AuditAttribute Attribute, string Value);

    public static long EndOfSpan(long time) => time > long.MaxValue - (1 << SpanBits) ? long.MaxValue : ((time >> SpanBits) + 1) << SpanBits;

    public void Add(long id, AuditEvent e)
    {
        var at = new AuditCursor(e.Time.ToUnixTimeMilliseconds(), id);
        foreach (var (attribute, value) in AuditTerm.AllOf(e))
        {
            var key = new Key(e.Account.Number, at.Time >> SpanBits, attribute, value);
            if (!_events.TryGetValue(key, out var events))
                _events[key] = events = new List<AuditCursor>(1);
            // An event with two resources of a type is found once.
            if (events.Count == 0 || events[^1] != at)
                events.Add(at);
        }
    }

    /// <summary>The rows, in the order of the index, and an empty gathering afterwards.</summary>
    public List<Posting> Take()
    {
        var rows = new List<Posting>(_events.Count);
        foreach (var (key, events) in _events)
        {
            var term = AuditTerm.Of(key.Attribute, key.Value);
            events.Sort(static (one, other) => other.CompareTo(one));
            for (var at = 0; at < events.Count; at += MostInRow)
            {
                var row = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(events)[at..Math.Min(at + MostInRow, events.Count)];
                rows.Add(new Posting(key.Account, term, row[0], PostingCodec.Encode(row)));
            }
        }
        rows.Sort();
        _events.Clear();
        return rows;
    }
}
