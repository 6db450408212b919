using Daypass.Service.Pipeline;

namespace Daypass.Service.Audit;

/// <summary>What there is room for, from all to nothing.</summary>
internal enum Room
{
    Enough,

    /// <summary>Nothing is written any more in the name of strangers.</summary>
    NotForStrangers,

    /// <summary>Nothing is issued any more: what is left is for administrators, who end sessions, take keys away, and make room.</summary>
    OnlyToManage,

    None,
}

/// <summary>
/// How much room the trail has: on the disk of the journal (and, without a shared store, of the store), and in the journal, which grows while the
/// store takes nothing. What is left when it runs out is kept for those who can help. Called by: the pipeline, before anything is decided.
/// </summary>
internal sealed class AuditRoom(string folder, AuditJournalOptions options, Func<double> fullness)
{
    /// <summary>What of the reserve is left for nobody: the store needs it to make room, and the journal to begin again.</summary>
    private const int LastPart = 8;

    private const double StrangersUntil = 0.5;
    private const double IssuingUntil = 0.75;

    private long _measuredAt = long.MinValue;
    private long _free = long.MaxValue;

    public Room Left => (Room)Math.Max((int)OnDisk(FreeBytes), (int)InJournal(fullness()));

    /// <summary>What the disk has left for this process's user, in bytes, measured a moment ago at most.</summary>
    public long FreeBytes
    {
        get
        {
            var now = Environment.TickCount64;
            var last = Volatile.Read(ref _measuredAt);
            // Two at once measure twice, and find the same.
            if (last != long.MinValue && now - last < options.MeasureDiskEvery.TotalMilliseconds)
                return Volatile.Read(ref _free);
            Volatile.Write(ref _measuredAt, now);
            var free = options.MeasureDisk(folder);
            Volatile.Write(ref _free, free);
            return free;
        }
    }

    /// <exception cref="JournalUnavailableException">There is no room for such a call. It leaves no record: that would take more of it.</exception>
    public void Admit(ApiAction action)
    {
        var left = Left;
        if (left == Room.None || (left == Room.OnlyToManage && !action.UsesReserve))
            throw new JournalUnavailableException("The disk or the journal is nearly full, and what is left is kept for administrators.");
    }

    /// <summary>The free bytes of the disk that a folder is on; as much as can be where nobody can tell.</summary>
    public static long Measure(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            return long.MaxValue;
        }
    }

    private Room OnDisk(long free) =>
        free < options.ReserveBytes / LastPart ? Room.None
        : free < options.ReserveBytes ? Room.OnlyToManage
        : free < 2 * options.ReserveBytes ? Room.NotForStrangers
        : Room.Enough;

    private static Room InJournal(double full) =>
        full >= 1 ? Room.None
        : full >= IssuingUntil ? Room.OnlyToManage
        : full >= StrangersUntil ? Room.NotForStrangers
        : Room.Enough;
}
