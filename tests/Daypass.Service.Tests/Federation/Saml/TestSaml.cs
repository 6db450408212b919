using System.Formats.Asn1;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography.Xml;
using System.Text;
using System.Xml;

namespace Daypass.Service.Tests.Federation.Saml;

/// <summary>What an assertion says; every part can be said wrongly.</summary>
internal sealed record Draft(DateTimeOffset Now)
{
    public const string Aws = "https://aws.amazon.com/SAML/Attributes/";

    public string Issuer { get; init; } = TestSaml.EntityId;

    public string ResponseIssuer { get; init; } = TestSaml.EntityId;

    public string Subject { get; init; } = "alice@example.com";

    public string Format { get; init; } = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";

    public string Recipient { get; init; } = "https://signin.aws.amazon.com/saml";

    public string Destination { get; init; } = "https://signin.aws.amazon.com/saml";

    public string Audience { get; init; } = "urn:amazon:webservices";

    public string Method { get; init; } = "urn:oasis:names:tc:SAML:2.0:cm:bearer";

    public string Status { get; init; } = "urn:oasis:names:tc:SAML:2.0:status:Success";

    public string Id { get; init; } = "_assertion";

    public TimeSpan Issued { get; init; }

    public TimeSpan NotBefore { get; init; } = TimeSpan.FromSeconds(-30);

    public TimeSpan NotOnOrAfter { get; init; } = TimeSpan.FromMinutes(5);

    public TimeSpan Confirmed { get; init; } = TimeSpan.FromMinutes(5);

    public string Session { get; init; } = "";

    public string Conditions { get; init; } = "";

    public IReadOnlyList<(string Name, string[] Values)> Attributes { get; init; } =
    [
        (Aws + "Role", ["arn:aws:iam::123456789012:role/deploy,arn:aws:iam::123456789012:saml-provider/idp", "arn:aws:iam::123456789012:saml-provider/idp,arn:aws:iam::123456789012:role/second"]),
        (Aws + "RoleSessionName", ["alice"]),
    ];

    public Draft With(string name, params string[] values) =>
        this with { Attributes = [.. Attributes.Where(attribute => attribute.Name != (name.Contains(':', StringComparison.Ordinal) && !name.StartsWith("PrincipalTag:", StringComparison.Ordinal) ? name : Aws + name)), (name.Contains(':', StringComparison.Ordinal) && !name.StartsWith("PrincipalTag:", StringComparison.Ordinal) ? name : Aws + name, values)] };

    public Draft Without(string name) => this with { Attributes = [.. Attributes.Where(attribute => attribute.Name != Aws + name)] };

    public string At(TimeSpan after) => (Now + after).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public string Xml() => $"""
        <samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_response" Version="2.0" IssueInstant="{At(Issued)}" Destination="{Destination}"><saml:Issuer>{ResponseIssuer}</saml:Issuer><samlp:Status><samlp:StatusCode Value="{Status}"/></samlp:Status>
        <saml:Assertion ID="{Id}" Version="2.0" IssueInstant="{At(Issued)}"><saml:Issuer>{Issuer}</saml:Issuer><saml:Subject><saml:NameID Format="{Format}">{Subject}</saml:NameID><saml:SubjectConfirmation Method="{Method}"><saml:SubjectConfirmationData Recipient="{Recipient}" NotOnOrAfter="{At(Confirmed)}"/></saml:SubjectConfirmation></saml:Subject>
        <saml:Conditions NotBefore="{At(NotBefore)}" NotOnOrAfter="{At(NotOnOrAfter)}"><saml:AudienceRestriction><saml:Audience>{Audience}</saml:Audience></saml:AudienceRestriction>{Conditions}</saml:Conditions>
        <saml:AuthnStatement AuthnInstant="{At(Issued)}" {Session}><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>
        <saml:AttributeStatement>{string.Concat(Attributes.Select(attribute => $"<saml:Attribute Name=\"{attribute.Name}\">{string.Concat(attribute.Values.Select(value => $"<saml:AttributeValue>{value}</saml:AttributeValue>"))}</saml:Attribute>"))}</saml:AttributeStatement></saml:Assertion></samlp:Response>
        """;
}

/// <summary>A SAML provider of our own, which writes and signs whatever it is told, wrong things too.</summary>
internal static class TestSaml
{
    public const string EntityId = "https://idp.example.com/saml";
    public const string Exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#";
    private static readonly XmlWriterSettings Plain = new() { OmitXmlDeclaration = true };

    /// <summary>The registered key, the one that follows it, and a stranger's.</summary>
    public static readonly RSA Key = RSA.Create(2048);
    public static readonly RSA NextKey = RSA.Create(2048);
    public static readonly RSA OtherKey = RSA.Create(2048);

    public static string Metadata(params AsymmetricAlgorithm[] keys) => Metadata(EntityId, "", keys);

