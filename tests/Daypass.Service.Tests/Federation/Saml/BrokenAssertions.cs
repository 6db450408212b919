using System.Security.Cryptography;
using System.Security.Cryptography.Xml;
using System.Text;
using System.Xml;

namespace Daypass.Service.Tests.Federation.Saml;

/// <summary>The catalogue of attacks on SAML: what was tried on others (wrapping in all its shapes, other readers' XML, other people's keys, old and foreign assertions), by name.</summary>
internal static class BrokenAssertions
{
    private const string Rsa = SignedXml.XmlDsigRSASHA256Url;
    private const string Evil = "root@example.com";
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    // What they are answered.
    private static readonly Refusal NotOne = Refusal.NoResponse("it does not have exactly one Assertion or EncryptedAssertion");
    private static readonly Refusal NotSigned = Refusal.NoResponse("it is not signed, or has signatures in other places than on the Response and its Assertion");
    private static readonly Refusal WrongShape = Refusal.NoResponse("its signature does not have the shape that SAML prescribes");
    private static readonly Refusal WrongId = Refusal.NoResponse("it has an ID twice, by another name, or one that is no name");
    private static readonly Refusal NotItsKey = Refusal.Says("Response signature invalid");
    private static readonly Refusal WrongAlgorithm = Refusal.NoResponse("its signature uses an algorithm that is not taken");
    private static readonly Refusal RelativeNamespace = Refusal.NoResponse("it has a relative namespace");
    private static readonly Refusal WrongNodes = Refusal.NoResponse("it has comments, processing instructions, CDATA sections or entities");
    private static readonly Refusal NoXml = Refusal.NoResponse("it is not well-formed XML without a document type");
    private static readonly Refusal NoUtf8 = Refusal.NoResponse("it is not in UTF-8");
    private static readonly Refusal NoBase64 = Refusal.NoResponse("it is not Base64");
    private static readonly Refusal TooMuch = Refusal.NoResponse("it has too many elements or attributes, or they are nested too deeply");
    private static readonly Refusal NoSaml = Refusal.NoResponse("it is no Response of SAML 2.0");
    private static readonly Refusal NotItsIssuer = Refusal.Says("Issuer not present in specified provider");
    private static readonly Refusal NotItsAudience = Refusal.Says("Response does not contain the required audience.");
    private static readonly Refusal NotItsPlace = Refusal.Says("Response was made for another Recipient or Destination");
    private static readonly Refusal NoBearer = Refusal.NoResponse("its SubjectConfirmation is not that of a bearer");
    private static readonly Refusal NoName = Refusal.NoResponse("its NameID has no text");
    private static readonly Refusal LongName = Refusal.NoResponse("its NameID has more than 256 characters, or control characters");
    private static readonly Refusal LongFormat = Refusal.NoResponse("its NameID's Format has more than 256 characters, or control characters");
    private static readonly Refusal OverASecondAgo = Refusal.Expired("Token expired: current date/time 1772366400 must be before the expiration date/time 1772366399");
    private static readonly Refusal ToCome = Refusal.NoResponse("it is of a time to come");
    private static readonly Refusal NoSessionName = Refusal.Says("RoleSessionName is required in AuthnResponse");
    private static readonly Refusal NotOneValue = Refusal.Says("An attribute of AuthnResponse that must have one text as its value has another number of them");
    private static readonly Refusal WrongSessionName = Refusal.Says("RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}");
    private static readonly Refusal WrongDuration = Refusal.Says("The attribute SessionDuration of AuthnResponse must be a number of seconds from 900 to 43200");
    private static readonly Refusal Denied = new("AccessDenied", "Not authorized to perform sts:AssumeRoleWithSAML");

