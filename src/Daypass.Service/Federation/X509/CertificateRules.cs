using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Daypass.Service.Federation.X509;

/// <summary>
/// What every certificate of a path must be like, whoever issued it: bounded in size, of version 3, with a key and a signature that hold. Looked at
/// before anything is computed with them.
/// </summary>
internal static class CertificateRules
{
    /// <summary>Of one certificate, in bytes. Real ones have 500 to 3,000.</summary>
    public const int MaxLength = 8192;

    private const int MinRsaBits = 2048;
    private const int MaxRsaBits = 8192;
    private const int MaxSerialBytes = 20;
    private const string Rsa = "1.2.840.113549.1.1.1";
    private const string EllipticCurve = "1.2.840.10045.2.1";

    private static readonly string[] Curves = ["1.2.840.10045.3.1.7", "1.3.132.0.34", "1.3.132.0.35"];

    // SHA-256, 384 and 512 with RSA and with ECDSA.
    private static readonly string[] Signatures =
    [
        "1.2.840.113549.1.1.11", "1.2.840.113549.1.1.12", "1.2.840.113549.1.1.13", "1.2.840.10045.4.3.2", "1.2.840.10045.4.3.3", "1.2.840.10045.4.3.4",
    ];

    /// <summary>Reads one certificate, which must be the whole of the bytes.</summary>
    /// <exception cref="CertificateRefusedException">It is none, or breaks a rule.</exception>
    public static X509Certificate2 Read(byte[] der)
    {
        // The loader takes other forms, too, and what stands behind a certificate.
        if (der.Length > MaxLength || !IsOneSequence(der))
            throw new CertificateRefusedException($"It is not one DER certificate of at most {MaxLength} bytes");
        X509Certificate2? certificate = null;
        try
        {
            certificate = X509CertificateLoader.LoadCertificate(der);
            Check(certificate);
            return certificate;
        }
        catch (Exception fault) when (fault is CryptographicException or AsnContentException or ArgumentException)
        {
            certificate?.Dispose();
            throw new CertificateRefusedException("It cannot be read");
        }
        catch (CertificateRefusedException)
        {
            certificate?.Dispose();
            throw;
        }
    }

    private static void Check(X509Certificate2 certificate)
    {
        if (certificate.Version != 3)
            throw new CertificateRefusedException("It is not an X.509 certificate of version 3");
        var serial = certificate.SerialNumberBytes.Span;
        // RFC 5280 4.1.2.2: positive, and 20 octets at most. One more is for the sign.
        if (serial.Length > MaxSerialBytes + 1 || serial[0] >= 0x80 || serial.IndexOfAnyExcept((byte)0) < 0)
            throw new CertificateRefusedException("Its serial number is not a positive number of at most 20 bytes");
        if (!Signatures.Contains(certificate.SignatureAlgorithm.Value))
            throw new CertificateRefusedException("It is signed by an algorithm that is not taken: RSA and ECDSA with SHA-256, SHA-384 and SHA-512 are");
        CheckKey(certificate.PublicKey);
        // A point that is not on its curve shows only now.
        using var curve = certificate.GetECDsaPublicKey();
        DistinguishedName.Read(certificate.SubjectName);
        DistinguishedName.Read(certificate.IssuerName);
        // The library decodes these two when they are asked, which is where nobody expects that it fails.
        foreach (var extension in certificate.Extensions)
            _ = extension switch { X509BasicConstraintsExtension constraints => constraints.CertificateAuthority, X509KeyUsageExtension usage => usage.KeyUsages != 0, _ => false };
    }

    // From the bytes, so that no library computes with a key that nobody has looked at: curves by name only, never by their parameters.
    private static void CheckKey(PublicKey key)
    {
        var isTaken = key.Oid.Value switch
        {
            Rsa => IsRsaTaken(key.EncodedKeyValue.RawData),
            EllipticCurve => Curves.Contains(NameOfCurve(key.EncodedParameters?.RawData ?? [])),
            _ => false,
        };
        if (!isTaken)
            throw new CertificateRefusedException($"Its key is not taken: RSA of {MinRsaBits} to {MaxRsaBits} bits and the curves P-256, P-384 and P-521 are");
    }

    private static bool IsRsaTaken(byte[] encoded)
    {
        var numbers = new AsnReader(encoded, AsnEncodingRules.DER).ReadSequence();
        var bits = numbers.ReadInteger().GetBitLength();
        return bits is >= MinRsaBits and <= MaxRsaBits && numbers.TryReadUInt32(out var exponent) && exponent >= 3 && exponent % 2 == 1;
    }

    private static string NameOfCurve(byte[] parameters)
    {
        var reader = new AsnReader(parameters, AsnEncodingRules.DER);
        return reader.HasData && reader.PeekTag().HasSameClassAndValue(Asn1Tag.ObjectIdentifier) ? reader.ReadObjectIdentifier() : "";
    }

    private static bool IsOneSequence(byte[] der) =>
        AsnDecoder.TryReadEncodedValue(der, AsnEncodingRules.DER, out var tag, out _, out _, out var length) && length == der.Length && tag.HasSameClassAndValue(Asn1Tag.Sequence);
}
