using System.Security.Cryptography;
using System.Text;
using System.Xml;

namespace Daypass.Service.Federation.Saml;

/// <summary>
/// An encrypted assertion in the one shape that is taken (SAML 2.0 core, section 2.3.4, and XML Encryption 1.1): one EncryptedData, one EncryptedKey in
/// it or beside it, both values right there. Opened by hand: the platform's EncryptedXml obeys the document in more than it should.
/// </summary>
internal sealed class EncryptedAssertion
{
    private readonly RSAEncryptionPadding _padding;
    private readonly BlockCipher _cipher;
    private readonly byte[] _key;
    private readonly byte[] _text;

    private EncryptedAssertion(RSAEncryptionPadding padding, byte[] key, BlockCipher cipher, byte[] text) => (_padding, _key, _cipher, _text) = (padding, key, cipher, text);

    /// <summary>Whether nobody can have changed it who does not know its key; otherwise somebody must have signed it as it is.</summary>
    public bool IsAuthenticated => _cipher.IsAuthenticated;

    /// <exception cref="XmlRefusedException">It has another shape, or is encrypted in a way that is not taken.</exception>
    public static EncryptedAssertion Read(XmlElement encrypted)
    {
        var data = encrypted.Require(SamlNames.Encryption, "EncryptedData");
        if (data.Attribute("Type") is not (null or SamlNames.Encryption + "Element"))
            throw Refused("its EncryptedData is not that of an element");
        // Beside the data, as OpenSAML may put it, or in its KeyInfo, as all others do.
        var key = encrypted.Find(SamlNames.Encryption, "EncryptedKey") ?? data.Require(SamlNames.Signature, "KeyInfo").Require(SamlNames.Encryption, "EncryptedKey");
        var cipher = EncryptionMethods.FindCipher(MethodOf(data).Attribute("Algorithm")) ?? throw Refused("its assertion is encrypted by an algorithm that is not taken: AES-GCM is");
        return new EncryptedAssertion(PaddingOf(MethodOf(key)), ValueOf(key), cipher, ValueOf(data));
    }

    /// <summary>The assertion's own document, bounded as the response was.</summary>
    /// <param name="keys">The provider's, all of which are tried.</param>
    /// <exception cref="XmlRefusedException">It does not open: one text for everything that can be the reason, after the same work.</exception>
    public XmlElement Open(IReadOnlyList<KeyPool> keys)
    {
        var found = Unwrap(keys);
        // Without a key there is still something to do, and then the same answer.
        var plaintext = _cipher.Open(found ?? new byte[_cipher.KeySize], _text);
        return found is null || plaintext is null ? throw Closed() : Parse(plaintext);
    }

    private byte[]? Unwrap(IReadOnlyList<KeyPool> keys)
    {
        byte[]? found = null;
        foreach (var pool in keys)
        {
            var unwrapped = pool.Use(key => Unwrap((RSA)key));
            found ??= unwrapped?.Length == _cipher.KeySize ? unwrapped : null;
        }
        return found;
    }

    private byte[]? Unwrap(RSA key)
    {
        try
        {
            return key.Decrypt(_key, _padding);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static XmlElement Parse(byte[] plaintext)
    {
        try
        {
            return StrictXml.Read(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(plaintext), StrictXml.Message).DocumentElement!;
        }
        catch (Exception failure) when (failure is DecoderFallbackException or XmlRefusedException)
        {
            throw Closed();
        }
    }

    private static XmlElement MethodOf(XmlElement element) => element.Require(SamlNames.Encryption, "EncryptionMethod");

    private static RSAEncryptionPadding PaddingOf(XmlElement method)
    {
        var digest = method.Find(SamlNames.Signature, "DigestMethod");
        var mask = method.Find(EncryptionMethods.Encryption11, "MGF");
        // Nothing else: no parameters of OAEP, which nobody uses and which would have to be obeyed.
        return method.Elements().Count() == (digest is null ? 0 : 1) + (mask is null ? 0 : 1) && EncryptionMethods.FindPadding(method.Attribute("Algorithm"), digest?.Attribute("Algorithm"), mask?.Attribute("Algorithm")) is { } padding
            ? padding
            : throw Refused("its key is encrypted by an algorithm that is not taken: RSA-OAEP is, with SHA-1 or SHA-2 for its digest and its mask alike");
    }

    // Right here, and not by a CipherReference, which would have to be fetched.
    private static byte[] ValueOf(XmlElement element)
    {
        var text = element.Require(SamlNames.Encryption, "CipherData").Require(SamlNames.Encryption, "CipherValue").RequireText();
        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException)
        {
            throw Refused("its CipherValue is not Base64");
        }
    }

    private static XmlRefusedException Refused(string message) => new(message);

    private static XmlRefusedException Closed() => new("its assertion could not be decrypted");
}
