using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Federation.X509;

/// <summary>A certificate revocation list that an account has imported for a trust anchor.</summary>
internal sealed record Crl
{
    public int Schema { get; init; } = 1;

    /// <summary>A UUID.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required bool IsEnabled { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset Updated { get; init; }

    /// <summary>The list as it was imported, PEM or DER, in Base64.</summary>
    public required string Data { get; init; }

    /// <summary>The id of the trust anchor that it is about.</summary>
    public required string TrustAnchor { get; init; }

    public IReadOnlyList<Tag> Tags { get; init; } = [];

    /// <summary>What it says.</summary>
    public RevocationList Open() => RevocationList.Read(Convert.FromBase64String(Data));

    public Arn ArnIn(AccountId account) => Arn.Of("rolesanywhere", Regions.Default, account.ToString(), "crl/" + Id);
}
