namespace Daypass.Service.Audit;

internal enum FrameState
{
    Intact,
    End,
    Damaged,
}

/// <summary>Where a frame begins, and the sequence that it has to have.</summary>
internal readonly record struct JournalPlace(AuditJournalSegment Segment, long At, long Sequence)
{
    public static JournalPlace StartOf(AuditJournalSegment segment) => new(segment, AuditJournalSegment.HeaderBytes, segment.First);

    /// <summary>The bytes of frames before this place, as the process counts them.</summary>
    public long Position => Segment.Base + At - AuditJournalSegment.HeaderBytes;
}

/// <summary>Walks the frames of a segment, reading ahead a piece at a time.</summary>
internal sealed class AuditJournalCursor(JournalPlace start)
{
    private const int ReadAhead = 1 << 18;

    private JournalPlace _place = start;
    private byte[] _buffer = new byte[ReadAhead];
    private long _bufferAt;
    private int _buffered;

    /// <summary>Where the next frame begins. To set it is to go there.</summary>
    public JournalPlace Place
    {
        get => _place;
        set
        {
            if (value != _place)
                (_place, _bufferAt, _buffered) = (value, value.At, 0);
        }
    }

    /// <summary>Reads the frame at this place, up to an end. The payload is good until the next call.</summary>
    public FrameState Next(long end, out ReadOnlySpan<byte> payload)
    {
        payload = default;
        if (_place.At == end)
            return FrameState.End;
        if (!Have(AuditJournalFrame.HeaderBytes, end, out var frame))
            return IsZero(_place.At, end) ? FrameState.End : FrameState.Damaged;
        var length = AuditJournalFrame.PayloadLength(frame);
        if (length == 0)
            return FrameState.End;
        if (length is < 0 or > AuditJournalOptions.MaxEventBytes || !Have(AuditJournalFrame.HeaderBytes + length, end, out frame)
            || !AuditJournalFrame.IsIntact(frame, _place.Sequence))
            return FrameState.Damaged;
        payload = frame[AuditJournalFrame.HeaderBytes..];
        _place = _place with { At = _place.At + frame.Length, Sequence = _place.Sequence + 1 };
        return FrameState.Intact;
    }

    /// <summary>Whether nothing but zeroes is between two places of the file.</summary>
    public bool IsZero(long from, long end)
    {
        var piece = new byte[ReadAhead];
        for (var place = from; place < end;)
        {
            var read = RandomAccess.Read(_place.Segment.Handle, piece.AsSpan(0, (int)Math.Min(piece.Length, end - place)), place);
            if (piece.AsSpan(0, read).ContainsAnyExcept((byte)0))
                return false;
            if (read == 0)
                return true;
            place += read;
        }
        return true;
    }

    private bool Have(int count, long end, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (_place.At + count > end)
            return false;
        if (_place.At + count > _bufferAt + _buffered)
            Fill(count, end);
        if (_place.At + count > _bufferAt + _buffered)
            return false;
        bytes = _buffer.AsSpan((int)(_place.At - _bufferAt), count);
        return true;
    }

    private void Fill(int count, long end)
    {
        if (count > _buffer.Length)
            _buffer = new byte[count];
        (_bufferAt, _buffered) = (_place.At, 0);
        var wanted = (int)Math.Min(_buffer.Length, end - _place.At);
        while (_buffered < count && RandomAccess.Read(_place.Segment.Handle, _buffer.AsSpan(_buffered, wanted - _buffered), _place.At + _buffered) is > 0 and var read)
            _buffered += read;
    }
}
