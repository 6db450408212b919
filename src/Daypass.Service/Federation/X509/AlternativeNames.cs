using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace Daypass.Service.Federation.X509;

/// <summary>What of a subjectAltName becomes session tags: the first DNS name, the first URI, and the directory name's attributes.</summary>
internal static class AlternativeNames
{
    private const string Extension = "2.5.29.17";
    private static readonly Asn1Tag Dns = new(TagClass.ContextSpecific, 2);
    private static readonly Asn1Tag DirectoryName = new(TagClass.ContextSpecific, 4, isConstructed: true);
    private static readonly Asn1Tag Uri = new(TagClass.ContextSpecific, 6);

    /// <exception cref="CertificateRefusedException">The extension cannot be read.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(X509Certificate2 certificate)
    {
        if (certificate.Extensions[Extension] is not { } extension)
            return [];
        var found = new List<KeyValuePair<string, string>>();
        try
        {
            var names = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
            while (names.HasData)
                Add(names, found);
        }
        catch (AsnContentException)
        {
            throw new CertificateRefusedException("It has a subjectAltName that cannot be read");
        }
        return [.. found.DistinctBy(name => name.Key)];
    }

    private static void Add(AsnReader names, List<KeyValuePair<string, string>> into)
    {
        var tag = names.PeekTag();
        if (tag.HasSameClassAndValue(Dns))
            into.Add(KeyValuePair.Create("DNS", Text(names, Dns)));
        else if (tag.HasSameClassAndValue(Uri))
            into.Add(KeyValuePair.Create("URI", Text(names, Uri)));
        else if (tag.HasSameClassAndValue(DirectoryName))
            into.AddRange(DistinguishedName.Read(new X500DistinguishedName(names.ReadSequence(DirectoryName).ReadEncodedValue().Span)).Mapped()
                .Select(attribute => KeyValuePair.Create("Name/" + attribute.Key, attribute.Value)));
        else
            names.ReadEncodedValue();
    }

    private static string Text(AsnReader names, Asn1Tag tag)
    {
        var text = names.ReadCharacterString(UniversalTagNumber.IA5String, tag);
        return text.Any(char.IsControl) ? throw new CertificateRefusedException("It has a subjectAltName with control characters") : text;
    }
}
