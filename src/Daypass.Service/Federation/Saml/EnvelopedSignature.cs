using System.Security.Cryptography;
using System.Security.Cryptography.Xml;
using System.Xml;

namespace Daypass.Service.Federation.Saml;

/// <summary>Verifies a signature over the element that it stands in. Its references find that element and no other; its KeyInfo is never looked at.</summary>
internal sealed class EnvelopedSignature : SignedXml
{
    static EnvelopedSignature() => EcdsaSignature.Register();

    private readonly XmlElement _parent;
    private readonly string _id;

    private EnvelopedSignature(XmlElement parent, string id)
        : base(parent) => (_parent, _id) = (parent, id);

    /// <param name="parent">The element.</param>
    /// <param name="signature">The signature, a child of it.</param>
    /// <param name="keys">The provider's registered keys; while it changes them there are several.</param>
    /// <returns>Whether one of them signed it.</returns>
    public static bool IsBy(XmlElement parent, XmlElement signature, IEnumerable<SamlSigningKey> keys)
    {
        var id = parent.Attribute("ID") ?? throw new XmlRefusedException("its signed element has no ID");
        var isRsa = SignatureShape.Check(signature, id);
        return keys.Any(key => key.IsRsa == isRsa && key.Keys.Use(imported => IsBy(parent, id, signature, imported)));
    }

    public override XmlElement? GetIdElement(XmlDocument? document, string idValue) => idValue == _id ? _parent : null;

    // Not LoadXml: that would read KeyInfo, too, and before anything is proven: certificates, numbers of keys, references, and types by names that a stranger chose.
    private void Take(XmlElement signature)
    {
        var parts = signature.Elements().ToList();
        Signature.SignedInfo = new SignedInfo();
        Signature.SignedInfo.LoadXml(parts[0]);
        Signature.SignatureValue = Convert.FromBase64String(parts[1].InnerText);
    }

    private static bool IsBy(XmlElement parent, string id, XmlElement signature, AsymmetricAlgorithm key)
    {
        try
        {
            var check = new EnvelopedSignature(parent, id) { Resolver = null! };
            check.Take(signature);
            return check.CheckSignature(key);
        }
        catch (Exception failure) when (failure is CryptographicException or FormatException or XmlException or ArgumentException)
        {
            return false;
        }
    }
}
