using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Daypass.Signing;

namespace Daypass.Service.Tests.Federation.X509;

/// <summary>The catalogue: what is tried, with the refusal it gets, and whether it is known by then who tries (the trail names him) or not (it is counted).</summary>
internal static class BrokenCertificates
{
    internal sealed record Row(string Code, string Says, bool IsNamed, Func<AnywhereWorld, ShownCertificate> Make);

    private const string Denied = "AccessDenied";
    private const string NoPath = "No path leads from it to the trust anchor";
    private const string WrongSignature = "A signature on the path to the trust anchor is wrong";
    private const string NoMatch = "The request signature we calculated does not match the signature you provided.";
    private const string NotSigned = "There were headers present in the request which were not signed: ";
    private static readonly CertificateShape Good = new();

    // Permitted: names below example.com.
    public static readonly X509Extension OnlyExample = new("2.5.29.30", Convert.FromHexString("3011A00F300D820B6578616D706C652E636F6D"), true);
    private static readonly X509Extension Unknown = new("1.2.3.4.5", [5, 0], true);

    public static Dictionary<string, Row> All { get; } = new(StringComparer.Ordinal)
    {
        ["expired"] = Untrusted("expired or is not valid yet", world => world.ShowGood(Good with { ValidFrom = TimeSpan.FromDays(-9), ValidTo = TimeSpan.FromSeconds(-1) })),
        ["not yet valid"] = Untrusted("expired or is not valid yet", world => world.ShowGood(Good with { ValidFrom = TimeSpan.FromSeconds(5) })),
        ["for servers only"] = Untrusted("not for client authentication", world => world.ShowGood(Good with { ExtendedKeyUsage = "1.3.6.1.5.5.7.3.1" })),
        ["an authority for servers only"] = Untrusted("not for client authentication", world => Below(world, CertificateShape.Authority("CN=Sub") with { ExtendedKeyUsage = "1.3.6.1.5.5.7.3.1" })),
        ["issued by what is no authority"] = Untrusted("may not issue others", world => Below(world, Good with { Subject = new X500DistinguishedName("CN=web-2.example.com") })),
        ["an authority too far down"] = Untrusted("may not issue others", world =>
        {
            var first = world.Root.Issue(world.Now, CertificateShape.Authority("CN=First", pathLength: 0));
            var second = first.Issue(world.Now, CertificateShape.Authority("CN=Second"));
            return world.Show(second.Issue(world.Now), second.Certificate, first.Certificate);
        }),
        ["a name outside the authority's"] = Untrusted("outside those", world => Below(world, CertificateShape.Authority("CN=Sub") with { More = [OnlyExample] },
            Good with { AlternativeNames = names => names.AddDnsName("web.example.org") })),
        ["a common name outside the authority's"] = Untrusted("outside those", world => Below(world, CertificateShape.Authority("CN=Sub") with { More = [OnlyExample] },
            Good with { Subject = new X500DistinguishedName("CN=web.example.org") })),
        ["a common name outside the authority's, beside a DNS name that is inside"] = Untrusted("none of its DNS names", world => Below(world, CertificateShape.Authority("CN=Sub") with { More = [OnlyExample] },
            Good with { Subject = new X500DistinguishedName("CN=admin.example.org"), AlternativeNames = names => names.AddDnsName("web.example.com") })),
        ["a subject outside the authority's"] = Untrusted("outside those", world => Below(world, CertificateShape.Authority("CN=Sub") with { More = [OnlyOrganization("O=Example")] },
            Good with { Subject = new X500DistinguishedName("CN=web-1.example.com,O=Other") })),
        ["an unknown critical extension"] = Untrusted("critical extension", world => world.ShowGood(Good with { More = [Unknown] })),
        ["an authority that looks the same"] = Untrusted(WrongSignature, world => world.Show(TestCertificate.Root(world.Now).Issue(world.Now))),
        ["an authority that looks the same, in the chain"] = Untrusted(WrongSignature, world =>
        {
            var other = TestCertificate.Root(world.Now);
            return world.Show(other.Issue(world.Now), other.Certificate);
        }),
        ["signed by itself, with the authority's name"] = Untrusted(NoPath, world => world.Show(TestCertificate.Root(world.Now, Good with { Subject = world.Root.Certificate.SubjectName }))),
        ["the authority itself"] = Untrusted("of a certification authority", world => world.Show(world.Root)),
        ["of an authority below it"] = Untrusted("of a certification authority", world => world.Show(world.Root.Issue(world.Now, CertificateShape.Authority("CN=Sub")))),
        ["no digitalSignature"] = Untrusted("digitalSignature", world => world.ShowGood(Good with { KeyUsage = X509KeyUsageFlags.KeyEncipherment })),
        ["no key usage"] = Untrusted("digitalSignature", world => world.ShowGood(Good with { KeyUsage = null })),
        ["SHA-1"] = Untrusted("algorithm that is not taken", world => world.ShowGood(Good with { Signature = new Sha1Generator(RSA.Create(2048)) })),
        ["a key usage that is none"] = Untrusted("cannot be read", world => world.ShowGood(Good with { KeyUsage = null, More = [new("2.5.29.15", [5, 0], true)] })),
        ["basic constraints that are none"] = Untrusted("cannot be read", world => world.ShowGood(Good with { More = [new("2.5.29.19", [4, 1, 0], true)] })),
        ["an extended key usage that is none"] = Untrusted("extension that cannot be read", world => world.ShowGood(Good with { ExtendedKeyUsage = null, More = [new("2.5.29.37", [4, 1, 0], false)] })),
        ["alternative names that are none"] = Untrusted(NoPath, world => world.ShowGood(Good with { More = [new("2.5.29.17", [4, 1, 0], false)] })),
        ["policies that are none"] = Untrusted("extension that cannot be read", world => world.ShowGood(Good with { More = [new("2.5.29.32", [4, 1, 0], false)] })),
        ["policy constraints that are none"] = Untrusted("extension that cannot be read", world => world.ShowGood(Good with { More = [new("2.5.29.36", [4, 1, 0], true)] })),
        ["an authority's key usage that is none"] = Untrusted("cannot be read", world => Below(world, CertificateShape.Authority("CN=Sub") with { KeyUsage = null, More = [new("2.5.29.15", [5, 0], true)] })),
        ["an authority's extended key usage that is none"] = Untrusted(NoPath, world => Below(world, CertificateShape.Authority("CN=Sub") with { More = [new("2.5.29.37", [4, 1, 0], false)] })),
        ["an authority's name constraints that are none"] = Untrusted(NoPath, world => Below(world, CertificateShape.Authority("CN=Sub") with { More = [new("2.5.29.30", [4, 1, 0], true)] })),
        ["an authority's policies that are none"] = Untrusted("extension that cannot be read", world => Below(world, CertificateShape.Authority("CN=Sub") with { More = [new("2.5.29.32", [4, 1, 0], true)] })),
        ["an authority's policy mappings that are none"] = Untrusted("extension that cannot be read", world => Below(world, CertificateShape.Authority("CN=Sub") with { More = [new("2.5.29.33", [4, 1, 0], true)] })),
        ["an authority's inhibited policies that are none"] = Untrusted("extension that cannot be read", world => Below(world, CertificateShape.Authority("CN=Sub") with { More = [new("2.5.29.54", [4, 1, 0], true)] })),
        ["a point that is not on its curve"] = Untrusted("cannot be read", world => Changed(world, SigV4X509.CertificateHeader, OffCurve)),
        ["an authority with a point that is not on its curve"] = Untrusted("cannot be read", world =>
        {
            var sub = world.Root.Issue(world.Now, CertificateShape.Authority("CN=Sub"));
            return world.Show(sub.Issue(world.Now), X509CertificateLoader.LoadCertificate(Convert.FromBase64String(OffCurve(sub.Base64))));
        }),
        ["an RSA modulus that is even"] = Signing("SignatureDoesNotMatch", NoMatch, world =>
        {
            var good = world.Root.Issue(world.Now, Good with { NewKey = () => RSA.Create(2048) });
            var der = good.Certificate.RawData;
            var modulus = ((RSA)good.Key).ExportParameters(false).Modulus!;
            der[der.AsSpan().IndexOf(modulus) + modulus.Length - 1] &= 0xFE;
            return world.Show(good) with { Tamper = headers => AnywhereWorld.Rewrite(headers, SigV4X509.CertificateHeader, _ => Convert.ToBase64String(der)) };
        }),
        ["RSA of 1024 bits"] = Untrusted("key is not taken", world => world.ShowGood(Good with { NewKey = () => RSA.Create(1024) })),
        ["an authority with RSA of 1024 bits"] = Untrusted("key is not taken", world => Below(world, CertificateShape.Authority("CN=Sub") with { NewKey = () => RSA.Create(1024) })),
        ["the curve of coins"] = Untrusted("key is not taken", world => world.ShowGood(Good with { NewKey = () => ECDsa.Create(ECCurve.CreateFromValue("1.3.132.0.10")) })),
        ["a common name that ends in the middle"] = Untrusted("control characters", world => world.ShowGood(Good with { Subject = TestCertificate.Name(("2.5.4.3", "admin\0.example.com")) })),
        ["two common names"] = Untrusted("two common names", world => world.ShowGood(Good with { Subject = TestCertificate.Name(("2.5.4.3", "web"), ("2.5.4.3", "admin")) })),
        ["a common name that nobody can be called"] = Untrusted("cannot be a source identity", world => world.ShowGood(Good with { Subject = TestCertificate.Name(("2.5.4.3", "web one")) })),
        ["a chain of 50"] = Untrusted("more than 5 certificates", world => world.ShowGood() with { Chain = [.. Enumerable.Repeat(world.Root.Certificate, 50)] }),
        ["a chain with one twice"] = Untrusted("twice", world => world.ShowGood() with { Chain = [world.Root.Certificate, world.Root.Certificate] }),
        ["a chain that is none"] = Untrusted("not Base64", world => Resigned(world, SigV4X509.ChainHeader, "!nonsense")),
        ["a certificate that is none"] = Untrusted("not Base64", world => Resigned(world, SigV4X509.CertificateHeader, "!nonsense")),
        ["something behind the certificate"] = Untrusted("not one DER certificate", world => Changed(world, SigV4X509.CertificateHeader, value => Convert.ToBase64String([.. Convert.FromBase64String(value), 0]))),
        ["a certificate as PEM"] = Untrusted("not one DER certificate", world => Changed(world, SigV4X509.CertificateHeader, value => Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes($"-----BEGIN CERTIFICATE-----\n{value}\n-----END CERTIFICATE-----")))),
        ["a huge certificate"] = Untrusted("not Base64 of one DER", world => Resigned(world, SigV4X509.CertificateHeader, new string('A', 20_000))),
        ["two certificates"] = Untrusted("one X-Amz-X509 header", world => world.ShowGood() with { Tamper = headers => [.. headers, new(SigV4X509.CertificateHeader, world.Root.Base64)] }),

