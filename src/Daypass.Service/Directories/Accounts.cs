namespace Daypass.Service.Directories;

/// <summary>A long-term access key. The secret is sealed under the key ring's "secrets" key, bound to account, owner and key id.</summary>
internal sealed record AccessKey
{
    public int Schema { get; init; } = 1;

    public required string Id { get; init; }

    /// <summary>Unique id of the user that it belongs to.</summary>
    public required string UserId { get; init; }

    public required DateTimeOffset Created { get; init; }

    public bool IsActive { get; init; } = true;

    public string? Description { get; init; }

    public required byte[] SealedSecret { get; init; }
}

/// <summary>What an account knows of itself; written when the account is made.</summary>
internal sealed record AccountSettings
{
    public int Schema { get; init; } = 1;

    public required DateTimeOffset Created { get; init; }

    /// <summary>Twelve digits of the account that manages the organization this account is a member of; null outside of one.</summary>
    public string? ManagementAccount { get; init; }

    public string? OrganizationId { get; init; }

    /// <summary>The account's readable name beside its number; null when it has none.</summary>
    public string? Alias { get; init; }

    /// <summary>Whether principals of the account may get web identity tokens for others.</summary>
    public bool IssuesWebIdentity { get; init; }
}

/// <summary>
/// An organization, kept in the document set of its management account: one commit makes it, and nodes that serve a member load
/// that set beside the member's own.
/// </summary>
internal sealed record Organization
{
    public int Schema { get; init; } = 1;

    /// <summary><c>o-</c> and ten characters.</summary>
    public required string Id { get; init; }

    /// <summary><c>r-</c> and four characters.</summary>
    public required string RootId { get; init; }

    public required string ManagementAccount { get; init; }

    public required string ManagementEmail { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required string FeatureSet { get; init; }

    /// <summary>What of centralized root access is enabled: <c>RootSessions</c>, or nothing.</summary>
    public IReadOnlyList<string> RootFeatures { get; init; } = [];
}

/// <summary>An account as its organization lists it.</summary>
internal sealed record OrganizationAccount
{
    public int Schema { get; init; } = 1;

    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Email { get; init; }

    public string Status { get; init; } = "ACTIVE";

    /// <summary><c>CREATED</c> or <c>INVITED</c>.</summary>
    public required string JoinedMethod { get; init; }

    public required DateTimeOffset Joined { get; init; }

    public IReadOnlyList<Tag> Tags { get; init; } = [];
}

/// <summary>
/// CreateAccount's progress. Making an account touches three sets, so it is a few commits that can resume: this document is the plan,
/// with the id chosen, and <c>AccountProvisioner</c> carries it out. In the installation's set while in progress, then in the management
/// account's.
/// </summary>
internal sealed record CreateAccountRequest
{
    public int Schema { get; init; } = 1;

    /// <summary><c>car-</c> and 32 hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>Twelve digits of the account that asked for it.</summary>
    public string ManagementAccount { get; init; } = "";

    public required string AccountId { get; init; }

    public required string AccountName { get; init; }

    public required string Email { get; init; }

    public required string RoleName { get; init; }

    /// <summary>Unique id for the role to be made, chosen with the plan so that a resumed run makes the same role.</summary>
    public required string RoleId { get; init; }

    /// <summary>One of <see cref="CreateAccountStates"/>.</summary>
    public required string State { get; init; }

    public string? FailureReason { get; init; }

    public required DateTimeOffset Requested { get; init; }

    public DateTimeOffset? Completed { get; init; }

    /// <summary>For the account to be made.</summary>
    public IReadOnlyList<Tag> Tags { get; init; } = [];
}

/// <summary>The model's <c>CreateAccountState</c>.</summary>
internal static class CreateAccountStates
{
    public const string InProgress = "IN_PROGRESS";
    public const string Succeeded = "SUCCEEDED";
    public const string Failed = "FAILED";

    public static readonly string[] All = [InProgress, Succeeded, Failed];
}
