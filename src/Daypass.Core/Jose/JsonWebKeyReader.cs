using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json;

namespace Daypass.Jose;

/// <summary>One key of a set, with the limits below which it is none: RSA of 2048 to 8192 bits, and EC points on their curve.</summary>
internal static class JsonWebKeyReader
{
    private const int LeastRsaBits = 2048;
    private const int MostRsaBits = 8192;

    // NIST SP 800-56B: odd, and above 65536. Below, forgeries of sloppy encodings get within reach; far above, checks cost.
    private const uint LeastExponent = 65537;

    private static readonly Dictionary<string, (ECCurve Curve, int Size)> Curves = new(StringComparer.Ordinal)
    {
        ["P-256"] = (ECCurve.NamedCurves.nistP256, 32),
        ["P-384"] = (ECCurve.NamedCurves.nistP384, 48),
        ["P-521"] = (ECCurve.NamedCurves.nistP521, 66),
    };

    /// <summary>Whether an RSA or EC key has its private member.</summary>
    public static bool IsPrivate(JsonElement key) => key.ValueKind == JsonValueKind.Object && TextOf(key, "kty") is "RSA" or "EC" && key.TryGetProperty("d", out _);

    /// <summary>The key, or null and why not.</summary>
    public static VerificationKey? Read(JsonElement key, out string because)
    {
        because = "it is not for verifying signatures (kty, use, key_ops)";
        if (key.ValueKind != JsonValueKind.Object || !IsForVerifying(key))
            return null;
        because = "its 'kid' or 'alg' is not a text";
        if (!IsTextOrAbsent(key, "kid") || !IsTextOrAbsent(key, "alg"))
            return null;
        try
        {
            var read = TextOf(key, "kty") == "RSA" ? ReadRsa(key, out because) : ReadEc(key, out because);
            read?.Try();
            return read;
        }
        catch (CryptographicException)
        {
            because = "its numbers are no public key";
            return null;
        }
    }

    private static bool IsForVerifying(JsonElement key)
    {
        if (TextOf(key, "kty") is not ("RSA" or "EC"))
            return false;
        if (key.TryGetProperty("use", out _) && TextOf(key, "use") != "sig")
            return false;
        return !key.TryGetProperty("key_ops", out var uses)
            || (uses.ValueKind == JsonValueKind.Array && uses.EnumerateArray().Any(use => use.ValueKind == JsonValueKind.String && use.ValueEquals("verify")));
    }

    private static VerificationKey? ReadRsa(JsonElement key, out string because)
    {
        because = "its modulus or exponent is not base64url";
        if (BytesOf(key, "n") is not { } modulus || BytesOf(key, "e") is not { } exponent)
            return null;
        // RFC 7518, section 2 allows no zero in front; some issuers write one, and it changes nothing.
        modulus = WithoutZeros(modulus);
        exponent = WithoutZeros(exponent);
        because = $"its modulus is not an odd number of {LeastRsaBits} to {MostRsaBits} bits";
        if (modulus.Length > MostRsaBits / 8 || new BigInteger(modulus, isUnsigned: true, isBigEndian: true) is var n && (n.GetBitLength() is < LeastRsaBits or > MostRsaBits || n.IsEven))
            return null;
        because = $"its exponent is not an odd number of {LeastExponent} to {uint.MaxValue}";
        if (exponent.Length > 4 || new BigInteger(exponent, isUnsigned: true, isBigEndian: true) is var e && (e < LeastExponent || e.IsEven))
            return null;
        return new VerificationKey(TextOf(key, "kid"), TextOf(key, "alg"), new RSAParameters { Modulus = modulus, Exponent = exponent }) { Issuer = IssuerOf(key) };
    }

    private static VerificationKey? ReadEc(JsonElement key, out string because)
    {
        because = "its curve is none of P-256, P-384, P-521";
        if (TextOf(key, "crv") is not { } name || !Curves.TryGetValue(name, out var curve))
            return null;
        because = "its coordinates are not base64url of the curve's length";
        if (BytesOf(key, "x") is not { } x || BytesOf(key, "y") is not { } y || x.Length != curve.Size || y.Length != curve.Size)
            return null;
        return new VerificationKey(TextOf(key, "kid"), TextOf(key, "alg"), name, new ECParameters { Curve = curve.Curve, Q = new ECPoint { X = x, Y = y } }) { Issuer = IssuerOf(key) };
    }

    // "https://login.microsoftonline.com/{tenantid}/v2.0" is for all of them.
    private static string? IssuerOf(JsonElement key) => TextOf(key, "issuer") is { } issuer && !issuer.Contains('{', StringComparison.Ordinal) ? issuer : null;

    private static byte[] WithoutZeros(byte[] number) => number.AsSpan().IndexOfAnyExcept((byte)0) is var first and > 0 ? number[first..] : number;

    private static byte[]? BytesOf(JsonElement key, string name) => TextOf(key, name) is { } text ? StrictBase64Url.Decode(text) : null;

    private static bool IsTextOrAbsent(JsonElement key, string name) => !key.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.String;

    private static string? TextOf(JsonElement key, string name) => key.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
