using System.Security.Cryptography.X509Certificates;
using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Federation.X509;

/// <summary>Certification authorities that an account trusts to say who its workloads are.</summary>
internal sealed record TrustAnchor
{
    public int Schema { get; init; } = 1;

    /// <summary>A UUID.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required bool IsEnabled { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset Updated { get; init; }

    /// <summary>The bundle as it was uploaded: certificates in PEM.</summary>
    public required string Bundle { get; init; }

    /// <summary>The certificates of the bundle: Base64 of their DER.</summary>
    public required IReadOnlyList<string> Certificates { get; init; }

    public IReadOnlyList<NotificationSetting> Notifications { get; init; } = [];

    public IReadOnlyList<Tag> Tags { get; init; } = [];

    public Arn ArnIn(AccountId account) => Arn.Of("rolesanywhere", Regions.Default, account.ToString(), "trust-anchor/" + Id);

    /// <exception cref="CertificateRefusedException">It is disabled.</exception>
    public void RequireEnabled()
    {
        if (!IsEnabled)
            throw new CertificateRefusedException("The trust anchor is disabled");
    }

    /// <summary>Holds a path to this anchor against the lists that its account has of it.</summary>
    /// <param name="home">The account.</param>
    /// <param name="path">From the workload's certificate to the anchor's.</param>
    /// <param name="now">The time.</param>
    /// <param name="open">A list, read.</param>
    /// <returns>How many lists there are.</returns>
    /// <exception cref="CertificateRefusedException">A certificate is revoked, or a list is too old to say that none is.</exception>
    public int RequireUnrevoked(AccountDirectory home, IReadOnlyList<X509Certificate2> path, DateTimeOffset now, Func<Crl, RevocationList> open)
    {
        var count = 0;
        foreach (var list in home.Documents.All(DocumentKinds.Crl).Where(list => list.IsEnabled && list.TrustAnchor == Id))
        {
            open(list).Check(path, now);
            count++;
        }
        return count;
    }
}

/// <summary>Which event of a trust anchor somebody wants to be told of, and how many days before.</summary>
internal sealed record NotificationSetting(string Event, bool IsEnabled, int? Threshold, string? Channel);