    public static readonly IReadOnlyDictionary<string, (Refusal Refusal, Func<Draft, string> Write)> All = new Dictionary<string, (Refusal, Func<Draft, string>)>(StringComparer.Ordinal)
    {
        // Wrapping: what is signed stays whole, and something else stands where it is read.
        ["XSW1: an evil Response, the signed one inside its signature"] = (NotOne, draft => Wrapped(draft, onResponse: true, (document, evil, good) => { Signature(evil).AppendChild(good); document.ReplaceChild(evil, document.DocumentElement!); })),
        ["XSW2: an evil Response, the signed one beside its signature"] = (NotOne, draft => Wrapped(draft, onResponse: true, (document, evil, good) => { evil.InsertBefore(good, Signature(evil)); document.ReplaceChild(evil, document.DocumentElement!); })),
        ["XSW3: an evil Assertion before the signed one"] = (NotOne, draft => Wrapped(draft, onResponse: false, (document, evil, good) => { Unsign(evil); document.DocumentElement!.InsertBefore(evil, document.One("saml:Assertion")); })),
        ["XSW4: the signed Assertion inside an evil one"] = (NotOne, draft => Wrapped(draft, onResponse: false, (document, evil, good) => { var signed = document.One("saml:Assertion"); Unsign(evil); document.DocumentElement!.ReplaceChild(evil, signed); evil.AppendChild(signed); })),
        ["XSW5: the signature in an evil Assertion, the signed one behind it"] = (NotOne, draft => Wrapped(draft, onResponse: false, (document, evil, good) => { document.DocumentElement!.ReplaceChild(evil, document.One("saml:Assertion")); document.DocumentElement.AppendChild(good); })),
        ["XSW6: the signed Assertion inside the signature of an evil one"] = (NotOne, draft => Wrapped(draft, onResponse: false, (document, evil, good) => { document.DocumentElement!.ReplaceChild(evil, document.One("saml:Assertion")); Signature(evil).AppendChild(good); })),
        ["XSW7: an evil Assertion in Extensions"] = (NotOne, draft => Wrapped(draft, onResponse: false, (document, evil, good) => { Unsign(evil); document.DocumentElement!.InsertAfter(document.CreateElement("samlp", "Extensions", "urn:oasis:names:tc:SAML:2.0:protocol"), document.DocumentElement.FirstChild)!.AppendChild(evil); })),
        ["XSW8: the signed Assertion in an Object of the signature of an evil one"] = (NotOne, draft => Wrapped(draft, onResponse: false, (document, evil, good) => { document.DocumentElement!.ReplaceChild(evil, document.One("saml:Assertion")); Signature(evil).AppendChild(document.CreateElement("Object", SignedXml.XmlDsigNamespaceUrl))!.AppendChild(good); })),
        ["an evil Assertion in Advice of the signed one's copy"] = (NotOne, draft => Wrapped(draft, onResponse: false, (document, evil, good) => { document.DocumentElement!.ReplaceChild(evil, document.One("saml:Assertion")); evil.AppendChild(document.CreateElement("saml", "Advice", "urn:oasis:names:tc:SAML:2.0:assertion"))!.AppendChild(good); })),
        ["the signed Assertion in Extensions, an evil one in its place"] = (NotOne, draft => Wrapped(draft, onResponse: false, (document, evil, good) => { var signed = document.One("saml:Assertion"); Unsign(evil); document.DocumentElement!.ReplaceChild(evil, signed); document.DocumentElement.InsertAfter(document.CreateElement("samlp", "Extensions", "urn:oasis:names:tc:SAML:2.0:protocol"), document.DocumentElement.FirstChild)!.AppendChild(signed); })),
        ["an evil Assertion in an Object of the good signature"] = (NotOne, draft => Wrapped(draft, onResponse: false, (document, evil, good) => { Unsign(evil); Signature(document.One("saml:Assertion")).AppendChild(document.CreateElement("Object", SignedXml.XmlDsigNamespaceUrl))!.AppendChild(evil); })),
        ["an evil Assertion in the KeyInfo of the good signature"] = (NotOne, draft => Wrapped(draft, onResponse: false, (document, evil, good) => { Unsign(evil); Signature(document.One("saml:Assertion")).AppendChild(document.CreateElement("KeyInfo", SignedXml.XmlDsigNamespaceUrl))!.AppendChild(evil); })),
        ["an evil Assertion of another namespace under the same prefix"] = (NotOne, draft => Signed(draft, xml => xml.Replace("<samlp:Status>", "<samlp:Extensions xmlns:saml=\"urn:evil\"><saml:Assertion ID=\"_evil\"/></samlp:Extensions><samlp:Status>", StringComparison.Ordinal))),
        ["the prefix of the signed Assertion bound to something else"] = (Refusal.NoResponse("its Response has no Assertion"), draft => Signed(draft, xml => xml.Replace("xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\"", "xmlns:saml=\"urn:evil\"", StringComparison.Ordinal))),
        ["a Signature of another namespace"] = (NotSigned, draft => Signed(draft, xml => xml.Replace("<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"", "<Signature xmlns=\"urn:evil\"", StringComparison.Ordinal))),
        ["a DigestValue of another namespace before the good one"] = (WrongShape, draft => Signed(draft, xml => xml.Replace("<DigestValue>", "<e:DigestValue xmlns:e=\"urn:evil\">x</e:DigestValue><DigestValue>", StringComparison.Ordinal))),
        ["a good signature of another Assertion"] = (WrongShape, draft => Signed(draft, xml => TestSaml.Change(xml, document => Transplant(document, TestSaml.SignAssertion((draft with { Subject = Evil, Id = "_other" }).Xml()))))),
        ["a good signature of another Assertion of the same ID"] = (NotItsKey, draft => Signed(draft, xml => TestSaml.Change(xml, document => Transplant(document, TestSaml.SignAssertion((draft with { Subject = Evil }).Xml()))))),
        ["an evil Assertion after the signed one"] = (NotOne, draft => Wrapped(draft, onResponse: false, (document, evil, good) => { Unsign(evil); document.DocumentElement!.AppendChild(evil); })),
        ["an evil Assertion of the same ID"] = (WrongId, draft => Wrapped(draft, onResponse: false, (document, evil, good) => { Unsign(evil); evil.SetAttribute("ID", "_assertion"); document.DocumentElement!.AppendChild(evil); })),
        ["an evil Assertion of SAML 1.1 beside the signed one"] = (NotOne, draft => Signed(draft, xml => xml.Replace("</samlp:Response>", "<Assertion xmlns=\"urn:oasis:names:tc:SAML:1.0:assertion\"/></samlp:Response>", StringComparison.Ordinal))),
        ["an encrypted Assertion beside the signed one"] = (NotOne, draft => Signed(draft, xml => xml.Replace("</samlp:Response>", "<saml:EncryptedAssertion/></samlp:Response>", StringComparison.Ordinal))),
        ["an encrypted name"] = (NotOne, draft => TestSaml.Encode(TestSaml.SignAssertion(draft.Xml().Replace("<saml:Subject>", "<saml:Subject><saml:EncryptedID/>", StringComparison.Ordinal)))),
        ["two signatures on one element"] = (Refusal.NoResponse("its Assertion has more than one Signature"), draft => TestSaml.Encode(TestSaml.SignAssertion(TestSaml.SignAssertion(draft.Xml())))),
        ["a signature of the Assertion on the Response"] = (WrongShape, draft => Moved(draft)),
        ["a good signature on the Response and a foreign one on the Assertion"] = (NotItsKey, draft => TestSaml.Encode(TestSaml.SignResponse(TestSaml.SignAssertion(draft.Xml(), TestSaml.OtherKey)))),
        ["a foreign signature on the Response and a good one on the Assertion"] = (NotItsKey, draft => TestSaml.Encode(TestSaml.SignResponse(TestSaml.SignAssertion(draft.Xml()), TestSaml.OtherKey))),
        ["no signature"] = (NotSigned, draft => TestSaml.Encode(draft.Xml())),
        ["a changed subject"] = (NotItsKey, draft => Signed(draft, xml => xml.Replace("alice@example.com", Evil, StringComparison.Ordinal))),
        ["a changed role"] = (NotItsKey, draft => Signed(draft, xml => xml.Replace("role/second", "role/admin", StringComparison.Ordinal))),

        // Keys and algorithms.
        ["a stranger's key"] = (NotItsKey, draft => TestSaml.Encode(TestSaml.SignAssertion(draft.Xml(), TestSaml.OtherKey))),
        ["a stranger's key, with its certificate in KeyInfo"] = (NotItsKey, draft => TestSaml.Encode(TestSaml.SignAssertion(draft.Xml(), TestSaml.OtherKey, signed => { signed.KeyInfo = new KeyInfo(); signed.KeyInfo.AddClause(new KeyInfoX509Data(Convert.FromBase64String(TestSaml.Certificate(TestSaml.OtherKey)))); }))),
        ["a stranger's key, by value in KeyInfo"] = (NotItsKey, draft => TestSaml.Encode(TestSaml.SignAssertion(draft.Xml(), TestSaml.OtherKey, signed => { signed.KeyInfo = new KeyInfo(); signed.KeyInfo.AddClause(new RSAKeyValue(TestSaml.OtherKey)); }))),
        ["SHA-1 as the signature's hash"] = (WrongAlgorithm, draft => TestSaml.Encode(TestSaml.SignAssertion(draft.Xml(), null, signed => signed.SignedInfo!.SignatureMethod = SignedXml.XmlDsigRSASHA1Url))),
        ["SHA-1 as the digest"] = (WrongAlgorithm, draft => TestSaml.Encode(TestSaml.SignAssertion(draft.Xml(), null, signed => ((Reference)signed.SignedInfo!.References[0]!).DigestMethod = SignedXml.XmlDsigSHA1Url))),
        ["HMAC with the public certificate as its key"] = (WrongAlgorithm, WithHmac),
        ["inclusive canonicalisation"] = (WrongAlgorithm, draft => TestSaml.Encode(TestSaml.SignAssertion(draft.Xml(), null, signed => signed.SignedInfo!.CanonicalizationMethod = SignedXml.XmlDsigC14NTransformUrl))),
        ["canonicalisation with comments"] = (WrongAlgorithm, draft => TestSaml.Encode(TestSaml.SignAssertion(draft.Xml(), null, signed => signed.SignedInfo!.CanonicalizationMethod = TestSaml.Exclusive + "WithComments"))),
        ["a third transform"] = (WrongShape, draft => TestSaml.Encode(TestSaml.SignAssertion(draft.Xml(), null, signed => ((Reference)signed.SignedInfo!.References[0]!).AddTransform(new XmlDsigExcC14NTransform())))),
        ["eleven transforms"] = (WrongShape, draft => TestSaml.Encode(TestSaml.SignAssertion(draft.Xml(), null, signed => { for (var i = 0; i < 9; i++) ((Reference)signed.SignedInfo!.References[0]!).AddTransform(new XmlDsigExcC14NTransform()); }))),
        ["a base64 transform"] = (WrongAlgorithm, draft => ByHand(draft, transform: "http://www.w3.org/2000/09/xmldsig#base64")),
        ["an XPath transform"] = (WrongAlgorithm, draft => ByHand(draft, transform: "http://www.w3.org/TR/1999/REC-xpath-19991116")),
        ["a Decryption transform"] = (WrongAlgorithm, draft => ByHand(draft, transform: "http://www.w3.org/2002/07/decrypt#XML")),
        ["a signed digest of nothing"] = (NotItsKey, draft => ByHand(draft, digest: Convert.ToBase64String(SHA256.HashData([])))),
        ["a signed digest of nothing, and namespaces that canonicalisation stumbles over"] = (RelativeNamespace, draft => TestSaml.Encode(TestSaml.SignByHand(draft.Xml().Replace("<saml:Subject>", "<saml:Subject xmlns:ns=\"1\">", StringComparison.Ordinal), Rsa, Sign, digest: Convert.ToBase64String(SHA256.HashData([]))))),
        ["RSA-PSS"] = (WrongAlgorithm, draft => TestSaml.Encode(TestSaml.SignByHand(draft.Xml(), "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1", text => TestSaml.Key.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pss)))),
        ["MD5"] = (WrongAlgorithm, draft => TestSaml.Encode(TestSaml.SignByHand(draft.Xml(), "http://www.w3.org/2001/04/xmldsig-more#rsa-md5", text => TestSaml.Key.SignData(text, HashAlgorithmName.MD5, RSASignaturePadding.Pkcs1)))),
        ["the name of ECDSA over a signature of RSA"] = (NotItsKey, draft => TestSaml.Encode(TestSaml.SignByHand(draft.Xml(), "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256", Sign))),
        ["a Manifest"] = (WrongShape, draft => TestSaml.Encode(TestSaml.SignAssertion(draft.Xml(), null, signed => { var held = TestSaml.Load("<Manifest xmlns=\"http://www.w3.org/2000/09/xmldsig#\" Id=\"m\"/>"); signed.AddObject(new DataObject { Data = held.ChildNodes }); }))),
        ["RetrievalMethod in KeyInfo, and a stranger's key"] = (NotItsKey, draft => TestSaml.Encode(TestSaml.SignAssertion(draft.Xml(), TestSaml.OtherKey, signed => { signed.KeyInfo = new KeyInfo(); signed.KeyInfo.AddClause(new KeyInfoRetrievalMethod("http://169.254.169.254/key")); }))),
        ["an XSLT transform"] = (WrongAlgorithm, draft => Signed(draft, xml => xml.Replace("http://www.w3.org/2000/09/xmldsig#enveloped-signature", "http://www.w3.org/TR/1999/REC-xslt-19991116", StringComparison.Ordinal))),
        ["a reference to the whole document"] = (WrongShape, draft => Signed(draft, xml => xml.Replace("URI=\"#_assertion\"", "URI=\"\"", StringComparison.Ordinal))),
        ["a reference to a file"] = (WrongShape, draft => Signed(draft, xml => xml.Replace("URI=\"#_assertion\"", "URI=\"file:///etc/hostname\"", StringComparison.Ordinal))),
        ["a reference to another server"] = (WrongShape, draft => Signed(draft, xml => xml.Replace("URI=\"#_assertion\"", "URI=\"http://169.254.169.254/\"", StringComparison.Ordinal))),
        ["a reference by xpointer"] = (WrongShape, draft => Signed(draft, xml => xml.Replace("URI=\"#_assertion\"", "URI=\"#xpointer(/)\"", StringComparison.Ordinal))),
        ["two references"] = (WrongShape, draft => TestSaml.Encode(TestSaml.SignAssertion(draft.Xml(), null, signed => { var second = new Reference("#_assertion") { DigestMethod = SignedXml.XmlDsigSHA256Url }; second.AddTransform(new XmlDsigEnvelopedSignatureTransform()); second.AddTransform(new XmlDsigExcC14NTransform()); signed.AddReference(second); }))),
        ["an empty signature value"] = (NotItsKey, draft => Signed(draft, xml => TestSaml.Change(xml, document => document.One("SignatureValue").InnerText = ""))),
        ["a signature value that is no Base64"] = (NotItsKey, draft => Signed(draft, xml => TestSaml.Change(xml, document => document.One("SignatureValue").InnerText = "%%%"))),
        ["something in the signature's method"] = (WrongShape, draft => Signed(draft, xml => xml.Replace("#rsa-sha256\" />", "#rsa-sha256\"><HMACOutputLength>8</HMACOutputLength></SignatureMethod>", StringComparison.Ordinal))),
        ["something in the digest's method"] = (WrongShape, draft => Signed(draft, xml => xml.Replace("#sha256\" />", "#sha256\"><x/></DigestMethod>", StringComparison.Ordinal))),
        ["a list of prefixes of 257 characters"] = (WrongShape, draft => Signed(draft, xml => WithPrefixes(xml, $"<InclusiveNamespaces xmlns=\"{TestSaml.Exclusive}\" PrefixList=\"{new string('p', 257)}\"/>"))),
        ["two lists of prefixes"] = (WrongShape, draft => Signed(draft, xml => WithPrefixes(xml, string.Concat(Enumerable.Repeat($"<InclusiveNamespaces xmlns=\"{TestSaml.Exclusive}\" PrefixList=\"saml\"/>", 2))))),
        ["an XPath in the canonicalisation"] = (WrongShape, draft => Signed(draft, xml => WithPrefixes(xml, "<XPath>/</XPath>"))),
        ["a digest in two parts"] = (WrongShape, draft => Signed(draft, xml => xml.Replace("</DigestValue>", "<x/></DigestValue>", StringComparison.Ordinal))),

