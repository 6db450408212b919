using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Daypass.Signing;
using static Daypass.Signing.SigningErrorCode;

namespace Daypass.Core.Tests.Signing;

/// <summary>Requests signed by a certificate's key: against a signature of openssl's over text written from AWS's description, and against each way to bend it.</summary>
public sealed class SigV4X509Tests
{
    private const string Target = "/sessions?profileArn=arn%3Aaws%3Arolesanywhere%3Aus-east-1%3A111122223333%3Aprofile%2Fp&roleArn=arn%3Aaws%3Aiam%3A%3A111122223333%3Arole%2Fr&trustAnchorArn=arn%3Aaws%3Arolesanywhere%3Aus-east-1%3A111122223333%3Atrust-anchor%2Ft";
    private const string Host = "rolesanywhere.us-east-1.example.com";
    private const string Serial = "4759477275222530853130";
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Body = """{"durationSeconds":900}"""u8.ToArray();
    private static readonly SigV4Rules Rules = new() { Service = "rolesanywhere", Skew = TimeSpan.FromMinutes(5) };

    private const string Certificate =
        "MIIDEzCCAfugAwIBAgIKAQIDBAUGBwgJCjANBgkqhkiG9w0BAQsFADAdMRswGQYDVQQDDBJ2ZWN0b3IuZXhhbXBsZS5jb20wIBcNMjYxMTIyMTUzMTQ0WhgP" +
        "MjEyNjEwMjkxNTMxNDRaMB0xGzAZBgNVBAMMEnZlY3Rvci5leGFtcGxlLmNvbTCCASIwDQYJKoZIhvcNAQEBBQADggEPADCCAQoCggEBAK1+ylCf9wuVIWeE" +
        "GFMgnIwhKjqKLO3SgfRg7MhurXcNcc0aSlB4/2FxU1ca92KDLN1dPfgvoMv3FS/Hkx7BDAIrad56EVv6NdtECB0l4MUFdqBb+KfV9HvpLjsvla6xGwMBOXSb" +
        "SznVTz+MRMzSofkByjphqmeteB81e7209MO6+OYjamzEkL/PAc+dSnqc62LngCnoP6SZ0yRAWRL4MFHNlbcimhGKfEUEfG82Ew0uQ2ki+1HelMqdb49Is0LO" +
        "2RUsSNtKDkI19rbOR6oJCdr3wYsI/5dq5H1FaPpKiuJ5NVRF9oANbrVVCNLiPa4D1UXKVHVLlHZf2N3kzKIcwQUCAwEAAaNTMFEwHQYDVR0OBBYEFEqaYDbP" +
        "tS8ochnj3BH6IT6pP5rFMB8GA1UdIwQYMBaAFEqaYDbPtS8ochnj3BH6IT6pP5rFMA8GA1UdEwEB/wQFMAMBAf8wDQYJKoZIhvcNAQELBQADggEBAARiXvZS" +
        "mTjvjALbW2NZFvaTrTEm66sPB4luQ9LmQkbvteqEAt6X0C54+9SFjfpPWlJMHrLughHVFkQLcJAqsrOKaCrrd2IC586dKtbH/tw84P0A2qoJGpGKvQ2czYio" +
        "RMtvOEOHLT0VDg93WJk7UPfOAZQ7Mpufi7m0Om7lB7U6Qg7rm2TrhNiQgNBeU0JxFWcrZxPmZXyCUDcFgWgf1hTkZkTMHIzliq71E9sZTPpWQxiQRW0pbD/i" +
        "MrE13q+f23i+KoJ+cnHPJCgxgIahVkvC4jo3d7yJclaxyuAxOGhArFvF0DVhiq/5v7Qi5WoKMKixdWelLkZeoF9sr+2EUQE=";

    private const string Signature =
        "6dfa4c92986029e323aa061c13e835fa272b7c330d7c9745eba18734b0e87b293e7ed9bee7b47bda44ed22069294ce52b5fa44921f96d36582531275ec304309" +
        "d94eabc66dda236f8a025cecc4aa73b70a45351af0a8c2088b27c03a5d2c14277980fa8713a8d756dfacde5224301a404db2639d34e3fca3e90f93fc7602c9d3" +
        "dd841b23d6d18b1d889d786b5f16b3f31e3b3e502d3af2a62c87741bddbc7b29171b1a87f41d84579e61c70a0a28f0bb2b8b7c8d5a01563a40d17d5cffccc90c" +
        "b7c0b4e55a3605ea9640ea28b95425cb373f9edca26c7258514fc979133582f8c68abf34297cb2bd7549840cc2c600efbd01efb86e5513fd6bacde13873e36dc";

