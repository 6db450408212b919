using Microsoft.Win32.SafeHandles;

namespace Daypass.Service.Audit;

/// <summary>Puts groups on disk, one after the other, and moves to a new segment when one is full. Used by the journal's thread only.</summary>
internal sealed class AuditJournalWriter(string folder, AuditJournalOptions options, AuditJournalBacklog backlog) : IDisposable
{
    private Task<SafeFileHandle>? _spare;

    /// <summary>Returns when the group is durable.</summary>
    public void Write(AuditJournalGroup group)
    {
        var segment = backlog.Active;
        // A group that is larger than a whole segment makes that segment longer.
        if (segment.End + group.Length > segment.Capacity && segment.Last >= segment.First)
            segment = Turn(segment);
        RandomAccess.Write(segment.Handle, group.Bytes, segment.End);
        AuditJournalDisk.Flush(segment.Handle);
        backlog.Publish(segment, segment.End + group.Length, group.LastSequence);
        if (segment.End > segment.Capacity / 2)
            _spare ??= Task.Run(() => AuditJournalSegment.MakeSpare(folder, CapacityAfter(segment)));
    }

    /// <summary>
    /// After a write that failed: leaves the segment, whose bytes behind the durable ones nobody knows, and begins a small one, all of it
    /// written and durable. When the journal is opened again, what is behind the first sequence of the next segment does not count.
    /// </summary>
    public void Renew()
    {
        DropSpare();
        var failed = backlog.Active;
        var spare = AuditJournalSegment.MakeSpare(folder, Math.Min(options.FirstSegmentBytes, options.SegmentBytes));
        if (failed.Last >= failed.First)
            backlog.Extend(Follow(failed, spare));
        else
            failed.BeginAgain(folder, spare);
    }

    /// <summary>The first segment of a new journal.</summary>
    public static AuditJournalSegment First(string folder, AuditJournalOptions options, long sequence) =>
        AuditJournalSegment.Begin(folder, AuditJournalSegment.MakeSpare(folder, Math.Min(options.FirstSegmentBytes, options.SegmentBytes)), sequence, @base: 0);

    public void Dispose() => DropSpare();

    private void DropSpare()
    {
        if (_spare is null)
            return;
        ((IAsyncResult)_spare).AsyncWaitHandle.WaitOne();
        if (_spare.IsCompletedSuccessfully)
            _spare.Result.Dispose();
        _spare = null;
        AuditJournalSegment.DeleteSpare(folder);
    }

    private AuditJournalSegment Turn(AuditJournalSegment full)
    {
        var spare = TakeSpare() ?? AuditJournalSegment.MakeSpare(folder, CapacityAfter(full));
        var next = Follow(full, spare);
        backlog.Extend(next);
        return next;
    }

    private AuditJournalSegment Follow(AuditJournalSegment full, SafeFileHandle spare) =>
        AuditJournalSegment.Begin(folder, spare, full.Last + 1, full.Base + full.End - AuditJournalSegment.HeaderBytes);

    private SafeFileHandle? TakeSpare()
    {
        var spare = _spare?.GetAwaiter().GetResult();
        _spare = null;
        return spare;
    }

    private long CapacityAfter(AuditJournalSegment segment) => Math.Min(2 * segment.Capacity, options.SegmentBytes);
}
