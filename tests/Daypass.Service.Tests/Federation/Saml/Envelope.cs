using System.Security.Cryptography;
using System.Text;
using System.Xml;

namespace Daypass.Service.Tests.Federation.Saml;

/// <summary>How an assertion is encrypted; every part can be done wrongly. By hand, as what reads it is.</summary>
internal sealed record Envelope
{
    public const string Enc = "http://www.w3.org/2001/04/xmlenc#";
    public const string Enc11 = "http://www.w3.org/2009/xmlenc11#";
    public const string Mgf1p = $"""<xenc:EncryptionMethod Algorithm="{Enc}rsa-oaep-mgf1p"><ds:DigestMethod Algorithm="http://www.w3.org/2000/09/xmldsig#sha1"/></xenc:EncryptionMethod>""";
    public const string Oaep256 = $"""<xenc:EncryptionMethod Algorithm="{Enc11}rsa-oaep"><ds:DigestMethod Algorithm="{Enc}sha256"/><x11:MGF xmlns:x11="{Enc11}" Algorithm="{Enc11}mgf1sha256"/></xenc:EncryptionMethod>""";

    /// <summary>Whose private key the provider has here, the one after it, and a stranger's.</summary>
    public static readonly RSA Key = RSA.Create(2048);
    public static readonly RSA NextKey = RSA.Create(2048);
    public static readonly RSA OtherKey = RSA.Create(2048);

    public RSA To { get; init; } = Key;

    public string Block { get; init; } = Enc11 + "aes256-gcm";

    /// <summary>The method of the key's transport, as XML.</summary>
    public string Transport { get; init; } = Mgf1p;

    public RSAEncryptionPadding Padding { get; init; } = RSAEncryptionPadding.OaepSHA1;

    public bool IsKeyBeside { get; init; }

    /// <summary>Changes what is encrypted.</summary>
    public Func<string, string> Before { get; init; } = xml => xml;

    /// <summary>Changes the ciphertext.</summary>
    public Func<byte[], byte[]> After { get; init; } = bytes => bytes;

    /// <summary>Changes the content encryption key, before it is encrypted for the recipient.</summary>
    public Func<byte[], byte[]> Wrapped { get; init; } = bytes => bytes;

    /// <summary>Changes the finished EncryptedAssertion.</summary>
    public Func<string, string> Around { get; init; } = xml => xml;

    /// <summary>The response with its assertion in an envelope.</summary>
    public string Seal(string response)
    {
        var document = TestSaml.Load(response);
        var assertion = document.One("saml:Assertion");
        return response.Replace(InPlace(response), Of(Before(assertion.OuterXml)), StringComparison.Ordinal);
    }

    /// <summary>An EncryptedAssertion that holds a text.</summary>
    public string Of(string plaintext)
    {
        var size = Block.Contains("128", StringComparison.Ordinal) ? 16 : Block.Contains("192", StringComparison.Ordinal) ? 24 : 32;
        var key = RandomNumberGenerator.GetBytes(size);
        var text = Convert.ToBase64String(After(Block.EndsWith("gcm", StringComparison.Ordinal) ? Gcm(key, Encoding.UTF8.GetBytes(plaintext)) : Cbc(key, Encoding.UTF8.GetBytes(plaintext))));
        var wrapped = Convert.ToBase64String(To.Encrypt(Wrapped(key), Padding));
        var encryptedKey = $"<xenc:EncryptedKey>{Transport}<xenc:CipherData><xenc:CipherValue>{wrapped}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedKey>";
        return Around($"""
            <saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" xmlns:xenc="{Enc}" xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><xenc:EncryptedData Type="{Enc}Element"><xenc:EncryptionMethod Algorithm="{Block}"/>{(IsKeyBeside ? "" : $"<ds:KeyInfo>{encryptedKey}</ds:KeyInfo>")}<xenc:CipherData><xenc:CipherValue>{text}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData>{(IsKeyBeside ? encryptedKey : "")}</saml:EncryptedAssertion>
            """);
    }

    private static string InPlace(string response)
    {
        var start = response.IndexOf("<saml:Assertion ", StringComparison.Ordinal);
        return response[start..(response.LastIndexOf("</saml:Assertion>", StringComparison.Ordinal) + "</saml:Assertion>".Length)];
    }

    private static byte[] Gcm(byte[] key, byte[] plaintext)
    {
        var (nonce, text, tag) = (RandomNumberGenerator.GetBytes(12), new byte[plaintext.Length], new byte[16]);
        using var cipher = new AesGcm(key, 16);
        cipher.Encrypt(nonce, plaintext, text, tag);
        return [.. nonce, .. text, .. tag];
    }

    private static byte[] Cbc(byte[] key, byte[] plaintext)
    {
        using var cipher = Aes.Create();
        cipher.Key = key;
        var start = RandomNumberGenerator.GetBytes(16);
        return [.. start, .. cipher.EncryptCbc(plaintext, start, PaddingMode.ISO10126)];
    }
}
