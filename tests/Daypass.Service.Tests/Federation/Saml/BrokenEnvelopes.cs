using System.Security.Cryptography;

namespace Daypass.Service.Tests.Federation.Saml;

/// <summary>What can be wrong with an envelope: those that do not open, which all look alike from outside, and those that are none.</summary>
internal static class BrokenEnvelopes
{
    private const string Evil = "root@example.com";
    private const string Cbc = Envelope.Enc + "aes256-cbc";

    // What they are answered.
    private static readonly Refusal CannotBeOpened = Refusal.NoResponse("its assertion could not be decrypted");
    private static readonly Refusal WrongTransport = Refusal.NoResponse("its key is encrypted by an algorithm that is not taken: RSA-OAEP is, with SHA-1 or SHA-2 for its digest and its mask alike");
    private static readonly Refusal NotItsKey = Refusal.Says("Response signature invalid");
    private static readonly Refusal NotOne = Refusal.NoResponse("it does not have exactly one Assertion or EncryptedAssertion");
    private static readonly Refusal NotSigned = Refusal.NoResponse("it is not signed, or has signatures in other places than on the Response and its Assertion");
    private static readonly Refusal NotOneInside = Refusal.NoResponse("what its EncryptedAssertion holds is not exactly one Assertion");

    /// <summary>Those that do not open.</summary>
    public static readonly IReadOnlyDictionary<string, Func<Draft, string>> Closed = new Dictionary<string, Func<Draft, string>>(StringComparer.Ordinal)
    {
        // AES-GCM.
        ["a changed tag"] = draft => Sealed(draft, new() { After = bytes => Flip(bytes, bytes.Length - 1) }),
        ["a changed text"] = draft => Sealed(draft, new() { After = bytes => Flip(bytes, 40) }),
        ["a changed nonce"] = draft => Sealed(draft, new() { After = bytes => Flip(bytes, 0) }),
        ["a tag of four bytes"] = draft => Sealed(draft, new() { After = bytes => bytes[..^12] }),
        ["no tag"] = draft => Sealed(draft, new() { After = bytes => bytes[..^16] }),
        ["a nonce and nothing else"] = draft => Sealed(draft, new() { After = bytes => bytes[..12] }),
        ["a text of another envelope"] = draft => Sealed(draft, new() { After = _ => RandomNumberGenerator.GetBytes(2000) }),
        ["nothing in it"] = draft => Sealed(draft, new() { Before = _ => "" }),

        // The key.
        ["a stranger's key"] = draft => Sealed(draft, new() { To = Envelope.OtherKey }),
        ["a changed key"] = draft => Sealed(draft, new() { Around = xml => ChangeKey(xml, bytes => Flip(bytes, 30)) }),
        ["a key of zeros"] = draft => Sealed(draft, new() { Around = xml => ChangeKey(xml, bytes => new byte[bytes.Length]) }),
        ["a key that is greater than the modulus"] = draft => Sealed(draft, new() { Around = xml => ChangeKey(xml, bytes => [.. Enumerable.Repeat((byte)0xFF, bytes.Length)]) }),
        ["a key of a few bytes"] = draft => Sealed(draft, new() { Around = xml => ChangeKey(xml, _ => [1, 2, 3]) }),
        ["a key padded as RSA 1.5 pads"] = draft => Sealed(draft, new() { Padding = RSAEncryptionPadding.Pkcs1 }),
        ["OAEP with another hash than it says"] = draft => Sealed(draft, new() { Padding = RSAEncryptionPadding.OaepSHA256 }),
        ["a key of another length"] = draft => Sealed(draft, new() { Wrapped = key => key[..16] }),
        ["a key of no length"] = draft => Sealed(draft, new() { Wrapped = _ => [] }),
        // What opens with the key that is used where there is none.
        ["zeros for a key, and a key that does not open"] = draft => Sealed(draft, new() { To = Envelope.OtherKey, ContentKey = new byte[32] }),

        // What was in it.
        ["no XML"] = draft => Sealed(draft, new() { Before = _ => "nothing of the kind" }),
        ["two assertions"] = draft => Sealed(draft, new() { Before = xml => xml + xml }),
        ["a comment"] = draft => Sealed(draft, new() { Before = xml => xml.Replace("alice@", "alice@<!-- -->", StringComparison.Ordinal) }),
        ["a processing instruction"] = draft => Sealed(draft, new() { Before = xml => xml.Replace("<saml:Subject>", "<saml:Subject><?x?>", StringComparison.Ordinal) }),
        ["a document type"] = draft => Sealed(draft, new() { Before = xml => "<!DOCTYPE x>" + xml }),
        ["an external entity"] = draft => Sealed(draft, new() { Before = xml => "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>" + xml.Replace("alice@", "&e;", StringComparison.Ordinal) }),
        ["a billion laughs"] = draft => Sealed(draft, new() { Before = xml => "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]>" + xml.Replace("alice@", "&b;", StringComparison.Ordinal) }),
        ["deep nesting"] = draft => Sealed(draft, new() { Before = xml => xml.Replace("<saml:Subject>", $"{string.Concat(Enumerable.Repeat("<a>", 3000))}{string.Concat(Enumerable.Repeat("</a>", 3000))}<saml:Subject>", StringComparison.Ordinal) }),
        ["a byte order mark"] = draft => Sealed(draft, new() { Before = xml => '\uFEFF' + xml }),
        ["an undeclared prefix"] = draft => Sealed(draft, new() { Before = xml => xml.Replace(" xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\"", "", StringComparison.Ordinal) }),

        // AES-CBC, which anybody can change: here the provider itself signs what was changed.
        ["CBC: a padding of nothing"] = draft => SealedAndSigned(draft, new() { Block = Cbc, LastByte = 0 }),
        ["CBC: a padding of a block and one"] = draft => SealedAndSigned(draft, new() { Block = Cbc, LastByte = 17 }),
        ["CBC: a padding of 255"] = draft => SealedAndSigned(draft, new() { Block = Cbc, LastByte = 255 }),
        ["CBC: a changed first block"] = draft => SealedAndSigned(draft, new() { Block = Cbc, After = bytes => Flip(bytes, 0) }),
        ["CBC: a changed block within"] = draft => SealedAndSigned(draft, new() { Block = Cbc, After = bytes => Flip(bytes, 200) }),
        ["CBC: a part of a block"] = draft => SealedAndSigned(draft, new() { Block = Cbc, After = bytes => bytes[..^3] }),
        ["CBC: no block"] = draft => SealedAndSigned(draft, new() { Block = Cbc, After = bytes => bytes[..16] }),
        ["CBC: a stranger's key"] = draft => SealedAndSigned(draft, new() { Block = Cbc, To = Envelope.OtherKey }),
    };

