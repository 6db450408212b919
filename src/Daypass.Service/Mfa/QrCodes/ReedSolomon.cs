namespace Daypass.Service.Mfa.QrCodes;

/// <summary>The error correction of QR codes: Reed-Solomon over GF(256) with the polynomial x^8 + x^4 + x^3 + x^2 + 1.</summary>
internal static class ReedSolomon
{
    private const int Polynomial = 0x11D;

    /// <summary>The correction bytes of a block: the remainder by the product of (x - 2^i).</summary>
    public static byte[] Correct(ReadOnlySpan<byte> data, int count)
    {
        var divisor = Divisor(count);
        var remainder = new byte[count];
        foreach (var octet in data)
        {
            var factor = (byte)(octet ^ remainder[0]);
            Array.Copy(remainder, 1, remainder, 0, count - 1);
            remainder[^1] = 0;
            for (var i = 0; i < count; i++)
                remainder[i] ^= Multiply(divisor[i], factor);
        }
        return remainder;
    }

    // Highest power first; the leading one is left out.
    private static byte[] Divisor(int degree)
    {
        var divisor = new byte[degree];
        divisor[^1] = 1;
        byte root = 1;
        for (var i = 0; i < degree; i++)
        {
            for (var j = 0; j < degree; j++)
                divisor[j] = (byte)(Multiply(divisor[j], root) ^ (j + 1 < degree ? divisor[j + 1] : 0));
            root = Multiply(root, 2);
        }
        return divisor;
    }

    private static byte Multiply(byte left, byte right)
    {
        var product = 0;
        for (var bit = 7; bit >= 0; bit--)
        {
            product = (product << 1) ^ ((product >> 7) * Polynomial);
            product ^= ((right >> bit) & 1) * left;
        }
        return (byte)product;
    }
}
