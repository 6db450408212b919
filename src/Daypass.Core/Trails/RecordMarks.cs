using System.Security.Cryptography;
using System.Text.Json;

namespace Daypass.Trails;

/// <summary>What differs between the records of a log file and those that were sealed.</summary>
public enum RecordFault
{
    /// <summary>Another record stands where this one was sealed.</summary>
    Changed,

    /// <summary>Records that were sealed are not there.</summary>
    Removed,

    /// <summary>There are records that were not sealed.</summary>
    Added,

    /// <summary>All that were sealed are there, in another order.</summary>
    Reordered,

    /// <summary>The text is no list of records from here on.</summary>
    Unreadable,
}

/// <summary>A difference.</summary>
/// <param name="Fault">What it is.</param>
/// <param name="Position">Of the first record concerned, counted from 1 in the sealed order; where records were added, of the first added one.</param>
/// <param name="Count">How many records are concerned.</param>
public readonly record struct RecordFinding(RecordFault Fault, int Position, int Count);

/// <summary>
/// The marks of a log file's records: the first four bytes of the SHA-256 of each. The hash of the whole file tells that something is wrong;
/// the marks tell where.
/// </summary>
public static class RecordMarks
{
    /// <summary>Bytes of a mark.</summary>
    public const int Length = 4;

    /// <summary>Writes the mark of a record.</summary>
    public static void Of(ReadOnlySpan<byte> record, Span<byte> mark)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(record, hash);
        hash[..Length].CopyTo(mark);
    }

    /// <summary>The records of a log file's content, in order, as they stand there. Ends early where the text is not a list of records; then the second value says so.</summary>
    public static (IReadOnlyList<ReadOnlyMemory<byte>> Records, bool IsWhole) Split(ReadOnlyMemory<byte> content)
    {
        var records = new List<ReadOnlyMemory<byte>>();
        var reader = new Utf8JsonReader(content.Span);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject || !reader.Read() || !reader.ValueTextEquals("Records"u8) || !reader.Read() || reader.TokenType != JsonTokenType.StartArray)
                return (records, false);
            while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                records.Add(content[start..(int)reader.BytesConsumed]);
            }
            var isWhole = reader.TokenType == JsonTokenType.EndArray && reader.Read() && reader.TokenType == JsonTokenType.EndObject && !reader.Read();
            return (records, isWhole);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return (records, false);
        }
    }

    /// <summary>What differs between a log file's content and the marks that were sealed; null when nothing that marks can show does.</summary>
    public static RecordFinding? Compare(ReadOnlySpan<byte> marks, ReadOnlyMemory<byte> content)
    {
        var (records, isWhole) = Split(content);
        var (sealed_, found) = (Read(marks), records.Select(MarkOf).ToArray());
        // A broken text ends somewhere: what came before it is compared, and the end of it is the finding.
        var start = sealed_.AsSpan().CommonPrefixLength(found);
        if (!isWhole)
            return new RecordFinding(RecordFault.Unreadable, start + 1, 1);
        var end = 0;
        while (end < Math.Min(sealed_.Length, found.Length) - start && sealed_[^(end + 1)] == found[^(end + 1)])
            end++;
        return Name(sealed_[start..^end], found[start..^end], start + 1);
    }

    private static RecordFinding? Name(uint[] wanted, uint[] found, int position)
    {
        if (wanted.Length == 0 && found.Length == 0)
            return null;
        if (wanted.Length == 0)
            return new RecordFinding(RecordFault.Added, position, found.Length);
        if (IsPartOf(found, wanted))
            return new RecordFinding(RecordFault.Removed, position, wanted.Length - found.Length);
        if (IsPartOf(wanted, found))
            return new RecordFinding(RecordFault.Added, position, found.Length - wanted.Length);
        return new RecordFinding(wanted.Order().SequenceEqual(found.Order()) ? RecordFault.Reordered : RecordFault.Changed, position, wanted.Length);
    }

    // In the same order, with others in between.
    private static bool IsPartOf(uint[] part, uint[] whole)
    {
        if (part.Length >= whole.Length)
            return false;
        var at = 0;
        foreach (var mark in whole)
            at += at < part.Length && part[at] == mark ? 1 : 0;
        return at == part.Length;
    }

    private static uint MarkOf(ReadOnlyMemory<byte> record)
    {
        Span<byte> mark = stackalloc byte[Length];
        Of(record.Span, mark);
        return BitConverter.ToUInt32(mark);
    }

    private static uint[] Read(ReadOnlySpan<byte> marks)
    {
        var values = new uint[marks.Length / Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = BitConverter.ToUInt32(marks.Slice(i * Length, Length));
        return values;
    }
}
