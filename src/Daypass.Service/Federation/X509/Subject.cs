using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;

namespace Daypass.Service.Federation.X509;

/// <summary>
/// Whoever certificates name: one for each distinguished name in an account, whichever anchor vouched. Its id follows from both, so that every node
/// knows it without asking, and CreateSession can say it.
/// </summary>
internal static class Subject
{
    public const string Resource = "subject";

    /// <param name="name">The distinguished name as <see cref="DistinguishedName"/> writes it, in which no two names are one text.</param>
    public static string IdOf(AccountId account, string name)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"rolesanywhere/{Resource}\n{account}\n{name}")).AsSpan(0, 16);
        // RFC 9562, version 8: of a scheme of one's own.
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString("D", CultureInfo.InvariantCulture);
    }

    public static Arn ArnOf(AccountId account, string id) => Arn.Of("rolesanywhere", Regions.Default, account.ToString(), $"{Resource}/{id}");
}

/// <summary>The tags of a subject. A subject is what was seen, and no document; its tags are what somebody wrote.</summary>
internal sealed record SubjectTags
{
    public int Schema { get; init; } = 1;

    /// <summary>The subject's id.</summary>
    public required string Id { get; init; }

    public required IReadOnlyList<Tag> Tags { get; init; }
}

/// <summary>What a store keeps of a certificate that came, beside when.</summary>
internal sealed record SeenCertificate
{
    public int Schema { get; init; } = 1;

    public required string Subject { get; init; }

    public required string Issuer { get; init; }

    public required string SerialNumber { get; init; }

    /// <summary>The id of the trust anchor that it came by.</summary>
    public required string TrustAnchor { get; init; }

    /// <summary>The certificate: Base64 of its DER.</summary>
    public required string Data { get; init; }

    /// <summary>What the call said of the machine.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Properties { get; init; } = [];

    public static SeenCertificate Of(Sighting sighting) => JsonSerializer.Deserialize(sighting.Body.Span, DocumentJson.Default.SeenCertificate)!;

    /// <summary>A certificate whose path to an anchor of the account is proven.</summary>
    public static Sighting Note(AccountId account, CertificateIdentity certificate, bool isLetIn, DateTimeOffset now)
    {
        var seen = new SeenCertificate
        {
            Subject = certificate.Subject, Issuer = certificate.Issuer, SerialNumber = certificate.SerialNumber, TrustAnchor = certificate.TrustAnchor, Data = certificate.Data, Properties = certificate.Properties,
        };
        var at = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds());
        return new Sighting(account, X509.Subject.IdOf(account, certificate.Subject), certificate.Fingerprint, at, at, isLetIn ? at : null, JsonSerializer.SerializeToUtf8Bytes(seen, DocumentJson.Default.SeenCertificate));
    }
}
