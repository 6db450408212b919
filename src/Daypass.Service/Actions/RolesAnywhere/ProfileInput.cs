using Daypass.Names;
using Daypass.Policies;
using Daypass.Service.Actions.Sts;
using Daypass.Service.Federation.X509;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.RolesAnywhere;

/// <summary>What requests say of a profile; what is null is not changed.</summary>
internal sealed record ProfileInput(string? SessionPolicy, IReadOnlyList<string>? Roles, IReadOnlyList<string>? ManagedPolicies, int? Duration, bool? AcceptsSessionName)
{
    private const int MaxRoles = 250;

    /// <summary>STS takes no more with one session, so more would make a profile that nobody can use.</summary>
    private const int MaxManagedPolicies = 10;

    private static readonly TextRule RoleArn = new(1, 1011, "arn:aws(-[^:]+)?:iam(:.*){2}(:role.*)", text =>
        Arn.TryParse(text, out var arn) && arn is { Partition: "aws", Service: "iam", Region: "", AccountId: not null } && arn.Resource.StartsWith("role/", StringComparison.Ordinal));

    private static readonly TextRule PolicyArn = TextRule.Of(1, 200);

    public static ProfileInput Read(Parameters wire) => new(
        wire.Raw("sessionPolicy") is null ? null : wire.PolicyDocument("sessionPolicy", PolicyType.Session),
        List(wire, "roleArns", RoleArn, MaxRoles),
        List(wire, "managedPolicyArns", PolicyArn, MaxManagedPolicies),
        wire.Number("durationSeconds", 900, 43200),
        wire.Flag("acceptRoleSessionName"));

    /// <summary>Whoever lets others become a role by a profile must be allowed to pass the role on, and to Roles Anywhere.</summary>
    public IEnumerable<Permission> PassRoles() => (Roles ?? []).Distinct(StringComparer.Ordinal).Select(role => new Permission("iam:PassRole", role, Arn.AccountIn(role)!.Value)
    {
        Keys = [KeyValuePair.Create("iam:PassedToService", CertificateIdentity.Service)],
    });

    /// <exception cref="ApiException">ValidationException: it names roles or policies that it cannot have.</exception>
    public AnywhereProfile ApplyTo(AnywhereProfile profile, Scene scene)
    {
        if (Roles?.FirstOrDefault(role => Arn.AccountIn(role) != scene.Home.Account) is { } foreign)
            throw Errors.ValidationError($"The role {Errors.Shorten(foreign)} is of another account. A profile has roles of its own account only.");
        var changed = profile with
        {
            Roles = Roles is null ? profile.Roles : [.. Roles.Distinct(StringComparer.Ordinal)],
            SessionPolicy = SessionPolicy ?? profile.SessionPolicy,
            ManagedPolicies = ManagedPolicies ?? profile.ManagedPolicies,
            Duration = Duration ?? profile.Duration,
            AcceptsSessionName = AcceptsSessionName ?? profile.AcceptsSessionName,
        };
        CheckPolicies(changed, scene);
        return changed;
    }

    // The rules of STS, now and not at the first session.
    private static void CheckPolicies(AnywhereProfile profile, Scene scene)
    {
        try
        {
            new SessionPolicyRequest(profile.SessionPolicy, profile.ManagedPolicies).Check(scene.Home, "profile");
        }
        catch (ApiException refusal) when (!refusal.Error.IsReceiver)
        {
            throw Errors.ValidationError(refusal.Error.Message);
        }
    }

    private static IReadOnlyList<string>? List(Parameters wire, string name, TextRule rule, int maximum)
    {
        var texts = wire.Texts(name, rule, maximum);
        return texts.Count > 0 || wire.Raw(name) is not null ? texts : null;
    }
}
