using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Daypass.Jose;

namespace Daypass.Service.Tests.Federation;

/// <summary>
/// The catalogue of attacks on tokens, one row each: what the attacker writes, and what AWS answers. Except where the row is about the signature, the
/// token is signed with the issuer's own key: the fault named is the only one.
/// </summary>
internal static class BrokenTokens
{
    private static readonly Refusal NoAlgorithm = Refusal.Says("Its header does not name one of the algorithms ES256, ES384, ES512, RS256, RS384, RS512.");
    private static readonly Refusal NotItsKey = Refusal.Says("The signature is not that of the issuer's key.");
    private static readonly Refusal NoEcKey = Refusal.NoKey("The issuer has no key for the token's 'kid' and the algorithm ES256.");
    private static readonly Refusal NoJson = Refusal.NoToken("Its header and its claims are not each one JSON object with no name twice.");
    private static readonly Refusal Critical = Refusal.Says("Its header has 'crit', which is not taken.");
    private static readonly Refusal Encrypted = Refusal.Says("Its header has 'enc', which is not taken.");
    private static readonly Refusal AnotherKind = Refusal.Says("Its header says by 'typ' that it is no JWT of identity, but something else.");
    private static readonly Refusal NoRsaKey = Refusal.NoKey("The issuer has no key for the token's 'kid' and the algorithm RS256.");
    private static readonly Refusal NoKeyId = Refusal.Says("Its header's 'kid' is no text of 256 characters at most.");
    private static readonly Refusal NotForVerifying = Refusal.NoKey("The issuer has no key for the token's 'kid' and the algorithm RS256. Key 1: it is not for verifying signatures (kty, use, key_ops).");
    private static readonly Refusal WeakModulus = Refusal.NoKey("The issuer has no key for the token's 'kid' and the algorithm RS256. Key 1: its modulus is not an odd number of 2048 to 8192 bits.");
    private static readonly Refusal NoPoint = Refusal.NoKey("The issuer has no key for the token's 'kid' and the algorithm ES256. Key 2: its numbers are no public key.");
    private static readonly Refusal NoParts = Refusal.NoToken("It is not three parts in base64url of 20000 characters at most.");
    private static readonly Refusal NoIssuer = Refusal.Says("Missing a required claim: iss");
    private static readonly Refusal UnnamedIssuer = Refusal.Says("No OpenIDConnect provider found in your account for the issuer of the token");
    private static readonly Refusal NoExpiry = Refusal.Says("The claim exp must be a whole number of seconds since 1970");
    private static readonly Refusal NotYet = Refusal.Says("Token is not valid yet: current date/time 1772366400 is before its date/time 1772370000");
    private static readonly Refusal NotForUs = Refusal.Says("Incorrect token audience");
    private static readonly Refusal NoAudience = Refusal.Says("The claim aud must be a text or a list of texts");
    private static readonly Refusal NoSubject = Refusal.Says("The claim sub must be a text of 1 to 255 characters without control characters");
    private static readonly Refusal WrongTag = Refusal.Says("The claim https://aws.amazon.com/tags has a key or a value that is too long, or has characters outside [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");
    private static readonly Refusal TagTwice = Refusal.Says("The claim https://aws.amazon.com/tags has a key twice. Please note that Tag keys are case insensitive");
    private static readonly Refusal NoTagText = Refusal.Says("The claim https://aws.amazon.com/tags must have one text for each tag");
    private static readonly Refusal NoSourceIdentity = Refusal.Says("Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64} and not begin with \"aws:\"");

    private static readonly byte[] Order = Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");
    private static readonly string Header = """{"alg":"RS256","kid":"rsa"}""";

