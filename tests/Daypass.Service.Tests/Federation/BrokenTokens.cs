using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Daypass.Service.Tests.Federation;

/// <summary>
/// The catalogue of attacks on tokens, one row each: what the attacker writes, and AWS's code for it. Except where the row is about the signature, the
/// token is signed with the issuer's own key: the fault named is the only one.
/// </summary>
internal static class BrokenTokens
{
    public const string Invalid = "InvalidIdentityToken";
    public const string Expired = "ExpiredTokenException";

    private static readonly byte[] Order = Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");
    private static readonly string Header = """{"alg":"RS256","kid":"rsa"}""";

    public static readonly IReadOnlyDictionary<string, (string Code, Func<TestIssuer, string> Write)> All = new Dictionary<string, (string, Func<TestIssuer, string>)>
    {
        // Algorithms.
        ["alg none, no signature"] = (Invalid, issuer => Unsigned(issuer, """{"alg":"none"}""")),
        ["alg nOnE"] = (Invalid, issuer => Unsigned(issuer, """{"alg":"nOnE","kid":"rsa"}""")),
        ["no alg"] = (Invalid, issuer => WithHeader(issuer, """{"kid":"rsa"}""")),
        ["alg is a number"] = (Invalid, issuer => WithHeader(issuer, """{"alg":256,"kid":"rsa"}""")),
        ["alg in lower case"] = (Invalid, issuer => WithHeader(issuer, """{"alg":"rs256","kid":"rsa"}""")),
        ["HS256 keyed with the public key in PEM"] = (Invalid, issuer => Hmac(issuer, Encoding.ASCII.GetBytes(TestIssuer.Rsa.ExportSubjectPublicKeyInfoPem()))),
        ["HS256 keyed with the modulus"] = (Invalid, issuer => Hmac(issuer, TestIssuer.Rsa.ExportParameters(false).Modulus!)),
        ["HS256 keyed with nothing"] = (Invalid, issuer => Hmac(issuer, [])),
        ["PS256"] = (Invalid, issuer => TestIssuer.SignText("PS256", """{"alg":"PS256","kid":"rsa"}""", Text(issuer))),
        ["PS256 said to be RS256"] = (Invalid, issuer => TestIssuer.SignText("PS256", Header, Text(issuer))),
        ["RS512 said to be RS256"] = (Invalid, issuer => TestIssuer.SignText("RS512", Header, Text(issuer))),
        ["ES256 with the RSA key's id"] = (Invalid, issuer => TestIssuer.Sign("ES256", "rsa", issuer.Claims())),
        ["ES256 with the key of another curve"] = (Invalid, issuer => TestIssuer.SignText("ES384", """{"alg":"ES256","kid":"p384"}""", Text(issuer))),
        ["EdDSA"] = (Invalid, issuer => WithHeader(issuer, """{"alg":"EdDSA","kid":"rsa"}""")),

        // Header.
        ["duplicate alg"] = (Invalid, issuer => WithHeader(issuer, """{"alg":"RS256","alg":"RS256","kid":"rsa"}""")),
        ["duplicate alg by an escape"] = (Invalid, issuer => WithHeader(issuer, """{"alg":"RS256","\u0061lg":"none","kid":"rsa"}""")),
        ["crit"] = (Invalid, issuer => WithHeader(issuer, """{"alg":"RS256","kid":"rsa","crit":["exp"]}""")),
        ["empty crit"] = (Invalid, issuer => WithHeader(issuer, """{"alg":"RS256","kid":"rsa","crit":[]}""")),
        ["b64 false"] = (Invalid, issuer => WithHeader(issuer, """{"alg":"RS256","kid":"rsa","b64":false}""")),
        ["zip"] = (Invalid, issuer => WithHeader(issuer, """{"alg":"RS256","kid":"rsa","zip":"DEF"}""")),
        ["enc"] = (Invalid, issuer => WithHeader(issuer, """{"alg":"RS256","kid":"rsa","enc":"A256GCM"}""")),
        ["p2c of a password bomb"] = (Invalid, issuer => WithHeader(issuer, """{"alg":"PBES2-HS512+A256KW","p2c":2000000000,"kid":"rsa"}""")),
        ["typ of an access token"] = (Invalid, issuer => WithHeader(issuer, """{"alg":"RS256","kid":"rsa","typ":"at+jwt"}""")),
        ["typ of a log-out token"] = (Invalid, issuer => WithHeader(issuer, """{"alg":"RS256","kid":"rsa","typ":"logout+jwt"}""")),
        ["typ of a security event"] = (Invalid, issuer => WithHeader(issuer, """{"alg":"RS256","kid":"rsa","typ":"secevent+jwt"}""")),
        ["typ of an access token with the vendor's name"] = (Invalid, issuer => WithHeader(issuer, """{"alg":"RS256","kid":"rsa","typ":"application/okta-internal-at+jwt"}""")),
        ["typ of a proof of possession"] = (Invalid, issuer => WithHeader(issuer, """{"alg":"RS256","kid":"rsa","typ":"dpop+jwt"}""")),
        ["alg none with a good signature"] = (Invalid, issuer => WithHeader(issuer, """{"alg":"none","kid":"rsa"}""")),
        ["alg of an encrypted token"] = (Invalid, issuer => WithHeader(issuer, """{"alg":"RSA-OAEP-256","kid":"rsa"}""")),
        ["a compressed bomb of an encrypted token"] = (Invalid, issuer => WithHeader(issuer, """{"alg":"dir","enc":"A256GCM","zip":"DEF","kid":"rsa"}""")),
        ["a token in a token"] = (Invalid, issuer => TestIssuer.SignText("RS256", """{"alg":"RS256","kid":"rsa","cty":"JWT"}""", issuer.Token())),
        ["typ is no text"] = (Invalid, issuer => WithHeader(issuer, """{"alg":"RS256","kid":"rsa","typ":["JWT"]}""")),
        ["header is an array"] = (Invalid, issuer => WithHeader(issuer, """["RS256"]""")),
        ["header has a comment"] = (Invalid, issuer => WithHeader(issuer, """{"alg":"RS256",/**/"kid":"rsa"}""")),
        ["header nested deep"] = (Invalid, issuer => WithHeader(issuer, $$"""{"alg":"RS256","kid":"rsa","x":{{Nested(40)}} }""")),

        // Keys.
        ["no kid where several fit"] = (Invalid, issuer => Second(issuer, () => TestIssuer.Sign("RS256", null, issuer.Claims()))),
        ["unknown kid"] = (Invalid, issuer => TestIssuer.Sign("RS256", "other", issuer.Claims())),
        ["empty kid"] = (Invalid, issuer => TestIssuer.Sign("RS256", "", issuer.Claims())),
        ["kid is a path"] = (Invalid, issuer => TestIssuer.Sign("RS256", "../../../../dev/null", issuer.Claims())),
        ["kid is SQL"] = (Invalid, issuer => TestIssuer.Sign("RS256", "rsa' OR '1'='1", issuer.Claims())),
        ["kid of 5000 characters"] = (Invalid, issuer => TestIssuer.Sign("RS256", new string('k', 5000), issuer.Claims())),
        ["kid is a number"] = (Invalid, issuer => WithHeader(issuer, """{"alg":"RS256","kid":1}""")),
        ["kid in another letter case"] = (Invalid, issuer => TestIssuer.Sign("RS256", "RSA", issuer.Claims())),
        ["own key brought along by jwk"] = (Invalid, issuer => Foreign(issuer, $$"""{"alg":"RS256","kid":"rsa","jwk":{{TestIssuer.RsaJwk("rsa", TestIssuer.OtherRsa).ToJsonString()}} }""")),
        ["own key brought along by jku"] = (Invalid, issuer => Foreign(issuer, """{"alg":"RS256","kid":"rsa","jku":"https://evil.example.com/keys"}""")),
        ["own key brought along by x5u"] = (Invalid, issuer => Foreign(issuer, """{"alg":"RS256","kid":"rsa","x5u":"https://evil.example.com/cert"}""")),
        ["own key brought along by x5c"] = (Invalid, issuer => Foreign(issuer, """{"alg":"RS256","kid":"rsa","x5c":["MIIB"]}""")),
        ["another's key under the issuer's kid"] = (Invalid, issuer => Foreign(issuer, Header)),
        ["a key for encrypting"] = (Invalid, issuer => WithKey(issuer, key => key["use"] = "enc")),
        ["a key that may only sign"] = (Invalid, issuer => WithKey(issuer, key => key["key_ops"] = new JsonArray("sign"))),
        ["a key for another algorithm"] = (Invalid, issuer => WithKey(issuer, key => key["alg"] = "RS512")),
        ["a key set with a private key"] = (Invalid, issuer => WithKey(issuer, key => key["d"] = TestIssuer.Encode(TestIssuer.Rsa.ExportParameters(true).D))),
        ["a symmetric key under the kid"] = (Invalid, issuer => SymmetricKey(issuer)),

        // Weak and degenerate keys, each of which verifies something that anybody can make.
        ["RSA of 1024 bits"] = (Invalid, issuer => WeakRsa(issuer)),
        ["RSA with exponent 1"] = (Invalid, issuer => ExponentOne(issuer)),
        ["RSA with an even modulus"] = (Invalid, issuer => WithKey(issuer, key => key["n"] = TestIssuer.Encode([.. Enumerable.Repeat((byte)0xFE, 256)]))),
        ["EC point off its curve"] = (Invalid, issuer => WithEcKey(issuer, key => key["y"] = key["x"]!.DeepClone())),
        ["EC point of zeros"] = (Invalid, issuer => WithEcKey(issuer, key => (key["x"], key["y"]) = (TestIssuer.Encode(new byte[32]), TestIssuer.Encode(new byte[32])))),
        ["EC coordinates too short"] = (Invalid, issuer => WithEcKey(issuer, key => key["x"] = TestIssuer.Encode(new byte[31]))),

        // Signatures.
        ["no signature"] = (Invalid, issuer => issuer.Token()[..(issuer.Token().LastIndexOf('.') + 1)]),
        ["signature one bit off"] = (Invalid, issuer => WithSignature(issuer, signature => signature[^1] ^= 1)),
        ["signature of other claims"] = (Invalid, issuer => Swap(issuer.Token(), issuer.Token(("sub", "root")))),
        ["ES256 psychic signature"] = (Invalid, issuer => EcSignature(issuer, _ => new byte[64])),
        ["ES256 r and s of the order"] = (Invalid, issuer => EcSignature(issuer, _ => [.. Order, .. Order])),
        ["ES256 in DER"] = (Invalid, issuer => EcSignature(issuer, signed => TestIssuer.P256.SignData(signed, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence))),
        ["ES256 signature with zeros in front"] = (Invalid, issuer => EcSignature(issuer, signed => [0, 0, .. TestIssuer.P256.SignData(signed, HashAlgorithmName.SHA256)])),
        ["RSA signature with zeros in front"] = (Invalid, issuer => Resigned(issuer, signature => [0, .. signature])),
        ["RSA signature with bytes behind"] = (Invalid, issuer => Resigned(issuer, signature => [.. signature, 0])),
        ["RSA signature of zeros"] = (Invalid, issuer => Resigned(issuer, signature => new byte[signature.Length])),

        // The compact form.
        ["padding"] = (Invalid, issuer => issuer.Token() + "=="),
        ["white space in front"] = (Invalid, issuer => " " + issuer.Token()),
        ["a line end behind"] = (Invalid, issuer => issuer.Token() + "\n"),
        ["a line end inside"] = (Invalid, issuer => issuer.Token().Insert(20, "\n")),
        ["two parts"] = (Invalid, issuer => issuer.Token()[..issuer.Token().LastIndexOf('.')]),
        ["four parts"] = (Invalid, issuer => issuer.Token() + ".e30"),
        ["five parts, as encrypted"] = (Invalid, _ => "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0.a.b.c.d"),
        ["empty parts"] = (Invalid, _ => "...."),
        ["the standard alphabet"] = (Invalid, issuer => TestIssuer.SignText("RS256", Header, Text(issuer)).Replace('-', '+').Replace('_', '/') + "+"),
        ["bits left over"] = (Invalid, issuer => SpareBits(issuer.Token())),
        ["a NUL inside"] = (Invalid, issuer => issuer.Token().Insert(20, "\0")),
        ["full-width digits"] = (Invalid, issuer => issuer.Token().Insert(20, "\uff11")),
        ["no JWT at all"] = (Invalid, _ => "gho_0123456789abcdefEXAMPLE"),
        ["20,000 dots"] = (Invalid, _ => new string('.', 20_000)),

        // JSON of the claims.
        ["duplicate sub"] = (Invalid, issuer => WithClaims(issuer, Text(issuer)[..^1] + ",\"sub\":\"root\"}")),
        ["duplicate iss"] = (Invalid, issuer => WithClaims(issuer, Text(issuer)[..^1] + ",\"iss\":\"https://evil.example.com\"}")),
        ["duplicate sub by an escape"] = (Invalid, issuer => WithClaims(issuer, Text(issuer)[..^1] + ",\"s\\u0075b\":\"root\"}")),
        ["duplicate inside a claim"] = (Invalid, issuer => WithClaims(issuer, Text(issuer)[..^1] + ",\"x\":{\"a\":1,\"a\":2}}")),
        ["trailing comma"] = (Invalid, issuer => WithClaims(issuer, Text(issuer)[..^1] + ",}")),
        ["something behind"] = (Invalid, issuer => WithClaims(issuer, Text(issuer) + "{}")),
        ["a byte order mark"] = (Invalid, issuer => WithClaims(issuer, "\uFEFF" + Text(issuer))),
        ["claims are an array"] = (Invalid, issuer => WithClaims(issuer, $"[{Text(issuer)}]")),
        ["claims nested deep"] = (Invalid, issuer => WithClaims(issuer, Text(issuer)[..^1] + $",\"x\":{Nested(4000)}}}")),
        ["a lone surrogate"] = (Invalid, issuer => WithClaims(issuer, Text(issuer)[..^1] + ",\"x\":\"\\ud800\"}")),
        ["a lone surrogate as a name"] = (Invalid, issuer => WithClaims(issuer, Text(issuer)[..^1] + ",\"\\udc00\":1}")),
        ["claims that are not UTF-8"] = (Invalid, issuer => Bytes(issuer, [.. Encoding.UTF8.GetBytes(Text(issuer)[..^1]), (byte)',', (byte)'"', 0xC0, 0xAF, (byte)'"', (byte)':', (byte)'1', (byte)'}'])),
        ["two letter cases of one claim"] = (Invalid, issuer => issuer.Token(("SUB", "root"))),
        ["a claim in the place of oaud"] = (Invalid, issuer => issuer.Token(("oaud", "app"))),

        // Issuer.
        ["no iss"] = (Invalid, issuer => Without(issuer, "iss")),
        ["iss is a list"] = (Invalid, issuer => issuer.Token(("iss", new JsonArray(issuer.Url)))),
        ["iss of nobody"] = (Invalid, issuer => issuer.Token(("iss", "https://evil.example.com"))),
        ["iss with a slash"] = (Invalid, issuer => issuer.Token(("iss", issuer.Url + "/"))),
        ["iss with a port"] = (Invalid, issuer => issuer.Token(("iss", issuer.Url + ":443"))),
        ["iss in capitals"] = (Invalid, issuer => issuer.Token(("iss", issuer.Url.ToUpperInvariant()))),
        ["iss with a user"] = (Invalid, issuer => issuer.Token(("iss", "https://" + issuer.Host + "@evil.example.com"))),
        ["iss without scheme"] = (Invalid, issuer => issuer.Token(("iss", issuer.Host))),
        ["iss by http"] = (Invalid, issuer => issuer.Token(("iss", "http://" + issuer.Host))),
        ["iss in punycode look-alike"] = (Invalid, issuer => issuer.Token(("iss", "https://\u0456dp.example.com"))),
        ["iss with a line end"] = (Invalid, issuer => issuer.Token(("iss", issuer.Url + "\n"))),
        ["iss is an address in decimal"] = (Invalid, issuer => issuer.Token(("iss", "https://2130706433"))),
        ["iss with a path behind"] = (Invalid, issuer => issuer.Token(("iss", issuer.Url + "/keys"))),
        ["iss with a fragment"] = (Invalid, issuer => issuer.Token(("iss", issuer.Url + "#"))),
        ["iss is the metadata address"] = (Invalid, issuer => issuer.Token(("iss", "https://169.254.169.254/latest"))),

        // Times.
        ["no exp"] = (Invalid, issuer => Without(issuer, "exp")),
        ["no iat"] = (Invalid, issuer => Without(issuer, "iat")),
        ["exp as a text"] = (Invalid, issuer => issuer.Token(("exp", $"{issuer.Now + 600}"))),
        ["exp as a fraction"] = (Invalid, issuer => WithClaims(issuer, Text(issuer, "exp", $"{issuer.Now + 600}.5"))),
        ["exp with an exponent"] = (Invalid, issuer => WithClaims(issuer, Text(issuer, "exp", "1e300"))),
        ["exp of 2^63"] = (Invalid, issuer => WithClaims(issuer, Text(issuer, "exp", "9223372036854775808"))),
        ["exp of a thousand digits"] = (Invalid, issuer => WithClaims(issuer, Text(issuer, "exp", new string('9', 1000)))),
        ["exp negative"] = (Invalid, issuer => issuer.Token(("exp", -1))),
        ["exp null"] = (Invalid, issuer => issuer.Token(("exp", null))),
        ["exp NaN"] = (Invalid, issuer => WithClaims(issuer, Text(issuer, "exp", "NaN"))),
        ["exp of the year 300000"] = (Invalid, issuer => issuer.Token(("exp", 9_000_000_000_000))),
        ["expired an hour ago"] = (Expired, issuer => issuer.Token(("exp", issuer.Now - 3600), ("iat", issuer.Now - 7200))),
        ["expires this second"] = (Expired, issuer => issuer.Token(("exp", issuer.Now))),
        ["issued two days ago"] = (Expired, issuer => issuer.Token(("iat", issuer.Now - 172_800))),
        ["issued in an hour"] = (Invalid, issuer => issuer.Token(("iat", issuer.Now + 3600), ("exp", issuer.Now + 7200))),
        ["valid in an hour"] = (Invalid, issuer => issuer.Token(("nbf", issuer.Now + 3600))),
        ["nbf as a text"] = (Invalid, issuer => issuer.Token(("nbf", "0"))),

        // Audience and subject.
        ["no aud"] = (Invalid, issuer => Without(issuer, "aud")),
        ["aud of another"] = (Invalid, issuer => issuer.Token(("aud", "stranger"))),
        ["aud empty"] = (Invalid, issuer => issuer.Token(("aud", new JsonArray()))),
        ["aud null"] = (Invalid, issuer => issuer.Token(("aud", null))),
        ["aud nested"] = (Invalid, issuer => issuer.Token(("aud", new JsonArray(new JsonArray("app"))))),
        ["aud an object"] = (Invalid, issuer => issuer.Token(("aud", new JsonObject { ["app"] = true }))),
        ["aud with a number"] = (Invalid, issuer => issuer.Token(("aud", new JsonArray("app", 1)))),
        ["aud with a slash"] = (Invalid, issuer => issuer.Token(("aud", "app/"))),
        ["aud in capitals"] = (Invalid, issuer => issuer.Token(("aud", "APP"))),
        ["aud with a space"] = (Invalid, issuer => issuer.Token(("aud", "app "))),
        ["aud of a thousand others"] = (Invalid, issuer => issuer.Token(("aud", new JsonArray([.. Enumerable.Range(0, 1000).Select(i => (JsonNode)$"a{i}")])))),
        ["azp of another"] = (Invalid, issuer => issuer.Token(("azp", "stranger"))),
        ["azp no text"] = (Invalid, issuer => issuer.Token(("azp", new JsonArray("app")))),
        ["no sub"] = (Invalid, issuer => Without(issuer, "sub")),
        ["sub a number"] = (Invalid, issuer => issuer.Token(("sub", 42))),
        ["sub empty"] = (Invalid, issuer => issuer.Token(("sub", ""))),
        ["sub of 300 characters"] = (Invalid, issuer => issuer.Token(("sub", new string('s', 300)))),
        ["sub with a NUL"] = (Invalid, issuer => issuer.Token(("sub", "alice\0"))),
        ["sub with a line end"] = (Invalid, issuer => issuer.Token(("sub", "alice\nroot"))),

        // Session tags and source identity.
        ["tags are a text"] = (Invalid, issuer => Tagged(issuer, "\"x\"")),
        ["51 tags"] = (Invalid, issuer => Tagged(issuer, "{\"principal_tags\":{" + string.Join(',', Enumerable.Range(0, 51).Select(i => $"\"k{i}\":[\"v\"]")) + "}}")),
        ["a tag key of 129 characters"] = (Invalid, issuer => Tagged(issuer, $$"""{"principal_tags":{"{{new string('k', 129)}}":["v"]} }""")),
        ["a tag value of 257 characters"] = (Invalid, issuer => Tagged(issuer, $$"""{"principal_tags":{"k":["{{new string('v', 257)}}"]} }""")),
        ["a tag of the system"] = (Invalid, issuer => Tagged(issuer, """{"principal_tags":{"AWS:root":["v"]}}""")),
        ["tag keys in two letter cases"] = (Invalid, issuer => Tagged(issuer, """{"principal_tags":{"team":["a"],"Team":["b"]}}""")),
        ["a tag with two values"] = (Invalid, issuer => Tagged(issuer, """{"principal_tags":{"team":["a","b"]}}""")),
        ["a tag that is an object"] = (Invalid, issuer => Tagged(issuer, """{"principal_tags":{"team":{"a":"b"}}}""")),
        ["a tag with odd characters"] = (Invalid, issuer => Tagged(issuer, """{"principal_tags":{"team":["<script>"]}}""")),
        ["a transitive key that is no tag"] = (Invalid, issuer => Tagged(issuer, """{"principal_tags":{"team":["a"]},"transitive_tag_keys":["other"]}""")),
        ["transitive keys are a text"] = (Invalid, issuer => Tagged(issuer, """{"principal_tags":{"team":["a"]},"transitive_tag_keys":"team"}""")),
        ["a tag nested and flat"] = (Invalid, issuer => issuer.Token(
            ("https://aws.amazon.com/tags", JsonNode.Parse("""{"principal_tags":{"team":["a"]}}""")), ("https://aws.amazon.com/tags/principal_tags/team", "b"))),
        ["source identity with a space"] = (Invalid, issuer => issuer.Token(("https://aws.amazon.com/source_identity", "al ice"))),
        ["source identity of the system"] = (Invalid, issuer => issuer.Token(("https://aws.amazon.com/source_identity", "aws:alice"))),
        ["source identity of one character"] = (Invalid, issuer => issuer.Token(("https://aws.amazon.com/source_identity", "a"))),
        ["source identity a list"] = (Invalid, issuer => issuer.Token(("https://aws.amazon.com/source_identity", new JsonArray("alice")))),
    };

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
