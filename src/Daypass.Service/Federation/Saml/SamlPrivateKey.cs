using System.Security.Cryptography;

namespace Daypass.Service.Federation.Saml;

/// <summary>A private key that opens a provider's encrypted assertions, as it is stored.</summary>
/// <param name="KeyId">32 letters and digits, never used again.</param>
/// <param name="Timestamp">When it was uploaded.</param>
/// <param name="SealedKey">PKCS#8, sealed for this account, provider and key id.</param>
internal sealed record SamlPrivateKey(string KeyId, DateTimeOffset Timestamp, byte[] SealedKey)
{
    /// <summary>How many a provider may have: the one in use, and the next.</summary>
    public const int MaxCount = 2;

    private const int MinKeySize = 2048;

    // An operation with 4096 bits takes some milliseconds, and a stranger can ask for one.
    private const int MaxKeySize = 4096;

    /// <summary>The key of a PEM text, in PKCS#8; null when it is none that is taken.</summary>
    /// <param name="pem">PKCS#8 or PKCS#1, not encrypted, RSA of 2048 to 4096 bits.</param>
    public static byte[]? Read(string pem)
    {
        using var key = RSA.Create();
        try
        {
            key.ImportFromPem(pem);
            return key.KeySize is >= MinKeySize and <= MaxKeySize ? key.ExportPkcs8PrivateKey() : null;
        }
        catch (Exception failure) when (failure is ArgumentException or CryptographicException)
        {
            return null;
        }
    }
}
