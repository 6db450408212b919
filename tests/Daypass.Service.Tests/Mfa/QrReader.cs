using System.IO.Compression;

namespace Daypass.Service.Tests.Mfa;

/// <summary>
/// Reads a QR code the other way round from how it is made: finds the mask in the format bits, takes the content out of everything that is
/// no pattern by the standard's figures, and checks each block's correction by its syndromes. Repairs nothing.
/// </summary>
internal static class QrReader
{
    // ISO/IEC 18004, table 9, correction M: blocks and correction bytes of some versions, one of each form.
    private static readonly Dictionary<int, (int Blocks, int Correction, int Total)> Sizes = new()
    {
        [1] = (1, 10, 26), [2] = (1, 16, 44), [5] = (2, 24, 134), [6] = (4, 16, 172), [7] = (4, 18, 196), [8] = (4, 22, 242), [9] = (5, 22, 292), [10] = (5, 26, 346),
        [14] = (9, 24, 581), [22] = (17, 28, 1258), [27] = (25, 28, 1828), [32] = (33, 28, 2465), [40] = (49, 28, 3706),
    };

    // Table E.1: centres of alignment patterns.
    private static readonly Dictionary<int, int[]> Centres = new()
    {
        [1] = [], [2] = [6, 18], [5] = [6, 30], [6] = [6, 34], [7] = [6, 22, 38], [8] = [6, 24, 42], [9] = [6, 26, 46], [10] = [6, 28, 50], [14] = [6, 26, 46, 66],
        [22] = [6, 26, 50, 74, 98], [27] = [6, 34, 62, 90, 118], [32] = [6, 34, 60, 86, 112, 138], [40] = [6, 30, 58, 86, 114, 142, 170],
    };

    // Table C.1: the format bits of correction M, by mask.
    private static readonly int[] Formats = [0x5412, 0x5125, 0x5E7C, 0x5B4B, 0x45F9, 0x40CE, 0x4F97, 0x4AA0];

    public static IEnumerable<int> Versions => Sizes.Keys;

    public static byte[] Read(bool[,] dark)
    {
        var size = dark.GetLength(0);
        var version = (size - 17) / 4;
        var mask = Array.IndexOf(Formats, FormatOf(dark));
        Assert.InRange(mask, 0, 7);
        var content = Content(dark, version, mask);
        var (blocks, correction, total) = Sizes[version];
        var data = Deinterleave(content.AsSpan(0, total).ToArray(), blocks, correction, total);
        return Text(data, version);
    }

