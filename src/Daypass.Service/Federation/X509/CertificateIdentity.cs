using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Tokens;

namespace Daypass.Service.Federation.X509;

/// <summary>What of a certificate its action shows and obeys, beyond what every provider's word comes to.</summary>
/// <param name="Subject">The subject's name.</param>
/// <param name="Issuer">The issuer's name.</param>
/// <param name="SerialNumber">In lower-case hex: the session's name, when nobody asks for another.</param>
/// <param name="Fingerprint">The certificate's SHA-256 in lower-case hex.</param>
/// <param name="NotAfter">When it expires.</param>
/// <param name="TrustAnchor">The id of the anchor that its path leads to.</param>
internal sealed record CertificateIdentity(string Subject, string Issuer, string SerialNumber, string Fingerprint, DateTimeOffset NotAfter, string TrustAnchor)
{
    /// <summary>The certificate: Base64 of its DER.</summary>
    public required string Data { get; init; }

    /// <summary>What the call says of the machine.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Properties { get; init; } = [];

    /// <summary>How trust policies name who acts for the certificate's holder.</summary>
    public const string Service = "rolesanywhere.amazonaws.com";

    /// <summary>What the role must let that service do, beside tagging and naming the source.</summary>
    public const string Action = "sts:AssumeRole";

    private const string CommonName = "CN=";

    /// <summary>A certificate whose path is proven, in the terms of every provider's word.</summary>
    /// <param name="mappings">Which of its attributes become session tags.</param>
    /// <param name="properties">What the call says of the machine.</param>
    /// <exception cref="CertificateRefusedException">It has a common name that no source identity can be.</exception>
    public static ProvenIdentity Of(ClientCertificate certificate, TrustAnchor anchor, IReadOnlyList<AttributeMapping> mappings, IReadOnlyList<KeyValuePair<string, string>> properties, AccountId account, DateTimeOffset now)
    {
        var leaf = certificate.Leaf;
        var (subject, issuer) = (DistinguishedName.Read(leaf.SubjectName), DistinguishedName.Read(leaf.IssuerName));
        var arn = anchor.ArnIn(account).ToString();
        Tag[] tags = [.. TagsOf("x509Subject", subject.Mapped(), mappings), .. TagsOf("x509Issuer", issuer.Mapped(), mappings), .. TagsOf("x509SAN", AlternativeNames.Of(leaf), mappings)];
        var identity = new CertificateIdentity(subject.ToString(), issuer.ToString(), certificate.SerialNumber, certificate.Fingerprint, leaf.NotAfter.ToUniversalTime(), anchor.Id) { Data = Convert.ToBase64String(leaf.RawDataMemory.Span), Properties = properties };
        return new ProvenIdentity
        {
            Provider = arn,
            Subject = identity.Subject,
            Audience = Service,
            IssuedAt = now,
            // A session says who its holder is; the certificate stops saying so then.
            SessionsEndAt = identity.NotAfter,
            Keys = [Key("aws:SourceArn", arn), Key("aws:SourceAccount", account.ToString()), Key("aws:PrincipalIsAWSService", "true"), Key("aws:PrincipalServiceName", Service), .. tags.Select(tag => Key("aws:PrincipalTag/" + tag.Key, tag.Value))],
            KeptKeys = [],
            Tags = tags,
            SourceIdentity = SourceIdentityOf(subject),
            Certificate = identity,
        };
    }

    // What no tag can hold is left out: a condition on it is not met. Whoever is called so cannot be named, and gets nothing.
    private static string? SourceIdentityOf(DistinguishedName subject)
    {
        if (subject.CommonName is not { } name)
            return null;
        var rule = TextRules.SourceIdentity;
        return CommonName.Length + name.Length <= rule.Maximum && name.Length > 0 && rule.HasOnlyAllowed(name)
            ? CommonName + name
            : throw new CertificateRefusedException($"Its common name cannot be a source identity: 1 to {rule.Maximum - CommonName.Length} letters, digits and _+=,.@- can");
    }

    private static IEnumerable<Tag> TagsOf(string field, IEnumerable<KeyValuePair<string, string>> attributes, IReadOnlyList<AttributeMapping> mappings) =>
        mappings.FirstOrDefault(mapping => mapping.Field == field) is not { } mapping ? [] : attributes.Where(attribute => mapping.Takes(attribute.Key) && Fits(attribute.Value))
            .Select(attribute => new Tag($"{field}/{attribute.Key}", attribute.Value));

    private static bool Fits(string value) => value.Length > 0 && value.Length <= TextRules.TagValue.Maximum && TextRules.TagValue.HasOnlyAllowed(value);

    private static FederatedKey Key(string name, string value) => new(name, [value], false);
}
