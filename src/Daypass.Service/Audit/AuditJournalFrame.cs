using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Daypass.Service.Audit;

/// <summary>
/// One event on disk: payload length (4 bytes), CRC-32C of everything else (4), sequence (8), payload. All little-endian. A length of
/// zero is where nothing was written yet.
/// </summary>
internal static class AuditJournalFrame
{
    public const int HeaderBytes = 16;

    public static void WriteHeader(Span<byte> frame, long sequence)
    {
        BinaryPrimitives.WriteInt32LittleEndian(frame, frame.Length - HeaderBytes);
        BinaryPrimitives.WriteInt64LittleEndian(frame[8..], sequence);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[4..], Checksum(frame));
    }

    public static int PayloadLength(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadInt32LittleEndian(header);

    /// <summary>Whether a whole frame is intact and is the one that comes next.</summary>
    public static bool IsIntact(ReadOnlySpan<byte> frame, long sequence) =>
        BinaryPrimitives.ReadInt64LittleEndian(frame[8..]) == sequence && BinaryPrimitives.ReadUInt32LittleEndian(frame[4..]) == Checksum(frame);

    public static uint Checksum(ReadOnlySpan<byte> frame)
    {
        var crc = BitOperations.Crc32C(uint.MaxValue, BinaryPrimitives.ReadUInt32LittleEndian(frame));
        var rest = frame[8..];
        foreach (var eight in MemoryMarshal.Cast<byte, ulong>(rest))
            crc = BitOperations.Crc32C(crc, eight);
        foreach (var one in rest[(rest.Length & ~7)..])
            crc = BitOperations.Crc32C(crc, one);
        return ~crc;
    }
}
