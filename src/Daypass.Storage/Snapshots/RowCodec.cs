using System.Buffers.Binary;
using System.Text;

namespace Daypass.Storage.Snapshots;

/// <summary>
/// Rows as bytes, the same for every engine: a tag for each value, then a number (8 bytes, little endian) or the length (4 bytes) and the
/// bytes of a text (UTF-8) or blob.
/// </summary>
internal static class RowCodec
{
    private const byte Null = 0;
    private const byte Number = 1;
    private const byte Text = 2;
    private const byte Bytes = 3;

    public static void Write(object?[] row, MemoryStream target)
    {
        foreach (var value in row)
        {
            switch (value)
            {
                case null:
                    target.WriteByte(Null);
                    break;
                case long number:
                    WriteNumber(number, target);
                    break;
                case string text:
                    WriteText(text, target);
                    break;
                case byte[] bytes:
                    WriteHead(Bytes, bytes.Length, target);
                    target.Write(bytes);
                    break;
                default:
                    throw new ArgumentException($"A value of the type {value.GetType().Name} is none that snapshots have.", nameof(row));
            }
        }
    }

    /// <summary>Reads a row into an array as long as the table has columns.</summary>
    /// <exception cref="FormatException">The bytes are no row of this table.</exception>
    public static void Read(SnapshotTable table, object?[] row, ReadOnlySpan<byte> source, ref int at)
    {
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = Take(source, ref at, 1)[0] switch
            {
                Null when table.Columns[i].IsNullable => null,
                Number when table.Columns[i].Type is SnapshotType.Number or SnapshotType.Flag => BinaryPrimitives.ReadInt64LittleEndian(Take(source, ref at, sizeof(long))),
                Text when table.Columns[i].Type == SnapshotType.Text => Encoding.UTF8.GetString(Sized(source, ref at)),
                Bytes when table.Columns[i].Type == SnapshotType.Bytes => Sized(source, ref at).ToArray(),
                _ => throw new FormatException(),
            };
        }
    }

    private static void WriteNumber(long number, MemoryStream target)
    {
        Span<byte> bytes = stackalloc byte[1 + sizeof(long)];
        bytes[0] = Number;
        BinaryPrimitives.WriteInt64LittleEndian(bytes[1..], number);
        target.Write(bytes);
    }

    private static void WriteText(string text, MemoryStream target)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        WriteHead(Text, length, target);
        var start = (int)target.Length;
        target.SetLength(start + length);
        Encoding.UTF8.GetBytes(text, target.GetBuffer().AsSpan(start, length));
        target.Position = target.Length;
    }

    private static void WriteHead(byte tag, int length, MemoryStream target)
    {
        Span<byte> bytes = stackalloc byte[1 + sizeof(int)];
        bytes[0] = tag;
        BinaryPrimitives.WriteInt32LittleEndian(bytes[1..], length);
        target.Write(bytes);
    }

    private static ReadOnlySpan<byte> Sized(ReadOnlySpan<byte> source, ref int at) =>
        Take(source, ref at, BinaryPrimitives.ReadInt32LittleEndian(Take(source, ref at, sizeof(int))));

    private static ReadOnlySpan<byte> Take(ReadOnlySpan<byte> source, ref int at, int length)
    {
        if (length < 0 || length > source.Length - at)
            throw new FormatException();
        at += length;
        return source.Slice(at - length, length);
    }
}
