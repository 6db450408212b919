namespace Daypass.Service.Audit;

/// <summary>The events that share one write and one flush, encoded, and the task that all who wait for them share.</summary>
internal sealed class AuditJournalGroup(byte[] buffer)
{
    private readonly TaskCompletionSource _durable = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[] _buffer = buffer;

    public int Length { get; private set; }

    public long LastSequence { get; private set; }

    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, Length);

    public byte[] Buffer => _buffer;

    /// <summary>Completes when all of the group is durable; never on the journal's own thread.</summary>
    public Task Durable => _durable.Task;

    /// <summary>Encodes one event or two behind the others and returns the last's sequence. Nothing has changed when it throws.</summary>
    public long Add(AuditEvent first, AuditEvent? second, long sequence)
    {
        var end = Encode(first, sequence, Length);
        if (second is not null)
            end = Encode(second, ++sequence, end);
        (Length, LastSequence) = (end, sequence);
        return sequence;
    }

    public void Complete() => _durable.SetResult();

    public void Fail(Exception reason)
    {
        _durable.SetException(reason);
        _ = _durable.Task.Exception; // Seen, also where nobody waits.
    }

    private int Encode(AuditEvent auditEvent, long sequence, int at)
    {
        var room = AuditJournalFrame.HeaderBytes + AuditJournalCodec.MaxSize(auditEvent);
        if (_buffer.Length - at < room)
            Array.Resize(ref _buffer, Math.Max(2 * _buffer.Length, at + room));
        var frame = _buffer.AsSpan(at);
        var payload = AuditJournalCodec.Encode(auditEvent, frame[AuditJournalFrame.HeaderBytes..]);
        if (payload > AuditJournalOptions.MaxEventBytes)
            throw new ArgumentException($"The event has {payload} bytes; the journal takes at most {AuditJournalOptions.MaxEventBytes}.", nameof(auditEvent));
        AuditJournalFrame.WriteHeader(frame[..(AuditJournalFrame.HeaderBytes + payload)], sequence);
        return at + AuditJournalFrame.HeaderBytes + payload;
    }
}
