using System.Security.Cryptography;
using System.Security.Cryptography.Xml;
using System.Text;
using System.Xml;

namespace Daypass.Service.Tests.Federation.Saml;

/// <summary>The catalogue of attacks on SAML: what was tried on others (wrapping in all its shapes, other readers' XML, other people's keys, old and foreign assertions), by name.</summary>
internal static class BrokenAssertions
{
    private const string Invalid = "InvalidIdentityToken";
    private const string Denied = "AccessDenied";
    private const string Rsa = SignedXml.XmlDsigRSASHA256Url;
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
        ["the signed Assertion in Extensions, an evil one in its place"] = (Invalid, draft => Wrapped(draft, onResponse: false, (document, evil, good) => { var signed = document.One("saml:Assertion"); Unsign(evil); document.DocumentElement!.ReplaceChild(evil, signed); document.DocumentElement.InsertAfter(document.CreateElement("samlp", "Extensions", "urn:oasis:names:tc:SAML:2.0:protocol"), document.DocumentElement.FirstChild)!.AppendChild(signed); })),
        ["an evil Assertion in an Object of the good signature"] = (Invalid, draft => Wrapped(draft, onResponse: false, (document, evil, good) => { Unsign(evil); Signature(document.One("saml:Assertion")).AppendChild(document.CreateElement("Object", SignedXml.XmlDsigNamespaceUrl))!.AppendChild(evil); })),
        ["an evil Assertion in the KeyInfo of the good signature"] = (Invalid, draft => Wrapped(draft, onResponse: false, (document, evil, good) => { Unsign(evil); Signature(document.One("saml:Assertion")).AppendChild(document.CreateElement("KeyInfo", SignedXml.XmlDsigNamespaceUrl))!.AppendChild(evil); })),
        ["an evil Assertion of another namespace under the same prefix"] = (Invalid, draft => Signed(draft, xml => xml.Replace("<samlp:Status>", "<samlp:Extensions xmlns:saml=\"urn:evil\"><saml:Assertion ID=\"_evil\"/></samlp:Extensions><samlp:Status>", StringComparison.Ordinal))),
        ["the prefix of the signed Assertion bound to something else"] = (Invalid, draft => Signed(draft, xml => xml.Replace("xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\"", "xmlns:saml=\"urn:evil\"", StringComparison.Ordinal))),
        ["a Signature of another namespace"] = (Invalid, draft => Signed(draft, xml => xml.Replace("<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"", "<Signature xmlns=\"urn:evil\"", StringComparison.Ordinal))),
        ["a DigestValue of another namespace before the good one"] = (Invalid, draft => Signed(draft, xml => xml.Replace("<DigestValue>", "<e:DigestValue xmlns:e=\"urn:evil\">x</e:DigestValue><DigestValue>", StringComparison.Ordinal))),
        ["a good signature of another Assertion"] = (Invalid, draft => Signed(draft, xml => TestSaml.Change(xml, document => Transplant(document, TestSaml.SignAssertion((draft with { Subject = Evil, Id = "_other" }).Xml()))))),
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
        ["eleven transforms"] = (Invalid, draft => TestSaml.Encode(TestSaml.SignAssertion(draft.Xml(), null, signed => { for (var i = 0; i < 9; i++) ((Reference)signed.SignedInfo!.References[0]!).AddTransform(new XmlDsigExcC14NTransform()); }))),
        ["a base64 transform"] = (Invalid, draft => ByHand(draft, transform: "http://www.w3.org/2000/09/xmldsig#base64")),
        ["an XPath transform"] = (Invalid, draft => ByHand(draft, transform: "http://www.w3.org/TR/1999/REC-xpath-19991116")),
        ["a Decryption transform"] = (Invalid, draft => ByHand(draft, transform: "http://www.w3.org/2002/07/decrypt#XML")),
        ["a signed digest of nothing"] = (Invalid, draft => ByHand(draft, digest: Convert.ToBase64String(SHA256.HashData([])))),
        ["a signed digest of nothing, and namespaces that canonicalisation stumbles over"] = (Invalid, draft => TestSaml.Encode(TestSaml.SignByHand(draft.Xml().Replace("<saml:Subject>", "<saml:Subject xmlns:ns=\"1\">", StringComparison.Ordinal), Rsa, Sign, digest: Convert.ToBase64String(SHA256.HashData([]))))),
        ["RSA-PSS"] = (Invalid, draft => TestSaml.Encode(TestSaml.SignByHand(draft.Xml(), "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1", text => TestSaml.Key.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pss)))),
        ["MD5"] = (Invalid, draft => TestSaml.Encode(TestSaml.SignByHand(draft.Xml(), "http://www.w3.org/2001/04/xmldsig-more#rsa-md5", text => TestSaml.Key.SignData(text, HashAlgorithmName.MD5, RSASignaturePadding.Pkcs1)))),
        ["the name of ECDSA over a signature of RSA"] = (Invalid, draft => TestSaml.Encode(TestSaml.SignByHand(draft.Xml(), "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256", Sign))),
        ["a Manifest"] = (Invalid, draft => TestSaml.Encode(TestSaml.SignAssertion(draft.Xml(), null, signed => { var held = TestSaml.Load("<Manifest xmlns=\"http://www.w3.org/2000/09/xmldsig#\" Id=\"m\"/>"); signed.AddObject(new DataObject { Data = held.ChildNodes }); }))),
        ["RetrievalMethod in KeyInfo, and a stranger's key"] = (Invalid, draft => TestSaml.Encode(TestSaml.SignAssertion(draft.Xml(), TestSaml.OtherKey, signed => { signed.KeyInfo = new KeyInfo(); signed.KeyInfo.AddClause(new KeyInfoRetrievalMethod("http://169.254.169.254/key")); }))),
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
        ["a parameter entity"] = (Invalid, draft => TestSaml.Encode("<!DOCTYPE x [<!ENTITY % e SYSTEM \"http://169.254.169.254/x\"> %e;]>" + TestSaml.SignAssertion(draft.Xml()))),
        ["quadratic growth"] = (Invalid, draft => TestSaml.Encode($"<!DOCTYPE x [<!ENTITY a \"{new string('a', 20_000)}\">]>" + draft.Xml().Replace("alice@example.com", string.Concat(Enumerable.Repeat("&a;", 2000)), StringComparison.Ordinal))),
        ["an attribute by default"] = (Invalid, draft => TestSaml.Encode("<!DOCTYPE x [<!ATTLIST Assertion ID CDATA #FIXED \"_evil\">]>" + TestSaml.SignAssertion(draft.Xml()))),
        ["an ID of another namespace"] = (Invalid, draft => Signed(draft, xml => xml.Replace("<samlp:Status>", "<samlp:Status samlp:ID=\"_assertion\">", StringComparison.Ordinal))),
        ["an id in capital and small letters"] = (Invalid, draft => Signed(draft, xml => xml.Replace("<samlp:Status>", "<samlp:Status iD=\"_assertion\">", StringComparison.Ordinal))),
        ["an ID that is no name"] = (Invalid, draft => Signed(draft, xml => xml.Replace("ID=\"_response\"", "ID=\"1 2\"", StringComparison.Ordinal))),
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
        ["nested elements, as many as fit"] = (Invalid, _ => TestSaml.Encode(string.Concat(Enumerable.Repeat("<a>", 10_500)) + string.Concat(Enumerable.Repeat("</a>", 10_500)))),
        ["nested elements under a signature that is good"] = (Invalid, draft => Signed(draft, xml => xml.Replace("<samlp:Status>", $"<samlp:Extensions>{string.Concat(Enumerable.Repeat("<a>", 3000))}{string.Concat(Enumerable.Repeat("</a>", 3000))}</samlp:Extensions><samlp:Status>", StringComparison.Ordinal))),
        ["13,000 elements beside one another"] = (Invalid, draft => Signed(draft, xml => xml.Replace("<samlp:Status>", $"<samlp:Extensions>{string.Concat(Enumerable.Repeat("<a/>", 13_000))}</samlp:Extensions><samlp:Status>", StringComparison.Ordinal))),
        ["too many attributes"] = (Invalid, draft => Signed(draft, xml => xml.Replace("<samlp:Status>", $"<samlp:Status {string.Concat(Enumerable.Range(0, 2000).Select(i => $"a{i}=\"\" "))}>", StringComparison.Ordinal))),
        ["a compressed response"] = (Invalid, _ => Convert.ToBase64String([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3])),
        ["deflated"] = (Invalid, draft => Deflated(TestSaml.SignAssertion(draft.Xml()))),
        ["a Response inside a Response"] = (Invalid, draft => TestSaml.Encode(TestSaml.SignAssertion(draft.Xml()) is var xml ? $"<samlp:Response xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" Version=\"2.0\" ID=\"_outer\"><samlp:Status><samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Success\"/></samlp:Status>{xml}</samlp:Response>" : "")),
        ["a LogoutResponse"] = (Invalid, draft => Signed(draft, xml => xml.Replace("samlp:Response", "samlp:LogoutResponse", StringComparison.Ordinal))),
        ["a Response of SAML 1.1"] = (Invalid, draft => Signed(draft, xml => xml.Replace("Version=\"2.0\" IssueInstant", "Version=\"1.1\" IssueInstant", StringComparison.Ordinal))),
        ["a Response without a status"] = (Invalid, draft => Signed(draft, xml => TestSaml.Change(xml, document => document.DocumentElement!.RemoveChild(document.One("samlp:Status"))))),
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
        ["no confirmation"] = (Invalid, draft => Written(draft, xml => xml.Replace($"<saml:SubjectConfirmation Method=\"{draft.Method}\">", "<saml:SubjectConfirmation>", StringComparison.Ordinal))),
        ["two confirmations"] = (Invalid, draft => Written(draft, xml => xml.Replace("</saml:Subject>", "<saml:SubjectConfirmation Method=\"urn:oasis:names:tc:SAML:2.0:cm:sender-vouches\"/></saml:Subject>", StringComparison.Ordinal))),
        ["a confirmation that begins later"] = (Invalid, draft => Written(draft, xml => xml.Replace("<saml:SubjectConfirmationData ", $"<saml:SubjectConfirmationData NotBefore=\"{draft.At(TimeSpan.Zero)}\" ", StringComparison.Ordinal))),
        ["two names"] = (Invalid, draft => Written(draft, xml => xml.Replace("<saml:Subject>", $"<saml:Subject><saml:NameID>{Evil}</saml:NameID>", StringComparison.Ordinal))),
        ["an element in the name"] = (Invalid, draft => Written(draft, xml => xml.Replace(draft.Subject, $"{draft.Subject}<saml:x/>", StringComparison.Ordinal))),
        ["two issuers"] = (Invalid, draft => Written(draft, xml => xml.Replace("<saml:Subject>", "<saml:Issuer>https://evil.example.com</saml:Issuer><saml:Subject>", StringComparison.Ordinal))),
        ["two Conditions"] = (Invalid, draft => Written(draft, xml => xml.Replace("<saml:AuthnStatement ", $"<saml:Conditions/><saml:AuthnStatement ", StringComparison.Ordinal))),
        ["no Conditions"] = (Invalid, draft => Written(draft, xml => xml.Replace("saml:Conditions", "saml:Advices", StringComparison.Ordinal))),
        ["no name"] = (Invalid, draft => TestSaml.Good(draft with { Subject = " " })),
        ["an assertion of six minutes ago"] = ("ExpiredTokenException", draft => TestSaml.Good(draft with { Issued = TimeSpan.FromMinutes(-6) })),
        ["conditions that are over"] = ("ExpiredTokenException", draft => TestSaml.Good(draft with { NotOnOrAfter = TimeSpan.Zero })),
        ["a confirmation that is over"] = ("ExpiredTokenException", draft => TestSaml.Good(draft with { Confirmed = TimeSpan.FromSeconds(-1) })),
        ["a provider's session that is over"] = ("ExpiredTokenException", draft => TestSaml.Good(draft with { Session = $"SessionNotOnOrAfter=\"{draft.At(TimeSpan.FromSeconds(-1))}\"" })),
        ["an assertion of tomorrow"] = (Invalid, draft => TestSaml.Good(draft with { Issued = Hour })),
        ["conditions that have not begun"] = (Invalid, draft => TestSaml.Good(draft with { NotBefore = TimeSpan.FromSeconds(90) })),
        ["a time in another zone"] = (Invalid, draft => TestSaml.Encode(TestSaml.SignAssertion(draft.Xml().Replace(draft.At(draft.NotOnOrAfter), "2030-01-01T00:00:00+14:00", StringComparison.Ordinal)))),
        ["no session name"] = (Invalid, draft => TestSaml.Good(draft.Without("RoleSessionName"))),
        ["a session name in another statement"] = (Invalid, draft => Written(draft, xml => xml.Replace("</saml:AttributeStatement>", $"</saml:AttributeStatement><saml:AttributeStatement><saml:Attribute Name=\"{Draft.Aws}RoleSessionName\"><saml:AttributeValue>root</saml:AttributeValue></saml:Attribute></saml:AttributeStatement>", StringComparison.Ordinal))),
        ["a session name whose attribute is spelt otherwise"] = (Invalid, draft => TestSaml.Good(draft.Without("RoleSessionName").With("rolesessionname", "alice"))),
        ["a session name that is an element"] = (Invalid, draft => TestSaml.Good(draft.With("RoleSessionName", "<x>alice</x>"))),
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
        ["51 tags"] = (Invalid, draft => TestSaml.Good(Enumerable.Range(0, 51).Aggregate(draft, (tagged, i) => tagged.With($"PrincipalTag:k{i}", "v")))),

        // What its sender may say, and nobody trusts.
        ["a role's attribute that is spelt otherwise"] = (Denied, draft => TestSaml.Good(draft.Without("Role").With("role", "arn:aws:iam::123456789012:role/deploy,arn:aws:iam::123456789012:saml-provider/idp"))),
        ["a role of another provider"] = (Denied, draft => TestSaml.Good(draft.With("Role", "arn:aws:iam::123456789012:role/deploy,arn:aws:iam::123456789012:saml-provider/other"))),
        ["a role of a provider of another account"] = (Denied, draft => TestSaml.Good(draft.With("Role", "arn:aws:iam::123456789012:role/deploy,arn:aws:iam::999999999999:saml-provider/idp"))),
        ["a role in capital letters"] = (Denied, draft => TestSaml.Good(draft.With("Role", "arn:aws:iam::123456789012:role/DEPLOY,arn:aws:iam::123456789012:saml-provider/idp"))),
        ["no role"] = (Denied, draft => TestSaml.Good(draft.Without("Role"))),
    };

    // Changed before it was signed: the provider itself says so.
    private static string Written(Draft draft, Func<string, string> change) => TestSaml.Encode(TestSaml.SignAssertion(change(draft.Xml())));

    private static string ByHand(Draft draft, string? transform = null, string? digest = null) => TestSaml.Encode(TestSaml.SignByHand(draft.Xml(), Rsa, Sign, transform, digest));

    private static byte[] Sign(byte[] text) => TestSaml.Key.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    private static void Transplant(XmlDocument document, string other)
    {
        var own = Signature(document.One("saml:Assertion"));
        own.ParentNode!.ReplaceChild(document.ImportNode(Signature(TestSaml.Load(other).One("saml:Assertion")), true), own);
    }

    private static string Deflated(string xml)
    {
        using var bytes = new MemoryStream();
        using (var packed = new System.IO.Compression.DeflateStream(bytes, System.IO.Compression.CompressionLevel.Optimal))
            packed.Write(Encoding.UTF8.GetBytes(xml));
        return Convert.ToBase64String(bytes.ToArray());
    }

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