        ["the serial number of another"] = Signing("SignatureDoesNotMatch", NoMatch, world => Changed(world, "Authorization", value => ReplaceCredential(value, "4711"))),
        ["a serial number with a zero before it"] = Signing("SignatureDoesNotMatch", NoMatch, world => Changed(world, "Authorization", value => value.Replace("Credential=", "Credential=0", StringComparison.Ordinal))),
        ["the other algorithm"] = Signing("SignatureDoesNotMatch", NoMatch, world => world.ShowGood() with { ByHand = new() { Algorithm = SigV4X509.RsaAlgorithm } }),
        ["the other algorithm, for a key of RSA"] = Signing("SignatureDoesNotMatch", NoMatch, world => world.ShowGood(Good with { NewKey = () => RSA.Create(2048) }) with { ByHand = new() { Algorithm = SigV4X509.EcdsaAlgorithm } }),
        ["the algorithm of access keys"] = Signing("IncompleteSignature", "Unsupported AWS 'algorithm': 'AWS4-HMAC-SHA256'.", world => world.ShowGood() with { ByHand = new() { Algorithm = SigV4.Algorithm } }),
        ["an algorithm of no certificate"] = Signing("IncompleteSignature", "Unsupported AWS 'algorithm': 'AWS4-X509-NONE-SHA256'.", world => world.ShowGood() with { ByHand = new() { Algorithm = "AWS4-X509-NONE-SHA256" } }),
        ["signed by another key"] = Signing("SignatureDoesNotMatch", NoMatch, world => world.ShowGood() with { Key = ECDsa.Create(ECCurve.NamedCurves.nistP256) }),
        ["a signature cut short"] = Signing("SignatureDoesNotMatch", NoMatch, world => Changed(world, "Authorization", value => value[..^2])),
        ["a signature in capitals"] = Signing("SignatureDoesNotMatch", NoMatch, world => Changed(world, "Authorization", value => value[..value.IndexOf("Signature=", StringComparison.Ordinal)] + "Signature=" + value[(value.IndexOf("Signature=", StringComparison.Ordinal) + 10)..].ToUpperInvariant())),
        ["no signature"] = Signing("MissingAuthenticationToken", "Request is missing Authentication Token", world => world.ShowGood() with { Tamper = headers => headers.Where(header => header.Key != "Authorization") }),
        ["a certificate that is not signed"] = Signing("SignatureDoesNotMatch", NotSigned, world => world.ShowGood() with { ByHand = new() { Unsigned = ["x-amz-x509"] } }),
        ["a chain that is not signed"] = Signing("SignatureDoesNotMatch", NotSigned, world => world.ShowGood() with { Chain = [world.Root.Certificate], ByHand = new() { Unsigned = ["x-amz-x509-chain"] } }),
        ["a chain that is added on the way"] = Signing("SignatureDoesNotMatch", NotSigned, world => world.ShowGood() with { Tamper = headers => [.. headers, new(SigV4X509.ChainHeader, world.Root.Base64)] }),
        ["a time that is not signed"] = Signing("SignatureDoesNotMatch", NotSigned, world => world.ShowGood() with { ByHand = new() { Unsigned = ["x-amz-date"] } }),
        ["a header that is signed twice"] = Signing("SignatureDoesNotMatch", "sorted and each named once", world => world.ShowGood() with { ByHand = new() { SignedTwice = ["x-amz-x509"] } }),
        ["the certificate of another"] = Signing("SignatureDoesNotMatch", NoMatch, world => world.ShowGood() with { ByHand = new() { Shown = world.Root.Issue(world.Now, Good with { Subject = new X500DistinguishedName("CN=admin") }).Certificate } }),
        ["the certificate of another, put in on the way"] = Signing("SignatureDoesNotMatch", NoMatch, world => Changed(world, SigV4X509.CertificateHeader, _ => world.Root.Issue(world.Now).Base64)),
        ["shown again after five minutes"] = Signing("SignatureDoesNotMatch", "Signature expired: ", world => world.ShowGood() with { SignedAgo = TimeSpan.FromSeconds(301) }),
        ["signed for later"] = Signing("SignatureDoesNotMatch", "Signature not yet current: ", world => world.ShowGood() with { SignedAgo = TimeSpan.FromSeconds(-301) }),
        ["signed for another service"] = Signing("SignatureDoesNotMatch", "Credential should be scoped to correct service: 'rolesanywhere'.", world => world.ShowGood() with { ByHand = new() { Service = "sts" } }),
        ["signed with another end of the scope"] = Signing("SignatureDoesNotMatch", "Credential should be scoped with a valid terminator", world => world.ShowGood() with { ByHand = new() { Terminator = "aws5_request" } }),
        ["signed with another day's scope"] = Signing("SignatureDoesNotMatch", "Date in Credential scope does not match", world => world.ShowGood() with { ByHand = new() { DayAfter = TimeSpan.FromDays(-1) } }),
        ["another body than was signed"] = Signing("SignatureDoesNotMatch", NoMatch, world => world.ShowGood() with { OtherBody = """{"durationSeconds":43200}"""u8.ToArray() }),
        ["another query than was signed"] = Signing("SignatureDoesNotMatch", NoMatch, world => world.ShowGood() with { OtherTarget = "/sessions?roleArn=" + Uri.EscapeDataString(AnywhereWorld.RoleArn) }),
        ["another path than was signed"] = Signing("SignatureDoesNotMatch", NoMatch, world => world.ShowGood() with { OtherTarget = "/sessions/" }),
        ["a body whose hash is said to be another"] = Signing("SignatureDoesNotMatch", NotSigned, world => world.ShowGood() with { Tamper = headers => headers.Append(new("X-Amz-Content-Sha256", new string('0', 64))) }),

