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
}

/// <summary>Which event of a trust anchor somebody wants to be told of, and how many days before.</summary>
internal sealed record NotificationSetting(string Event, bool IsEnabled, int? Threshold, string? Channel);
