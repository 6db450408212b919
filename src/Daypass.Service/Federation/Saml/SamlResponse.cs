using System.Text;
using System.Xml;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Federation.Saml;

/// <summary>
/// A response as it came, in one shape only: one assertion in the whole document, encrypted or not, the response's child, and signatures only where they say
/// what they sign: on the response, on the assertion, or on both. So nothing can be beside, around, before or behind what was signed.
/// </summary>
internal sealed class SamlResponse
{
    // An EncryptedAssertion, its EncryptedData and its EncryptedKey.
    private const int PartsOfEncryption = 3;
    private readonly XmlElement _root;
    private readonly XmlElement? _assertion;
    private readonly EncryptedAssertion? _encrypted;

    private SamlResponse(XmlElement root, XmlElement? assertion, EncryptedAssertion? encrypted) => (_root, _assertion, _encrypted) = (root, assertion, encrypted);

    public bool IsEncrypted => _encrypted is not null;

    /// <summary>The issuer that the response names; null when only its assertion names one. Whether it is the assertion's is for whoever proves it.</summary>
    public string? Issuer => _root.Find(SamlNames.Assertion, "Issuer")?.RequireText();

    /// <summary>The request that it says to answer. Not proven, where only the assertion is signed.</summary>
    public string? InResponseTo => _root.Attribute("InResponseTo");

    /// <summary>The providers' ARNs that its assertion names. Not proven: good for finding keys, and for nothing else.</summary>
    public IEnumerable<string> NamedProviders =>
        (_assertion?.Elements(SamlNames.Assertion, "AttributeStatement") ?? []).SelectMany(statement => statement.Elements(SamlNames.Assertion, "Attribute"))
            .Where(attribute => attribute.Attribute("Name") == SamlNames.Attributes + "Role").SelectMany(attribute => attribute.Elements(SamlNames.Assertion, "AttributeValue"))
            .SelectMany(value => (value.Text() ?? "").Split(',')).Select(part => part.Trim()).Where(part => part.Contains(":saml-provider/", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal);

    /// <summary>The address that the response was made for, if it says so.</summary>
    public string? Destination => _root.Attribute("Destination");

    /// <param name="text">Base64, in lines or in one.</param>
    /// <exception cref="XmlRefusedException">It has another shape.</exception>
    /// <exception cref="ApiException">IDPRejectedClaim: the provider says that it let nobody in.</exception>
    public static SamlResponse Read(string text)
    {
        var root = StrictXml.Read(Decode(text), StrictXml.Message).DocumentElement!;
        if (!root.Is(SamlNames.Protocol, "Response") || root.Attribute("Version") != "2.0")
            throw new XmlRefusedException("it is no Response of SAML 2.0");
        if (root.Require(SamlNames.Protocol, "Status").Require(SamlNames.Protocol, "StatusCode").Attribute("Value") != SamlNames.Success)
            throw Errors.IdpRejectedClaim();
        var encrypted = CountBelow(root, IsEncryption);
        if (CountBelow(root, IsStatement) != (encrypted == 0 ? 1 : 0) || encrypted is not (0 or PartsOfEncryption))
            throw new XmlRefusedException("it does not have exactly one Assertion or EncryptedAssertion");
        return encrypted == 0
            ? new SamlResponse(root, root.Require(SamlNames.Assertion, "Assertion"), null)
            : new SamlResponse(root, null, EncryptedAssertion.Read(root.Require(SamlNames.Assertion, "EncryptedAssertion")));
    }

    /// <summary>
    /// The assertion, proven: every signature that there is was made by the provider, and one of them covers it. What was sent is proven as it was sent,
    /// then opened, then what was in it is proven: nobody's ciphertext is worked on under a signature that is not good.
    /// </summary>
    /// <exception cref="XmlRefusedException">It was not.</exception>
    public XmlElement Prove(ProviderKeys keys)
    {
        var isSigned = IsProven(_root, besides: _assertion, keys);
        if (_encrypted is null)
            return Prove(_assertion!, isSigned, keys);
        if (!isSigned && !_encrypted.IsAuthenticated)
            throw new XmlRefusedException("its assertion is encrypted with AES-CBC, which is taken in a signed Response only: let the provider sign the Response, or use AES-GCM");
        return Prove(Opened(keys), isSigned, keys);
    }

    private XmlElement Opened(ProviderKeys keys)
    {
        var assertion = _encrypted!.Open(keys.Decryption);
        // In its place it would be part of one document, and others read it so.
        if (IdsIn(assertion).Intersect(IdsIn(_root), StringComparer.Ordinal).Any())
            throw new XmlRefusedException("it has an ID twice");
        return assertion.Is(SamlNames.Assertion, "Assertion") && CountBelow(assertion, element => IsStatement(element) || IsEncryption(element)) == 0
            ? assertion
            : throw new XmlRefusedException("what its EncryptedAssertion holds is not exactly one Assertion");
    }

    private static XmlElement Prove(XmlElement assertion, bool isSigned, ProviderKeys keys) =>
        IsProven(assertion, besides: null, keys) || isSigned ? assertion : throw Unsigned();

    /// <summary>Whether the element has a signature, which is good then.</summary>
    /// <param name="besides">An element in it that has its own.</param>
    /// <exception cref="XmlRefusedException">It is not good, or there are others.</exception>
    private static bool IsProven(XmlElement element, XmlElement? besides, ProviderKeys keys)
    {
        var signature = element.Find(SamlNames.Signature, "Signature");
        var others = besides is null ? 0 : CountBelow(besides, IsSignature);
        if (CountBelow(element, IsSignature) - others != (signature is null ? 0 : 1))
            throw Unsigned();
        if (signature is not null && !EnvelopedSignature.IsBy(element, signature, keys.Signing))
            throw new XmlRefusedException("Response signature invalid");
        return signature is not null;
    }

    private static XmlRefusedException Unsigned() => new("it is not signed, or has signatures in other places than on the Response and its Assertion");

    private static IEnumerable<string> IdsIn(XmlElement element) =>
        element.Elements().SelectMany(IdsIn).Concat(((string[])["ID", "Id"]).Select(element.Attribute).OfType<string>());

    // Line breaks, as MIME puts them in, and nothing else: one text for one document.
    private static string Decode(string text)
    {
        var plain = text.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);
        var bytes = new byte[plain.Length];
        if (!Convert.TryFromBase64String(plain, bytes, out var length) || Convert.ToBase64String(bytes, 0, length) != plain)
            throw new XmlRefusedException("it is not Base64");
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            throw new XmlRefusedException("it is not in UTF-8");
        }
    }

    // Whatever namespace they claim: two readers may disagree about that, not about there being one.
    private static bool IsStatement(XmlElement element) => element.LocalName is "Assertion" or "Response";

    private static bool IsEncryption(XmlElement element) => element.LocalName.StartsWith("Encrypted", StringComparison.Ordinal);

    private static bool IsSignature(XmlElement element) => element.Is(SamlNames.Signature, "Signature");

    private static int CountBelow(XmlElement parent, Func<XmlElement, bool> counts) =>
        parent.Elements().Sum(child => (counts(child) ? 1 : 0) + CountBelow(child, counts));
}
