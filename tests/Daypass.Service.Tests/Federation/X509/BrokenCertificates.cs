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
    private static readonly CertificateShape Good = new();

    // Permitted: names below example.com.
    private static readonly X509Extension OnlyExample = new("2.5.29.30", Convert.FromHexString("3011A00F300D820B6578616D706C652E636F6D"), true);
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
        ["an RSA modulus that is even"] = Signing("SignatureDoesNotMatch", world =>
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

        ["the serial number of another"] = Signing("SignatureDoesNotMatch", world => Changed(world, "Authorization", value => ReplaceCredential(value, "4711"))),
        ["a serial number with a zero before it"] = Signing("SignatureDoesNotMatch", world => Changed(world, "Authorization", value => value.Replace("Credential=", "Credential=0", StringComparison.Ordinal))),
        ["the other algorithm"] = Signing("SignatureDoesNotMatch", world => Changed(world, "Authorization", value => value.Replace(SigV4X509.EcdsaAlgorithm, SigV4X509.RsaAlgorithm, StringComparison.Ordinal))),
        ["the algorithm of access keys"] = Signing("IncompleteSignature", world => Changed(world, "Authorization", value => value.Replace(SigV4X509.EcdsaAlgorithm, SigV4.Algorithm, StringComparison.Ordinal))),
        ["signed by another key"] = Signing("SignatureDoesNotMatch", world => world.ShowGood() with { Key = ECDsa.Create(ECCurve.NamedCurves.nistP256) }),
        ["a signature cut short"] = Signing("SignatureDoesNotMatch", world => Changed(world, "Authorization", value => value[..^2])),
        ["a signature in capitals"] = Signing("SignatureDoesNotMatch", world => Changed(world, "Authorization", value => value[..value.IndexOf("Signature=", StringComparison.Ordinal)] + "Signature=" + value[(value.IndexOf("Signature=", StringComparison.Ordinal) + 10)..].ToUpperInvariant())),
        ["no signature"] = Signing("MissingAuthenticationToken", world => world.ShowGood() with { Tamper = headers => headers.Where(header => header.Key != "Authorization") }),
        ["a certificate that is not signed"] = Signing("SignatureDoesNotMatch", world => Changed(world, "Authorization", value => value.Replace(";x-amz-x509", "", StringComparison.Ordinal))),
        ["a chain that is not signed"] = Signing("SignatureDoesNotMatch", world => world.ShowGood() with { Tamper = headers => [.. headers, new(SigV4X509.ChainHeader, world.Root.Base64)] }),
        ["the certificate of another"] = Signing("SignatureDoesNotMatch", world => Changed(world, SigV4X509.CertificateHeader, _ => world.Root.Issue(world.Now).Base64)),
        ["shown again after five minutes"] = Signing("SignatureDoesNotMatch", world => world.ShowGood() with { SignedAgo = TimeSpan.FromSeconds(301) }),
        ["signed for later"] = Signing("SignatureDoesNotMatch", world => world.ShowGood() with { SignedAgo = TimeSpan.FromSeconds(-301) }),
        ["signed for another service"] = Signing("SignatureDoesNotMatch", world => Changed(world, "Authorization", value => value.Replace("/rolesanywhere/", "/sts/", StringComparison.Ordinal))),
        ["another body than was signed"] = Signing("SignatureDoesNotMatch", world => world.ShowGood() with { Tamper = headers => headers.Append(new("X-Amz-Content-Sha256", new string('0', 64))) }),

        ["an anchor that is not there"] = new("ResourceNotFoundException", "trust anchor cannot be found", false, world => world.ShowGood() with { TrustAnchor = world.TrustAnchorArn[..^1] + (world.TrustAnchorArn[^1] == '0' ? '1' : '0') }),
        ["an anchor of an account that is not there"] = new("ResourceNotFoundException", "trust anchor cannot be found", false, world => world.ShowGood() with { TrustAnchor = world.TrustAnchorArn.Replace("123456789012", "999999999999", StringComparison.Ordinal) }),
        ["an anchor of another region"] = new("ResourceNotFoundException", "trust anchor cannot be found", false, world => world.ShowGood() with { TrustAnchor = world.TrustAnchorArn.Replace("us-east-1", "eu-west-1", StringComparison.Ordinal) }),
        ["a profile that is not there"] = new("ResourceNotFoundException", "profile cannot be found", true, world => world.ShowGood() with { Profile = world.ProfileArn[..^1] + (world.ProfileArn[^1] == '0' ? '1' : '0') }),
        ["a profile of another account"] = new("ResourceNotFoundException", "profile cannot be found", true, world => world.ShowGood() with { Profile = world.ProfileArn.Replace("123456789012", "999999999999", StringComparison.Ordinal) }),
        ["a role that the profile does not have"] = new(Denied, "not one of the profile's", true, world => world.ShowGood() with { Role = "arn:aws:iam::123456789012:role/other" }),
        ["a role of another account"] = new(Denied, "not one of the profile's", true, world => world.ShowGood() with { Role = AnywhereWorld.RoleArn.Replace("123456789012", "999999999999", StringComparison.Ordinal) }),
        ["a session name that nobody asked for"] = new(Denied, "does not let sessions be named", true, world => world.ShowGood() with { More = [("roleSessionName", "admin")] }),
    };

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

    private static Row Signing(string code, Func<AnywhereWorld, ShownCertificate> make) => new(code, "", false, make);

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
