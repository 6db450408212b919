using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Daypass.Service.Tests.Federation.X509;

/// <summary>What a certificate of the tests is like: a good one of a workload, unless a test says otherwise.</summary>
internal sealed record CertificateShape
{
    public X500DistinguishedName Subject { get; init; } = new("CN=web-1.example.com,OU=Build,O=Example");

    public bool IsAuthority { get; init; }

    public int? PathLength { get; init; }

    public TimeSpan ValidFrom { get; init; } = TimeSpan.FromDays(-1);

    public TimeSpan ValidTo { get; init; } = TimeSpan.FromDays(30);

    public X509KeyUsageFlags? KeyUsage { get; init; } = X509KeyUsageFlags.DigitalSignature;

    public string? ExtendedKeyUsage { get; init; } = "1.3.6.1.5.5.7.3.2";

    public Action<SubjectAlternativeNameBuilder>? AlternativeNames { get; init; }

    public X509Extension[] More { get; init; } = [];

    public Func<AsymmetricAlgorithm> NewKey { get; init; } = () => ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>Signed by this instead of the authority's own key.</summary>
    public X509SignatureGenerator? Signature { get; init; }

    public byte[]? Serial { get; init; }

    public static CertificateShape Authority(string name, int? pathLength = null) => new()
    {
        Subject = new X500DistinguishedName(name),
        IsAuthority = true,
        PathLength = pathLength,
        KeyUsage = X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign,
        ExtendedKeyUsage = null,
    };
}

/// <summary>A certificate with its key.</summary>
internal sealed record TestCertificate(X509Certificate2 Certificate, AsymmetricAlgorithm Key)
{
    private static int _serials = 1000;

    public string Pem => Certificate.ExportCertificatePem();

    public string Base64 => Convert.ToBase64String(Certificate.RawData);

    /// <summary>A root authority.</summary>
    public static TestCertificate Root(DateTimeOffset now, CertificateShape? shape = null)
    {
        shape ??= CertificateShape.Authority("CN=Workload CA,O=Example");
        var key = shape.NewKey();
        var request = RequestOf(shape, key);
        return new TestCertificate(request.Create(shape.Subject, shape.Signature ?? GeneratorOf(key), now + shape.ValidFrom, now + shape.ValidTo, [1, 2, 3]), key);
    }

    /// <summary>A certificate that this one issues, whether or not it may.</summary>
    public TestCertificate Issue(DateTimeOffset now, CertificateShape? shape = null)
    {
        shape ??= new CertificateShape();
        var key = shape.NewKey();
        var request = RequestOf(shape, key);
        var serial = shape.Serial ?? BitConverter.GetBytes(Interlocked.Increment(ref _serials)).Reverse().ToArray();
        return new TestCertificate(request.Create(Certificate.SubjectName, shape.Signature ?? GeneratorOf(Key), now + shape.ValidFrom, now + shape.ValidTo, serial), key);
    }

    /// <summary>A revocation list of this authority.</summary>
    public byte[] Crl(DateTimeOffset now, TimeSpan? validFor = null, params X509Certificate2[] revoked)
    {
        var list = new CertificateRevocationListBuilder();
        foreach (var certificate in revoked)
            list.AddEntry(certificate, now.AddDays(-1));
        var authority = X509AuthorityKeyIdentifierExtension.CreateFromIssuerNameAndSerialNumber(Certificate.SubjectName, Certificate.SerialNumberBytes.Span);
        return list.Build(Certificate.SubjectName, GeneratorOf(Key), 1, now + (validFor ?? TimeSpan.FromDays(7)), HashAlgorithmName.SHA256, authority, now.AddDays(-2));
    }

    /// <summary>A list whose number is another extension instead, signed anew: one that is not critical, as no standard has it.</summary>
    public byte[] CrlWith(byte extension, DateTimeOffset now)
    {
        var list = new AsnReader(Crl(now), AsnEncodingRules.DER).ReadSequence();
        var content = list.ReadEncodedValue().ToArray();
        var number = content.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x06, 0x03, 0x55, 0x1D, 0x14]);
        content[number + 4] = extension;
        var signer = GeneratorOf(Key);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(content);
            writer.WriteEncodedValue(signer.GetSignatureAlgorithmIdentifier(HashAlgorithmName.SHA256));
            writer.WriteBitString(signer.SignData(content, HashAlgorithmName.SHA256));
        }
        return writer.Encode();
    }

    /// <summary>A name of attributes that no text form could hold.</summary>
    public static X500DistinguishedName Name(params (string Oid, string Value)[] attributes)
    {
        var name = new X500DistinguishedNameBuilder();
        foreach (var (oid, value) in attributes)
            name.Add(new Oid(oid), value);
        return name.Build();
    }

    private static CertificateRequest RequestOf(CertificateShape shape, AsymmetricAlgorithm key)
    {
        var request = key is RSA rsa
            ? new CertificateRequest(shape.Subject, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest(shape.Subject, (ECDsa)key, HashAlgorithmName.SHA256);
        if (shape.More.All(extension => extension.Oid!.Value != "2.5.29.19"))
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(shape.IsAuthority, shape.PathLength is not null, shape.PathLength ?? 0, true));
        if (shape.KeyUsage is { } usage)
            request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, true));
        if (shape.ExtendedKeyUsage is { } purpose)
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], false));
        if (shape.AlternativeNames is { } add)
        {
            var names = new SubjectAlternativeNameBuilder();
            add(names);
            request.CertificateExtensions.Add(names.Build());
        }
        foreach (var extension in shape.More)
            request.CertificateExtensions.Add(extension);
        return request;
    }

    private static X509SignatureGenerator GeneratorOf(AsymmetricAlgorithm key) =>
        key is RSA rsa ? X509SignatureGenerator.CreateForRSA(rsa, RSASignaturePadding.Pkcs1) : X509SignatureGenerator.CreateForECDsa((ECDsa)key);
}

/// <summary>Signs certificates with SHA-1, which .NET itself does no more.</summary>
internal sealed class Sha1Generator(RSA key) : X509SignatureGenerator
{
    protected override PublicKey BuildPublicKey() => new(key);

    public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm) => Convert.FromHexString("300D06092A864886F70D0101050500");

    public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) => key.SignData(data, HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1);
}
