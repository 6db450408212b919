using Daypass.Names;

namespace Daypass.Service.Directories;

/// <summary>A key and value attached to an entity. Order is the order of writing.</summary>
internal sealed record Tag(string Key, string Value);

/// <summary>An inline policy: its name and its text, byte for byte as written, with the mark of the syntax it is written in (none: AWS's).</summary>
internal sealed record InlinePolicy(string Name, string Document, string? Syntax = null);

/// <summary>What users, groups and roles have in common: identity policies hang on them.</summary>
internal interface IPolicyHolder
{
    string Name { get; }

    string Path { get; }

    string Id { get; }

    DateTimeOffset Created { get; }

    IReadOnlyList<InlinePolicy> Inline { get; }

    /// <summary>ARNs of managed policies that hang on it for everything, in the order of attaching. All there are: <see cref="PolicyBindings"/>.</summary>
    IReadOnlyList<string> Attached { get; }

    /// <summary>Managed policies that hang on it in one project only; null for none.</summary>
    IReadOnlyList<ScopedPolicy>? Scoped { get; }

    /// <summary>When policies were attached, where it is known; null for none.</summary>
    IReadOnlyDictionary<string, DateTimeOffset>? AttachedSince { get; }
}

/// <summary>An IAM user. Groups are held by unique id, so a renamed group stays and a re-created one does not.</summary>
internal sealed record User : IPolicyHolder
{
    public int Schema { get; init; } = 1;

    public required string Name { get; init; }

    public required string Path { get; init; }

    public required string Id { get; init; }

    public required DateTimeOffset Created { get; init; }

    public IReadOnlyList<Tag> Tags { get; init; } = [];

    public string? Boundary { get; init; }

    public IReadOnlyList<InlinePolicy> Inline { get; init; } = [];

    public IReadOnlyList<string> Attached { get; init; } = [];

    public IReadOnlyList<ScopedPolicy>? Scoped { get; init; }

    public IReadOnlyDictionary<string, DateTimeOffset>? AttachedSince { get; init; }

    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>When the user came into its groups, by their ids, where it is known.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset>? Joined { get; init; }

    public string? DisplayName { get; init; }

    public string? Email { get; init; }

    /// <summary>Frozen: every key of the user is refused, and all that came of one, until it is frozen no more.</summary>
    public bool? Frozen { get; init; }

    /// <summary>The settings of a login to a console; null when there never were any.</summary>
    public LoginProfile? Login { get; init; }

    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsFrozen => Frozen is true;

    public Arn ArnIn(AccountId account) => Arn.Iam(account, $"user{Path}{Name}");
}

internal sealed record Group : IPolicyHolder
{
    public int Schema { get; init; } = 1;

    public required string Name { get; init; }

    public required string Path { get; init; }

    public required string Id { get; init; }

    public required DateTimeOffset Created { get; init; }

    public IReadOnlyList<InlinePolicy> Inline { get; init; } = [];

    public IReadOnlyList<string> Attached { get; init; } = [];

    public IReadOnlyList<ScopedPolicy>? Scoped { get; init; }

    public IReadOnlyDictionary<string, DateTimeOffset>? AttachedSince { get; init; }

    public string? Description { get; init; }

    public Arn ArnIn(AccountId account) => Arn.Iam(account, $"group{Path}{Name}");
}

internal sealed record Role : IPolicyHolder
{
    public int Schema { get; init; } = 1;

    public required string Name { get; init; }

    public required string Path { get; init; }

    public required string Id { get; init; }

    public required DateTimeOffset Created { get; init; }

    public string? Description { get; init; }

    /// <summary>Seconds, 3600 to 43200.</summary>
    public int MaxSessionDuration { get; init; } = 3600;

    public required TrustPolicy Trust { get; init; }

    public IReadOnlyList<Tag> Tags { get; init; } = [];

    public string? Boundary { get; init; }

    public IReadOnlyList<InlinePolicy> Inline { get; init; } = [];

    public IReadOnlyList<string> Attached { get; init; } = [];

    public IReadOnlyList<ScopedPolicy>? Scoped { get; init; }

    public IReadOnlyDictionary<string, DateTimeOffset>? AttachedSince { get; init; }

    /// <summary>When description, duration or trust was last changed; null when never, or before it was kept.</summary>
    public DateTimeOffset? Updated { get; init; }

    public Arn ArnIn(AccountId account) => Arn.Iam(account, $"role{Path}{Name}");
}

/// <summary>
/// How a user may log in to the console of the brand, kept for its clients. There is no console here and nothing takes passwords, so none is kept.
/// </summary>
/// <param name="IsActive">Whether the user may log in.</param>
/// <param name="MaxPasswordAge">Days; 0 for no limit.</param>
/// <param name="MfaBindRequired">Whether it must have an MFA device.</param>
/// <param name="PasswordResetRequired">Whether it must choose another password.</param>
internal sealed record LoginProfile(bool IsActive, int MaxPasswordAge = 0, bool MfaBindRequired = false, bool PasswordResetRequired = false);

/// <summary>
/// A role's trust policy as written, with the users and roles it names bound to their unique ids at the time of writing: whoever
/// is re-created under the same name is somebody else. The bindings have ARNs, whatever the syntax of the text.
/// </summary>
internal sealed record TrustPolicy(string Document, IReadOnlyDictionary<string, string> Bindings, string? Syntax = null);