    [Fact]
    public void A_signature_of_openssl_matches()
    {
        using var certificate = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(Certificate));
        HeaderBag headers = new(
        [
            new("Host", Host), new("X-Amz-Date", "20261122T120000Z"), new("Content-Type", "application/json"), new("X-Amz-X509", Certificate), new("X-Amz-X509-Chain", Certificate),
            new("Authorization", $"AWS4-X509-RSA-SHA256 Credential={Serial}/20261122/us-east-1/rolesanywhere/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-x509;x-amz-x509-chain, Signature={Signature}"),
        ]);
        var request = new SignableRequest("POST", Target, headers);
        var authorization = SigV4X509.TryParse(request, out var error);
        Assert.Null(error);
        Assert.Null(SigV4.CheckSignedHeaders(authorization!, request, Rules) ?? SigV4.CheckTimeAndScope(authorization!, Now, Rules));
        Assert.Equal(Serial, SigV4X509.SerialNumberOf(certificate));
        var stringToSign = SigV4.StringToSign(authorization!, request, SigV4.PayloadHash(Body), Rules);
        Assert.EndsWith("\nd4f9aafedfe17577d0d322c8b0223985bb43a5afed2354040f33542bf61c5cdd", stringToSign, StringComparison.Ordinal);
        Assert.True(SigV4X509.Matches(certificate, authorization!, stringToSign));
        Assert.False(SigV4X509.Matches(certificate, authorization!, stringToSign + " "));
    }

    public static TheoryData<string> Keys => ["RSA", "P-256", "P-384", "P-521"];

    [Theory, MemberData(nameof(Keys))]
    public void What_is_signed_here_matches_here_and_no_bit_of_it_can_change(string kind)
    {
        using var key = KeyOf(kind);
        using var certificate = CertificateOf(key);
        var (authorization, stringToSign) = Signed(certificate, key);
        Assert.Equal(kind == "RSA" ? SigV4X509.RsaAlgorithm : SigV4X509.EcdsaAlgorithm, authorization.Algorithm);
        Assert.True(SigV4X509.Matches(certificate, authorization, stringToSign));
        Assert.False(SigV4X509.Matches(certificate, authorization, stringToSign.Replace("rolesanywhere", "rolesAnywhere", StringComparison.Ordinal)));
        using var other = KeyOf(kind);
        using var stranger = CertificateOf(other);
        Assert.False(SigV4X509.Matches(stranger, authorization, stringToSign));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("zz")]
    [InlineData("30")]
    [InlineData("3006020101020101")]
    public void What_is_no_signature_does_not_match(string signature)
    {
        using var key = KeyOf("P-256");
        using var certificate = CertificateOf(key);
        var (authorization, stringToSign) = Signed(certificate, key, header => header[..header.IndexOf("Signature=", StringComparison.Ordinal)] + "Signature=" + signature + (signature.Length == 0 ? "0" : ""));
        Assert.False(SigV4X509.Matches(certificate, authorization, stringToSign));
        Assert.False(SigV4X509.Matches(certificate, Signed(certificate, key, header => header + new string('0', 4096)).Authorization, stringToSign));
    }

    [Theory]
    [InlineData("AWS4-HMAC-SHA256")]
    [InlineData("AWS4-ECDSA-P256-SHA256")]
    [InlineData("AWS4-X509-MLDSA")]
    [InlineData("aws4-x509-rsa-sha256")]
    public void Other_algorithms_are_not_taken_here_and_these_nowhere_else(string algorithm)
    {
        using var key = KeyOf("RSA");
        using var certificate = CertificateOf(key);
        var headers = HeadersOf(certificate, key);
        var other = new SignableRequest("POST", Target, headers.Replaced("Authorization", headers.Get("Authorization", 0)!.Replace(SigV4X509.RsaAlgorithm, algorithm, StringComparison.Ordinal)));
        Assert.Null(SigV4X509.TryParse(other, out var error));
        Assert.Equal(IncompleteSignature, error!.Code);
        Assert.Null(SigV4Parser.TryParseEither(new SignableRequest("POST", Target, headers), out error));
        Assert.Equal(IncompleteSignature, error!.Code);
        Assert.Null(SigV4X509.TryParse(new SignableRequest("POST", Target + "&X-Amz-Algorithm=AWS4-X509-RSA-SHA256", headers.Without("Authorization")), out error));
        Assert.Equal(MissingAuthenticationToken, error!.Code);
    }

    private static (SigV4Authorization Authorization, string StringToSign) Signed(X509Certificate2 certificate, AsymmetricAlgorithm key, Func<string, string>? change = null)
    {
        var headers = HeadersOf(certificate, key);
        if (change is not null)
            headers = headers.Replaced("Authorization", change(headers.Get("Authorization", 0)!));
        var request = new SignableRequest("POST", Target, headers);
        var authorization = SigV4X509.TryParse(request, out _)!;
        return (authorization, SigV4.StringToSign(authorization, request, SigV4.PayloadHash(Body), Rules));
    }

    private static HeaderBag HeadersOf(X509Certificate2 certificate, AsymmetricAlgorithm key) =>
        new([new("Host", Host), .. SigV4X509.SignHeaders("POST", new Uri($"https://{Host}{Target}"), [], SigV4.PayloadHash(Body), certificate, [certificate], key, "us-east-1", Now)]);

    private static AsymmetricAlgorithm KeyOf(string kind) => kind == "RSA" ? RSA.Create(2048) : ECDsa.Create(ECCurve.CreateFromFriendlyName("nist" + kind.Replace("-", "", StringComparison.Ordinal)));

    private static X509Certificate2 CertificateOf(AsymmetricAlgorithm key)
    {
        var request = key is RSA rsa ? new CertificateRequest("CN=web", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) : new CertificateRequest("CN=web", (ECDsa)key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(Now.AddDays(-1), Now.AddDays(1));
    }
}
