using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Daypass.Service.Federation.X509;

/// <summary>
/// A name of a certificate, attribute by attribute. Two ways to read one name would be two identities: so a name with characters that end a text
/// elsewhere, with several attributes in one place or with two common names is refused.
/// </summary>
internal sealed record DistinguishedName(IReadOnlyList<KeyValuePair<string, string>> Attributes)
{
    private const int MaxAttributes = 32;
    private const int MaxValue = 256;
    private const string Special = ",+\"\\<>;=";

    /// <summary>The short names, which session tags have; others are not mapped.</summary>
    private static readonly Dictionary<string, string> ShortNames = new(StringComparer.Ordinal)
    {
        ["2.5.4.3"] = "CN", ["2.5.4.4"] = "SN", ["2.5.4.5"] = "serialNumber", ["2.5.4.6"] = "C", ["2.5.4.7"] = "L", ["2.5.4.8"] = "ST", ["2.5.4.9"] = "street",
        ["2.5.4.10"] = "O", ["2.5.4.11"] = "OU", ["2.5.4.12"] = "title", ["2.5.4.42"] = "GN", ["2.5.4.43"] = "initials", ["2.5.4.44"] = "generationQualifier",
        ["2.5.4.46"] = "dnQualifier", ["2.5.4.65"] = "pseudonym", ["0.9.2342.19200300.100.1.1"] = "UID", ["0.9.2342.19200300.100.1.25"] = "DC",
        ["1.2.840.113549.1.9.1"] = "emailAddress",
    };

    public string? CommonName => Attributes.FirstOrDefault(attribute => attribute.Key == "CN").Value;

    /// <exception cref="CertificateRefusedException">The name can be read in two ways, or is too long.</exception>
    public static DistinguishedName Read(X500DistinguishedName name)
    {
        var attributes = new List<KeyValuePair<string, string>>();
        try
        {
            foreach (var part in name.EnumerateRelativeDistinguishedNames(reversed: false))
                attributes.Add(ReadPart(part));
        }
        catch (CryptographicException)
        {
            throw new CertificateRefusedException("It has a name that cannot be read");
        }
        if (attributes.Count > MaxAttributes)
            throw new CertificateRefusedException($"It has a name of more than {MaxAttributes} attributes");
        return attributes.Count(attribute => attribute.Key == "CN") > 1 ? throw new CertificateRefusedException("It has a name with two common names") : new(attributes);
    }

    /// <summary>Those with a short name. What is there twice, such as the parts of a domain, says nothing by itself, and is left out.</summary>
    public IEnumerable<KeyValuePair<string, string>> Mapped() =>
        Attributes.Where(attribute => ShortNames.ContainsValue(attribute.Key)).GroupBy(attribute => attribute.Key).Where(group => group.Count() == 1).Select(group => group.Single());

    /// <summary>In the order of the certificate. What separates attributes is escaped (RFC 4514 2.4): no two names are one text.</summary>
    public override string ToString() => string.Join(',', Attributes.Select(attribute => $"{attribute.Key}={Escape(attribute.Value)}"));

    private static string Escape(string value)
    {
        var escaped = new StringBuilder(value.Length);
        foreach (var character in value)
            (Special.Contains(character) ? escaped.Append('\\') : escaped).Append(character);
        return escaped.ToString();
    }

    private static KeyValuePair<string, string> ReadPart(X500RelativeDistinguishedName part)
    {
        if (part.HasMultipleElements)
            throw new CertificateRefusedException("It has a name with several attributes in one place");
        var value = part.GetSingleElementValue() ?? throw new CertificateRefusedException("It has a name with a value that is no text");
        if (value.Length > MaxValue || value.Any(char.IsControl))
            throw new CertificateRefusedException($"It has a name with a value of more than {MaxValue} characters, or with control characters");
        var oid = part.GetSingleElementType().Value!;
        return KeyValuePair.Create(ShortNames.GetValueOrDefault(oid, oid), value);
    }
}
