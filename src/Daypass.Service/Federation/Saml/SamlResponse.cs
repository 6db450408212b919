using System.Security.Cryptography;
using System.Text;
using System.Xml;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Federation.Saml;

/// <summary>
/// A response as it came, in one shape only: one assertion in the whole document, the response's child, and signatures only where they say what they
/// sign: on the response, on the assertion, or on both. So nothing can be beside, around, before or behind what was signed.
/// </summary>
internal sealed class SamlResponse
{
    private readonly XmlElement _root;
    private readonly XmlElement _assertion;

    private SamlResponse(XmlElement root, XmlElement assertion) => (_root, _assertion) = (root, assertion);

    /// <summary>The issuer that the response names; null when only its assertion names one. Whether it is the assertion's is for whoever proves it.</summary>
    public string? Issuer => _root.Find(SamlNames.Assertion, "Issuer")?.RequireText();

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
        if (CountBelow(root, IsEncrypted) > 0)
            throw new XmlRefusedException("its assertion is encrypted, which is not taken: let the provider sign it and send it as it is");
        if (CountBelow(root, element => element.LocalName is "Assertion" or "Response") != 1)
            throw new XmlRefusedException("it does not have exactly one Assertion");
        return new SamlResponse(root, root.Require(SamlNames.Assertion, "Assertion"));
    }

    /// <summary>The assertion, proven: every signature that there is was made by the provider, and one of them covers it.</summary>
    /// <exception cref="XmlRefusedException">It was not.</exception>
    public XmlElement Prove(IReadOnlyList<RSA> keys)
    {
        var outer = _root.Find(SamlNames.Signature, "Signature");
        var inner = _assertion.Find(SamlNames.Signature, "Signature");
        var expected = (outer is null ? 0 : 1) + (inner is null ? 0 : 1);
        if (expected == 0 || CountBelow(_root, element => element.Is(SamlNames.Signature, "Signature")) != expected)
            throw new XmlRefusedException("it is not signed, or has signatures in other places than on the Response and its Assertion");
        if ((outer is not null && !EnvelopedSignature.IsBy(_root, outer, keys)) || (inner is not null && !EnvelopedSignature.IsBy(_assertion, inner, keys)))
            throw new XmlRefusedException("Response signature invalid");
        return _assertion;
    }

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

    private static bool IsEncrypted(XmlElement element) => element.LocalName.StartsWith("Encrypted", StringComparison.Ordinal);

    // Whatever namespace they claim: two readers may disagree about that, not about there being one.
    private static int CountBelow(XmlElement parent, Func<XmlElement, bool> counts) =>
        parent.Elements().Sum(child => (counts(child) ? 1 : 0) + CountBelow(child, counts));
}
