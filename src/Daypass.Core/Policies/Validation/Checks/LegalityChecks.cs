using Daypass.Policies.Parsing;

namespace Daypass.Policies.Validation.Checks;

/// <summary>Elements that this type of policy does not take; <see cref="Legality"/> has the table.</summary>
internal static class LegalityChecks
{
    public static void Run(PolicyDraft policy, Findings findings)
    {
        foreach (var statement in policy.Statements)
        {
            foreach (var member in statement.Place.Members)
            {
                if (IssueOf(member.Name, policy) is { } issue)
                    findings.AddKey(issue, member, $"{member.Name} cannot stand in {Named(policy.Type)}.");
            }
            if (policy.Type == PolicyType.ResourceControl)
                ResourceControl(statement, findings);
        }
    }

    private static Issue? IssueOf(string element, PolicyDraft policy) => element switch
    {
        "Principal" when policy.Legality.Principal == Presence.Forbidden => policy.Type == PolicyType.ServiceControl ? Issues.ScpSyntaxErrorPrincipal : Issues.UnsupportedPrincipal,
        "NotPrincipal" when !policy.Legality.NotPrincipal => policy.Type switch
        {
            PolicyType.Trust => Issues.RoleTrustPolicySyntaxErrorNotPrincipal,
            PolicyType.ResourceControl => Issues.RcpSyntaxErrorNotPrincipal,
            PolicyType.ServiceControl => Issues.ScpSyntaxErrorPrincipal,
            _ => Issues.UnsupportedPrincipal,
        },
        "NotAction" when !policy.Legality.NotAction => policy.Type == PolicyType.ResourceControl ? Issues.RcpSyntaxErrorNotAction : Issues.UnsupportedActionInPolicy,
        "Resource" or "NotResource" when policy.Legality.Resource == Presence.Forbidden => Issues.RoleTrustPolicySyntaxErrorResource,
        _ => null,
    };

    /// <summary>Only the policy that allows everything may allow, and it alone may say <c>*</c>; see <see cref="TypeRules"/>.</summary>
    private static void ResourceControl(StatementDraft statement, Findings findings)
    {
        var isEverything = statement.Actions is [{ Text: "*" }] && statement.Resources is [{ Text: "*" }] && statement.Conditions.Count == 0;
        if (statement.IsAllow && !isEverything)
            findings.Add(Issues.RcpSyntaxErrorAllow, statement.Effect!, "A resource control policy only denies; the one that allows everything is there already.");
        foreach (var action in statement.Actions.Where(action => !statement.IsAllow && action.Text is "*" or "*:*"))
            findings.Add(Issues.RcpSyntaxErrorActionWildcard, action, "A resource control policy names the services it is about: a lone '*' is no action here.");
        if (statement.Place["Principal"] is { } principal && statement.Principals is not [{ IsEveryone: true }])
            findings.Add(Issues.RcpSyntaxErrorPrincipal, principal, "A resource control policy is about everybody: its principal is '*', and conditions tell callers apart.");
    }

    private static string Named(PolicyType type) => type switch
    {
        PolicyType.Identity => "an identity policy",
        PolicyType.Trust => "a role's trust policy",
        PolicyType.Session => "a session policy",
        PolicyType.Boundary => "a permissions boundary",
        PolicyType.Resource => "a resource policy",
        PolicyType.ServiceControl => "a service control policy",
        _ => "a resource control policy",
    };
}
