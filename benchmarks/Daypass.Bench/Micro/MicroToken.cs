using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Daypass.Bench.Cases;
using Daypass.Jose;

namespace Daypass.Bench.Micro;

/// <summary>The signature of a web identity token by itself, and the whole proof of the token around it.</summary>
internal static class MicroToken
{
    private const string Host = "token.actions.githubusercontent.com";

    /// <summary>The check of a signature, as the runtime has it: what no code around it can save.</summary>
    public static Action Bare(string algorithm)
    {
        var (signed, signature, rsa, ecdsa) = Signed(algorithm);
        return () => Require(algorithm == "RS256"
            ? rsa.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : ecdsa.VerifyData(signed, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
    }

    /// <summary>From the token's text to a proven one.</summary>
    public static Action Proof(string algorithm)
    {
        var (signed, signature, rsa, ecdsa) = Signed(algorithm);
        var text = $"{Encoding.ASCII.GetString(signed)}.{Base64Url.EncodeToString(signature)}";
        var keys = JsonWebKeySet.TryParse(Encoding.UTF8.GetBytes(KeySet(rsa, ecdsa)), out _)!;
        var rules = new JwtRules { Issuer = "https://" + Host, Audiences = ["sts.amazonaws.com"], Now = DateTimeOffset.UtcNow };
        return () => Require(JsonWebToken.TryParse(text, out _) is { } token && JwtVerifier.Verify(token, keys, rules, out _) is not null);
    }

    public static string KeySet(RSA rsa, ECDsa ecdsa)
    {
        var (numbers, point) = (rsa.ExportParameters(false), ecdsa.ExportParameters(false));
        return $$"""
            {"keys":[{"kty":"RSA","alg":"RS256","use":"sig","kid":"RS256","n":"{{Base64Url.EncodeToString(numbers.Modulus)}}","e":"AQAB"},
            {"kty":"EC","alg":"ES256","use":"sig","kid":"ES256","crv":"P-256","x":"{{Base64Url.EncodeToString(point.Q.X)}}","y":"{{Base64Url.EncodeToString(point.Q.Y)}}"}]}
            """;
    }

    private static (byte[] Signed, byte[] Signature, RSA Rsa, ECDsa Ecdsa) Signed(string algorithm)
    {
        var (rsa, ecdsa) = (RSA.Create(2048), ECDsa.Create(ECCurve.NamedCurves.nistP256));
        var signed = Encoding.ASCII.GetBytes($"{Encode($$"""{"typ":"JWT","alg":"{{algorithm}}","kid":"{{algorithm}}"}""")}.{Encode(WebIdentities.Claims(Host, 1))}");
        var signature = algorithm == "RS256" ? rsa.SignData(signed, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) : ecdsa.SignData(signed, HashAlgorithmName.SHA256);
        return (signed, signature, rsa, ecdsa);
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static void Require(bool isRight)
    {
        if (!isRight)
            throw new InvalidOperationException("What is measured does not work.");
    }
}