    private static readonly Dictionary<string, (Refusal Refusal, Func<Draft, string> Write)> Refused = new(StringComparer.Ordinal)
    {
        // How it is encrypted.
        ["RSA 1.5"] = (WrongTransport, draft => Sealed(draft, new() { Transport = $"<xenc:EncryptionMethod Algorithm=\"{Envelope.Enc}rsa-1_5\"/>", Padding = RSAEncryptionPadding.Pkcs1 })),
        ["CBC without a signature around it"] = (Refusal.NoResponse("its assertion is encrypted with AES-CBC, which is taken in a signed Response only: let the provider sign the Response, or use AES-GCM"), draft => Sealed(draft, new() { Block = Cbc })),
        ["CBC under a signature that is not good"] = (NotItsKey, draft => TestSaml.Encode(TestSaml.SignResponse(new Envelope { Block = Cbc }.Seal(TestSaml.SignAssertion(draft.Xml())), TestSaml.OtherKey))),
        ["Triple DES"] = (Refusal.NoResponse("its assertion is encrypted by an algorithm that is not taken: AES-GCM is"), draft => Sealed(draft, new() { Around = xml => xml.Replace(Envelope.Enc11 + "aes256-gcm", Envelope.Enc + "tripledes-cbc", StringComparison.Ordinal) })),
        ["no method"] = (Refusal.NoResponse("its EncryptedData has no EncryptionMethod"), draft => Sealed(draft, new() { Around = xml => xml.Replace($"<xenc:EncryptionMethod Algorithm=\"{Envelope.Enc11}aes256-gcm\"/>", "", StringComparison.Ordinal) })),
        ["no method for the key"] = (Refusal.NoResponse("its EncryptedKey has no EncryptionMethod"), draft => Sealed(draft, new() { Transport = "" })),
        ["two methods"] = (Refusal.NoResponse("its EncryptedKey has more than one EncryptionMethod"), draft => Sealed(draft, new() { Transport = Envelope.Mgf1p + Envelope.Mgf1p })),
        ["parameters of OAEP"] = (WrongTransport, draft => Sealed(draft, new() { Transport = Envelope.Mgf1p.Replace("</xenc:", "<xenc:OAEPparams>AAAA</xenc:OAEPparams></xenc:", StringComparison.Ordinal) })),
        ["two hashes of OAEP"] = (WrongTransport, draft => Sealed(draft, new() { Transport = $"<xenc:EncryptionMethod Algorithm=\"{Envelope.Enc}rsa-oaep-mgf1p\"><ds:DigestMethod Algorithm=\"{Envelope.Enc}sha256\"/></xenc:EncryptionMethod>" })),
        ["a mask where none can be named"] = (WrongTransport, draft => Sealed(draft, new() { Transport = Envelope.Oaep256.Replace(Envelope.Enc11 + "rsa-oaep", Envelope.Enc + "rsa-oaep-mgf1p", StringComparison.Ordinal), Padding = RSAEncryptionPadding.OaepSHA256 })),
        ["OAEP with MD5"] = (WrongTransport, draft => Sealed(draft, new() { Transport = Envelope.Oaep256.Replace(Envelope.Enc + "sha256", "http://www.w3.org/2001/04/xmldsig-more#md5", StringComparison.Ordinal) })),
        ["a key that is somewhere else"] = (NotOne, draft => Sealed(draft, new() { Around = xml => TestSaml.Change(xml, document => { var key = document.One("xenc:EncryptedKey"); key.ParentNode!.ReplaceChild(document.CreateElement("RetrievalMethod", "http://www.w3.org/2000/09/xmldsig#"), key); }) })),
        ["a text that is somewhere else"] = (Refusal.NoResponse("its CipherData has no CipherValue"), draft => Sealed(draft, new() { Around = xml => TestSaml.Change(xml, document => document.One("xenc:CipherData").InnerXml = $"<xenc:CipherReference xmlns:xenc=\"{Envelope.Enc}\" URI=\"http://169.254.169.254/\"/>") })),
        ["a text that is no Base64"] = (Refusal.NoResponse("its CipherValue is not Base64"), draft => Sealed(draft, new() { Around = xml => xml.Replace("<xenc:CipherValue>", "<xenc:CipherValue>%", StringComparison.Ordinal) })),
        ["a comment in the text"] = (Refusal.NoResponse("it has comments, processing instructions, CDATA sections or entities"), draft => Sealed(draft, new() { Around = xml => xml.Replace("<xenc:CipherValue>", "<xenc:CipherValue><!-- -->", StringComparison.Ordinal) })),
        ["the type of content"] = (Refusal.NoResponse("its EncryptedData is not that of an element"), draft => Sealed(draft, new() { Around = xml => xml.Replace(Envelope.Enc + "Element", Envelope.Enc + "Content", StringComparison.Ordinal) })),
        ["two keys"] = (NotOne, draft => Sealed(draft, new() { Around = xml => TestSaml.Change(xml, document => { var key = document.One("xenc:EncryptedKey"); key.ParentNode!.AppendChild(key.CloneNode(true)); }) })),
        ["two texts"] = (Refusal.NoResponse("its EncryptedKey has more than one CipherData"), draft => Sealed(draft, new() { Around = xml => TestSaml.Change(xml, document => { var data = document.One("xenc:CipherData"); data.ParentNode!.AppendChild(data.CloneNode(true)); }) })),

        // Where it stands, and what stands beside it.
        ["two envelopes"] = (NotOne, draft => Sealed(draft, new() { Around = xml => xml + xml })),
        ["an envelope in Extensions, and one in its place"] = (NotOne, draft => Extended(draft, xml => $"<samlp:Extensions>{new Envelope().Of(Loose(draft))}</samlp:Extensions>{xml}")),
        ["an envelope only in Extensions"] = (Refusal.NoResponse("its Response has no EncryptedAssertion"), draft => Sealed(draft, new() { Around = xml => $"<samlp:Extensions>{xml}</samlp:Extensions>" })),
        ["an envelope in Advice of the signed assertion"] = (NotOne, draft => TestSaml.Encode(TestSaml.SignAssertion(draft.Xml().Replace("<saml:Subject>", $"<saml:Advice>{new Envelope().Of(Loose(draft))}</saml:Advice><saml:Subject>", StringComparison.Ordinal)))),
        ["an envelope beside the signed assertion"] = (NotOne, draft => TestSaml.Encode(TestSaml.SignAssertion(draft.Xml()).Replace("</samlp:Response>", new Envelope().Of(Loose(draft)) + "</samlp:Response>", StringComparison.Ordinal))),
        ["an evil assertion beside the envelope"] = (NotOne, draft => Sealed(draft, new() { Around = xml => xml + Loose(draft) })),
        ["a signature beside the envelope"] = (NotSigned, draft => Sealed(draft, new() { Around = xml => $"<samlp:Extensions>{TestSaml.Load(TestSaml.SignAssertion(draft.Xml())).One("Signature").OuterXml}</samlp:Extensions>{xml}" })),

        // Whose it is.
        ["an evil envelope in a signed Response"] = (NotItsKey, draft => Swapped(draft, Loose(draft))),
        ["another's good envelope in a signed Response"] = (NotItsKey, draft => Swapped(draft, TestSaml.Load(TestSaml.SignAssertion((draft with { Id = "_other" }).Xml())).One("saml:Assertion").OuterXml)),
        ["no signature anywhere"] = (NotSigned, draft => TestSaml.Encode(new Envelope().Seal(draft.Xml()))),
        ["a stranger's signature within"] = (NotItsKey, draft => TestSaml.Encode(new Envelope().Seal(TestSaml.SignAssertion(draft.Xml(), TestSaml.OtherKey)))),
        ["a stranger's signature within, a good one around"] = (NotItsKey, draft => TestSaml.Encode(TestSaml.SignResponse(new Envelope().Seal(TestSaml.SignAssertion(draft.Xml(), TestSaml.OtherKey))))),
        ["a good signature within, a stranger's around"] = (NotItsKey, draft => TestSaml.Encode(TestSaml.SignResponse(new Envelope().Seal(TestSaml.SignAssertion(draft.Xml())), TestSaml.OtherKey))),
        ["a Response that was signed before its assertion was encrypted"] = (NotItsKey, draft => TestSaml.Encode(new Envelope().Seal(TestSaml.SignResponse(draft.Xml())))),
        ["changed after it was signed, before it was encrypted"] = (NotItsKey, draft => Sealed(draft, new() { Before = xml => xml.Replace("alice@example.com", Evil, StringComparison.Ordinal) })),

        // What is in it.
        ["an envelope in the envelope"] = (NotOneInside, draft => Sealed(draft, new() { Before = new Envelope().Of })),
        ["a whole Response in the envelope"] = (NotOneInside, draft => Sealed(draft, new() { Before = _ => TestSaml.SignAssertion((draft with { Id = "_inner" }).Xml().Replace("ID=\"_response\"", "ID=\"_inner_response\"", StringComparison.Ordinal)) })),
        ["an assertion within an assertion in the envelope"] = (NotOneInside, draft => Sealed(draft, new() { Before = xml => xml.Replace("</saml:Assertion>", Loose(draft) + "</saml:Assertion>", StringComparison.Ordinal) })),
        ["an encrypted name in the envelope"] = (NotOneInside, draft => TestSaml.Encode(new Envelope().Seal(TestSaml.SignAssertion(draft.Xml().Replace("<saml:Subject>", "<saml:Subject><saml:EncryptedID/>", StringComparison.Ordinal))))),
        ["two signatures in the envelope"] = (Refusal.NoResponse("its Assertion has more than one Signature"), draft => TestSaml.Encode(new Envelope().Seal(TestSaml.SignAssertion(TestSaml.SignAssertion(draft.Xml()))))),
        ["an assertion of another namespace"] = (NotOneInside, draft => Sealed(draft, new() { Before = xml => xml.Replace("urn:oasis:names:tc:SAML:2.0:assertion", "urn:evil", StringComparison.Ordinal) })),
    };

