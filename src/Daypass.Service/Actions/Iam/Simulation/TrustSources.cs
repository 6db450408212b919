using Daypass.Names;
using Daypass.Policies;
using Daypass.Service.Actions.Sts;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Simulation;

/// <summary>Where the trust policies of a simulation come from.</summary>
internal interface ITrustSource
{
    /// <summary>The question that assuming a role puts; null when the action or the resource is of another kind.</summary>
    Permission? Find(string action, string resource, AccountId owner);
}

/// <summary>What is decided by a role's trust policy; other actions never look at it.</summary>
internal static class Assumptions
{
    private static readonly string[] All = ["sts:AssumeRole", "sts:AssumeRoleWithLDAPIdentity", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity", "sts:SetSourceIdentity", "sts:TagSession"];

    public static bool Include(string action) => All.Contains(action, StringComparer.OrdinalIgnoreCase);
}

/// <summary>One trust policy, given as text, that hangs on every resource.</summary>
internal sealed record PassedTrust(Policy Policy) : ITrustSource
{
    public Permission? Find(string action, string resource, AccountId owner) =>
        Assumptions.Include(action) ? new Permission(action, resource, owner) { ResourcePolicies = [Policy], IsTrust = true } : null;
}

/// <summary>The stored trust policies of the account's roles, with the keys that live calls of AssumeRole have.</summary>
/// <param name="Roles">The roles among the resources, by ARN as given.</param>
/// <param name="SessionName">The name that sessions are asked for under.</param>
internal sealed record StoredTrust(IReadOnlyDictionary<string, Role> Roles, string SessionName) : ITrustSource
{
    /// <summary>The trust of the roles among a simulation's resources.</summary>
    /// <exception cref="ApiException">NoSuchEntity: a role is not there. InvalidInput: it is another account's.</exception>
    public static StoredTrust Of(IEnumerable<SourceEntity> roles, AccountDirectory home, string sessionName) =>
        new(roles.DistinctBy(role => role.Arn).ToDictionary(role => role.Arn.ToString(), role => role.RequireRole(home)), sessionName);

    /// <summary>The roles among ARNs.</summary>
    /// <exception cref="ApiException">InvalidInput: one is another account's, which alone knows whom it trusts.</exception>
    public static IReadOnlyList<SourceEntity> RolesAmong(IReadOnlyList<string> arns, AccountId account)
    {
        SourceEntity[] roles = [.. arns.Select(SourceEntity.TryParse).OfType<SourceEntity>().Where(entity => entity.Noun == "role")];
        return roles.FirstOrDefault(role => role.Account != account) is { } foreign
            ? throw Errors.InvalidInput($"UseTrustPolicies takes roles of your own account only, and {foreign.Arn} is of another.")
            : roles;
    }

    public Permission? Find(string action, string resource, AccountId owner) => Assumptions.Include(action) && Roles.TryGetValue(resource, out var role)
        ? QuestionOf(action, resource, owner, role, SessionName).Permissions[0]
        : null;

    /// <summary>What a live call of AssumeRole asks, for a session without tags.</summary>
    public static Question QuestionOf(string action, string arn, AccountId owner, Role role, string sessionName, string? externalId = null, string? sourceIdentity = null)
    {
        var live = new RoleAssumption(arn, owner, role, sessionName)
        {
            Inherited = SessionTags.InheritedFrom(null),
            Contexts = new ProvidedContexts([]),
            ExternalId = externalId,
            SourceIdentity = sourceIdentity,
        }.Ask(action);
        return new Question([.. live.Permissions.Select(permission => permission with { ResourcePolicies = [.. permission.ResourcePolicies.Select(policy => Named(policy, role))] })]);
    }

    private static Policy Named(Policy trust, Role role) => trust with { Id = $"role_{role.Name}_TrustPolicy" };
}
