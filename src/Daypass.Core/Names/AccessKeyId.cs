namespace Daypass.Names;

/// <summary>
/// Access key ids carry their account: after the prefix of four characters, sixteen of base32 (A-Z 2-7)
/// hold 80 bits, of which the first is 1, the next 40 are the account's number and the last 39 are random.
/// </summary>
public static class AccessKeyId
{
    /// <summary>Prefix of a long-term key.</summary>
    public const string LongTermPrefix = "AKIA";

    /// <summary>Prefix of a temporary key, which only works with its session token.</summary>
    public const string TemporaryPrefix = "ASIA";

    /// <summary>Prefix of a temporary key that was issued in the shape of UCloud's API. It works wherever one of AWS's shape does.</summary>
    public const string UprojectTemporaryPrefix = "STS.";

    /// <summary>How many random bytes <see cref="Create"/> takes.</summary>
    public const int RandomLength = 5;

    private const int Length = 20;
    private const int RandomBits = 39;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>Makes a key id of 20 characters for an account from a prefix and <see cref="RandomLength"/> random bytes.</summary>
    public static string Create(string prefix, AccountId account, ReadOnlySpan<byte> random)
    {
        ulong tail = 0;
        foreach (var octet in random[..RandomLength])
            tail = (tail << 8) | octet;
        var bits = ((UInt128)1 << 79) | ((UInt128)(ulong)account.Number << RandomBits) | (tail & ((1UL << RandomBits) - 1));
        return string.Create(Length, (prefix, bits), static (text, parts) =>
        {
            parts.prefix.CopyTo(text);
            for (var i = 0; i < 16; i++)
                text[4 + i] = Alphabet[(int)((parts.bits >> (75 - (5 * i))) & 31)];
        });
    }

    /// <summary>
    /// The account inside a key id. False for ids of any other shape, for those from before accounts were
    /// embedded, and for numbers that are no account.
    /// </summary>
    public static bool TryGetAccount(ReadOnlySpan<char> keyId, out AccountId account)
    {
        account = default;
        if (keyId.Length != Length || !(keyId.StartsWith(LongTermPrefix, StringComparison.Ordinal) || IsTemporary(keyId)))
            return false;
        UInt128 bits = 0;
        foreach (var character in keyId[4..])
        {
            var digit = character switch
            {
                >= 'A' and <= 'Z' => character - 'A',
                >= '2' and <= '7' => character - '2' + 26,
                _ => -1,
            };
            if (digit < 0)
                return false;
            bits = (bits << 5) | (uint)digit;
        }
        var number = (long)((bits >> RandomBits) & ((1UL << 40) - 1));
        if ((bits >> 79) == 0 || number is 0 or >= AccountId.Limit)
            return false;
        account = AccountId.Of(number);
        return true;
    }

    /// <summary>Whether the id is that of a temporary key by its prefix.</summary>
    public static bool IsTemporary(ReadOnlySpan<char> keyId) =>
        keyId.StartsWith(TemporaryPrefix, StringComparison.Ordinal) || keyId.StartsWith(UprojectTemporaryPrefix, StringComparison.Ordinal);
}
