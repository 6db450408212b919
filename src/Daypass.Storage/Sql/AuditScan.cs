using Daypass.Service.Audit;

namespace Daypass.Storage.Sql;

/// <summary>
/// The steps of a search, the same for every engine: while there is no page, the engine finds the chunk's end (where one is needed) and
/// the rows down to it, and gives both.
/// </summary>
internal sealed class AuditScan(AuditSearch search, int scanLimit)
{
    private readonly List<(AuditCursor At, AuditEvent Event)> _found = [];
    private AuditCursor _high = search.High;
    private int _chunk = Math.Min(1_000, scanLimit);
    private int _scanned;

    public AuditPage? Page { get; private set; }

    /// <summary>The parameters of <see cref="AuditSearch.SqlOfChunkEnd"/>; null when no chunks are needed.</summary>
    public (string Name, object Value)[]? End => search.NeedsScan ? search.Window(search.Low, _high, _chunk) : null;

    /// <summary>The parameters of <see cref="AuditSearch.Sql"/>.</summary>
    public (string Name, object Value)[] Rows(AuditCursor? end) =>
        search.Parameters(end ?? search.Low, _high, search.PageSize + 1 - _found.Count);

    public void Add(AuditCursor? end, List<(AuditCursor At, AuditEvent Event)> rows)
    {
        _found.AddRange(rows);
        if (_found.Count > search.PageSize)
            Page = new AuditPage([.. _found.Take(search.PageSize).Select(f => f.Event)], _found[search.PageSize - 1].At.Encode());
        else if (end is null || (_scanned += _chunk) >= scanLimit)
            Page = new AuditPage([.. _found.Select(f => f.Event)], end?.Encode());
        else
            (_high, _chunk) = (end.Value, Math.Min(_chunk * 10, scanLimit - _scanned));
    }
}
