using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Daypass.Service.Mfa.QrCodes;

/// <summary>Pictures of black and white squares as PNG (RFC 2083), one bit a pixel.</summary>
internal static class PngImage
{
    /// <summary>Light modules around a QR code, which readers need to find it.</summary>
    private const int Margin = 4;

    private static readonly byte[] Signature = [0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n'];

    /// <summary>A picture with a margin, each module as a square of <paramref name="scale"/> pixels.</summary>
    public static byte[] Of(bool[,] isDark, int scale)
    {
        var side = (isDark.GetLength(0) + (2 * Margin)) * scale;
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, side);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), side);
        header[8] = 1;
        using var image = new MemoryStream();
        image.Write(Signature);
        WriteChunk(image, "IHDR", header);
        WriteChunk(image, "IDAT", Compress(isDark, side, scale));
        WriteChunk(image, "IEND", []);
        return image.ToArray();
    }

    private static byte[] Compress(bool[,] isDark, int side, int scale)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal))
        {
            for (var y = 0; y < side; y++)
                zlib.Write(Line(isDark, (y / scale) - Margin, side, scale));
        }
        return compressed.ToArray();
    }

    // No filter, then a bit for each pixel: one is white.
    private static byte[] Line(bool[,] isDark, int row, int side, int scale)
    {
        var line = new byte[1 + ((side + 7) / 8)];
        for (var x = 0; x < side; x++)
        {
            var column = (x / scale) - Margin;
            var isInside = row >= 0 && row < isDark.GetLength(0) && column >= 0 && column < isDark.GetLength(1);
            if (!(isInside && isDark[row, column]))
                line[1 + (x / 8)] |= (byte)(0x80 >> (x % 8));
        }
        return line;
    }

    private static void WriteChunk(MemoryStream image, string type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        image.Write(number);
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        image.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(body));
        image.Write(number);
    }

    private static uint Crc(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var octet in data)
        {
            crc ^= octet;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB8_8320);
        }
        return ~crc;
    }
}
