using System.Buffers;
using System.Security.Cryptography;

namespace Daypass.Trails;

/// <summary>
/// Puts records together to the content of a log file, <c>{"Records":[...]}</c>: the records as they are kept, byte for byte, so that the same
/// records give the same file whenever it is made.
/// </summary>
public sealed class LogFileWriter
{
    /// <summary>How many records a file has at most.</summary>
    public const int MostRecords = 5_000;

    /// <summary>How many bytes a file has before compression, about: the record that exceeds it is the last.</summary>
    public const int MostBytes = 4 << 20;

    private readonly ArrayBufferWriter<byte> _content = new(1 << 16);
    private readonly ArrayBufferWriter<byte> _marks = new();

    /// <summary>How many records there are so far.</summary>
    public int Count { get; private set; }

    /// <summary>Whether the next record belongs into another file.</summary>
    public bool IsFull => Count >= MostRecords || _content.WrittenCount >= MostBytes;

    /// <summary>The marks of the records so far; valid until the next one.</summary>
    public ReadOnlySpan<byte> Marks => _marks.WrittenSpan;

    /// <summary>Adds a record: one JSON object, UTF-8.</summary>
    public void Add(ReadOnlySpan<byte> record)
    {
        _content.Write(Count++ == 0 ? "{\"Records\":["u8 : ","u8);
        _content.Write(record);
        RecordMarks.Of(record, _marks.GetSpan(RecordMarks.Length));
        _marks.Advance(RecordMarks.Length);
    }

    /// <summary>The content of the file with all records.</summary>
    public byte[] Finish()
    {
        _content.Write(Count == 0 ? "{\"Records\":[]}"u8 : "]}"u8);
        return _content.WrittenSpan.ToArray();
    }
}
