using System.Security.Cryptography;

namespace Daypass.Tokens;

/// <summary>
/// Turns <see cref="SessionClaims"/> into a session token and back. The token is base64 of a <see cref="Sealer"/> blob whose
/// context is the access key id, so a token works with its own key only.
/// </summary>
public sealed class SessionTokenCodec(KeyRing ring)
{
    /// <summary>The purpose that session tokens' key ring must have.</summary>
    public const string Purpose = "session";

    /// <summary>Longest token, in characters; longer ones are refused before any work.</summary>
    public const int MaxLength = 4096;

    /// <summary>The most bytes of claims (<see cref="SizeOf"/>) that a token has room for.</summary>
    public const int MaxSize = (MaxLength / 4 * 3) - Sealer.Overhead;

    private readonly Sealer _sealer = new(ring);

    /// <summary>
    /// Seals claims for an access key id with <see cref="XAes256Gcm.NonceSize"/> random bytes; null when the token would be longer
    /// than <see cref="MaxLength"/>.
    /// </summary>
    public string? Seal(SessionClaims claims, string accessKeyId, ReadOnlySpan<byte> nonce)
    {
        var writer = new ClaimsWriter();
        writer.Write(claims);
        if (writer.Length > MaxSize)
        {
            writer.Clear();
            return null;
        }
        var plaintext = writer.Written;
        var token = Convert.ToBase64String(_sealer.Seal(plaintext, accessKeyId, nonce));
        writer.Clear();
        return token;
    }

    /// <summary>How many bytes claims take inside a token.</summary>
    public static int SizeOf(SessionClaims claims)
    {
        var writer = new ClaimsWriter();
        writer.Write(claims);
        writer.Clear();
        return writer.Length;
    }

    /// <summary>Opens a token for the access key id it came with; null for every kind of failure alike. Expiry is the caller's to check.</summary>
    public SessionClaims? Open(string token, string accessKeyId)
    {
        if (token.Length is 0 or > MaxLength || token.Length % 4 != 0)
            return null;
        var blob = new byte[token.Length / 4 * 3];
        // Only the canonical encoding is a token: base64 with white space or spare trailing bits would give a second text for one session.
        if (!Convert.TryFromBase64String(token, blob, out var length) || !IsCanonical(token, blob.AsSpan(0, length)))
            return null;
        if (_sealer.Open(blob.AsSpan(0, length), accessKeyId) is not { } plaintext)
            return null;
        var claims = ClaimsReader.Read(plaintext);
        CryptographicOperations.ZeroMemory(plaintext);
        return claims;
    }

    /// <summary>The id of the key that a token says it was sealed with; null for what is no token. It says nothing about whether the token opens.</summary>
    public static uint? KeyIdOf(string token)
    {
        Span<byte> blob = stackalloc byte[Sealer.Overhead];
        return token.Length >= HeadLength && Convert.TryFromBase64Chars(token.AsSpan(0, HeadLength), blob, out var length) ? Sealer.KeyIdOf(blob[..length]) : null;
    }

    // As many characters as make the bytes that a blob has at least: 45 of them, without a rest.
    private const int HeadLength = Sealer.Overhead / 3 * 4;

    private static bool IsCanonical(string token, ReadOnlySpan<byte> blob)
    {
        Span<char> tail = stackalloc char[4];
        var last = blob.Length % 3 == 0 ? 3 : blob.Length % 3;
        return (blob.Length + 2) / 3 * 4 == token.Length
            && Convert.TryToBase64Chars(blob[^last..], tail, out _)
            && token.AsSpan(token.Length - 4).SequenceEqual(tail);
    }
}
