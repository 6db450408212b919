using System.Security.Cryptography;

namespace Daypass.Service.Federation.Saml;

/// <summary>AES in one of the two modes that assertions are encrypted with.</summary>
/// <param name="KeySize">In bytes.</param>
/// <param name="IsAuthenticated">GCM; otherwise CBC, which whoever does not know the key can change.</param>
internal sealed record BlockCipher(int KeySize, bool IsAuthenticated)
{
    private const int GcmNonce = 12;
    private const int GcmTag = 16;
    private const int Block = 16;

    /// <summary>The plaintext; null for every kind of failure alike.</summary>
    /// <param name="key">Of <see cref="KeySize"/>.</param>
    /// <param name="text">What is random first, then the ciphertext, then GCM's tag of 16 bytes: a shorter one is none.</param>
    public byte[]? Open(byte[] key, ReadOnlySpan<byte> text)
    {
        try
        {
            return IsAuthenticated ? OpenGcm(key, text) : OpenCbc(key, text);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static byte[]? OpenGcm(byte[] key, ReadOnlySpan<byte> text)
    {
        if (text.Length <= GcmNonce + GcmTag)
            return null;
        var plaintext = new byte[text.Length - GcmNonce - GcmTag];
        using var cipher = new AesGcm(key, GcmTag);
        cipher.Decrypt(text[..GcmNonce], text[GcmNonce..^GcmTag], text[^GcmTag..], plaintext);
        return plaintext;
    }

    // XML Encryption 1.1, section 5.2: the last byte says how long the padding is, and its other bytes are anything.
    private static byte[]? OpenCbc(byte[] key, ReadOnlySpan<byte> text)
    {
        if (text.Length < 2 * Block || text.Length % Block != 0)
            return null;
        using var cipher = Aes.Create();
        cipher.Key = key;
        var plaintext = cipher.DecryptCbc(text[Block..], text[..Block], PaddingMode.None);
        return plaintext[^1] is > 0 and <= Block ? plaintext[..^plaintext[^1]] : null;
    }
}
