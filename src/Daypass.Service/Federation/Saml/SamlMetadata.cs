using System.Globalization;
using System.Xml;

namespace Daypass.Service.Federation.Saml;

/// <summary>
/// What counts of a provider's metadata (SAML 2.0 metadata, section 2): its name and the keys that it signs with. Its own signature is not asked:
/// whoever may register a provider vouches for it.
/// </summary>
/// <param name="EntityId">The issuer.</param>
/// <param name="Certificates">One to ten, in Base64.</param>
/// <param name="ValidUntil">When it says that it is over.</param>
internal sealed record SamlMetadata(string EntityId, IReadOnlyList<string> Certificates, DateTimeOffset? ValidUntil)
{
    private const int MaxKeys = 10;
    private const int MaxEntityId = 1024;

    /// <exception cref="XmlRefusedException">It is no metadata of one identity provider of SAML 2.0, or has no key that is taken.</exception>
    public static SamlMetadata Read(string text)
    {
        // Whoever uploads the private key has to hear it now, not from whoever reads the provider later.
        if (text.Contains("PRIVATE KEY", StringComparison.Ordinal))
            throw new XmlRefusedException("it has a private key in it, which nobody else may ever see: make a new one");
        var entity = StrictXml.Read(text, StrictXml.Metadata).DocumentElement!;
        if (!entity.Is(SamlNames.Metadata, "EntityDescriptor"))
            throw new XmlRefusedException("it is no EntityDescriptor of SAML 2.0; of several providers in one document, upload each by itself");
        var role = entity.Require(SamlNames.Metadata, "IDPSSODescriptor");
        if (role.Attribute("protocolSupportEnumeration")?.Split(' ').Contains(SamlNames.Protocol, StringComparer.Ordinal) != true)
            throw new XmlRefusedException("its IDPSSODescriptor does not name SAML 2.0 in its protocolSupportEnumeration");
        var certificates = role.Elements(SamlNames.Metadata, "KeyDescriptor").Where(Signs).SelectMany(CertificatesOf).Distinct(StringComparer.Ordinal).ToList();
        return new SamlMetadata(EntityIdOf(entity), certificates.Count is > 0 and <= MaxKeys ? certificates : throw new XmlRefusedException($"it has {certificates.Count} signing certificates; 1 to {MaxKeys} are taken"), EndOf(entity));
    }

    private static string EntityIdOf(XmlElement entity) =>
        entity.Attribute("entityID") is { Length: > 0 and <= MaxEntityId } id ? id : throw new XmlRefusedException($"its entityID must have 1 to {MaxEntityId} characters");

    // A key for no stated use is for both.
    private static bool Signs(XmlElement key) => key.Attribute("use") is null or "signing";

    private static IEnumerable<string> CertificatesOf(XmlElement key)
    {
        foreach (var data in key.Require(SamlNames.Signature, "KeyInfo").Elements(SamlNames.Signature, "X509Data"))
        {
            foreach (var certificate in data.Elements(SamlNames.Signature, "X509Certificate"))
            {
                var text = string.Concat(certificate.RequireText().Where(character => !char.IsWhiteSpace(character)));
                SamlSigningKey.Of(text);
                yield return text;
            }
        }
    }

    private static DateTimeOffset? EndOf(XmlElement entity) => entity.Attribute("validUntil") is not { } text ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var end) ? end
        : throw new XmlRefusedException("its validUntil is no time");
}
