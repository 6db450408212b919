using System.Security.Cryptography;

namespace Daypass.Service.Federation.Saml;

/// <summary>How an assertion may be encrypted (XML Encryption 1.1, section 5). RSA 1.5 is not here: its padding tells attackers what they ask.</summary>
internal static class EncryptionMethods
{
    public const string Encryption11 = "http://www.w3.org/2009/xmlenc11#";

    /// <summary>The older name of OAEP: its mask is always made with SHA-1.</summary>
    public const string OaepMgf1 = SamlNames.Encryption + "rsa-oaep-mgf1p";

    /// <summary>The newer name: the mask's hash is named, and is SHA-1 where it is not.</summary>
    public const string Oaep = Encryption11 + "rsa-oaep";

    private const string MoreDigests = "http://www.w3.org/2001/04/xmldsig-more#";

    // The hash of the label, and that of the mask, must be the same one: the platform's RSA has no other.
    private static readonly (string Digest, string Mask, RSAEncryptionPadding Padding)[] Paddings =
    [
        (SamlNames.Signature + "sha1", Encryption11 + "mgf1sha1", RSAEncryptionPadding.OaepSHA1),
        (SamlNames.Encryption + "sha256", Encryption11 + "mgf1sha256", RSAEncryptionPadding.OaepSHA256),
        (MoreDigests + "sha384", Encryption11 + "mgf1sha384", RSAEncryptionPadding.OaepSHA384),
        (SamlNames.Encryption + "sha512", Encryption11 + "mgf1sha512", RSAEncryptionPadding.OaepSHA512),
    ];

    private static readonly Dictionary<string, BlockCipher> Ciphers = new(StringComparer.Ordinal)
    {
        [Encryption11 + "aes128-gcm"] = new(16, IsAuthenticated: true),
        [Encryption11 + "aes192-gcm"] = new(24, IsAuthenticated: true),
        [Encryption11 + "aes256-gcm"] = new(32, IsAuthenticated: true),
        [SamlNames.Encryption + "aes128-cbc"] = new(16, IsAuthenticated: false),
        [SamlNames.Encryption + "aes192-cbc"] = new(24, IsAuthenticated: false),
        [SamlNames.Encryption + "aes256-cbc"] = new(32, IsAuthenticated: false),
    };

    /// <param name="method">The algorithm of the key's transport.</param>
    /// <param name="digest">Null where it names none, which means SHA-1.</param>
    /// <param name="mask">The same.</param>
    /// <returns>Null when it is not taken.</returns>
    public static RSAEncryptionPadding? FindPadding(string? method, string? digest, string? mask)
    {
        if (method is not (OaepMgf1 or Oaep) || (method == OaepMgf1 && mask is not null))
            return null;
        var (wantedDigest, wantedMask) = (digest ?? Paddings[0].Digest, mask ?? Paddings[0].Mask);
        return Array.Find(Paddings, row => row.Digest == wantedDigest && row.Mask == wantedMask).Padding;
    }

    public static BlockCipher? FindCipher(string? method) => method is null ? null : Ciphers.GetValueOrDefault(method);
}
