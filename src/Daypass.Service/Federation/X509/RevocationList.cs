using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Daypass.Service.Federation.X509;

/// <summary>
/// A certificate revocation list (RFC 5280 section 5), whole and direct: what one authority says of its own certificates. A list that is about a part
/// of them, that changes another one, or that speaks for others is not taken, for read as a whole one it would say what nobody said.
/// </summary>
internal sealed class RevocationList
{
    private const string Number = "2.5.29.20";
    private const string AuthorityKey = "2.5.29.35";
    private const string DeltaIndicator = "2.5.29.27";
    private const string DistributionPoint = "2.5.29.28";
    private static readonly Asn1Tag Extensions = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private readonly HashSet<BigInteger> _serials = [];

    private RevocationList(byte[] der) => Der = der;

    private byte[] Der { get; }

    private byte[] Issuer { get; set; } = [];

    private DateTimeOffset ThisUpdate { get; set; }

    private DateTimeOffset NextUpdate { get; set; }

    public int Count => _serials.Count;

    /// <summary>Reads a list, in PEM or DER.</summary>
    /// <exception cref="CertificateRefusedException">It is none, or one that is not taken.</exception>
    public static RevocationList Read(byte[] data)
    {
        try
        {
            var der = data is [0x30, ..] ? data : AnchorBundle.Blocks(Encoding.ASCII.GetString(data), "X509 CRL").ToList() is [var only] ? only : throw new CertificateRefusedException("It is not one list in PEM or DER");
            var list = new RevocationList(der);
            list.ReadContent(new AsnReader(der, AsnEncodingRules.DER));
            return list;
        }
        catch (Exception fault) when (fault is AsnContentException or FormatException or InvalidOperationException)
        {
            throw new CertificateRefusedException("It cannot be read as a revocation list");
        }
    }

    /// <summary>Whether one of the anchor's authorities made the list, and it holds now.</summary>
    /// <exception cref="CertificateRefusedException">It does not.</exception>
    public void RequireFrom(IEnumerable<X509Certificate2> anchors, DateTimeOffset now)
    {
        var signers = anchors.Where(anchor => IsIssuer(anchor) && MaySign(anchor) && SignedStructure.IsSignedBy(Der, anchor));
        if (!signers.Any())
            throw new CertificateRefusedException("It is not signed by an authority of the trust anchor");
        if (now < ThisUpdate || now >= NextUpdate)
            throw new CertificateRefusedException("It has expired, or is not valid yet");
    }

    /// <summary>Holds a path, from the workload's certificate to the anchor's, to the list, if the list is of an authority of the path.</summary>
    /// <exception cref="CertificateRefusedException">A certificate of it is revoked; or the list is too old to say that none is.</exception>
    public void Check(IReadOnlyList<X509Certificate2> path, DateTimeOffset now)
    {
        for (var i = 0; i + 1 < path.Count; i++)
        {
            if (!IsIssuer(path[i + 1]))
                continue;
            if (_serials.Contains(SerialOf(path[i])))
                throw new CertificateRefusedException(i == 0 ? "It is revoked" : "An authority on the path to the trust anchor is revoked");
            if (now >= NextUpdate)
                throw new CertificateRefusedException("The revocation list of the trust anchor has expired: import a newer one");
        }
    }

    /// <summary>Whether the list is of the certificate's issuer, and has it.</summary>
    public bool Has(X509Certificate2 certificate) => certificate.IssuerName.RawData.AsSpan().SequenceEqual(Issuer) && _serials.Contains(SerialOf(certificate));

    private bool IsIssuer(X509Certificate2 authority) => authority.SubjectName.RawData.AsSpan().SequenceEqual(Issuer);

    private static bool MaySign(X509Certificate2 authority) =>
        authority.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault() is not { } usage || usage.KeyUsages.HasFlag(X509KeyUsageFlags.CrlSign);

    private static BigInteger SerialOf(X509Certificate2 certificate) => new(certificate.SerialNumberBytes.Span, isUnsigned: false, isBigEndian: true);

    private void ReadContent(AsnReader reader)
    {
        var list = reader.ReadSequence();
        reader.ThrowIfNotEmpty();
        var content = list.ReadSequence();
        if (content.PeekTag().HasSameClassAndValue(Asn1Tag.Integer))
            content.ReadInteger();
        content.ReadSequence();
        Issuer = content.ReadEncodedValue().ToArray();
        ThisUpdate = ReadTime(content);
        if (!content.HasData || !IsTime(content.PeekTag()))
            throw new CertificateRefusedException("It does not say when the next list comes (nextUpdate)");
        NextUpdate = ReadTime(content);
        if (content.HasData && content.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence))
            ReadEntries(content.ReadSequence());
        if (content.HasData)
            RefuseUnknown(content.ReadSequence(Extensions).ReadSequence());
        content.ThrowIfNotEmpty();
    }

    private void ReadEntries(AsnReader entries)
    {
        while (entries.HasData)
        {
            var entry = entries.ReadSequence();
            _serials.Add(entry.ReadInteger());
            ReadTime(entry);
            if (entry.HasData)
                RefuseUnknown(entry.ReadSequence());
        }
    }

    // A critical extension changes what the list means: deltaCRLIndicator, issuingDistributionPoint, certificateIssuer.
    private static void RefuseUnknown(AsnReader extensions)
    {
        while (extensions.HasData)
        {
            var extension = extensions.ReadSequence();
            var oid = extension.ReadObjectIdentifier();
            var isCritical = extension.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean) && extension.ReadBoolean();
            // RFC 5280 has these two critical always; a list that forgot to say so is no more of a whole one.
            if (oid is DeltaIndicator or DistributionPoint || (isCritical && oid is not (Number or AuthorityKey)))
                throw new CertificateRefusedException($"It has an extension that is not taken ({oid}): only whole lists of one authority are");
        }
    }

    private static bool IsTime(Asn1Tag tag) => tag.HasSameClassAndValue(Asn1Tag.UtcTime) || tag.HasSameClassAndValue(Asn1Tag.GeneralizedTime);

    private static DateTimeOffset ReadTime(AsnReader reader) =>
        reader.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime) ? reader.ReadUtcTime() : reader.ReadGeneralizedTime();
}