        // XML that readers read differently.
        ["a comment in the name"] = (WrongNodes, draft => Signed(draft, xml => xml.Replace("alice@example.com", "alice@example.com<!-- -->.evil.example", StringComparison.Ordinal))),
        ["a comment in the digest"] = (WrongNodes, draft => Signed(draft, xml => xml.Replace("<DigestValue>", "<DigestValue><!-- x -->", StringComparison.Ordinal))),
        ["a processing instruction"] = (WrongNodes, draft => Signed(draft, xml => xml.Replace("<saml:Subject>", "<saml:Subject><?x y?>", StringComparison.Ordinal))),
        ["a CDATA section"] = (WrongNodes, draft => Signed(draft, xml => xml.Replace("alice@example.com", "<![CDATA[alice@example.com]]>", StringComparison.Ordinal))),
        ["a document type"] = (NoXml, draft => TestSaml.Encode("<!DOCTYPE x>" + TestSaml.SignAssertion(draft.Xml()))),
        ["an external entity"] = (NoXml, draft => TestSaml.Encode("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>" + draft.Xml().Replace("alice@example.com", "&e;", StringComparison.Ordinal))),
        ["a billion laughs"] = (NoXml, draft => TestSaml.Encode("<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">]>" + draft.Xml().Replace("alice@example.com", "&c;", StringComparison.Ordinal))),
        ["a parameter entity"] = (NoXml, draft => TestSaml.Encode("<!DOCTYPE x [<!ENTITY % e SYSTEM \"http://169.254.169.254/x\"> %e;]>" + TestSaml.SignAssertion(draft.Xml()))),
        ["quadratic growth"] = (NoXml, draft => TestSaml.Encode($"<!DOCTYPE x [<!ENTITY a \"{new string('a', 20_000)}\">]>" + draft.Xml().Replace("alice@example.com", string.Concat(Enumerable.Repeat("&a;", 2000)), StringComparison.Ordinal))),
        ["an attribute by default"] = (NoXml, draft => TestSaml.Encode("<!DOCTYPE x [<!ATTLIST Assertion ID CDATA #FIXED \"_evil\">]>" + TestSaml.SignAssertion(draft.Xml()))),
        ["an ID of another namespace"] = (WrongId, draft => Signed(draft, xml => xml.Replace("<samlp:Status>", "<samlp:Status samlp:ID=\"_assertion\">", StringComparison.Ordinal))),
        ["an id in capital and small letters"] = (WrongId, draft => Signed(draft, xml => xml.Replace("<samlp:Status>", "<samlp:Status iD=\"_assertion\">", StringComparison.Ordinal))),
        ["an ID that is no name"] = (WrongId, draft => Signed(draft, xml => xml.Replace("ID=\"_response\"", "ID=\"1 2\"", StringComparison.Ordinal))),
        ["an undeclared entity"] = (NoXml, draft => Signed(draft, xml => xml.Replace("alice@example.com", "&e;", StringComparison.Ordinal))),
        ["an xml:id"] = (WrongId, draft => Signed(draft, xml => xml.Replace("<saml:Subject>", "<saml:Subject xml:id=\"_x\">", StringComparison.Ordinal))),
        ["an id by another spelling"] = (WrongId, draft => Signed(draft, xml => xml.Replace("<saml:Subject>", "<saml:Subject Id=\"_assertion\">", StringComparison.Ordinal))),
        ["the same ID twice"] = (WrongId, draft => Signed(draft, xml => xml.Replace("<samlp:Status>", "<samlp:Status ID=\"_assertion\">", StringComparison.Ordinal))),
        ["a relative namespace"] = (RelativeNamespace, draft => Signed(draft, xml => xml.Replace("<saml:Subject>", "<saml:Subject xmlns:x=\"1\">", StringComparison.Ordinal))),
        ["a declared encoding"] = (NoUtf8, draft => TestSaml.Encode("<?xml version=\"1.0\" encoding=\"utf-7\"?>" + TestSaml.SignAssertion(draft.Xml()))),
        ["UTF-16"] = (NoUtf8, draft => Convert.ToBase64String(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(TestSaml.SignAssertion(draft.Xml()))).ToArray())),
        ["a byte order mark"] = (NoXml, draft => Convert.ToBase64String(Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(TestSaml.SignAssertion(draft.Xml()))).ToArray())),
        ["bytes that are no UTF-8"] = (NoUtf8, draft => Convert.ToBase64String([.. Encoding.UTF8.GetBytes(TestSaml.SignAssertion(draft.Xml())), 0xC0, 0xAF])),
        ["Base64 with spaces"] = (NoBase64, draft => TestSaml.Good(draft).Insert(4, " ")),
        ["Base64 without its end"] = (NoBase64, draft => TestSaml.Good(draft with { Subject = "alicia@example.com" }).TrimEnd('=')[..^1]),
        ["no XML"] = (NoXml, _ => TestSaml.Encode("nothing of the kind")),
        ["nested elements, as many as fit"] = (TooMuch, _ => TestSaml.Encode(string.Concat(Enumerable.Repeat("<a>", 10_500)) + string.Concat(Enumerable.Repeat("</a>", 10_500)))),
        ["nested elements under a signature that is good"] = (TooMuch, draft => Signed(draft, xml => xml.Replace("<samlp:Status>", $"<samlp:Extensions>{string.Concat(Enumerable.Repeat("<a>", 3000))}{string.Concat(Enumerable.Repeat("</a>", 3000))}</samlp:Extensions><samlp:Status>", StringComparison.Ordinal))),
        ["13,000 elements beside one another"] = (TooMuch, draft => Signed(draft, xml => xml.Replace("<samlp:Status>", $"<samlp:Extensions>{string.Concat(Enumerable.Repeat("<a/>", 13_000))}</samlp:Extensions><samlp:Status>", StringComparison.Ordinal))),
        ["too many attributes"] = (TooMuch, draft => Signed(draft, xml => xml.Replace("<samlp:Status>", $"<samlp:Status {string.Concat(Enumerable.Range(0, 2000).Select(i => $"a{i}=\"\" "))}>", StringComparison.Ordinal))),
        ["a compressed response"] = (NoUtf8, _ => Convert.ToBase64String([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3])),
        ["deflated"] = (NoUtf8, draft => Deflated(TestSaml.SignAssertion(draft.Xml()))),
        ["a Response inside a Response"] = (NotOne, draft => TestSaml.Encode(TestSaml.SignAssertion(draft.Xml()) is var xml ? $"<samlp:Response xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" Version=\"2.0\" ID=\"_outer\"><samlp:Status><samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Success\"/></samlp:Status>{xml}</samlp:Response>" : "")),
        ["a LogoutResponse"] = (NoSaml, draft => Signed(draft, xml => xml.Replace("samlp:Response", "samlp:LogoutResponse", StringComparison.Ordinal))),
        ["a Response of SAML 1.1"] = (NoSaml, draft => Signed(draft, xml => xml.Replace("Version=\"2.0\" IssueInstant", "Version=\"1.1\" IssueInstant", StringComparison.Ordinal))),
        ["an Assertion of SAML 1.1"] = (Refusal.NoResponse("its Assertion is not of SAML 2.0"), draft => Written(draft, xml => xml.Replace("<saml:Assertion ID=\"_assertion\" Version=\"2.0\"", "<saml:Assertion ID=\"_assertion\" Version=\"1.1\"", StringComparison.Ordinal))),
        ["a Response without a status"] = (Refusal.NoResponse("its Response has no Status"), draft => Signed(draft, xml => TestSaml.Change(xml, document => document.DocumentElement!.RemoveChild(document.One("samlp:Status"))))),
        ["an Assertion without a Response"] = (NoSaml, draft => TestSaml.Encode(TestSaml.Load(TestSaml.SignAssertion(draft.Xml())).One("saml:Assertion").OuterXml)),

        // What it says.
        ["a status that is no success"] = (new("IDPRejectedClaim", "The identity provider has let nobody in: the status of its response is not Success."), draft => TestSaml.Good(draft with { Status = "urn:oasis:names:tc:SAML:2.0:status:Responder" })),
        ["another issuer"] = (NotItsIssuer, draft => TestSaml.Good(draft with { Issuer = "https://evil.example.com", ResponseIssuer = "https://evil.example.com" })),
        ["another issuer of the Response"] = (NotItsIssuer, draft => TestSaml.Good(draft with { ResponseIssuer = "https://evil.example.com" })),
        ["another audience"] = (NotItsAudience, draft => TestSaml.Good(draft with { Audience = "https://app.example.com" })),
        ["another recipient"] = (NotItsPlace, draft => TestSaml.Good(draft with { Recipient = "https://app.example.com/saml" })),
        ["a recipient that ends as the right one"] = (NotItsPlace, draft => TestSaml.Good(draft with { Recipient = "https://evil.example.com/signin.aws.amazon.com/saml" })),
        ["a recipient whose path ends as the right one"] = (NotItsPlace, draft => TestSaml.Good(draft with { Recipient = "https://evil.example.com/x.signin.aws.amazon.com/saml" })),
        ["a recipient of another provider"] = (NotItsPlace, draft => TestSaml.Good(draft with { Recipient = "https://signin.aws.amazon.com/saml/acs/SAMLSPEXAMPLE" })),
        ["another destination"] = (NotItsPlace, draft => TestSaml.Good(draft with { Destination = "https://app.example.com/saml" })),
        ["no audience"] = (NotItsAudience, draft => TestSaml.Encode(TestSaml.SignAssertion(draft.Xml().Replace("<saml:AudienceRestriction><saml:Audience>urn:amazon:webservices</saml:Audience></saml:AudienceRestriction>", "", StringComparison.Ordinal)))),
        ["a second restriction to others"] = (NotItsAudience, draft => TestSaml.Good(draft with { Conditions = "<saml:AudienceRestriction><saml:Audience>other</saml:Audience></saml:AudienceRestriction>" })),
        ["a condition of another namespace"] = (Refusal.NoResponse("its Conditions have one of an unknown kind"), draft => TestSaml.Good(draft with { Conditions = "<x:OneTimeUse xmlns:x=\"urn:x\"/>" })),
        ["a condition of an unknown kind"] = (Refusal.NoResponse("its Conditions have one of an unknown kind"), draft => TestSaml.Good(draft with { Conditions = "<saml:Condition/>" })),
        ["a holder of a key"] = (NoBearer, draft => TestSaml.Good(draft with { Method = "urn:oasis:names:tc:SAML:2.0:cm:holder-of-key" })),
        ["no confirmation"] = (NoBearer, draft => Written(draft, xml => xml.Replace($"<saml:SubjectConfirmation Method=\"{draft.Method}\">", "<saml:SubjectConfirmation>", StringComparison.Ordinal))),
        ["two confirmations"] = (Refusal.NoResponse("its Subject has more than one SubjectConfirmation"), draft => Written(draft, xml => xml.Replace("</saml:Subject>", "<saml:SubjectConfirmation Method=\"urn:oasis:names:tc:SAML:2.0:cm:sender-vouches\"/></saml:Subject>", StringComparison.Ordinal))),
        ["a confirmation that begins later"] = (Refusal.NoResponse("its SubjectConfirmationData has a NotBefore, which bearers' may not have"), draft => Written(draft, xml => xml.Replace("<saml:SubjectConfirmationData ", $"<saml:SubjectConfirmationData NotBefore=\"{draft.At(TimeSpan.Zero)}\" ", StringComparison.Ordinal))),
        ["two names"] = (Refusal.NoResponse("its Subject has more than one NameID"), draft => Written(draft, xml => xml.Replace("<saml:Subject>", $"<saml:Subject><saml:NameID>{Evil}</saml:NameID>", StringComparison.Ordinal))),
        ["an element in the name"] = (NoName, draft => Written(draft, xml => xml.Replace(draft.Subject, $"{draft.Subject}<saml:x/>", StringComparison.Ordinal))),
        ["two issuers"] = (Refusal.NoResponse("its Assertion has more than one Issuer"), draft => Written(draft, xml => xml.Replace("<saml:Subject>", "<saml:Issuer>https://evil.example.com</saml:Issuer><saml:Subject>", StringComparison.Ordinal))),
        ["two Conditions"] = (Refusal.NoResponse("its Assertion has more than one Conditions"), draft => Written(draft, xml => xml.Replace("<saml:AuthnStatement ", $"<saml:Conditions/><saml:AuthnStatement ", StringComparison.Ordinal))),
        ["no Conditions"] = (Refusal.NoResponse("its Assertion has no Conditions"), draft => Written(draft, xml => xml.Replace("saml:Conditions", "saml:Advices", StringComparison.Ordinal))),
        ["a name of 257 characters"] = (LongName, draft => TestSaml.Good(draft with { Subject = new string('a', 257) })),
        ["a name in two lines"] = (LongName, draft => TestSaml.Good(draft with { Subject = "alice&#10;root" })),
        ["a name with a control character"] = (LongName, draft => TestSaml.Good(draft with { Subject = "alice\u0085" })),
        ["a format of 257 characters"] = (LongFormat, draft => TestSaml.Good(draft with { Format = "urn:" + new string('f', 253) })),
        ["a format in two lines"] = (LongFormat, draft => TestSaml.Good(draft with { Format = "urn:a&#10;b" })),
        ["a recipient in a region of a thousand letters"] = (NotItsPlace, draft => TestSaml.Good(draft with { Recipient = $"https://{new string('a', 1000)}.signin.aws.amazon.com/saml" })),
        ["a signature value in two parts"] = (WrongShape, draft => Signed(draft, xml => xml.Replace("</SignatureValue>", "<x/></SignatureValue>", StringComparison.Ordinal))),
        ["no name"] = (NoName, draft => TestSaml.Good(draft with { Subject = " " })),
        ["an assertion of six minutes ago"] = (Refusal.Expired("Token must be redeemed within 5 minutes of issuance"), draft => TestSaml.Good(draft with { Issued = TimeSpan.FromMinutes(-6) })),
        ["conditions that are over"] = (Refusal.Expired("Token expired: current date/time 1772366400 must be before the expiration date/time 1772366400"), draft => TestSaml.Good(draft with { NotOnOrAfter = TimeSpan.Zero })),
        ["a confirmation that is over"] = (OverASecondAgo, draft => TestSaml.Good(draft with { Confirmed = TimeSpan.FromSeconds(-1) })),
        ["a provider's session that is over"] = (OverASecondAgo, draft => TestSaml.Good(draft with { Session = $"SessionNotOnOrAfter=\"{draft.At(TimeSpan.FromSeconds(-1))}\"" })),
        ["an assertion of tomorrow"] = (ToCome, draft => TestSaml.Good(draft with { Issued = Hour })),
        ["conditions that have not begun"] = (ToCome, draft => TestSaml.Good(draft with { NotBefore = TimeSpan.FromSeconds(90) })),
        ["a time in another zone"] = (Refusal.NoResponse("its NotOnOrAfter is no time in UTC"), draft => TestSaml.Encode(TestSaml.SignAssertion(draft.Xml().Replace(draft.At(draft.NotOnOrAfter), "2030-01-01T00:00:00+14:00", StringComparison.Ordinal)))),
        ["no session name"] = (NoSessionName, draft => TestSaml.Good(draft.Without("RoleSessionName"))),
        ["a session name in another statement"] = (NotOneValue, draft => Written(draft, xml => xml.Replace("</saml:AttributeStatement>", $"</saml:AttributeStatement><saml:AttributeStatement><saml:Attribute Name=\"{Draft.Aws}RoleSessionName\"><saml:AttributeValue>root</saml:AttributeValue></saml:Attribute></saml:AttributeStatement>", StringComparison.Ordinal))),
        ["a session name whose attribute is spelt otherwise"] = (NoSessionName, draft => TestSaml.Good(draft.Without("RoleSessionName").With("rolesessionname", "alice"))),
        ["a session name that is an element"] = (NotOneValue, draft => TestSaml.Good(draft.With("RoleSessionName", "<x>alice</x>"))),
        ["two session names"] = (NotOneValue, draft => TestSaml.Good(draft.With("RoleSessionName", "alice", "root"))),
        ["a session name with a line break"] = (WrongSessionName, draft => TestSaml.Good(draft.With("RoleSessionName", "ali&#10;ce"))),
        ["a session name with a path"] = (WrongSessionName, draft => TestSaml.Good(draft.With("RoleSessionName", "../root"))),
        ["a session name in other digits"] = (WrongSessionName, draft => TestSaml.Good(draft.With("RoleSessionName", "alice١"))),
        ["a session of no seconds"] = (WrongDuration, draft => TestSaml.Good(draft.With("SessionDuration", "0"))),
        ["a session of less than no seconds"] = (WrongDuration, draft => TestSaml.Good(draft.With("SessionDuration", "-1"))),
        ["a session of a billion seconds"] = (WrongDuration, draft => TestSaml.Good(draft.With("SessionDuration", "1000000000"))),
        ["a role without its provider"] = (Refusal.Says("The attribute Role of AuthnResponse must have a role's ARN and a provider's, with a comma between"), draft => TestSaml.Good(draft.With("Role", "arn:aws:iam::123456789012:role/deploy"))),
        ["a source identity of the system"] = (Refusal.Says("Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64} and not begin with \"aws:\""), draft => TestSaml.Good(draft.With("SourceIdentity", "aws:root"))),
        ["a tag of the system"] = (Refusal.Says("The attribute PrincipalTag of AuthnResponse has a key that starts with 'aws:', which is reserved"), draft => TestSaml.Good(draft.With("PrincipalTag:aws:team", "blue"))),
        ["a tag in two letter cases"] = (Refusal.Says("The attribute PrincipalTag of AuthnResponse has a key twice. Please note that Tag keys are case insensitive"), draft => TestSaml.Good(draft.With("PrincipalTag:team", "blue").With("PrincipalTag:Team", "red"))),
        ["a tag of two values"] = (NotOneValue, draft => TestSaml.Good(draft.With("PrincipalTag:team", "blue", "red"))),
        ["a transitive tag that is not there"] = (Refusal.Says("The attribute PrincipalTag of AuthnResponse has a transitive tag key that is not among its tags"), draft => TestSaml.Good(draft.With("TransitiveTagKeys", "team"))),
        ["51 tags"] = (Refusal.Says("The attribute PrincipalTag of AuthnResponse may have 50 tags at most"), draft => TestSaml.Good(Enumerable.Range(0, 51).Aggregate(draft, (tagged, i) => tagged.With($"PrincipalTag:k{i}", "v")))),

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

    private static string WithPrefixes(string xml, string inner) => xml.Replace($"<Transform Algorithm=\"{TestSaml.Exclusive}\" />", $"<Transform Algorithm=\"{TestSaml.Exclusive}\">{inner}</Transform>", StringComparison.Ordinal);

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
        // No ID of the copy is one of the original's, or that alone would give it away.
        if (onResponse)
            ((XmlElement)evil.GetElementsByTagName("saml:Assertion")[0]!).SetAttribute("ID", "_evil_assertion");
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
