namespace Daypass.Service.Audit;

/// <summary>
/// The durable segments, and how far the store has them. The journal's thread adds; one shipper reads, marks and so drops segments.
/// </summary>
internal sealed class AuditJournalBacklog : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<AuditJournalSegment> _segments;
    private readonly AuditJournalCursor _cursor;
    private JournalPlace _shipped;

    public AuditJournalBacklog(List<AuditJournalSegment> segments)
    {
        _segments = segments;
        _shipped = JournalPlace.StartOf(segments[0]);
        _cursor = new AuditJournalCursor(_shipped);
    }

    /// <summary>All up to here is in the store, as far as this process knows.</summary>
    public long ShippedSequence
    {
        get
        {
            lock (_gate)
                return _shipped.Sequence - 1;
        }
    }

    /// <summary>The bytes that are durable and not known to be in the store.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
                return EndOf(_segments[^1]).Position - _shipped.Position;
        }
    }

    public long DurableSequence
    {
        get
        {
            lock (_gate)
                return _segments[^1].Last;
        }
    }

    /// <summary>The segment that is written to; asked by the journal's thread only.</summary>
    public AuditJournalSegment Active => _segments[^1];

    public void Extend(AuditJournalSegment segment)
    {
        lock (_gate)
            _segments.Add(segment);
    }

    public void Publish(AuditJournalSegment segment, long end, long last)
    {
        lock (_gate)
            (segment.End, segment.Last) = (end, last);
    }

    /// <summary>The next entries after the shipped ones.</summary>
    /// <exception cref="InvalidDataException">What was durable is damaged by now.</exception>
    public IReadOnlyList<JournalEntry> Read(int maxEntries, int maxBytes)
    {
        var entries = new List<JournalEntry>();
        _cursor.Place = _shipped;
        var until = _shipped.Position + maxBytes;
        while (entries.Count < maxEntries && _cursor.Place.Position < until && Next(out var payload))
            entries.Add(new JournalEntry(_cursor.Place.Sequence - 1, AuditJournalCodec.Decode(payload)));
        return entries;
    }

    /// <summary>The sequence of the oldest entry that is still here.</summary>
    public long First
    {
        get
        {
            lock (_gate)
                return _segments[0].First;
        }
    }

    /// <summary>An entry that is still here, shipped or not; null when it is not.</summary>
    public AuditEvent? Find(long sequence)
    {
        AuditJournalSegment? segment;
        long end;
        lock (_gate)
        {
            segment = _segments.Find(segment => segment.First <= sequence && sequence <= segment.Last);
            end = segment?.End ?? 0;
        }
        if (segment is null)
            return null;
        var cursor = new AuditJournalCursor(JournalPlace.StartOf(segment));
        while (cursor.Next(end, out var payload) == FrameState.Intact)
        {
            if (cursor.Place.Sequence - 1 == sequence)
                return AuditJournalCodec.Decode(payload);
        }
        return null;
    }

    /// <summary>Notes that the store has everything up to a sequence; true when that dropped segments that are wholly below.</summary>
    public bool MarkShipped(long sequence)
    {
        if (sequence <= ShippedSequence)
            return false;
        if (_cursor.Place.Sequence - 1 != sequence)
            Skip(sequence);
        // Deleting a large file takes a while: not under the lock that every append takes.
        var dropped = Advance();
        dropped.ForEach(segment => segment.Delete());
        return dropped.Count > 0;
    }

    /// <summary>Forgets what was noted as shipped: all that is still here is to be shipped again.</summary>
    public void Rewind()
    {
        lock (_gate)
            _shipped = JournalPlace.StartOf(_segments[0]);
    }

    public void Dispose() => _segments.ForEach(segment => segment.Dispose());

    private List<AuditJournalSegment> Advance()
    {
        lock (_gate)
        {
            var (place, following) = (_cursor.Place, Following(_cursor.Place.Segment));
            _shipped = following is not null && place.At == place.Segment.End ? JournalPlace.StartOf(following) : place;
            var dropped = _segments.TakeWhile(segment => segment != _shipped.Segment).ToList();
            _segments.RemoveRange(0, dropped.Count);
            return dropped;
        }
    }

    private void Skip(long sequence)
    {
        var place = _cursor.Place = _shipped;
        while (Next(out _) && _cursor.Place.Sequence - 1 <= sequence)
            place = _cursor.Place;
        _cursor.Place = place;
    }

    private bool Next(out ReadOnlySpan<byte> payload)
    {
        while (true)
        {
            var (end, following) = Look();
            var state = _cursor.Next(end, out payload);
            if (state == FrameState.Intact)
                return true;
            if (_cursor.Place.At != end)
                throw new InvalidDataException(
                    $"The journal {_cursor.Place.Segment.FileName} is damaged at {_cursor.Place.At}: restart the server, which sets the damage aside.");
            if (following is null)
                return false;
            _cursor.Place = JournalPlace.StartOf(following);
        }
    }

    private (long End, AuditJournalSegment? Following) Look()
    {
        lock (_gate)
            return (_cursor.Place.Segment.End, Following(_cursor.Place.Segment));
    }

    private AuditJournalSegment? Following(AuditJournalSegment segment) =>
        _segments.IndexOf(segment) + 1 is var next && next < _segments.Count ? _segments[next] : null;

    private static JournalPlace EndOf(AuditJournalSegment segment) => new(segment, segment.End, segment.Last + 1);
}
