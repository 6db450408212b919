using Daypass.Names;

namespace Daypass.Service.Directories;

/// <summary>A customer managed policy with up to five versions. Version numbers count up and are never used again.</summary>
internal sealed record ManagedPolicy
{
    public int Schema { get; init; } = 1;

    public required string Name { get; init; }

    public required string Path { get; init; }

    public required string Id { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset Updated { get; init; }

    public string? Description { get; init; }

    public required string DefaultVersion { get; init; }

    public required IReadOnlyList<PolicyVersion> Versions { get; init; }

    public int NextVersion { get; init; } = 2;

    public IReadOnlyList<Tag> Tags { get; init; } = [];

    [System.Text.Json.Serialization.JsonIgnore]
    public PolicyVersion Default => Versions.First(version => version.Id == DefaultVersion);

    public Arn ArnIn(string account) => Arn.Of("iam", "", account, $"policy{Path}{Name}");
}

/// <summary>
/// One version of a managed policy: <c>v1</c>, <c>v2</c>, ... and its text as written, with the mark of the syntax it is written in (none: AWS's). The
/// versions of one policy may be in different syntaxes.
/// </summary>
internal sealed record PolicyVersion(string Id, DateTimeOffset Created, string Document, string? Syntax = null);
