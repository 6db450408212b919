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
    private const string SpareName = "spare.tmp";
    private const FileShare Shared = FileShare.ReadWrite | FileShare.Delete;

    private AuditJournalSegment(string path, SafeFileHandle file, long first, long capacity) =>
        (FileName, Handle, First, Capacity, End, Last) = (path, file, first, capacity, HeaderBytes, first - 1);

    public string FileName { get; }

    public SafeFileHandle Handle { get; private set; }

    /// <summary>The sequence that the first frame has, or will have.</summary>
    public long First { get; }

    public long Capacity { get; private set; }

    /// <summary>The sequence of the last durable frame; one less than <see cref="First"/> in an empty segment.</summary>
    public long Last { get; set; }

    /// <summary>Where the durable frames end.</summary>
    public long End { get; set; }

    /// <summary>Where the segment's first frame stands in the journal as this process counts its bytes.</summary>
    public long Base { get; init; }

    /// <summary>Makes a spare: a nameless file full of zeroes that a later segment becomes.</summary>
    public static SafeFileHandle MakeSpare(string folder, long capacity)
    {
        var file = File.OpenHandle(Path.Combine(folder, SpareName), FileMode.Create, FileAccess.ReadWrite, Shared);
        try
        {
            AuditJournalDisk.MakePrivate(file);
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
        var path = Path.Combine(folder, first.ToString("D20", CultureInfo.InvariantCulture) + Extension);
        Name(folder, spare, first, path, replaces: false);
        return new AuditJournalSegment(path, spare, first, RandomAccess.GetLength(spare)) { Base = @base };
    }

    /// <summary>Takes a spare in place of its own file, of which nothing has become durable. Nobody reads behind <see cref="End"/>, so nobody notices.</summary>
    public void BeginAgain(string folder, SafeFileHandle spare)
    {
        Name(folder, spare, First, FileName, replaces: true);
        var failed = Handle;
        (Handle, Capacity) = (spare, RandomAccess.GetLength(spare));
        failed.Dispose();
    }

    /// <summary>Opens what an earlier run left; null when it is not a whole segment file.</summary>
    public static AuditJournalSegment? Open(string path, long @base)
    {
        var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, Shared);
        Span<byte> header = stackalloc byte[HeaderBytes];
        var name = Path.GetFileNameWithoutExtension(path);
        var isOurs = long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && RandomAccess.Read(file, header, 0) == HeaderBytes && header.SequenceEqual(Header(first));
        if (isOurs)
            return new AuditJournalSegment(path, file, first, RandomAccess.GetLength(file)) { Base = @base };
        file.Dispose();
        return null;
    }

    public static void DeleteSpare(string folder) => File.Delete(Path.Combine(folder, SpareName));

    public void Delete()
    {
        Handle.Dispose();
        File.Delete(FileName);
    }

    public void Dispose() => Handle.Dispose();

    private static void Name(string folder, SafeFileHandle spare, long first, string path, bool replaces)
    {
        RandomAccess.Write(spare, Header(first), 0);
        AuditJournalDisk.Flush(spare);
        File.Move(Path.Combine(folder, SpareName), path, replaces);
        AuditJournalDisk.FlushNames(folder);
    }

    private static ReadOnlySpan<byte> Magic => "DAYPASS1"u8;

    private static byte[] Header(long first)
    {
        var header = new byte[HeaderBytes];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(8), first);
        return header;
    }
}
