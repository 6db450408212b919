using System.Buffers.Binary;
using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace Daypass.Service.Audit;

/// <summary>
/// One file of the journal: a header, then frames, then zeroes. All of it is written with zeroes before the first frame, as writing over
/// what is there lets a flush skip the file system's own journal; the name holds the first sequence.
/// </summary>
internal sealed class AuditJournalSegment : IDisposable
{
    public const int HeaderBytes = 32;
    public const string Extension = ".journal";
    private const ulong Magic = 0x3154_4955_4450_4144; // "DAPDUIT1"
    private const string SpareName = "spare.tmp";

    private AuditJournalSegment(string path, SafeFileHandle file, long first, long capacity) =>
        (Path, File, First, Capacity, End, Last) = (path, file, first, capacity, HeaderBytes, first - 1);

    public string Path { get; }

    public SafeFileHandle File { get; }

    /// <summary>The sequence that the first frame has, or will have.</summary>
    public long First { get; }

    public long Capacity { get; }

    /// <summary>The sequence of the last durable frame; one less than <see cref="First"/> in an empty segment.</summary>
    public long Last { get; set; }

    /// <summary>Where the durable frames end.</summary>
    public long End { get; set; }

    /// <summary>Where the segment's first frame stands in the journal as this process counts its bytes.</summary>
    public long Base { get; init; }

    /// <summary>Makes a spare: a nameless file full of zeroes that a later segment becomes.</summary>
    public static SafeFileHandle MakeSpare(string folder, long capacity)
    {
        var file = System.IO.File.OpenHandle(System.IO.Path.Combine(folder, SpareName), FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            var zeroes = new byte[(int)Math.Min(capacity, 1 << 20)];
            for (var at = 0L; at < capacity; at += zeroes.Length)
                RandomAccess.Write(file, zeroes.AsSpan(0, (int)Math.Min(zeroes.Length, capacity - at)), at);
            RandomAccess.FlushToDisk(file);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Makes the spare the segment that begins with a sequence.</summary>
    public static AuditJournalSegment Begin(string folder, SafeFileHandle spare, long first, long @base)
    {
        var path = System.IO.Path.Combine(folder, first.ToString("D20", CultureInfo.InvariantCulture) + Extension);
        RandomAccess.Write(spare, Header(first), 0);
        AuditJournalDisk.Flush(spare);
        System.IO.File.Move(System.IO.Path.Combine(folder, SpareName), path);
        AuditJournalDisk.FlushNames(folder);
        return new AuditJournalSegment(path, spare, first, RandomAccess.GetLength(spare)) { Base = @base };
    }

    /// <summary>Opens what an earlier run left; null when it is not a whole segment file.</summary>
    public static AuditJournalSegment? Open(string path, long @base)
    {
        var file = System.IO.File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        Span<byte> header = stackalloc byte[HeaderBytes];
        var isOurs = long.TryParse(System.IO.Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && RandomAccess.Read(file, header, 0) == HeaderBytes && header.SequenceEqual(Header(first));
        if (isOurs)
            return new AuditJournalSegment(path, file, first, RandomAccess.GetLength(file)) { Base = @base };
        file.Dispose();
        return null;
    }

    public static void DeleteSpare(string folder) => System.IO.File.Delete(System.IO.Path.Combine(folder, SpareName));

    public void Delete()
    {
        File.Dispose();
        System.IO.File.Delete(Path);
    }

    public void Dispose() => File.Dispose();

    private static byte[] Header(long first)
    {
        var header = new byte[HeaderBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(header, Magic);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(8), first);
        return header;
    }
}
