using System.Security.Cryptography;
using Daypass.Jose;
using Daypass.Service.Directories;
using Daypass.Tokens;

namespace Daypass.Service.Keys;

/// <summary>A key that signs, or has signed, for others to verify: its public half and its times.</summary>
/// <param name="stored">The document.</param>
/// <param name="pair">What was sealed in it.</param>
internal sealed class SigningKey(StoredKey stored, KeyPair pair)
{
    public string Purpose => stored.Purpose;

    /// <summary>Names the key in its ring.</summary>
    public uint Id => stored.Id;

    /// <summary>SubjectPublicKeyInfo, DER.</summary>
    public ReadOnlyMemory<byte> PublicKey => pair.PublicKey;

    /// <summary>Real time since when the key is published.</summary>
    public DateTimeOffset Created => stored.Created;

    /// <summary>Real time from which the key signs.</summary>
    public DateTimeOffset ValidFrom => KeyRotation.ActiveFrom(stored);

    /// <summary>
    /// Real time at which it stopped signing; null while it signs, or is to. A node that was cut off from the store may have signed with it
    /// for <see cref="KeyRotation.LongestStaleness"/> longer.
    /// </summary>
    public DateTimeOffset? Retired => stored.Retired;

    /// <summary>Real time since when somebody else may have the key: what it signed later than that proves nothing. Null for a key of good repute.</summary>
    public DateTimeOffset? Revoked => stored.Revoked;

    public bool IsActive => KeyRotation.Is(stored, SealingKeyState.Active);

    /// <summary>Whether the private half is here.</summary>
    public bool CanSign => pair.CanSign && Revoked is null;

    /// <summary>The public half as verifiers of tokens fetch it.</summary>
    public JsonWebKey WebKey => pair.WebKey;

    /// <summary>The public half as PKCS #1 RSAPublicKey, DER, which is how CloudTrail lists public keys. Of RSA keys only.</summary>
    public byte[] RsaPublicKey()
    {
        using var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(pair.PublicKey, out _);
        return rsa.ExportRSAPublicKey();
    }

    /// <inheritdoc cref="KeyPair.Sign"/>
    public byte[] Sign(ReadOnlySpan<byte> data) => pair.Sign(data);
}
