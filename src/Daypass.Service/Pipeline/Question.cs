using Daypass.Names;
using Daypass.Policies;

namespace Daypass.Service.Pipeline;

/// <summary>What an action asks the engine before it runs: all of its permissions must be granted.</summary>
internal sealed record Question(IReadOnlyList<Permission> Permissions)
{
    /// <summary>For calls that need no permission and that no policy can refuse (GetCallerIdentity).</summary>
    public static readonly Question None = new([]);

    public static Question Of(Permission permission) => new([permission]);
}

/// <summary>One permission: an action on a resource that an account owns.</summary>
internal sealed record Permission(string Action, string Resource, AccountId Owner)
{
    /// <summary>Condition keys that this permission adds to those of the request, such as <c>sts:ExternalId</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Keys { get; init; } = [];

    /// <summary>Multivalued condition keys, such as <c>aws:TagKeys</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> ListKeys { get; init; } = [];

    /// <summary>The resource's own policies; a role's trust policy for sts:AssumeRole.</summary>
    public IReadOnlyList<Policy> ResourcePolicies { get; init; } = [];

    /// <summary>The resource policy must speak: its silence refuses even the own account's administrator.</summary>
    public bool IsTrust { get; init; }

    /// <summary>
    /// Whether a refusal says why. STS's answer for AssumeRole never does: it would tell a stranger whether the role exists.
    /// </summary>
    public bool ExplainsDenial { get; init; } = true;
}
