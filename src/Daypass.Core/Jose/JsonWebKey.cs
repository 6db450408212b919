using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Daypass.Jose;

/// <summary>
/// A public key as RFC 7517 writes it: RSA for RS256, or P-384 for ES384. Its id is its RFC 7638 thumbprint, so the same key has the same id
/// wherever it is published. Immutable.
/// </summary>
public sealed class JsonWebKey
{
    /// <summary>The algorithm of RSA keys: RSASSA-PKCS1-v1_5 over SHA-256 (RFC 7518, 3.3).</summary>
    public const string Rs256 = "RS256";

    /// <summary>The algorithm of P-384 keys: ECDSA over SHA-384, r and s of 48 bytes each (RFC 7518, 3.4).</summary>
    public const string Es384 = "ES384";

    private const int CoordinateLength = 48;

    // In the order that the thumbprint is over: lexicographic, by RFC 7638, 3.3.
    private readonly (string Name, string Value)[] _members;

    private JsonWebKey(string algorithm, params (string, string)[] members)
    {
        Algorithm = algorithm;
        _members = members;
        KeyId = Thumbprint();
    }

    /// <summary><see cref="Rs256"/> or <see cref="Es384"/>.</summary>
    public string Algorithm { get; }

    /// <summary>43 characters of base64url: SHA-256 over the key's required members (RFC 7638).</summary>
    public string KeyId { get; }

    /// <summary>The key of a SubjectPublicKeyInfo (DER).</summary>
    /// <exception cref="CryptographicException">It is neither an RSA key nor one of P-384, or not well-formed.</exception>
    public static JsonWebKey Of(ReadOnlySpan<byte> subjectPublicKeyInfo) => IsRsa(subjectPublicKeyInfo) ? OfRsa(subjectPublicKeyInfo) : OfCurve(subjectPublicKeyInfo);

    /// <summary>Writes the key as an object: what verifies with it, for what, and under what id. Never a private member.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("kid", KeyId);
        json.WriteString("use", "sig");
        json.WriteString("alg", Algorithm);
        foreach (var (name, value) in _members)
            json.WriteString(name, value);
        json.WriteEndObject();
    }

    // The members hold base64url and names only: nothing in them needs escaping, so this is the canonical form.
    private string Thumbprint() =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{{{string.Join(',', _members.Select(member => $"\"{member.Name}\":\"{member.Value}\""))}}}")));

    // rsaEncryption, RFC 8017, A.1: no other key's AlgorithmIdentifier has it.
    private static ReadOnlySpan<byte> RsaEncryption => [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01];

    private static bool IsRsa(ReadOnlySpan<byte> info) => info.Length > 24 && info[..24].IndexOf(RsaEncryption) >= 0;

    private static JsonWebKey OfRsa(ReadOnlySpan<byte> info)
    {
        using var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(info, out _);
        var key = rsa.ExportParameters(includePrivateParameters: false);
        return new JsonWebKey(Rs256, ("e", Base64Url.EncodeToString(key.Exponent)), ("kty", "RSA"), ("n", Base64Url.EncodeToString(key.Modulus)));
    }

    private static JsonWebKey OfCurve(ReadOnlySpan<byte> info)
    {
        using var ecdsa = ECDsa.Create();
        ecdsa.ImportSubjectPublicKeyInfo(info, out _);
        var point = ecdsa.ExportParameters(includePrivateParameters: false).Q;
        if (ecdsa.KeySize != 384 || point is not { X.Length: CoordinateLength, Y.Length: CoordinateLength })
            throw new CryptographicException("The key is not one of P-384.");
        return new JsonWebKey(Es384, ("crv", "P-384"), ("kty", "EC"), ("x", Base64Url.EncodeToString(point.X)), ("y", Base64Url.EncodeToString(point.Y)));
    }
}