    public static string Metadata(string entity, string more, params AsymmetricAlgorithm[] keys) => $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <!-- What a provider gives to those who trust it. -->
        <md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" entityID="{entity}" {more}>
          <md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
            {string.Concat(keys.Select(key => $"<md:KeyDescriptor use=\"signing\"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>\n{Certificate(key)}\n</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>"))}
            <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://idp.example.com/sso"/>
          </md:IDPSSODescriptor>
        </md:EntityDescriptor>
        """;

    public static string Certificate(AsymmetricAlgorithm key)
    {
        var request = key is RSA rsa ? new CertificateRequest("CN=idp.example.com", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) : new CertificateRequest("CN=idp.example.com", (ECDsa)key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2021, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return Convert.ToBase64String(certificate.RawData, Base64FormattingOptions.InsertLineBreaks);
    }

    /// <summary>A certificate of an RSA key that is only numbers: nobody need be able to sign with it.</summary>
    public static string CertificateOf(byte[] modulus, byte[] exponent)
    {
        var key = new AsnWriter(AsnEncodingRules.DER);
        using (key.PushSequence())
        {
            key.WriteIntegerUnsigned(modulus);
            key.WriteIntegerUnsigned(exponent);
        }
        var request = new CertificateRequest(new X500DistinguishedName("CN=idp.example.com"), new PublicKey(new Oid("1.2.840.113549.1.1.1"), new AsnEncodedData([5, 0]), new AsnEncodedData(key.Encode())), HashAlgorithmName.SHA256);
        using var certificate = request.Create(
            new X500DistinguishedName("CN=idp.example.com"), X509SignatureGenerator.CreateForRSA(OtherKey, RSASignaturePadding.Pkcs1), new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2021, 1, 1, 0, 0, 0, TimeSpan.Zero), [1]);
        return Convert.ToBase64String(certificate.RawData);
    }

    public static string Encode(string xml) => Convert.ToBase64String(Encoding.UTF8.GetBytes(xml));

    public static string Decode(string text) => Encoding.UTF8.GetString(Convert.FromBase64String(text));

    /// <summary>A good response, its assertion signed.</summary>
    public static string Good(Draft draft) => Encode(SignAssertion(draft.Xml()));

    public static string SignAssertion(string xml, RSA? key = null, Action<SignedXml>? change = null) => Sign(xml, "saml:Assertion", key, change);

    public static string SignResponse(string xml, RSA? key = null, Action<SignedXml>? change = null) => Sign(xml, "samlp:Response", key, change);

    /// <summary>Signed with a key of a curve, which SignedXml cannot.</summary>
    public static string SignWithCurve(string xml, ECDsa key, HashAlgorithmName hash, string name = "saml:Assertion") =>
        SignByHand(xml, "http://www.w3.org/2001/04/xmldsig-more#ecdsa-" + hash.Name!.ToLowerInvariant(), text => key.SignData(text, hash), name: name);

    /// <summary>Signed past SignedXml: what is signed is written in its canonical form to begin with.</summary>
    /// <param name="transform">Stands for the second transform.</param>
    /// <param name="digest">Stands for the true one.</param>
    public static string SignByHand(string xml, string method, Func<byte[], byte[]> sign, string? transform = null, string? digest = null, string name = "saml:Assertion") =>
        Change(Sign(xml, name, null, null), document =>
        {
            var signature = (XmlElement)document.One("SignedInfo").ParentNode!;
            digest ??= signature.GetElementsByTagName("DigestValue")[0]!.InnerText;
            var id = document.One(name).GetAttribute("ID");
            var info = $"""<SignedInfo xmlns="{SignedXml.XmlDsigNamespaceUrl}"><CanonicalizationMethod Algorithm="{Exclusive}"></CanonicalizationMethod><SignatureMethod Algorithm="{method}"></SignatureMethod><Reference URI="#{id}"><Transforms><Transform Algorithm="{SignedXml.XmlDsigEnvelopedSignatureTransformUrl}"></Transform><Transform Algorithm="{transform ?? Exclusive}"></Transform></Transforms><DigestMethod Algorithm="{SignedXml.XmlDsigSHA256Url}"></DigestMethod><DigestValue>{digest}</DigestValue></Reference></SignedInfo>""";
            signature.InnerXml = $"{info}<SignatureValue>{Convert.ToBase64String(sign(Encoding.UTF8.GetBytes(info)))}</SignatureValue>";
        });

    public static XmlDocument Load(string xml)
    {
        var document = new XmlDocument { PreserveWhitespace = true };
        document.LoadXml(xml);
        return document;
    }

    /// <summary>Changes a document after it was signed, or before.</summary>
    public static string Change(string xml, Action<XmlDocument> change)
    {
        var document = Load(xml);
        change(document);
        return document.OuterXml;
    }

    public static XmlElement One(this XmlDocument document, string name) => (XmlElement)document.GetElementsByTagName(name)[0]!;

    private static string Sign(string xml, string name, RSA? key, Action<SignedXml>? change)
    {
        var document = Load(xml);
        var element = document.One(name);
        var signed = new SignedXml(element) { SigningKey = key ?? Key };
        signed.SignedInfo!.CanonicalizationMethod = Exclusive;
        signed.SignedInfo.SignatureMethod = SignedXml.XmlDsigRSASHA256Url;
        var reference = new Reference("#" + element.GetAttribute("ID")) { DigestMethod = SignedXml.XmlDsigSHA256Url };
        reference.AddTransform(new XmlDsigEnvelopedSignatureTransform());
        reference.AddTransform(new XmlDsigExcC14NTransform());
        signed.AddReference(reference);
        change?.Invoke(signed);
        signed.ComputeSignature();
        var issuer = element.GetElementsByTagName("saml:Issuer")[0]!;
        element.InsertAfter(document.ImportNode(signed.GetXml(), true), issuer);
        return document.OuterXml;
    }
}