        ["an anchor that is not there"] = new("ResourceNotFoundException", "trust anchor cannot be found", false, world => world.ShowGood() with { TrustAnchor = world.TrustAnchorArn[..^1] + (world.TrustAnchorArn[^1] == '0' ? '1' : '0') }),
        ["an anchor of an account that is not there"] = new("ResourceNotFoundException", "trust anchor cannot be found", false, world => world.ShowGood() with { TrustAnchor = world.TrustAnchorArn.Replace("123456789012", "999999999999", StringComparison.Ordinal) }),
        ["an anchor of another region"] = new("ResourceNotFoundException", "trust anchor cannot be found", false, world => world.ShowGood() with { TrustAnchor = world.TrustAnchorArn.Replace("us-east-1", "eu-west-1", StringComparison.Ordinal) }),
        ["a profile that is not there"] = new("ResourceNotFoundException", "profile cannot be found", true, world => world.ShowGood() with { Profile = world.ProfileArn[..^1] + (world.ProfileArn[^1] == '0' ? '1' : '0') }),
        ["a profile of another account"] = new("ResourceNotFoundException", "profile cannot be found", true, world => world.ShowGood() with { Profile = world.ProfileArn.Replace("123456789012", "999999999999", StringComparison.Ordinal) }),
        ["a role that the profile does not have"] = new(Denied, "not one of the profile's", true, world => world.ShowGood() with { Role = "arn:aws:iam::123456789012:role/other" }),
        ["a role of another account"] = new(Denied, "not one of the profile's", true, world => world.ShowGood() with { Role = AnywhereWorld.RoleArn.Replace("123456789012", "999999999999", StringComparison.Ordinal) }),
        ["a session name that nobody asked for"] = new(Denied, "does not let sessions be named", true, world => world.ShowGood() with { More = [("roleSessionName", "admin")] }),
    };

    /// <summary>Name constraints: subjects that begin so, and no others.</summary>
    public static X509Extension OnlyOrganization(string name)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
        using (writer.PushSequence())
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 4)))
            writer.WriteEncodedValue(new X500DistinguishedName(name).RawData);
        return new X509Extension("2.5.29.30", writer.Encode(), true);
    }

    // The point's last byte, in a certificate that is otherwise as it was.
    private static string OffCurve(string base64)
    {
        var der = Convert.FromBase64String(base64);
        using var certificate = X509CertificateLoader.LoadCertificate(der);
        var point = certificate.PublicKey.EncodedKeyValue.RawData;
        der[der.AsSpan().IndexOf(point) + point.Length - 1] ^= 1;
        return Convert.ToBase64String(der);
    }

    private static Row Untrusted(string says, Func<AnywhereWorld, ShownCertificate> make) => new(Denied, says, false, make);

    private static Row Signing(string code, string says, Func<AnywhereWorld, ShownCertificate> make) => new(code, says, false, make);

    private static ShownCertificate Below(AnywhereWorld world, CertificateShape authority, CertificateShape? leaf = null)
    {
        var sub = world.Root.Issue(world.Now, authority);
        return world.Show(sub.Issue(world.Now, leaf), sub.Certificate);
    }

    private static ShownCertificate Changed(AnywhereWorld world, string header, Func<string, string> change) => world.ShowGood() with { Tamper = headers => AnywhereWorld.Rewrite(headers, header, change) };

    // The headers' form is looked at before what they say is held against the signature, so they need no new one.
    private static ShownCertificate Resigned(AnywhereWorld world, string header, string value)
    {
        var good = world.ShowGood();
        return good with
        {
            Chain = header == SigV4X509.ChainHeader ? [world.Root.Certificate] : [],
            Tamper = headers => AnywhereWorld.Rewrite(headers, header, _ => value),
        };
    }

    private static string ReplaceCredential(string header, string serial)
    {
        var start = header.IndexOf("Credential=", StringComparison.Ordinal) + "Credential=".Length;
        return header[..start] + serial + header[header.IndexOf('/', start)..];
    }
}
