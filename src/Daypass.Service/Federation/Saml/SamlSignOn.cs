using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;
using System.Xml;

namespace Daypass.Service.Federation.Saml;

/// <summary>The question that a sign-in begins with, where it begins here: an <c>AuthnRequest</c> by HTTP-Redirect (SAML 2.0 bindings, section 3.4; profiles, section 4.1), unsigned.</summary>
internal static class SamlSignOn
{
    public const string Path = "/saml";
    private const string Redirect = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";
    private const string Post = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";

    // Metadata may have a megabyte, and anybody may ask: each is read once while it stays.
    private static readonly ConditionalWeakTable<SamlProvider, Place> Places = [];

    private sealed record Place(string? Url);

    /// <summary>Where the provider is asked, from its metadata; null where it takes no questions by redirect.</summary>
    public static string? PlaceOf(SamlProvider provider) => Places.GetValue(provider, ReadPlace).Url;

    /// <param name="place">The provider's.</param>
    /// <param name="publicUrl">This installation.</param>
    /// <param name="id">The request's ID.</param>
    /// <param name="now">Real time.</param>
    public static string UrlOf(string place, string publicUrl, string id, DateTimeOffset now)
    {
        var request = Convert.ToBase64String(Deflated(Request(place, publicUrl, id, now)));
        return $"{place}{(place.Contains('?', StringComparison.Ordinal) ? '&' : '?')}SAMLRequest={Uri.EscapeDataString(request)}";
    }

    /// <summary>What providers are told of this installation: as whom it asks, and where it takes answers.</summary>
    public static string Metadata(string publicUrl) => $"""
        <md:EntityDescriptor xmlns:md="{SamlNames.Metadata}" entityID="{publicUrl}{Path}">
          <md:SPSSODescriptor protocolSupportEnumeration="{SamlNames.Protocol}" AuthnRequestsSigned="false" WantAssertionsSigned="true">
            <md:AssertionConsumerService index="0" isDefault="true" Binding="{Post}" Location="{publicUrl}{Path}"/>
          </md:SPSSODescriptor>
        </md:EntityDescriptor>

        """;

    private static Place ReadPlace(SamlProvider provider)
    {
        try
        {
            var services = StrictXml.Read(provider.Metadata, StrictXml.Metadata).DocumentElement!.Find(SamlNames.Metadata, "IDPSSODescriptor")?.Elements(SamlNames.Metadata, "SingleSignOnService");
            return new Place(services?.Where(service => service.Attribute("Binding") == Redirect).Select(service => service.Attribute("Location")).FirstOrDefault(IsPlace));
        }
        catch (XmlRefusedException)
        {
            // It was taken under other rules.
            return new Place(null);
        }
    }

    // Whoever registers a provider says where people are sent; that it is a page on the Web is for us to see to.
    private static bool IsPlace(string? url) =>
        url is not null && Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
        && address.Fragment.Length == 0 && address.UserInfo.Length == 0 && !url.AsSpan().ContainsAnyExceptInRange('!', '~');

    private static byte[] Request(string place, string publicUrl, string id, DateTimeOffset now)
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, new XmlWriterSettings { OmitXmlDeclaration = true, Encoding = new UTF8Encoding(false) }))
        {
            xml.WriteStartElement("samlp", "AuthnRequest", SamlNames.Protocol);
            xml.WriteAttributeString("ID", id);
            xml.WriteAttributeString("Version", "2.0");
            xml.WriteAttributeString("IssueInstant", now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            xml.WriteAttributeString("Destination", place);
            xml.WriteAttributeString("ProtocolBinding", Post);
            xml.WriteAttributeString("AssertionConsumerServiceURL", publicUrl + Path);
            xml.WriteElementString("saml", "Issuer", SamlNames.Assertion, publicUrl + Path);
            xml.WriteEndElement();
        }
        return stream.ToArray();
    }

    private static byte[] Deflated(byte[] text)
    {
        using var stream = new MemoryStream();
        using (var deflate = new DeflateStream(stream, CompressionLevel.SmallestSize))
            deflate.Write(text);
        return stream.ToArray();
    }
}
