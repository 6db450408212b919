using System.Security.Cryptography;
using System.Security.Cryptography.Xml;
using System.Text;
using System.Xml;

namespace Daypass.Service.Tests.Federation.Saml;

/// <summary>The catalogue of attacks on SAML: what was tried on others (wrapping in all its shapes, other readers' XML, other people's keys, old and foreign assertions), by name.</summary>
internal static class BrokenAssertions
{
    private const string Invalid = "InvalidIdentityToken";
    private const string Evil = "root@example.com";
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public static readonly IReadOnlyDictionary<string, (string Code, Func<Draft, string> Write)> All = new Dictionary<string, (string, Func<Draft, string>)>(StringComparer.Ordinal)
    {
        // Wrapping: what is signed stays whole, and something else stands where it is read.
        ["XSW1: an evil Response, the signed one inside its signature"] = (Invalid, draft => Wrapped(draft, onResponse: true, (document, evil, good) => { Signature(evil).AppendChild(good); document.ReplaceChild(evil, document.DocumentElement!); })),
        ["XSW2: an evil Response, the signed one beside its signature"] = (Invalid, draft => Wrapped(draft, onResponse: true, (document, evil, good) => { evil.InsertBefore(good, Signature(evil)); document.ReplaceChild(evil, document.DocumentElement!); })),
        ["XSW3: an evil Assertion before the signed one"] = (Invalid, draft => Wrapped(draft, onResponse: false, (document, evil, good) => { Unsign(evil); document.DocumentElement!.InsertBefore(evil, document.One("saml:Assertion")); })),
        ["XSW4: the signed Assertion inside an evil one"] = (Invalid, draft => Wrapped(draft, onResponse: false, (document, evil, good) => { var signed = document.One("saml:Assertion"); Unsign(evil); document.DocumentElement!.ReplaceChild(evil, signed); evil.AppendChild(signed); })),
        ["XSW5: the signature in an evil Assertion, the signed one behind it"] = (Invalid, draft => Wrapped(draft, onResponse: false, (document, evil, good) => { document.DocumentElement!.ReplaceChild(evil, document.One("saml:Assertion")); document.DocumentElement.AppendChild(good); })),
        ["XSW6: the signed Assertion inside the signature of an evil one"] = (Invalid, draft => Wrapped(draft, onResponse: false, (document, evil, good) => { document.DocumentElement!.ReplaceChild(evil, document.One("saml:Assertion")); Signature(evil).AppendChild(good); })),
        ["XSW7: an evil Assertion in Extensions"] = (Invalid, draft => Wrapped(draft, onResponse: false, (document, evil, good) => { Unsign(evil); document.DocumentElement!.InsertAfter(document.CreateElement("samlp", "Extensions", "urn:oasis:names:tc:SAML:2.0:protocol"), document.DocumentElement.FirstChild)!.AppendChild(evil); })),
        ["XSW8: the signed Assertion in an Object of the signature of an evil one"] = (Invalid, draft => Wrapped(draft, onResponse: false, (document, evil, good) => { document.DocumentElement!.ReplaceChild(evil, document.One("saml:Assertion")); Signature(evil).AppendChild(document.CreateElement("Object", SignedXml.XmlDsigNamespaceUrl))!.AppendChild(good); })),
        ["an evil Assertion in Advice of the signed one's copy"] = (Invalid, draft => Wrapped(draft, onResponse: false, (document, evil, good) => { document.DocumentElement!.ReplaceChild(evil, document.One("saml:Assertion")); evil.AppendChild(document.CreateElement("saml", "Advice", "urn:oasis:names:tc:SAML:2.0:assertion"))!.AppendChild(good); })),
        ["an evil Assertion after the signed one"] = (Invalid, draft => Wrapped(draft, onResponse: false, (document, evil, good) => { Unsign(evil); document.DocumentElement!.AppendChild(evil); })),
        ["an evil Assertion of the same ID"] = (Invalid, draft => Wrapped(draft, onResponse: false, (document, evil, good) => { Unsign(evil); evil.SetAttribute("ID", "_assertion"); document.DocumentElement!.AppendChild(evil); })),
        ["an evil Assertion of SAML 1.1 beside the signed one"] = (Invalid, draft => Signed(draft, xml => xml.Replace("</samlp:Response>", "<Assertion xmlns=\"urn:oasis:names:tc:SAML:1.0:assertion\"/></samlp:Response>", StringComparison.Ordinal))),
        ["an encrypted Assertion beside the signed one"] = (Invalid, draft => Signed(draft, xml => xml.Replace("</samlp:Response>", "<saml:EncryptedAssertion/></samlp:Response>", StringComparison.Ordinal))),
        ["an encrypted name"] = (Invalid, draft => TestSaml.Encode(TestSaml.SignAssertion(draft.Xml().Replace("<saml:Subject>", "<saml:Subject><saml:EncryptedID/>", StringComparison.Ordinal)))),
        ["two signatures on one element"] = (Invalid, draft => TestSaml.Encode(TestSaml.SignAssertion(TestSaml.SignAssertion(draft.Xml())))),
        ["a signature of the Assertion on the Response"] = (Invalid, draft => Moved(draft)),
        ["a good signature on the Response and a foreign one on the Assertion"] = (Invalid, draft => TestSaml.Encode(TestSaml.SignResponse(TestSaml.SignAssertion(draft.Xml(), TestSaml.OtherKey)))),
        ["a foreign signature on the Response and a good one on the Assertion"] = (Invalid, draft => TestSaml.Encode(TestSaml.SignResponse(TestSaml.SignAssertion(draft.Xml()), TestSaml.OtherKey))),
        ["no signature"] = (Invalid, draft => TestSaml.Encode(draft.Xml())),
        ["a changed subject"] = (Invalid, draft => Signed(draft, xml => xml.Replace("alice@example.com", Evil, StringComparison.Ordinal))),
        ["a changed role"] = (Invalid, draft => Signed(draft, xml => xml.Replace("role/second", "role/admin", StringComparison.Ordinal))),

        // Keys and algorithms.
        ["a stranger's key"] = (Invalid, draft => TestSaml.Encode(TestSaml.SignAssertion(draft.Xml(), TestSaml.OtherKey))),
        ["a stranger's key, with its certificate in KeyInfo"] = (Invalid, draft => TestSaml.Encode(TestSaml.SignAssertion(draft.Xml(), TestSaml.OtherKey, signed => { signed.KeyInfo = new KeyInfo(); signed.KeyInfo.AddClause(new KeyInfoX509Data(Convert.FromBase64String(TestSaml.Certificate(TestSaml.OtherKey)))); }))),
        ["a stranger's key, by value in KeyInfo"] = (Invalid, draft => TestSaml.Encode(TestSaml.SignAssertion(draft.Xml(), TestSaml.OtherKey, signed => { signed.KeyInfo = new KeyInfo(); signed.KeyInfo.AddClause(new RSAKeyValue(TestSaml.OtherKey)); }))),
        ["SHA-1 as the signature's hash"] = (Invalid, draft => TestSaml.Encode(TestSaml.SignAssertion(draft.Xml(), null, signed => signed.SignedInfo!.SignatureMethod = SignedXml.XmlDsigRSASHA1Url))),
        ["SHA-1 as the digest"] = (Invalid, draft => TestSaml.Encode(TestSaml.SignAssertion(draft.Xml(), null, signed => ((Reference)signed.SignedInfo!.References[0]!).DigestMethod = SignedXml.XmlDsigSHA1Url))),
        ["HMAC with the public certificate as its key"] = (Invalid, WithHmac),
        ["inclusive canonicalisation"] = (Invalid, draft => TestSaml.Encode(TestSaml.SignAssertion(draft.Xml(), null, signed => signed.SignedInfo!.CanonicalizationMethod = SignedXml.XmlDsigC14NTransformUrl))),
        ["canonicalisation with comments"] = (Invalid, draft => TestSaml.Encode(TestSaml.SignAssertion(draft.Xml(), null, signed => signed.SignedInfo!.CanonicalizationMethod = TestSaml.Exclusive + "WithComments"))),
        ["a third transform"] = (Invalid, draft => TestSaml.Encode(TestSaml.SignAssertion(draft.Xml(), null, signed => ((Reference)signed.SignedInfo!.References[0]!).AddTransform(new XmlDsigExcC14NTransform())))),
        ["an XSLT transform"] = (Invalid, draft => Signed(draft, xml => xml.Replace("http://www.w3.org/2000/09/xmldsig#enveloped-signature", "http://www.w3.org/TR/1999/REC-xslt-19991116", StringComparison.Ordinal))),
        ["a reference to the whole document"] = (Invalid, draft => Signed(draft, xml => xml.Replace("URI=\"#_assertion\"", "URI=\"\"", StringComparison.Ordinal))),
        ["a reference to a file"] = (Invalid, draft => Signed(draft, xml => xml.Replace("URI=\"#_assertion\"", "URI=\"file:///etc/hostname\"", StringComparison.Ordinal))),
        ["a reference to another server"] = (Invalid, draft => Signed(draft, xml => xml.Replace("URI=\"#_assertion\"", "URI=\"http://169.254.169.254/\"", StringComparison.Ordinal))),
        ["a reference by xpointer"] = (Invalid, draft => Signed(draft, xml => xml.Replace("URI=\"#_assertion\"", "URI=\"#xpointer(/)\"", StringComparison.Ordinal))),
        ["two references"] = (Invalid, draft => TestSaml.Encode(TestSaml.SignAssertion(draft.Xml(), null, signed => { var second = new Reference("#_assertion") { DigestMethod = SignedXml.XmlDsigSHA256Url }; second.AddTransform(new XmlDsigEnvelopedSignatureTransform()); second.AddTransform(new XmlDsigExcC14NTransform()); signed.AddReference(second); }))),
        ["an empty signature value"] = (Invalid, draft => Signed(draft, xml => TestSaml.Change(xml, document => document.One("SignatureValue").InnerText = ""))),
        ["a signature value that is no Base64"] = (Invalid, draft => Signed(draft, xml => TestSaml.Change(xml, document => document.One("SignatureValue").InnerText = "%%%"))),
        ["a digest in two parts"] = (Invalid, draft => Signed(draft, xml => xml.Replace("</DigestValue>", "<x/></DigestValue>", StringComparison.Ordinal))),

        // XML that readers read differently.
        ["a comment in the name"] = (Invalid, draft => Signed(draft, xml => xml.Replace("alice@example.com", "alice@example.com<!-- -->.evil.example", StringComparison.Ordinal))),
        ["a comment in the digest"] = (Invalid, draft => Signed(draft, xml => xml.Replace("<DigestValue>", "<DigestValue><!-- x -->", StringComparison.Ordinal))),
        ["a processing instruction"] = (Invalid, draft => Signed(draft, xml => xml.Replace("<saml:Subject>", "<saml:Subject><?x y?>", StringComparison.Ordinal))),
        ["a CDATA section"] = (Invalid, draft => Signed(draft, xml => xml.Replace("alice@example.com", "<![CDATA[alice@example.com]]>", StringComparison.Ordinal))),
        ["a document type"] = (Invalid, draft => TestSaml.Encode("<!DOCTYPE x>" + TestSaml.SignAssertion(draft.Xml()))),
        ["an external entity"] = (Invalid, draft => TestSaml.Encode("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>" + draft.Xml().Replace("alice@example.com", "&e;", StringComparison.Ordinal))),
        ["a billion laughs"] = (Invalid, draft => TestSaml.Encode("<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">]>" + draft.Xml().Replace("alice@example.com", "&c;", StringComparison.Ordinal))),
        ["an undeclared entity"] = (Invalid, draft => Signed(draft, xml => xml.Replace("alice@example.com", "&e;", StringComparison.Ordinal))),
        ["an xml:id"] = (Invalid, draft => Signed(draft, xml => xml.Replace("<saml:Subject>", "<saml:Subject xml:id=\"_x\">", StringComparison.Ordinal))),
        ["an id by another spelling"] = (Invalid, draft => Signed(draft, xml => xml.Replace("<saml:Subject>", "<saml:Subject Id=\"_assertion\">", StringComparison.Ordinal))),
        ["the same ID twice"] = (Invalid, draft => Signed(draft, xml => xml.Replace("<samlp:Status>", "<samlp:Status ID=\"_assertion\">", StringComparison.Ordinal))),
        ["a relative namespace"] = (Invalid, draft => Signed(draft, xml => xml.Replace("<saml:Subject>", "<saml:Subject xmlns:x=\"1\">", StringComparison.Ordinal))),
        ["a declared encoding"] = (Invalid, draft => TestSaml.Encode("<?xml version=\"1.0\" encoding=\"utf-7\"?>" + TestSaml.SignAssertion(draft.Xml()))),
        ["UTF-16"] = (Invalid, draft => Convert.ToBase64String(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(TestSaml.SignAssertion(draft.Xml()))).ToArray())),
        ["a byte order mark"] = (Invalid, draft => Convert.ToBase64String(Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(TestSaml.SignAssertion(draft.Xml()))).ToArray())),
        ["bytes that are no UTF-8"] = (Invalid, draft => Convert.ToBase64String([.. Encoding.UTF8.GetBytes(TestSaml.SignAssertion(draft.Xml())), 0xC0, 0xAF])),
        ["Base64 with spaces"] = (Invalid, draft => TestSaml.Good(draft).Insert(4, " ")),
        ["Base64 without its end"] = (Invalid, draft => TestSaml.Good(draft with { Subject = "alicia@example.com" }).TrimEnd('=')[..^1]),
        ["no XML"] = (Invalid, _ => TestSaml.Encode("nothing of the kind")),
        ["13,000 nested elements"] = (Invalid, _ => TestSaml.Encode(string.Concat(Enumerable.Repeat("<a>", 10_500)) + string.Concat(Enumerable.Repeat("</a>", 10_500)))),
        ["nested elements under a signature that is good"] = (Invalid, draft => Signed(draft, xml => xml.Replace("<samlp:Status>", $"<samlp:Extensions>{string.Concat(Enumerable.Repeat("<a>", 3000))}{string.Concat(Enumerable.Repeat("</a>", 3000))}</samlp:Extensions><samlp:Status>", StringComparison.Ordinal))),
        ["13,000 elements beside one another"] = (Invalid, draft => Signed(draft, xml => xml.Replace("<samlp:Status>", $"<samlp:Extensions>{string.Concat(Enumerable.Repeat("<a/>", 13_000))}</samlp:Extensions><samlp:Status>", StringComparison.Ordinal))),
        ["too many attributes"] = (Invalid, draft => Signed(draft, xml => xml.Replace("<samlp:Status>", $"<samlp:Status {string.Concat(Enumerable.Range(0, 2000).Select(i => $"a{i}=\"\" "))}>", StringComparison.Ordinal))),
        ["a compressed response"] = (Invalid, _ => Convert.ToBase64String([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3])),
        ["an Assertion without a Response"] = (Invalid, draft => TestSaml.Encode(TestSaml.Load(TestSaml.SignAssertion(draft.Xml())).One("saml:Assertion").OuterXml)),

