using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.Xml;
using System.Text;
using System.Xml;
using Daypass.Service.Tests.Federation.Saml;

namespace Daypass.Service.Tests.Federation.Vendors;

/// <summary>A response and metadata as a vendor writes them: namespaces, prefixes, order and members are the vendor's, values are made up, and test keys sign.</summary>
/// <param name="Provider">The provider's name in the guide.</param>
/// <param name="EntityId">The issuer.</param>
/// <param name="Metadata">The metadata; CERT and UNTIL stand for values.</param>
/// <param name="Response">The response; ISSUED, BEFORE and AFTER stand for times.</param>
/// <param name="Trust">The trust policy that the guide recommends.</param>
internal sealed record VendorSaml(string Provider, string EntityId, string Metadata, string Response, string Trust)
{
    public bool SignsAssertion { get; init; } = true;

    public bool SignsResponse { get; init; }

    /// <summary>Prefixes that the vendor's canonicalization keeps, as an InclusiveNamespaces list.</summary>
    public string? Inclusive { get; init; }

    public IReadOnlyList<(string Key, string Value)> Keys { get; init; } = [];

    public IReadOnlyList<(string Who, string Find, string Put, string Code)> Others { get; init; } = [];

    public string Upload(DateTimeOffset now) => Metadata
        .Replace("CERT", TestSaml.Certificate(TestSaml.Key).ReplaceLineEndings(""), StringComparison.Ordinal)
        .Replace("NEXT", TestSaml.Certificate(TestSaml.NextKey).ReplaceLineEndings(""), StringComparison.Ordinal)
        .Replace("UNTIL", Time(now.AddYears(3)), StringComparison.Ordinal);

    /// <summary>What the browser posts, in which one text stands in place of another before it is signed.</summary>
    public string Post(DateTimeOffset now, string find = "", string put = "")
    {
        var text = find.Length == 0 ? Response : Response.Contains(find, StringComparison.Ordinal) ? Response.Replace(find, put, StringComparison.Ordinal) : throw new InvalidOperationException($"There is no {find} in the response.");
        var document = new XmlDocument { PreserveWhitespace = true };
        document.LoadXml(text.Replace("ISSUED", Time(now), StringComparison.Ordinal).Replace("BEFORE", Time(now.AddSeconds(-5)), StringComparison.Ordinal).Replace("AFTER", Time(now.AddMinutes(5)), StringComparison.Ordinal));
        var root = document.DocumentElement!;
        if (SignsAssertion)
            Sign(document, (XmlElement)root.GetElementsByTagName("Assertion", "urn:oasis:names:tc:SAML:2.0:assertion")[0]!);
        if (SignsResponse)
            Sign(document, root);
        return Convert.ToBase64String(Encoding.UTF8.GetBytes(document.OuterXml));
    }

    private void Sign(XmlDocument document, XmlElement element)
    {
        var signed = new SignedXml(element) { SigningKey = TestSaml.Key };
        signed.SignedInfo!.CanonicalizationMethod = TestSaml.Exclusive;
        signed.SignedInfo.SignatureMethod = SignedXml.XmlDsigRSASHA256Url;
        var reference = new Reference("#" + element.GetAttribute("ID")) { DigestMethod = SignedXml.XmlDsigSHA256Url };
        reference.AddTransform(new XmlDsigEnvelopedSignatureTransform());
        reference.AddTransform(Inclusive is null ? new XmlDsigExcC14NTransform() : new XmlDsigExcC14NTransform(Inclusive));
        signed.AddReference(reference);
        var info = new KeyInfo();
        info.AddClause(new KeyInfoX509Data(Convert.FromBase64String(TestSaml.Certificate(TestSaml.Key))));
        signed.KeyInfo = info;
        signed.ComputeSignature();
        var issuer = element.ChildNodes.OfType<XmlElement>().First(child => child.LocalName == "Issuer");
        element.InsertAfter(document.ImportNode(signed.GetXml(), true), issuer);
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