    public static readonly IReadOnlyDictionary<string, (Refusal Refusal, Func<TestIssuer, string> Write)> All = new Dictionary<string, (Refusal, Func<TestIssuer, string>)>
    {
        // Algorithms.
        ["alg none, no signature"] = (NoAlgorithm, issuer => Unsigned(issuer, """{"alg":"none"}""")),
        ["alg nOnE"] = (NoAlgorithm, issuer => Unsigned(issuer, """{"alg":"nOnE","kid":"rsa"}""")),
        ["no alg"] = (NoAlgorithm, issuer => WithHeader(issuer, """{"kid":"rsa"}""")),
        ["alg is a number"] = (NoAlgorithm, issuer => WithHeader(issuer, """{"alg":256,"kid":"rsa"}""")),
        ["alg in lower case"] = (NoAlgorithm, issuer => WithHeader(issuer, """{"alg":"rs256","kid":"rsa"}""")),
        ["HS256 keyed with the public key in PEM"] = (NoAlgorithm, issuer => Hmac(issuer, Encoding.ASCII.GetBytes(TestIssuer.Rsa.ExportSubjectPublicKeyInfoPem()))),
        ["HS256 keyed with the modulus"] = (NoAlgorithm, issuer => Hmac(issuer, TestIssuer.Rsa.ExportParameters(false).Modulus!)),
        ["HS256 keyed with nothing"] = (NoAlgorithm, issuer => Hmac(issuer, [])),
        ["PS256"] = (NoAlgorithm, issuer => TestIssuer.SignText("PS256", """{"alg":"PS256","kid":"rsa"}""", Text(issuer))),
        ["PS256 said to be RS256"] = (NotItsKey, issuer => TestIssuer.SignText("PS256", Header, Text(issuer))),
        ["RS512 said to be RS256"] = (NotItsKey, issuer => TestIssuer.SignText("RS512", Header, Text(issuer))),
        ["ES256 with the RSA key's id"] = (NoEcKey, issuer => TestIssuer.Sign("ES256", "rsa", issuer.Claims())),
        ["ES256 with the key of another curve"] = (NoEcKey, issuer => TestIssuer.SignText("ES384", """{"alg":"ES256","kid":"p384"}""", Text(issuer))),
        ["EdDSA"] = (NoAlgorithm, issuer => WithHeader(issuer, """{"alg":"EdDSA","kid":"rsa"}""")),

        // Header.
        ["duplicate alg"] = (NoJson, issuer => WithHeader(issuer, """{"alg":"RS256","alg":"RS256","kid":"rsa"}""")),
        ["duplicate alg by an escape"] = (NoJson, issuer => WithHeader(issuer, """{"alg":"RS256","\u0061lg":"none","kid":"rsa"}""")),
        ["crit"] = (Critical, issuer => WithHeader(issuer, """{"alg":"RS256","kid":"rsa","crit":["exp"]}""")),
        ["empty crit"] = (Critical, issuer => WithHeader(issuer, """{"alg":"RS256","kid":"rsa","crit":[]}""")),
        ["b64 false"] = (Refusal.Says("Its header has 'b64', which is not taken."), issuer => WithHeader(issuer, """{"alg":"RS256","kid":"rsa","b64":false}""")),
        ["zip"] = (Refusal.Says("Its header has 'zip', which is not taken."), issuer => WithHeader(issuer, """{"alg":"RS256","kid":"rsa","zip":"DEF"}""")),
        ["enc"] = (Encrypted, issuer => WithHeader(issuer, """{"alg":"RS256","kid":"rsa","enc":"A256GCM"}""")),
        ["p2c of a password bomb"] = (NoAlgorithm, issuer => WithHeader(issuer, """{"alg":"PBES2-HS512+A256KW","p2c":2000000000,"kid":"rsa"}""")),
        ["typ of an access token"] = (AnotherKind, issuer => WithHeader(issuer, """{"alg":"RS256","kid":"rsa","typ":"at+jwt"}""")),
        ["typ of a log-out token"] = (AnotherKind, issuer => WithHeader(issuer, """{"alg":"RS256","kid":"rsa","typ":"logout+jwt"}""")),
        ["typ of a security event"] = (AnotherKind, issuer => WithHeader(issuer, """{"alg":"RS256","kid":"rsa","typ":"secevent+jwt"}""")),
        ["typ of an access token with the vendor's name"] = (AnotherKind, issuer => WithHeader(issuer, """{"alg":"RS256","kid":"rsa","typ":"application/okta-internal-at+jwt"}""")),
        ["typ of a proof of possession"] = (AnotherKind, issuer => WithHeader(issuer, """{"alg":"RS256","kid":"rsa","typ":"dpop+jwt"}""")),
        ["alg none with a good signature"] = (NoAlgorithm, issuer => WithHeader(issuer, """{"alg":"none","kid":"rsa"}""")),
        ["alg of an encrypted token"] = (NoAlgorithm, issuer => WithHeader(issuer, """{"alg":"RSA-OAEP-256","kid":"rsa"}""")),
        ["a compressed bomb of an encrypted token"] = (Encrypted, issuer => WithHeader(issuer, """{"alg":"dir","enc":"A256GCM","zip":"DEF","kid":"rsa"}""")),
        ["a token in a token"] = (NoJson, issuer => TestIssuer.SignText("RS256", """{"alg":"RS256","kid":"rsa","cty":"JWT"}""", issuer.Token())),
        ["typ is no text"] = (AnotherKind, issuer => WithHeader(issuer, """{"alg":"RS256","kid":"rsa","typ":["JWT"]}""")),
        ["header is an array"] = (NoJson, issuer => WithHeader(issuer, """["RS256"]""")),
        ["header has a comment"] = (NoJson, issuer => WithHeader(issuer, """{"alg":"RS256",/**/"kid":"rsa"}""")),
        ["header nested deep"] = (NoJson, issuer => WithHeader(issuer, $$"""{"alg":"RS256","kid":"rsa","x":{{Nested(40)}} }""")),

        // Keys.
        ["no kid where several fit"] = (Refusal.NoKey("The issuer has several keys that the token may mean. It must name one by 'kid'."), issuer => Second(issuer, () => TestIssuer.Sign("RS256", null, issuer.Claims()))),
        ["unknown kid"] = (NoRsaKey, issuer => TestIssuer.Sign("RS256", "other", issuer.Claims())),
        ["empty kid"] = (NoRsaKey, issuer => TestIssuer.Sign("RS256", "", issuer.Claims())),
        ["kid is a path"] = (NoRsaKey, issuer => TestIssuer.Sign("RS256", "../../../../dev/null", issuer.Claims())),
        ["kid is SQL"] = (NoRsaKey, issuer => TestIssuer.Sign("RS256", "rsa' OR '1'='1", issuer.Claims())),
        ["kid of 5000 characters"] = (NoKeyId, issuer => TestIssuer.Sign("RS256", new string('k', 5000), issuer.Claims())),
        ["kid is a number"] = (NoKeyId, issuer => WithHeader(issuer, """{"alg":"RS256","kid":1}""")),
        ["kid in another letter case"] = (NoRsaKey, issuer => TestIssuer.Sign("RS256", "RSA", issuer.Claims())),
        ["own key brought along by jwk"] = (NotItsKey, issuer => Foreign(issuer, $$"""{"alg":"RS256","kid":"rsa","jwk":{{TestIssuer.RsaJwk("rsa", TestIssuer.OtherRsa).ToJsonString()}} }""")),
        ["own key brought along by jku"] = (NotItsKey, issuer => Foreign(issuer, """{"alg":"RS256","kid":"rsa","jku":"https://evil.example.com/keys"}""")),
        ["own key brought along by x5u"] = (NotItsKey, issuer => Foreign(issuer, """{"alg":"RS256","kid":"rsa","x5u":"https://evil.example.com/cert"}""")),
        ["own key brought along by x5c"] = (NotItsKey, issuer => Foreign(issuer, """{"alg":"RS256","kid":"rsa","x5c":["MIIB"]}""")),
        ["another's key under the issuer's kid"] = (NotItsKey, issuer => Foreign(issuer, Header)),
        ["a key for encrypting"] = (NotForVerifying, issuer => WithKey(issuer, key => key["use"] = "enc")),
        ["a key that may only sign"] = (NotForVerifying, issuer => WithKey(issuer, key => key["key_ops"] = new JsonArray("sign"))),
        ["a key for another algorithm"] = (NoRsaKey, issuer => WithKey(issuer, key => key["alg"] = "RS512")),
        ["a key set with a private key"] = (Refusal.NoKey("The key set holds a private key. Whoever read it can sign in the issuer's name: replace the key."), issuer => WithKey(issuer, key => key["d"] = TestIssuer.Encode(TestIssuer.Rsa.ExportParameters(true).D))),
        ["a symmetric key under the kid"] = (NoAlgorithm, issuer => SymmetricKey(issuer)),

        ["a symmetric key in the place of the key"] = (NotForVerifying, issuer => SymmetricKey(issuer) is not null ? issuer.Token() : ""),
        ["a key of another kind in the place of the key"] = (NotForVerifying, issuer => OtherKind(issuer)),

        // Weak and degenerate keys, each of which verifies something that anybody can make.
        ["RSA of 1024 bits"] = (WeakModulus, issuer => WeakRsa(issuer)),
        ["RSA with exponent 1"] = (Refusal.NoKey("The issuer has no key for the token's 'kid' and the algorithm RS256. Key 1: its exponent is not an odd number of 65537 to 4294967295."), issuer => ExponentOne(issuer)),
        ["RSA with an even modulus"] = (WeakModulus, issuer => WithKey(issuer, key => key["n"] = TestIssuer.Encode([.. Enumerable.Repeat((byte)0xFE, 256)]))),
        ["EC point off its curve"] = (NoPoint, issuer => WithEcKey(issuer, key => key["y"] = key["x"]!.DeepClone())),
        ["EC point of zeros"] = (NoPoint, issuer => WithEcKey(issuer, key => (key["x"], key["y"]) = (TestIssuer.Encode(new byte[32]), TestIssuer.Encode(new byte[32])))),
        ["EC coordinates too short"] = (Refusal.NoKey("The issuer has no key for the token's 'kid' and the algorithm ES256. Key 2: its coordinates are not base64url of the curve's length."), issuer => WithEcKey(issuer, key => key["x"] = TestIssuer.Encode(new byte[31]))),

        // Signatures.
        ["no signature"] = (NotItsKey, issuer => issuer.Token()[..(issuer.Token().LastIndexOf('.') + 1)]),
        ["signature one bit off"] = (NotItsKey, issuer => WithSignature(issuer, signature => signature[^1] ^= 1)),
        ["signature of other claims"] = (NotItsKey, issuer => Swap(issuer.Token(), issuer.Token(("sub", "root")))),
        ["ES256 psychic signature"] = (NotItsKey, issuer => EcSignature(issuer, _ => new byte[64])),
        ["ES256 r and s of the order"] = (NotItsKey, issuer => EcSignature(issuer, _ => [.. Order, .. Order])),
        ["ES256 in DER"] = (NotItsKey, issuer => EcSignature(issuer, signed => TestIssuer.P256.SignData(signed, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence))),
        ["ES256 signature with zeros in front"] = (NotItsKey, issuer => EcSignature(issuer, signed => [0, 0, .. TestIssuer.P256.SignData(signed, HashAlgorithmName.SHA256)])),
        ["RSA signature with zeros in front"] = (NotItsKey, issuer => Resigned(issuer, signature => [0, .. signature])),
        ["RSA signature with bytes behind"] = (NotItsKey, issuer => Resigned(issuer, signature => [.. signature, 0])),
        ["RSA signature of zeros"] = (NotItsKey, issuer => Resigned(issuer, signature => new byte[signature.Length])),

        // The compact form.
        ["padding"] = (NoParts, issuer => issuer.Token() + "=="),
        ["white space in front"] = (NoParts, issuer => " " + issuer.Token()),
        ["a line end behind"] = (NoParts, issuer => issuer.Token() + "\n"),
        ["a line end inside"] = (NoParts, issuer => issuer.Token().Insert(20, "\n")),
        ["two parts"] = (NoParts, issuer => issuer.Token()[..issuer.Token().LastIndexOf('.')]),
        ["four parts"] = (NoParts, issuer => issuer.Token() + ".e30"),
        ["five parts, as encrypted"] = (NoParts, _ => "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0.a.b.c.d"),
        ["empty parts"] = (NoParts, _ => "...."),
        ["the standard alphabet"] = (NoParts, issuer => TestIssuer.SignText("RS256", Header, Text(issuer)).Replace('-', '+').Replace('_', '/') + "+"),
        ["bits left over"] = (NoParts, issuer => SpareBits(issuer.Token())),
        ["a NUL inside"] = (NoParts, issuer => issuer.Token().Insert(20, "\0")),
        ["full-width digits"] = (NoParts, issuer => issuer.Token().Insert(20, "\uff11")),
        ["no JWT at all"] = (NoParts, _ => "gho_0123456789abcdefEXAMPLE"),
        ["20,000 dots"] = (NoParts, _ => new string('.', 20_000)),

        // JSON of the claims.
        ["duplicate sub"] = (NoJson, issuer => WithClaims(issuer, Text(issuer)[..^1] + ",\"sub\":\"root\"}")),
        ["duplicate iss"] = (NoJson, issuer => WithClaims(issuer, Text(issuer)[..^1] + ",\"iss\":\"https://evil.example.com\"}")),
        ["duplicate sub by an escape"] = (NoJson, issuer => WithClaims(issuer, Text(issuer)[..^1] + ",\"s\\u0075b\":\"root\"}")),
        ["duplicate inside a claim"] = (NoJson, issuer => WithClaims(issuer, Text(issuer)[..^1] + ",\"x\":{\"a\":1,\"a\":2}}")),
        ["trailing comma"] = (NoJson, issuer => WithClaims(issuer, Text(issuer)[..^1] + ",}")),
        ["something behind"] = (NoJson, issuer => WithClaims(issuer, Text(issuer) + "{}")),
        ["a byte order mark"] = (NoJson, issuer => WithClaims(issuer, "\uFEFF" + Text(issuer))),
        ["claims are an array"] = (NoJson, issuer => WithClaims(issuer, $"[{Text(issuer)}]")),
        ["claims nested deep"] = (NoJson, issuer => WithClaims(issuer, Text(issuer)[..^1] + $",\"x\":{Nested(4000)}}}")),
        ["a lone surrogate"] = (NoJson, issuer => WithClaims(issuer, Text(issuer)[..^1] + ",\"x\":\"\\ud800\"}")),
        ["a lone surrogate as a name"] = (NoJson, issuer => WithClaims(issuer, Text(issuer)[..^1] + ",\"\\udc00\":1}")),
        ["claims that are not UTF-8"] = (NoJson, issuer => Bytes(issuer, [.. Encoding.UTF8.GetBytes(Text(issuer)[..^1]), (byte)',', (byte)'"', 0xC0, 0xAF, (byte)'"', (byte)':', (byte)'1', (byte)'}'])),
        ["two letter cases of one claim"] = (Refusal.Says("The token has the claim SUB in two letter cases, or one that is reserved"), issuer => issuer.Token(("SUB", "root"))),
        ["a claim in the place of oaud"] = (Refusal.Says("The token has the claim oaud in two letter cases, or one that is reserved"), issuer => issuer.Token(("oaud", "app"))),

        // Issuer.
        ["no iss"] = (NoIssuer, issuer => Without(issuer, "iss")),
        ["iss is a list"] = (NoIssuer, issuer => issuer.Token(("iss", new JsonArray(issuer.Url)))),
        ["iss of nobody"] = (Refusal.Says("No OpenIDConnect provider found in your account for https://evil.example.com"), issuer => issuer.Token(("iss", "https://evil.example.com"))),
        ["iss with a slash"] = (Refusal.Says("No OpenIDConnect provider found in your account for https://idp.example.com/"), issuer => issuer.Token(("iss", issuer.Url + "/"))),
        ["iss with a port"] = (Refusal.Says("No OpenIDConnect provider found in your account for https://idp.example.com:443"), issuer => issuer.Token(("iss", issuer.Url + ":443"))),
        ["iss in capitals"] = (Refusal.Says("No OpenIDConnect provider found in your account for HTTPS://IDP.EXAMPLE.COM"), issuer => issuer.Token(("iss", issuer.Url.ToUpperInvariant()))),
        ["iss with a user"] = (Refusal.Says("No OpenIDConnect provider found in your account for https://idp.example.com@evil.example.com"), issuer => issuer.Token(("iss", "https://" + issuer.Host + "@evil.example.com"))),
        ["iss without scheme"] = (Refusal.Says("No OpenIDConnect provider found in your account for idp.example.com"), issuer => issuer.Token(("iss", issuer.Host))),
        ["iss by http"] = (Refusal.Says("No OpenIDConnect provider found in your account for http://idp.example.com"), issuer => issuer.Token(("iss", "http://" + issuer.Host))),
        ["iss in punycode look-alike"] = (UnnamedIssuer, issuer => issuer.Token(("iss", "https://\u0456dp.example.com"))),
        ["iss with a line end"] = (UnnamedIssuer, issuer => issuer.Token(("iss", issuer.Url + "\n"))),
        ["iss is an address in decimal"] = (Refusal.Says("No OpenIDConnect provider found in your account for https://2130706433"), issuer => issuer.Token(("iss", "https://2130706433"))),
        ["iss with a path behind"] = (Refusal.Says("No OpenIDConnect provider found in your account for https://idp.example.com/keys"), issuer => issuer.Token(("iss", issuer.Url + "/keys"))),
        ["iss with a fragment"] = (Refusal.Says("No OpenIDConnect provider found in your account for https://idp.example.com#"), issuer => issuer.Token(("iss", issuer.Url + "#"))),
        ["iss is the metadata address"] = (Refusal.Says("No OpenIDConnect provider found in your account for https://169.254.169.254/latest"), issuer => issuer.Token(("iss", "https://169.254.169.254/latest"))),

        // Times.
        ["no exp"] = (Refusal.Says("Missing a required claim: exp"), issuer => Without(issuer, "exp")),
        ["no iat"] = (Refusal.Says("Missing a required claim: iat"), issuer => Without(issuer, "iat")),
        ["exp as a text"] = (NoExpiry, issuer => issuer.Token(("exp", $"{issuer.Now + 600}"))),
        ["exp as a fraction"] = (NoExpiry, issuer => WithClaims(issuer, Text(issuer, "exp", $"{issuer.Now + 600}.5"))),
        ["exp with an exponent"] = (NoExpiry, issuer => WithClaims(issuer, Text(issuer, "exp", "1e300"))),
        ["exp of 2^63"] = (NoExpiry, issuer => WithClaims(issuer, Text(issuer, "exp", "9223372036854775808"))),
        ["exp of a thousand digits"] = (NoExpiry, issuer => WithClaims(issuer, Text(issuer, "exp", new string('9', 1000)))),
        ["exp negative"] = (NoExpiry, issuer => issuer.Token(("exp", -1))),
        ["exp null"] = (NoExpiry, issuer => issuer.Token(("exp", null))),
        ["exp NaN"] = (NoJson, issuer => WithClaims(issuer, Text(issuer, "exp", "NaN"))),
        ["exp of the year 300000"] = (NoExpiry, issuer => issuer.Token(("exp", 9_000_000_000_000))),
        ["expired an hour ago"] = (Refusal.Expired("Token expired: current date/time 1772366400 must be before the expiration date/time 1772362800"), issuer => issuer.Token(("exp", issuer.Now - 3600), ("iat", issuer.Now - 7200))),
        ["expires this second"] = (Refusal.Expired("Token expired: current date/time 1772366400 must be before the expiration date/time 1772366400"), issuer => issuer.Token(("exp", issuer.Now))),
        ["issued two days ago"] = (Refusal.Expired("Token too old: 172800"), issuer => issuer.Token(("iat", issuer.Now - 172_800))),
        ["issued in an hour"] = (NotYet, issuer => issuer.Token(("iat", issuer.Now + 3600), ("exp", issuer.Now + 7200))),
        ["issued in an hour, and valid by now"] = (NotYet, issuer => issuer.Token(("iat", issuer.Now + 3600), ("nbf", issuer.Now - 10), ("exp", issuer.Now + 7200))),
        ["valid in an hour"] = (NotYet, issuer => issuer.Token(("nbf", issuer.Now + 3600))),
        ["nbf as a text"] = (Refusal.Says("The claim nbf must be a whole number of seconds since 1970"), issuer => issuer.Token(("nbf", "0"))),

        // Audience and subject.
        ["no aud"] = (Refusal.Says("Missing a required claim: aud"), issuer => Without(issuer, "aud")),
        ["aud of another"] = (NotForUs, issuer => issuer.Token(("aud", "stranger"))),
        ["aud empty"] = (NoAudience, issuer => issuer.Token(("aud", new JsonArray()))),
        ["aud null"] = (NoAudience, issuer => issuer.Token(("aud", null))),
        ["aud nested"] = (NoAudience, issuer => issuer.Token(("aud", new JsonArray(new JsonArray("app"))))),
        ["aud an object"] = (NoAudience, issuer => issuer.Token(("aud", new JsonObject { ["app"] = true }))),
        ["aud with a number"] = (NoAudience, issuer => issuer.Token(("aud", new JsonArray("app", 1)))),
        ["aud with a slash"] = (NotForUs, issuer => issuer.Token(("aud", "app/"))),
        ["aud in capitals"] = (NotForUs, issuer => issuer.Token(("aud", "APP"))),
        ["aud with a space"] = (NotForUs, issuer => issuer.Token(("aud", "app "))),
        ["aud of a thousand others"] = (NotForUs, issuer => issuer.Token(("aud", new JsonArray([.. Enumerable.Range(0, 1000).Select(i => (JsonNode)$"a{i}")])))),
        ["azp of another"] = (NotForUs, issuer => issuer.Token(("azp", "stranger"))),
        ["azp no text"] = (Refusal.Says("The claim azp must be a text"), issuer => issuer.Token(("azp", new JsonArray("app")))),
        ["no sub"] = (Refusal.Says("Missing a required claim: sub"), issuer => Without(issuer, "sub")),
        ["sub a number"] = (NoSubject, issuer => issuer.Token(("sub", 42))),
        ["sub empty"] = (NoSubject, issuer => issuer.Token(("sub", ""))),
        ["sub of 300 characters"] = (NoSubject, issuer => issuer.Token(("sub", new string('s', 300)))),
        ["sub with a NUL"] = (NoSubject, issuer => issuer.Token(("sub", "alice\0"))),
        ["sub with a line end"] = (NoSubject, issuer => issuer.Token(("sub", "alice\nroot"))),

        // Session tags and source identity.
        ["tags are a text"] = (Refusal.Says("The claim https://aws.amazon.com/tags must be an object"), issuer => Tagged(issuer, "\"x\"")),
        ["51 tags"] = (Refusal.Says("The claim https://aws.amazon.com/tags may have 50 tags at most"), issuer => Tagged(issuer, "{\"principal_tags\":{" + string.Join(',', Enumerable.Range(0, 51).Select(i => $"\"k{i}\":[\"v\"]")) + "}}")),
        ["a tag key of 129 characters"] = (WrongTag, issuer => Tagged(issuer, $$"""{"principal_tags":{"{{new string('k', 129)}}":["v"]} }""")),
        ["a tag value of 257 characters"] = (WrongTag, issuer => Tagged(issuer, $$"""{"principal_tags":{"k":["{{new string('v', 257)}}"]} }""")),
        ["a tag of the system"] = (Refusal.Says("The claim https://aws.amazon.com/tags has a key that starts with 'aws:', which is reserved"), issuer => Tagged(issuer, """{"principal_tags":{"AWS:root":["v"]}}""")),
        ["tag keys in two letter cases"] = (TagTwice, issuer => Tagged(issuer, """{"principal_tags":{"team":["a"],"Team":["b"]}}""")),
        ["a tag with two values"] = (NoTagText, issuer => Tagged(issuer, """{"principal_tags":{"team":["a","b"]}}""")),
        ["a tag that is an object"] = (NoTagText, issuer => Tagged(issuer, """{"principal_tags":{"team":{"a":"b"}}}""")),
        ["a tag with odd characters"] = (WrongTag, issuer => Tagged(issuer, """{"principal_tags":{"team":["<script>"]}}""")),
        ["a transitive key that is no tag"] = (Refusal.Says("The claim https://aws.amazon.com/tags has a transitive tag key that is not among its tags"), issuer => Tagged(issuer, """{"principal_tags":{"team":["a"]},"transitive_tag_keys":["other"]}""")),
        ["transitive keys are a text"] = (Refusal.Says("The claim https://aws.amazon.com/tags must have a list of texts as transitive_tag_keys"), issuer => Tagged(issuer, """{"principal_tags":{"team":["a"]},"transitive_tag_keys":"team"}""")),
        ["a tag nested and flat"] = (TagTwice, issuer => issuer.Token(
            ("https://aws.amazon.com/tags", JsonNode.Parse("""{"principal_tags":{"team":["a"]}}""")), ("https://aws.amazon.com/tags/principal_tags/team", "b"))),
        ["source identity with a space"] = (NoSourceIdentity, issuer => issuer.Token(("https://aws.amazon.com/source_identity", "al ice"))),
        ["source identity of the system"] = (NoSourceIdentity, issuer => issuer.Token(("https://aws.amazon.com/source_identity", "aws:alice"))),
        ["source identity of one character"] = (NoSourceIdentity, issuer => issuer.Token(("https://aws.amazon.com/source_identity", "a"))),
        ["source identity a list"] = (NoSourceIdentity, issuer => issuer.Token(("https://aws.amazon.com/source_identity", new JsonArray("alice")))),
    };

