using System.Security.Cryptography;

namespace Daypass.Signing;

/// <summary>
/// The signature of UCloud's API and its white labels, which its clients call "VerifyAC": SHA-1 over the request's canonical text with the
/// secret behind it. It has no date, no nonce and no delimiters: a request that was read by others can be sent again, for as long as its key
/// lives. So it belongs inside TLS.
/// </summary>
/// <remarks>Source: UCloud's API guide, "Signature", and its official clients where the guide says nothing (JSON, session tokens).</remarks>
public static class UprojectSignature
{
    /// <summary>Characters of a signature: a SHA-1 in lower-case hex.</summary>
    public const int Length = 40;

    /// <summary>The signature of a request: 40 lower-case hex digits.</summary>
    /// <param name="canonicalText">What is signed, as <see cref="UprojectRequest.CanonicalText"/> has it.</param>
    /// <param name="secretKey">The private key of the public key that the text names.</param>
    public static string Sign(ReadOnlySpan<char> canonicalText, ReadOnlySpan<char> secretKey)
    {
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        Hash(canonicalText, secretKey, hash);
        return Convert.ToHexStringLower(hash);
    }

    /// <summary>Whether a signature is the one of this text by this key. How long it takes tells nothing about either.</summary>
    /// <param name="canonicalText">What is signed.</param>
    /// <param name="secretKey">The private key.</param>
    /// <param name="signature">As received; anything but 40 lower-case hex digits matches nothing.</param>
    public static bool Matches(ReadOnlySpan<char> canonicalText, ReadOnlySpan<char> secretKey, ReadOnlySpan<char> signature)
    {
        Span<byte> expected = stackalloc byte[SHA1.HashSizeInBytes];
        Span<byte> received = stackalloc byte[SHA1.HashSizeInBytes];
        Hash(canonicalText, secretKey, expected);
        return LowerHex.TryDecode(signature, received) & CryptographicOperations.FixedTimeEquals(expected, received);
    }

    private static void Hash(ReadOnlySpan<char> canonicalText, ReadOnlySpan<char> secretKey, Span<byte> hash)
    {
        // Cleared at its end: the secret passes through it.
        using var text = new Utf8Buffer(stackalloc byte[2048]);
        text.Add(canonicalText);
        text.Add(secretKey);
        SHA1.HashData(text.Written, hash);
    }
}
