using System.Globalization;

namespace Daypass.Service.Audit;

/// <summary>
/// Reads what an earlier run left. Each segment counts up to its last frame that is intact and in sequence; what stands behind it is the
/// torn end of a crash, or damage. It is set aside under another name, never thrown away, and then overwritten with zeroes, so that no
/// old frame can ever follow a new one.
/// </summary>
internal static class AuditJournalRecovery
{
    public static (List<AuditJournalSegment> Segments, List<string> SetAside) Recover(string folder)
    {
        AuditJournalSegment.DeleteSpare(folder);
        var (segments, setAside) = (new List<AuditJournalSegment>(), new List<string>());
        string[] paths = [.. Directory.EnumerateFiles(folder, "*" + AuditJournalSegment.Extension).Order(StringComparer.Ordinal)];
        for (var i = 0; i < paths.Length; i++)
        {
            var path = paths[i];
            var segment = AuditJournalSegment.Open(path, @base: segments.Sum(s => s.End - AuditJournalSegment.HeaderBytes));
            if (segment is null)
                setAside.Add(SetAsideWhole(path));
            else
                segments.Add(FindEnd(segment, i + 1 < paths.Length ? FirstOf(paths[i + 1]) : null, setAside));
        }
        return (segments, setAside);
    }

    // What the next segment begins with failed here, though its bytes may have come to the disk: whoever waited for it was refused.
    private static AuditJournalSegment FindEnd(AuditJournalSegment segment, long? next, List<string> setAside)
    {
        var cursor = new AuditJournalCursor(JournalPlace.StartOf(segment));
        while (cursor.Place.Sequence != next && cursor.Next(segment.Capacity, out _) == FrameState.Intact)
            (segment.End, segment.Last) = (cursor.Place.At, cursor.Place.Sequence - 1);
        if (!cursor.IsZero(segment.End, segment.Capacity))
            setAside.Add(SetAsideTail(segment));
        return segment;
    }

    private static long? FirstOf(string path) =>
        long.TryParse(Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out var first) ? first : null;

    private static string SetAsideWhole(string path)
    {
        var aside = $"{path}.unreadable";
        File.Move(path, aside, overwrite: true);
        return aside;
    }

    private static string SetAsideTail(AuditJournalSegment segment)
    {
        var tail = new byte[segment.Capacity - segment.End];
        var length = 0;
        while (length < tail.Length && RandomAccess.Read(segment.Handle, tail.AsSpan(length), segment.End + length) is > 0 and var read)
            length += read;
        var aside = $"{segment.FileName}.from-{segment.End}";
        using (var file = File.OpenHandle(aside, FileMode.Create, FileAccess.ReadWrite))
        {
            AuditJournalDisk.MakePrivate(file);
            RandomAccess.Write(file, tail.AsSpan(0, tail.AsSpan().LastIndexOfAnyExcept((byte)0) + 1), 0);
            AuditJournalDisk.Flush(file);
        }
        tail.AsSpan().Clear();
        RandomAccess.Write(segment.Handle, tail, segment.End);
        AuditJournalDisk.Flush(segment.Handle);
        return aside;
    }
}
