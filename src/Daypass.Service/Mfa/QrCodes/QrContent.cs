namespace Daypass.Service.Mfa.QrCodes;

/// <summary>What goes into the square: a text in byte mode, padded, cut into blocks, corrected and interleaved.</summary>
internal static class QrContent
{
    private const int ByteMode = 0b0100;

    public static byte[] Of(ReadOnlySpan<byte> text, QrVersion version)
    {
        var data = Pad(text, version);
        var blocks = new List<(byte[] Data, byte[] Correction)>();
        // The last blocks are one byte longer where it does not divide.
        var shorter = version.DataBytes / version.Blocks;
        var firstLonger = version.Blocks - (version.DataBytes % version.Blocks);
        for (int block = 0, at = 0; block < version.Blocks; block++)
        {
            var length = block < firstLonger ? shorter : shorter + 1;
            blocks.Add((data[at..(at + length)], ReedSolomon.Correct(data.AsSpan(at, length), version.CorrectionBytes)));
            at += length;
        }
        return [.. Interleave([.. blocks.Select(block => block.Data)]), .. Interleave([.. blocks.Select(block => block.Correction)])];
    }

    private static byte[] Pad(ReadOnlySpan<byte> text, QrVersion version)
    {
        var data = new byte[version.DataBytes];
        var next = 0;
        void Put(int value, int bits)
        {
            for (var bit = bits - 1; bit >= 0; bit--, next++)
                data[next / 8] |= (byte)(((value >> bit) & 1) << (7 - (next % 8)));
        }
        Put(ByteMode, 4);
        Put(text.Length, version.CountBits);
        foreach (var octet in text)
            Put(octet, 8);
        // Four zeros end the text, or fewer where there is no room; what is left of the byte is zero already.
        var (filled, isFirst) = (Math.Min(data.Length, (next + 4 + 7) / 8), true);
        for (var at = filled; at < data.Length; at++, isFirst = !isFirst)
            data[at] = isFirst ? (byte)0xEC : (byte)0x11;
        return data;
    }

    private static IEnumerable<byte> Interleave(byte[][] blocks)
    {
        for (var i = 0; i < blocks.Max(block => block.Length); i++)
        {
            foreach (var block in blocks)
            {
                if (i < block.Length)
                    yield return block[i];
            }
        }
    }
}