    public static readonly IReadOnlyDictionary<string, (Refusal Refusal, Func<Draft, string> Write)> All =
        Closed.Select(row => KeyValuePair.Create(row.Key, (CannotBeOpened, row.Value))).Concat(Refused).ToDictionary(StringComparer.Ordinal);

    private static string Sealed(Draft draft, Envelope how) => TestSaml.Encode(how.Seal(TestSaml.SignAssertion(draft.Xml())));

    private static string SealedAndSigned(Draft draft, Envelope how) => TestSaml.Encode(TestSaml.SignResponse(how.Seal(TestSaml.SignAssertion(draft.Xml()))));

    private static string Extended(Draft draft, Func<string, string> around) => Sealed(draft, new() { Around = around });

    // An assertion that says something else, and that nobody signed.
    private static string Loose(Draft draft) => TestSaml.Load((draft with { Subject = Evil, Id = "_evil" }).Xml()).One("saml:Assertion").OuterXml;

    private static string Swapped(Draft draft, string plaintext)
    {
        var signed = TestSaml.SignResponse(new Envelope().Seal(TestSaml.SignAssertion(draft.Xml())));
        return TestSaml.Encode(TestSaml.Change(signed, document =>
        {
            var other = document.CreateDocumentFragment();
            other.InnerXml = new Envelope().Of(plaintext);
            document.DocumentElement!.ReplaceChild(other, document.One("saml:EncryptedAssertion"));
        }));
    }

    private static byte[] Flip(byte[] bytes, int at)
    {
        bytes[at] ^= 1;
        return bytes;
    }

    private static string ChangeKey(string xml, Func<byte[], byte[]> change) => TestSaml.Change(xml, document =>
    {
        var value = (System.Xml.XmlElement)document.One("xenc:EncryptedKey").GetElementsByTagName("xenc:CipherValue")[0]!;
        value.InnerText = Convert.ToBase64String(change(Convert.FromBase64String(value.InnerText)));
    });
}
