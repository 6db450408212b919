using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Daypass.Jose;

namespace Daypass.Core.Tests.Jose;

/// <summary>Public keys and tokens as RFC 7515, 7517 and 7638 write them.</summary>
public sealed class JwtWriterTests
{
    // The key of RFC 7638, 3.1.
    private const string Modulus =
        "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";

    private static readonly byte[] Payload = Encoding.UTF8.GetBytes("""{"sub":"arn:aws:iam::123456789012:role/app","aud":"ü"}""");

    [Fact]
    public void The_id_of_the_key_of_the_rfc_is_the_thumbprint_of_the_rfc()
    {
        using var rsa = RSA.Create(new RSAParameters { Modulus = Base64Url.DecodeFromChars(Modulus), Exponent = [1, 0, 1] });
        var key = JsonWebKey.Of(rsa.ExportSubjectPublicKeyInfo());
        Assert.Equal("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs", key.KeyId);
        Assert.Equal($$"""{"kid":"{{key.KeyId}}","use":"sig","alg":"RS256","e":"AQAB","kty":"RSA","n":"{{Modulus}}"}""", Written(key));
    }

    [Fact]
    public void A_key_of_p384_has_its_whole_coordinates_and_nothing_private()
    {
        for (var i = 0; i < 300; i++)
        {
            // Now and then a coordinate begins with zeros, which stay (RFC 7518, 6.2.1.2).
            using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP384);
            using var json = JsonDocument.Parse(Written(JsonWebKey.Of(ecdsa.ExportSubjectPublicKeyInfo())));
            Assert.Equal(["kid", "use", "alg", "crv", "kty", "x", "y"], json.RootElement.EnumerateObject().Select(member => member.Name));
            Assert.Equal((64, 64), (json.RootElement.GetProperty("x").GetString()!.Length, json.RootElement.GetProperty("y").GetString()!.Length));
        }
    }

    [Fact]
    public void A_token_is_header_payload_and_signature_of_exactly_these_bytes()
    {
        using var rsa = RSA.Create(2048);
        var key = JsonWebKey.Of(rsa.ExportSubjectPublicKeyInfo());
        var parts = JwtWriter.Write(key, Payload, data => rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)).Split('.');
        Assert.Equal(3, parts.Length);
        Assert.Equal($$"""{"alg":"RS256","kid":"{{key.KeyId}}","typ":"JWT"}""", Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[0])));
        Assert.Equal(Payload, Base64Url.DecodeFromChars(parts[1]));
        Assert.True(rsa.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        Assert.DoesNotContain('=', string.Join('.', parts));
    }

    [Fact]
    public void Keys_of_other_kinds_are_refused()
    {
        using var p256 = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var info = p256.ExportSubjectPublicKeyInfo();
        Assert.Throws<CryptographicException>(() => JsonWebKey.Of(info));
        Assert.Throws<CryptographicException>(() => JsonWebKey.Of([]));
        Assert.ThrowsAny<CryptographicException>(() => JsonWebKey.Of(Base64Url.DecodeFromChars(Modulus)));
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Assert.ThrowsAny<CryptographicException>(() => JsonWebKey.Of(p384.ExportSubjectPublicKeyInfo().AsSpan(0, 60)));
    }

    private static string Written(JsonWebKey key)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
            key.Write(json);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
