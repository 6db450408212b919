using System.Buffers;
using System.Buffers.Text;

namespace Daypass.Jose;

/// <summary>
/// Base64url as RFC 7515, section 2 has it, and nothing else: no padding, no white space, no other alphabet, no bits left over. Each byte string has
/// one spelling, so nothing that was signed can be written in two ways.
/// </summary>
internal static class StrictBase64Url
{
    private static readonly SearchValues<char> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>The bytes, or null.</summary>
    public static byte[]? Decode(ReadOnlySpan<char> text)
    {
        // The library takes padding and white space; what is left of its own checks are the bits beyond the last byte.
        if (text.ContainsAnyExcept(Alphabet) || text.Length % 4 == 1)
            return null;
        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        return Base64Url.DecodeFromChars(text, bytes, out var read, out var written) == OperationStatus.Done && read == text.Length && written == bytes.Length ? bytes : null;
    }
}
