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

    /// <summary>To what uproject may bind it (<see cref="PolicyScopes"/>); null for those that AWS's API made.</summary>
    public string? ScopeType { get; init; }

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
internal sealed record PolicyVersion(string Id, DateTimeOffset Created, string Document, string? Syntax = null, string? Description = null);

/// <summary>uproject's words for where a policy counts.</summary>
internal static class PolicyScopes
{
    /// <summary>Of policies: for products that have projects. May be bound to one project or to all.</summary>
    public const string Required = "ScopeRequired";

    /// <summary>Of policies: for what belongs to the whole account. May not be bound to one project.</summary>
    public const string Empty = "ScopeEmpty";

    /// <summary>Of policies: for both.</summary>
    public const string Unrestricted = "ScopeUnrestricted";

    /// <summary>Of bindings: one project.</summary>
    public const string Specified = "Specified";

    /// <summary>Of bindings: everything, all projects of today and later among it.</summary>
    public const string Unspecified = "Unspecified";
}
