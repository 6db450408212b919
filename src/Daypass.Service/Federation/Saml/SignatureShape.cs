using System.Xml;

namespace Daypass.Service.Federation.Saml;

/// <summary>
/// The one shape of signatures that is taken (SAML 2.0 core, section 5.4, and narrower): over the element that it stands in, by its ID, with two
/// transforms, exclusive canonicalisation, RSA or ECDSA, and SHA-2. Checked on the tree before any cryptography looks at it.
/// </summary>
internal static class SignatureShape
{
    private const string Canonical = "http://www.w3.org/2001/10/xml-exc-c14n#";
    private const string Enveloped = SamlNames.Signature + "enveloped-signature";
    private const string More = "http://www.w3.org/2001/04/xmldsig-more#";
    private const int MaxPrefixes = 256;

    private static readonly string[] RsaMethods = [More + "rsa-sha256", More + "rsa-sha384", More + "rsa-sha512"];
    private static readonly string[] Methods = [.. RsaMethods, .. EcdsaSignature.Methods];
    private static readonly string[] Digests = [SamlNames.Encryption + "sha256", More + "sha384", SamlNames.Encryption + "sha512"];

    /// <param name="signature">A <c>ds:Signature</c>.</param>
    /// <param name="id">The ID of the element that it stands in.</param>
    /// <returns>Whether it is RSA's; otherwise it is ECDSA's.</returns>
    /// <exception cref="XmlRefusedException">Anything is otherwise.</exception>
    public static bool Check(XmlElement signature, string id)
    {
        var parts = signature.Elements().ToList();
        // No Object: what stands there is signed by nobody and found by somebody.
        Take(parts.Count is 2 or 3 && Is(parts[0], "SignedInfo") && Is(parts[1], "SignatureValue") && parts[1].Text() is not null && (parts.Count == 2 || Is(parts[2], "KeyInfo")));
        var info = parts[0].Elements().ToList();
        Take(info.Count == 3 && Is(info[0], "CanonicalizationMethod") && Is(info[1], "SignatureMethod") && Is(info[2], "Reference"));
        CheckCanonical(info[0]);
        CheckAlgorithm(info[1], Methods);
        CheckReference(info[2], id);
        return RsaMethods.Contains(info[1].Attribute("Algorithm"), StringComparer.Ordinal);
    }

    private static void CheckReference(XmlElement reference, string id)
    {
        // An empty URI would be the whole document, and any other somebody else's choice.
        Take(reference.Attribute("URI") == "#" + id);
        var parts = reference.Elements().ToList();
        Take(parts.Count == 3 && Is(parts[0], "Transforms") && Is(parts[1], "DigestMethod") && Is(parts[2], "DigestValue") && parts[2].Text() is not null);
        CheckAlgorithm(parts[1], Digests);
        var transforms = parts[0].Elements().ToList();
        Take(transforms.Count == 2 && Is(transforms[0], "Transform") && Is(transforms[1], "Transform"));
        CheckAlgorithm(transforms[0], [Enveloped]);
        CheckCanonical(transforms[1]);
    }

    private static void CheckAlgorithm(XmlElement method, string[] allowed)
    {
        if (!allowed.Contains(method.Attribute("Algorithm"), StringComparer.Ordinal))
            throw new XmlRefusedException("its signature uses an algorithm that is not taken");
        Take(!method.Elements().Any());
    }

    private static void CheckCanonical(XmlElement method)
    {
        if (method.Attribute("Algorithm") != Canonical)
            throw new XmlRefusedException("its signature uses an algorithm that is not taken");
        var children = method.Elements().ToList();
        Take(children.Count == 0 || (children.Count == 1 && children[0].Is(Canonical, "InclusiveNamespaces") && children[0].Attribute("PrefixList") is { Length: <= MaxPrefixes } && !children[0].HasChildNodes));
    }

    private static bool Is(XmlElement element, string name) => element.Is(SamlNames.Signature, name);

    private static void Take(bool isSo)
    {
        if (!isSo)
            throw new XmlRefusedException("its signature does not have the shape that SAML prescribes");
    }
}
