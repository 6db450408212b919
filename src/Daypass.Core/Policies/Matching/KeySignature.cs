namespace Daypass.Policies.Matching;

/// <summary>
/// A number that is the same for all spellings of a condition key, and seldom for two keys: its length and three of its letters.
/// It is made in a few instructions, since every request brings some twenty keys; whoever finds it equal still compares the names.
/// </summary>
internal static class KeySignature
{
    public static int Of(ReadOnlySpan<char> key) =>
        key.IsEmpty ? 0 : (key.Length << 24) | (Fold(key[^1]) << 16) | (Fold(key[key.Length / 2]) << 8) | Fold(key[key.Length * 3 / 4]);

    /// <summary>Letter case gone. No letter outside of ASCII is another spelling of one inside.</summary>
    private static int Fold(char character) => character < 0x80 ? character | 0x20 : 0x80;
}