    /// <summary>Why a token is none, or no key of its issuer's can have signed it: what stands behind the two messages that are for many faults. Empty for all others.</summary>
    public static string ReasonOf(string text, TestIssuer issuer)
    {
        if (JsonWebToken.TryParse(text, out var fault) is not { } token)
            return fault!.Code == JwtFaultCode.Malformed ? fault.Message : "";
        if (JsonWebKeySet.TryParse(Encoding.UTF8.GetBytes(issuer.KeySet), out fault) is not { } keys)
            return fault!.Message;
        return keys.Find(token, out fault) is null ? string.Join(' ', keys.Skipped.Prepend(fault!.Message)) : "";
    }

    private static string Text(TestIssuer issuer) => issuer.Claims().ToJsonString();

    private static string Text(TestIssuer issuer, string claim, string value) => Without(issuer.Claims(), claim).ToJsonString()[..^1] + $",\"{claim}\":{value}}}";

    private static string WithHeader(TestIssuer issuer, string header) => TestIssuer.SignText("RS256", header, Text(issuer));

    private static string WithClaims(TestIssuer issuer, string claims) => TestIssuer.SignText("RS256", Header, claims);

    private static string Without(TestIssuer issuer, string claim) => TestIssuer.Sign("RS256", "rsa", Without(issuer.Claims(), claim));