        // What it says.
        ["a status that is no success"] = ("IDPRejectedClaim", draft => TestSaml.Good(draft with { Status = "urn:oasis:names:tc:SAML:2.0:status:Responder" })),
        ["another issuer"] = (Invalid, draft => TestSaml.Good(draft with { Issuer = "https://evil.example.com", ResponseIssuer = "https://evil.example.com" })),
        ["another issuer of the Response"] = (Invalid, draft => TestSaml.Good(draft with { ResponseIssuer = "https://evil.example.com" })),
        ["another audience"] = (Invalid, draft => TestSaml.Good(draft with { Audience = "https://app.example.com" })),
        ["another recipient"] = (Invalid, draft => TestSaml.Good(draft with { Recipient = "https://app.example.com/saml" })),
        ["a recipient that ends as the right one"] = (Invalid, draft => TestSaml.Good(draft with { Recipient = "https://evil.example.com/signin.aws.amazon.com/saml" })),
        ["another destination"] = (Invalid, draft => TestSaml.Good(draft with { Destination = "https://app.example.com/saml" })),
        ["no audience"] = (Invalid, draft => TestSaml.Encode(TestSaml.SignAssertion(draft.Xml().Replace("<saml:AudienceRestriction><saml:Audience>urn:amazon:webservices</saml:Audience></saml:AudienceRestriction>", "", StringComparison.Ordinal)))),
        ["a second restriction to others"] = (Invalid, draft => TestSaml.Good(draft with { Conditions = "<saml:AudienceRestriction><saml:Audience>other</saml:Audience></saml:AudienceRestriction>" })),
        ["a condition of an unknown kind"] = (Invalid, draft => TestSaml.Good(draft with { Conditions = "<saml:Condition/>" })),
        ["a holder of a key"] = (Invalid, draft => TestSaml.Good(draft with { Method = "urn:oasis:names:tc:SAML:2.0:cm:holder-of-key" })),
        ["no name"] = (Invalid, draft => TestSaml.Good(draft with { Subject = " " })),
        ["an assertion of six minutes ago"] = ("ExpiredTokenException", draft => TestSaml.Good(draft with { Issued = TimeSpan.FromMinutes(-6) })),
        ["conditions that are over"] = ("ExpiredTokenException", draft => TestSaml.Good(draft with { NotOnOrAfter = TimeSpan.Zero })),
        ["a confirmation that is over"] = ("ExpiredTokenException", draft => TestSaml.Good(draft with { Confirmed = TimeSpan.FromSeconds(-1) })),
        ["a provider's session that is over"] = ("ExpiredTokenException", draft => TestSaml.Good(draft with { Session = $"SessionNotOnOrAfter=\"{draft.At(TimeSpan.FromSeconds(-1))}\"" })),
        ["an assertion of tomorrow"] = (Invalid, draft => TestSaml.Good(draft with { Issued = Hour })),
        ["conditions that have not begun"] = (Invalid, draft => TestSaml.Good(draft with { NotBefore = TimeSpan.FromSeconds(90) })),
        ["a time in another zone"] = (Invalid, draft => TestSaml.Encode(TestSaml.SignAssertion(draft.Xml().Replace(draft.At(draft.NotOnOrAfter), "2030-01-01T00:00:00+14:00", StringComparison.Ordinal)))),
        ["no session name"] = (Invalid, draft => TestSaml.Good(draft.Without("RoleSessionName"))),
        ["two session names"] = (Invalid, draft => TestSaml.Good(draft.With("RoleSessionName", "alice", "root"))),
        ["a session name with a line break"] = (Invalid, draft => TestSaml.Good(draft.With("RoleSessionName", "ali&#10;ce"))),
        ["a session name with a path"] = (Invalid, draft => TestSaml.Good(draft.With("RoleSessionName", "../root"))),
        ["a session name in other digits"] = (Invalid, draft => TestSaml.Good(draft.With("RoleSessionName", "alice١"))),
        ["a session of no seconds"] = (Invalid, draft => TestSaml.Good(draft.With("SessionDuration", "0"))),
        ["a session of less than no seconds"] = (Invalid, draft => TestSaml.Good(draft.With("SessionDuration", "-1"))),
        ["a session of a billion seconds"] = (Invalid, draft => TestSaml.Good(draft.With("SessionDuration", "1000000000"))),
        ["a role without its provider"] = (Invalid, draft => TestSaml.Good(draft.With("Role", "arn:aws:iam::123456789012:role/deploy"))),
        ["a source identity of the system"] = (Invalid, draft => TestSaml.Good(draft.With("SourceIdentity", "aws:root"))),
        ["a tag of the system"] = (Invalid, draft => TestSaml.Good(draft.With("PrincipalTag:aws:team", "blue"))),
        ["a tag in two letter cases"] = (Invalid, draft => TestSaml.Good(draft.With("PrincipalTag:team", "blue").With("PrincipalTag:Team", "red"))),
        ["a tag of two values"] = (Invalid, draft => TestSaml.Good(draft.With("PrincipalTag:team", "blue", "red"))),
        ["a transitive tag that is not there"] = (Invalid, draft => TestSaml.Good(draft.With("TransitiveTagKeys", "team"))),
    };

    private static string Signed(Draft draft, Func<string, string> change) => TestSaml.Encode(change(TestSaml.SignAssertion(draft.Xml())));

    // evil: a copy of what was signed that says something else; good: what was signed, without its signature.
    private static string Wrapped(Draft draft, bool onResponse, Action<XmlDocument, XmlElement, XmlElement> wrap)
    {
        var document = TestSaml.Load(onResponse ? TestSaml.SignResponse(draft.Xml()) : TestSaml.SignAssertion(draft.Xml()));
        var signed = onResponse ? document.DocumentElement! : document.One("saml:Assertion");
        var evil = (XmlElement)signed.CloneNode(true);
        evil.SetAttribute("ID", "_evil");
        evil.GetElementsByTagName("saml:NameID")[0]!.InnerText = Evil;
        var good = (XmlElement)signed.CloneNode(true);
        Unsign(good);
        wrap(document, evil, good);
        return TestSaml.Encode(document.OuterXml);
    }

    private static XmlElement Signature(XmlElement element) => element.ChildNodes.OfType<XmlElement>().Single(child => child.LocalName == "Signature");

    private static void Unsign(XmlElement element) => element.RemoveChild(Signature(element));

    private static string Moved(Draft draft) => TestSaml.Encode(TestSaml.Change(TestSaml.SignAssertion(draft.Xml()), document =>
    {
        var signature = Signature(document.One("saml:Assertion"));
        document.DocumentElement!.InsertAfter(signature, document.DocumentElement.FirstChild);
    }));

    private static string WithHmac(Draft draft)
    {
        var document = TestSaml.Load(draft.Xml());
        var element = document.One("saml:Assertion");
        var signed = new SignedXml(element);
        signed.SignedInfo!.CanonicalizationMethod = TestSaml.Exclusive;
        var reference = new Reference("#_assertion") { DigestMethod = SignedXml.XmlDsigSHA256Url };
        reference.AddTransform(new XmlDsigEnvelopedSignatureTransform());
        reference.AddTransform(new XmlDsigExcC14NTransform());
        signed.AddReference(reference);
        using var hash = new HMACSHA256(Convert.FromBase64String(TestSaml.Certificate(TestSaml.Key)));
        signed.ComputeSignature(hash);
        element.InsertAfter(document.ImportNode(signed.GetXml(), true), element.FirstChild);
        return TestSaml.Encode(document.OuterXml);
    }
}
