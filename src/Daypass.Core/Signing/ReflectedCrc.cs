using System.Buffers.Binary;

namespace Daypass.Signing;

/// <summary>
/// The cyclic redundancy checks of S3's trailing checksums, all of one kind: reflected, all ones in, all ones out. Eight table
/// look-ups take eight bytes.
/// </summary>
internal sealed class ReflectedCrc
{
    /// <summary>CRC-32 of ISO-HDLC (zip, Ethernet).</summary>
    public static ReflectedCrc Crc32 { get; } = new(0xEDB8_8320, 32);

    /// <summary>CRC-32C of Castagnoli (RFC 3720).</summary>
    public static ReflectedCrc Crc32C { get; } = new(0x82F6_3B78, 32);

    /// <summary>CRC-64 of NVM Express.</summary>
    public static ReflectedCrc Crc64Nvme { get; } = new(0x9A6C_9329_AC4B_C9B5, 64);

    private readonly ulong[] _tables = new ulong[8 * 256];

    private ReflectedCrc(ulong polynomial, int bits)
    {
        Ones = ulong.MaxValue >> (64 - bits);
        Length = bits / 8;
        for (var octet = 0; octet < 256; octet++)
        {
            var crc = (ulong)octet;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ polynomial;
            _tables[octet] = crc;
        }
        for (var i = 256; i < _tables.Length; i++)
            _tables[i] = (_tables[i - 256] >> 8) ^ _tables[(int)(_tables[i - 256] & 0xFF)];
    }

    /// <summary>The register before the first byte, and what is turned over after the last.</summary>
    public ulong Ones { get; }

    /// <summary>Bytes of a result.</summary>
    public int Length { get; }

    public ulong Append(ulong register, ReadOnlySpan<byte> data)
    {
        for (; data.Length >= 8; data = data[8..])
        {
            var block = register ^ BinaryPrimitives.ReadUInt64LittleEndian(data);
            register = 0;
            for (var i = 0; i < 8; i++)
                register ^= _tables[((7 - i) * 256) + (int)((block >> (8 * i)) & 0xFF)];
        }
        foreach (var octet in data)
            register = (register >> 8) ^ _tables[(int)((register ^ octet) & 0xFF)];
        return register;
    }
}