    private static JsonObject Without(JsonObject claims, string claim)
    {
        claims.Remove(claim);
        return claims;
    }

    private static string Tagged(TestIssuer issuer, string tags) => issuer.Token(("https://aws.amazon.com/tags", JsonNode.Parse(tags)));

    private static string Unsigned(TestIssuer issuer, string header) => TestIssuer.Encode(Encoding.UTF8.GetBytes(header)) + "." + TestIssuer.Encode(Encoding.UTF8.GetBytes(Text(issuer))) + ".";

    private static string Hmac(TestIssuer issuer, byte[] key) => Signed(Unsigned(issuer, """{"alg":"HS256","kid":"rsa"}""")[..^1], signed => HMACSHA256.HashData(key, signed));

    private static string Foreign(TestIssuer issuer, string header) =>
        Signed(Unsigned(issuer, header)[..^1], signed => TestIssuer.OtherRsa.SignData(signed, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    private static string Bytes(TestIssuer issuer, byte[] claims) =>
        Signed(Unsigned(issuer, Header).Split('.')[0] + "." + TestIssuer.Encode(claims), signed => TestIssuer.Signature("RS256", signed));

    private static string Signed(string text, Func<byte[], byte[]> sign) => text + "." + TestIssuer.Encode(sign(Encoding.ASCII.GetBytes(text)));

    private static string Resigned(TestIssuer issuer, Func<byte[], byte[]> change) => Signed(Unsigned(issuer, Header)[..^1], signed => change(TestIssuer.Signature("RS256", signed)));

    private static string WithSignature(TestIssuer issuer, Action<byte[]> damage) => Resigned(issuer, signature =>
    {
        damage(signature);
        return signature;
    });

    private static string EcSignature(TestIssuer issuer, Func<byte[], byte[]> sign) => Signed(Unsigned(issuer, """{"alg":"ES256","kid":"p256"}""")[..^1], sign);

    private static string Swap(string token, string other) => other[..(other.LastIndexOf('.') + 1)] + token[(token.LastIndexOf('.') + 1)..];

    // 256 bytes end in a character of two bits: the four others must be zero.
    private static string SpareBits(string token) => token[..^1] + (char)(token[^1] switch { 'A' => 'B', 'Q' => 'R', 'g' => 'h', _ => 'x' });

    private static string Second(TestIssuer issuer, Func<string> write)
    {
        issuer.Keys.Add(TestIssuer.RsaJwk("second", TestIssuer.OtherRsa));
        return write();
    }

    private static string WithKey(TestIssuer issuer, Action<JsonObject> change)
    {
        change(issuer.Keys[0]);
        return issuer.Token();
    }

    private static string WithEcKey(TestIssuer issuer, Action<JsonObject> change)
    {
        change(issuer.Keys[1]);
        return TestIssuer.Sign("ES256", "p256", issuer.Claims());
    }

    private static string SymmetricKey(TestIssuer issuer)
    {
        issuer.Keys[0] = new JsonObject { ["kty"] = "oct", ["kid"] = "rsa", ["k"] = TestIssuer.Encode(new byte[32]) };
        return Hmac(issuer, new byte[32]);
    }

    private static string OtherKind(TestIssuer issuer)
    {
        issuer.Keys[0] = new JsonObject { ["kty"] = "OKP", ["crv"] = "Ed25519", ["kid"] = "rsa", ["x"] = TestIssuer.Encode(new byte[32]) };
        return issuer.Token();
    }

    private static string WeakRsa(TestIssuer issuer)
    {
        using var weak = RSA.Create(1024);
        issuer.Keys[0] = TestIssuer.RsaJwk("rsa", weak);
        return Signed(Unsigned(issuer, Header)[..^1], signed => weak.SignData(signed, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    // With e = 1 the signature is the padded hash itself: no private key is needed.
    private static string ExponentOne(TestIssuer issuer)
    {
        issuer.Keys[0]["e"] = "AQ";
        return Signed(Unsigned(issuer, Header)[..^1], signed =>
        {
            byte[] info = [.. Convert.FromHexString("3031300d060960864801650304020105000420"), .. SHA256.HashData(signed)];
            return [0, 1, .. Enumerable.Repeat((byte)0xFF, 256 - 3 - info.Length), 0, .. info];
        });
    }

    private static string Nested(int depth) => string.Concat(Enumerable.Repeat("[", depth)) + string.Concat(Enumerable.Repeat("]", depth));
}
