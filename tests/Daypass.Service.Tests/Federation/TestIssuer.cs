using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Daypass.Service.Tests.Federation;

/// <summary>
/// An issuer of our own that can write any token, honest or not: header, claims and signature are what a test says, byte for byte. Keys are made once for all
/// tests, for RSA keys take their time.
/// </summary>
internal sealed class TestIssuer
{
    public static readonly RSA Rsa = RSA.Create(2048);
    public static readonly RSA OtherRsa = RSA.Create(2048);
    public static readonly ECDsa P256 = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    public static readonly ECDsa P384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
    public static readonly ECDsa P521 = ECDsa.Create(ECCurve.NamedCurves.nistP521);

    public TestIssuer(string host = "idp.example.com", long now = 0)
    {
        Host = host;
        Keys = [RsaJwk("rsa", Rsa), EcJwk("p256", P256), EcJwk("p384", P384), EcJwk("p521", P521)];
        Now = now;
    }

    public string Host { get; }

    public string Url => "https://" + Host;

    public long Now { get; set; }

    /// <summary>What its key set has.</summary>
    public List<JsonObject> Keys { get; }

    public string KeySet => new JsonObject { ["keys"] = new JsonArray([.. Keys.Select(key => key.DeepClone())]) }.ToJsonString();

    public string DiscoveryDocument => new JsonObject { ["issuer"] = Url, ["jwks_uri"] = Url + "/keys" }.ToJsonString();

    /// <summary>The claims of an ordinary token.</summary>
    public JsonObject Claims(params (string Name, JsonNode? Value)[] changes)
    {
        var claims = new JsonObject { ["iss"] = Url, ["sub"] = "alice", ["aud"] = "app", ["iat"] = Now - 10, ["exp"] = Now + 600 };
        foreach (var (name, value) in changes)
            claims[name] = value;
        return claims;
    }

    /// <summary>An ordinary token, with some claims changed.</summary>
    public string Token(params (string Name, JsonNode? Value)[] changes) => Sign("RS256", "rsa", Claims(changes));

    /// <summary>A token signed with the key that the algorithm has here.</summary>
    public static string Sign(string algorithm, string? keyId, JsonNode claims)
    {
        var header = new JsonObject { ["alg"] = algorithm, ["typ"] = "JWT" };
        if (keyId is not null)
            header["kid"] = keyId;
        return SignText(algorithm, header.ToJsonString(), claims.ToJsonString());
    }

    /// <summary>The same with header and claims as bytes of the test's own.</summary>
    public static string SignText(string algorithm, string header, string claims)
    {
        var signed = Encode(Encoding.UTF8.GetBytes(header)) + "." + Encode(Encoding.UTF8.GetBytes(claims));
        return signed + "." + Encode(Signature(algorithm, Encoding.ASCII.GetBytes(signed)));
    }

    /// <summary>The same by any RSA key.</summary>
    public static string SignedBy(RSA key, string header, string claims)
    {
        var signed = Encode(Encoding.UTF8.GetBytes(header)) + "." + Encode(Encoding.UTF8.GetBytes(claims));
        return signed + "." + Encode(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    public static byte[] Signature(string algorithm, byte[] signed) => algorithm switch
    {
        "RS256" => Rsa.SignData(signed, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        "RS384" => Rsa.SignData(signed, HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1),
        "RS512" => Rsa.SignData(signed, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1),
        "PS256" => Rsa.SignData(signed, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
        "ES256" => P256.SignData(signed, HashAlgorithmName.SHA256),
        "ES384" => P384.SignData(signed, HashAlgorithmName.SHA384),
        "ES512" => P521.SignData(signed, HashAlgorithmName.SHA512),
        _ => throw new ArgumentException("No such algorithm here.", nameof(algorithm)),
    };

    public static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);

    public static JsonObject RsaJwk(string keyId, RSA rsa)
    {
        var parameters = rsa.ExportParameters(false);
        return new JsonObject { ["kty"] = "RSA", ["kid"] = keyId, ["use"] = "sig", ["n"] = Encode(parameters.Modulus), ["e"] = Encode(parameters.Exponent) };
    }

    public static JsonObject EcJwk(string keyId, ECDsa key)
    {
        var parameters = key.ExportParameters(false);
        var curve = parameters.Q.X!.Length switch { 32 => "P-256", 48 => "P-384", _ => "P-521" };
        return new JsonObject { ["kty"] = "EC", ["kid"] = keyId, ["crv"] = curve, ["x"] = Encode(parameters.Q.X), ["y"] = Encode(parameters.Q.Y) };
    }
}
