namespace Daypass.Signing;

/// <summary>
/// An ECDSA signature as SigV4a sends it: lower-case hex of DER's <c>SEQUENCE { INTEGER r, INTEGER s }</c> (RFC 3279 2.2.3). Each
/// pair of numbers has one spelling; all others are refused.
/// </summary>
internal static class EcdsaSignature
{
    private const byte Sequence = 0x30;
    private const byte Integer = 0x02;
    private const int NumberLength = 32;
    private const int Shortest = 8;
    private const int Longest = 2 + (2 * (2 + 1 + NumberLength));

    private static readonly byte[] Order = Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");

    /// <summary>Reads r and s into 64 bytes; false when it is not written as it must be, or one of them is out of range.</summary>
    public static bool TryRead(string hex, Span<byte> numbers)
    {
        Span<byte> buffer = stackalloc byte[Longest];
        if (hex.Length is < Shortest * 2 or > Longest * 2 || hex.Length % 2 != 0)
            return false;
        var der = buffer[..(hex.Length / 2)];
        if (!LowerHex.TryDecode(hex, der) || der[0] != Sequence || der[1] != der.Length - 2)
            return false;
        ReadOnlySpan<byte> rest = der[2..];
        return TryReadNumber(ref rest, numbers[..NumberLength]) && TryReadNumber(ref rest, numbers[NumberLength..]) && rest.IsEmpty;
    }

    private static bool TryReadNumber(ref ReadOnlySpan<byte> rest, Span<byte> number)
    {
        if (rest.Length < 3 || rest[0] != Integer || rest[1] == 0 || rest[1] > rest.Length - 2)
            return false;
        var value = rest.Slice(2, rest[1]);
        rest = rest[(2 + value.Length)..];
        // A first bit of 1 would be a negative number, and a zero that hides no such bit is one byte too many; 0 itself is out of range.
        if (value[0] >= 0x80 || (value[0] == 0 && (value.Length == 1 || value[1] < 0x80)))
            return false;
        if (value[0] == 0)
            value = value[1..];
        if (value.Length > NumberLength)
            return false;
        number.Clear();
        value.CopyTo(number[(NumberLength - value.Length)..]);
        return number.SequenceCompareTo(Order) < 0;
    }
}
