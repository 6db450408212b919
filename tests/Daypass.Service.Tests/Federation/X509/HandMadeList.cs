using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Daypass.Service.Tests.Federation.X509;

/// <summary>A revocation list written byte by byte (RFC 5280 section 5), with what no builder writes.</summary>
internal sealed record HandMadeList
{
    public const string Delta = "2.5.29.27", Distribution = "2.5.29.28", CertificateIssuer = "2.5.29.29", Reason = "2.5.29.21", Number = "2.5.29.20";

    public (string Oid, bool IsCritical, byte[] Value)[] Extensions { get; init; } = [];

    public BigInteger[] Serials { get; init; } = [];

    public (string Oid, bool IsCritical, byte[] Value)[] OfEntries { get; init; } = [];

    public bool HasNextUpdate { get; init; } = true;

    public X509SignatureGenerator? Signer { get; init; }

    public byte[] Of(TestCertificate authority, DateTimeOffset now)
    {
        var signer = Signer ?? (authority.Key is RSA rsa ? X509SignatureGenerator.CreateForRSA(rsa, RSASignaturePadding.Pkcs1) : X509SignatureGenerator.CreateForECDsa((ECDsa)authority.Key));
        var algorithm = signer.GetSignatureAlgorithmIdentifier(HashAlgorithmName.SHA256);
        var content = Content(authority, now, algorithm);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(content);
            writer.WriteEncodedValue(algorithm);
            writer.WriteBitString(signer.SignData(content, HashAlgorithmName.SHA256));
        }
        return writer.Encode();
    }

    private byte[] Content(TestCertificate authority, DateTimeOffset now, byte[] algorithm)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            writer.WriteEncodedValue(algorithm);
            writer.WriteEncodedValue(authority.Certificate.SubjectName.RawData);
            writer.WriteUtcTime(now.AddHours(-1));
            if (HasNextUpdate)
                writer.WriteUtcTime(now.AddDays(7));
            if (Serials.Length > 0)
                WriteEntries(writer, now);
            if (Extensions.Length > 0)
            {
                using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
                    Write(writer, Extensions);
            }
        }
        return writer.Encode();
    }

    private void WriteEntries(AsnWriter writer, DateTimeOffset now)
    {
        using var entries = writer.PushSequence();
        foreach (var serial in Serials)
        {
            using var entry = writer.PushSequence();
            writer.WriteInteger(serial);
            writer.WriteUtcTime(now.AddHours(-2));
            if (OfEntries.Length > 0)
                Write(writer, OfEntries);
        }
    }

    private static void Write(AsnWriter writer, (string Oid, bool IsCritical, byte[] Value)[] extensions)
    {
        using var all = writer.PushSequence();
        foreach (var (oid, isCritical, value) in extensions)
        {
            using var one = writer.PushSequence();
            writer.WriteObjectIdentifier(oid);
            if (isCritical)
                writer.WriteBoolean(true);
            writer.WriteOctetString(value);
        }
    }
}
