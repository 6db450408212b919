using Daypass.Names;
using Daypass.Service.Directories;

namespace Daypass.Service.Mfa;

/// <summary>A virtual MFA device. Enabled for at most one user.</summary>
internal sealed record MfaDevice
{
    public int Schema { get; init; } = 1;

    /// <summary>Of this one device: one that is made again under the same name has another, and another seed.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Path { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required byte[] SealedSeed { get; init; }

    /// <summary>Unique id of the user that it is enabled for; null as long as it is unassigned.</summary>
    public string? UserId { get; init; }

    /// <summary>When it was enabled for that user.</summary>
    public DateTimeOffset? Enabled { get; init; }

    /// <summary>By how many steps its clock is ahead.</summary>
    public int Drift { get; init; }

    public IReadOnlyList<Tag> Tags { get; init; } = [];

    /// <summary>Its serial number.</summary>
    public Arn ArnIn(AccountId account) => Arn.Iam(account, ResourceOf(Path, Name));

    public static string ResourceOf(string path, string name) => $"mfa{path}{name}";
}