    /// <summary>The modules of a picture made with this margin.</summary>
    public static bool[,] FromPng(byte[] png, int scale, int margin)
    {
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], png[..8]);
        var side = (png[18] << 8) | png[19];
        Assert.Equal((1, 0), (png[24], png[25]));
        var at = 8 + 12 + 13;
        var length = (png[at] << 24) | (png[at + 1] << 16) | (png[at + 2] << 8) | png[at + 3];
        using var zlib = new ZLibStream(new MemoryStream(png, at + 8, length), CompressionMode.Decompress);
        using var lines = new MemoryStream();
        zlib.CopyTo(lines);
        var (pixels, stride, size) = (lines.ToArray(), 1 + ((side + 7) / 8), (side / scale) - (2 * margin));
        Assert.Equal(stride * side, pixels.Length);
        bool IsDark(int y, int x) => ((pixels[(y * stride) + 1 + (x / 8)] >> (7 - (x % 8))) & 1) == 0;
        var dark = new bool[size, size];
        for (var y = 0; y < side; y++)
        {
            for (var x = 0; x < side; x++)
            {
                var (row, column) = ((y / scale) - margin, (x / scale) - margin);
                if (row < 0 || row >= size || column < 0 || column >= size)
                    Assert.False(IsDark(y, x), "The margin is light.");
                else if (y % scale == 0 && x % scale == 0)
                    dark[row, column] = IsDark(y, x);
                else
                    Assert.Equal(dark[row, column], IsDark(y, x));
            }
        }
        return dark;
    }

    // The copy around the upper left corner, from its most significant bit.
    private static int FormatOf(bool[,] dark)
    {
        (int Row, int Column)[] places = [(8, 0), (8, 1), (8, 2), (8, 3), (8, 4), (8, 5), (8, 7), (8, 8), (7, 8), (5, 8), (4, 8), (3, 8), (2, 8), (1, 8), (0, 8)];
        var size = dark.GetLength(0);
        (int Row, int Column)[] others = [.. Enumerable.Range(1, 7).Select(i => (size - i, 8)), .. Enumerable.Range(0, 8).Select(i => (8, size - 8 + i))];
        int Bits((int Row, int Column)[] from) => from.Aggregate(0, (bits, place) => (bits << 1) | (dark[place.Row, place.Column] ? 1 : 0));
        Assert.Equal(Bits(places), Bits(others));
        return Bits(places);
    }

    private static byte[] Content(bool[,] dark, int version, int mask)
    {
        var size = dark.GetLength(0);
        List<bool> bits = [];
        var up = true;
        foreach (var right in Enumerable.Range(0, size / 2).Select(pair => size - 1 - (2 * pair)).Select(column => column <= 6 ? column - 1 : column))
        {
            foreach (var row in up ? Enumerable.Range(0, size).Reverse() : Enumerable.Range(0, size))
            {
                foreach (var column in (int[])[right, right - 1])
                {
                    if (!IsPattern(row, column, size, version))
                        bits.Add(dark[row, column] ^ IsTurned(mask, row, column));
                }
            }
            up = !up;
        }
        return [.. bits.Chunk(8).Where(chunk => chunk.Length == 8).Select(chunk => chunk.Aggregate((byte)0, (octet, bit) => (byte)((octet << 1) | (bit ? 1 : 0))))];
    }

    private static bool IsPattern(int row, int column, int size, int version)
    {
        var isFinderOrFormat = (row < 9 && column < 9) || (row < 9 && column >= size - 8) || (row >= size - 8 && column < 9);
        var isVersion = version >= 7 && ((row < 6 && column >= size - 11) || (column < 6 && row >= size - 11));
        bool IsAlignment(int y, int x) =>
            Math.Abs(row - y) <= 2 && Math.Abs(column - x) <= 2 && !((y == 6 && x == 6) || (y == 6 && x == size - 7) || (y == size - 7 && x == 6));
        return isFinderOrFormat || isVersion || row == 6 || column == 6 || Centres[version].Any(y => Centres[version].Any(x => IsAlignment(y, x)));
    }

    private static bool IsTurned(int mask, int i, int j) => mask switch
    {
        0 => (i + j) % 2 == 0,
        1 => i % 2 == 0,
        2 => j % 3 == 0,
        3 => (i + j) % 3 == 0,
        4 => ((i / 2) + (j / 3)) % 2 == 0,
        5 => (i * j % 2) + (i * j % 3) == 0,
        6 => ((i * j % 2) + (i * j % 3)) % 2 == 0,
        _ => (((i + j) % 2) + (i * j % 3)) % 2 == 0,
    };

    private static byte[] Deinterleave(byte[] content, int blocks, int correction, int total)
    {
        var data = total - (blocks * correction);
        var lengths = Enumerable.Range(0, blocks).Select(block => (data / blocks) + (block >= blocks - (data % blocks) ? 1 : 0)).ToArray();
        var parts = lengths.Select(_ => new List<byte>()).ToArray();
        var next = 0;
        for (var i = 0; i < lengths.Max(); i++)
        {
            for (var block = 0; block < blocks; block++)
            {
                if (i < lengths[block])
                    parts[block].Add(content[next++]);
            }
        }
        var texts = parts.Select(part => part.ToArray()).ToArray();
        for (var i = 0; i < correction * blocks; i++)
            parts[i % blocks].Add(content[next++]);
        Assert.All(parts, part => Assert.True(HasNoSyndrome(part, correction), "A block's correction does not fit its data."));
        return [.. texts.SelectMany(text => text)];
    }

    // A block with its correction is a multiple of the generator: zero at each of its roots.
    private static bool HasNoSyndrome(List<byte> block, int correction)
    {
        var (powers, logs) = (new int[510], new int[256]);
        for (int i = 0, value = 1; i < 255; i++, value = value < 128 ? value * 2 : (value * 2) ^ 0x11D)
            (powers[i], powers[i + 255], logs[value]) = (value, value, i);
        return Enumerable.Range(0, correction).All(root => block.Aggregate(0, (sum, octet) => (sum == 0 ? 0 : powers[logs[sum] + root]) ^ octet) == 0);
    }

    private static byte[] Text(byte[] data, int version)
    {
        var bits = data.SelectMany(octet => Enumerable.Range(0, 8).Select(bit => (octet >> (7 - bit)) & 1)).ToArray();
        int Number(int from, int count) => bits.Skip(from).Take(count).Aggregate(0, (number, bit) => (number << 1) | bit);
        var countBits = version < 10 ? 8 : 16;
        Assert.Equal(0b0100, Number(0, 4));
        return [.. Enumerable.Range(0, Number(4, countBits)).Select(i => (byte)Number(4 + countBits + (8 * i), 8))];
    }
}
