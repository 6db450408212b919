namespace Daypass.Service.Mfa;

/// <summary>Base 32 as authenticators take their seeds: RFC 4648, section 6, without padding.</summary>
internal static class Base32
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int BitsPerCharacter = 5;

    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new char[((bytes.Length * 8) + BitsPerCharacter - 1) / BitsPerCharacter];
        var (bits, count, next) = (0, 0, 0);
        foreach (var octet in bytes)
        {
            (bits, count) = ((bits << 8) | octet, count + 8);
            for (; count >= BitsPerCharacter; count -= BitsPerCharacter)
                text[next++] = Alphabet[(bits >> (count - BitsPerCharacter)) & 0x1F];
            bits &= (1 << count) - 1;
        }
        if (count > 0)
            text[next] = Alphabet[(bits << (BitsPerCharacter - count)) & 0x1F];
        return new string(text);
    }
}
