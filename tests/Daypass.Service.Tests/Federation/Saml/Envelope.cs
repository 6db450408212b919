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

    private const string Begin = "<saml:Assertion ";
    private const string End = "</saml:Assertion>";

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

    /// <summary>The content encryption key, where it is not a new one.</summary>
    public byte[]? ContentKey { get; init; }

    /// <summary>What stands where CBC's padding says its length.</summary>
    public byte? LastByte { get; init; }

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
        var key = ContentKey ?? RandomNumberGenerator.GetBytes(size);
        var text = Convert.ToBase64String(After(Block.EndsWith("gcm", StringComparison.Ordinal) ? Gcm(key, Encoding.UTF8.GetBytes(plaintext)) : Cbc(key, Encoding.UTF8.GetBytes(plaintext))));
        var wrapped = Convert.ToBase64String(To.Encrypt(Wrapped(key), Padding));
        var encryptedKey = $"<xenc:EncryptedKey>{Transport}<xenc:CipherData><xenc:CipherValue>{wrapped}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedKey>";
        return Around($"""
            <saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" xmlns:xenc="{Enc}" xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><xenc:EncryptedData Type="{Enc}Element"><xenc:EncryptionMethod Algorithm="{Block}"/>{(IsKeyBeside ? "" : $"<ds:KeyInfo>{encryptedKey}</ds:KeyInfo>")}<xenc:CipherData><xenc:CipherValue>{text}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData>{(IsKeyBeside ? encryptedKey : "")}</saml:EncryptedAssertion>
            """);
    }

    /// <summary>Whether there is an assertion in a response, in Base64, that an envelope could hold.</summary>
    public static bool CanHold(string response) => TextOf(response) is { } xml && TestSaml.Encode(xml) == response && xml.Contains(Begin, StringComparison.Ordinal) && xml.Contains("</samlp:Response>", StringComparison.Ordinal);

    /// <summary>
    /// The response with an envelope in the place of everything from the first assertion's beginning to the last one's end, of the first assertion, and of the last: as far
    /// as those differ, and leave well-formed what was so.
    /// </summary>
    public static IReadOnlyList<string> HoldEach(string response)
    {
        var xml = TextOf(response)!;
        string[] hidden = [.. ((string[])[InPlace(xml), Whole(xml, xml.IndexOf(Begin, StringComparison.Ordinal)), Whole(xml, xml.LastIndexOf(Begin, StringComparison.Ordinal))]).Distinct(StringComparer.Ordinal).Select(held => Hold(xml, held))];
        return [.. hidden.Where(text => IsXml(text) || !IsXml(xml)).Select(TestSaml.Encode)];
    }

    // Letter by letter: whatever reads XML would take out some of what is wrong with it.
    private static string Hold(string xml, string held)
    {
        const string Declaration = "xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\"";
        var alone = held[..held.IndexOf('>', StringComparison.Ordinal)].Contains("xmlns:saml=", StringComparison.Ordinal) || !xml.Contains(Declaration, StringComparison.Ordinal) ? held : held.Replace(Begin, $"{Begin}{Declaration} ", StringComparison.Ordinal);
        return xml.Replace(held, new Envelope().Of(alone), StringComparison.Ordinal);
    }

    // From its beginning to its own end, whatever assertions are in it.
    private static string Whole(string xml, int start)
    {
        var depth = 0;
        for (var at = start; ;)
        {
            var (open, close) = (xml.IndexOf(Begin, at, StringComparison.Ordinal), xml.IndexOf(End, at, StringComparison.Ordinal));
            if (open >= 0 && (open < close || close < 0))
            {
                at = xml.IndexOf('>', open) + 1;
                depth += xml[at - 2] == '/' ? 0 : 1;
            }
            else
            {
                at = close < 0 ? xml.Length : close + End.Length;
                depth--;
            }
            if (depth <= 0)
                return xml[start..at];
        }
    }

    private static bool IsXml(string text)
    {
        try
        {
            TestSaml.Load(text);
            return true;
        }
        catch (XmlException)
        {
            return false;
        }
    }

    private static string? TextOf(string response)
    {
        try
        {
            return new UTF8Encoding(false, true).GetString(Convert.FromBase64String(response));
        }
        catch (Exception failure) when (failure is FormatException or DecoderFallbackException)
        {
            return null;
        }
    }

    private static string InPlace(string response)
    {
        var start = response.IndexOf(Begin, StringComparison.Ordinal);
        return response[start..(response.LastIndexOf(End, StringComparison.Ordinal) + End.Length)];
    }

    private static byte[] Gcm(byte[] key, byte[] plaintext)
    {
        var (nonce, text, tag) = (RandomNumberGenerator.GetBytes(12), new byte[plaintext.Length], new byte[16]);
        using var cipher = new AesGcm(key, 16);
        cipher.Encrypt(nonce, plaintext, text, tag);
        return [.. nonce, .. text, .. tag];
    }

    private byte[] Cbc(byte[] key, byte[] plaintext)
    {
        using var cipher = Aes.Create();
        cipher.Key = key;
        var start = RandomNumberGenerator.GetBytes(16);
        byte[] padded = [.. plaintext, .. new byte[16 - (plaintext.Length % 16)]];
        padded[^1] = LastByte ?? (byte)(padded.Length - plaintext.Length);
        return [.. start, .. cipher.EncryptCbc(padded, start, PaddingMode.None)];
    }
}
