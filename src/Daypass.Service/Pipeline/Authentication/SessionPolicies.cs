using Daypass.Policies;
using Daypass.Service.Directories;
using Daypass.Tokens;

namespace Daypass.Service.Pipeline.Authentication;

/// <summary>
/// The session policies of a session: the inline one as sealed in the token, managed ones as they are now. A managed session policy
/// that was deleted since allows nothing: it is left out, and the rest still limits.
/// </summary>
internal static class SessionPolicies
{
    /// <summary>Null when none were passed, which for a role session means "no limit".</summary>
    public static IReadOnlyList<Policy>? Of(SessionClaims session, AccountDirectory directory)
    {
        if (session.Policy is null && session.PolicyArns.Count == 0)
            return null;
        var policies = new List<Policy>();
        if (session.Policy is not null)
            policies.Add(new Policy(PolicyDocument.ReadStored(session.Policy, PolicyType.Session, session.PolicySyntax), "session policy", null));
        foreach (var arn in session.PolicyArns)
        {
            if (directory.FindPolicy(arn) is { } policy)
                policies.Add(PrincipalPolicies.Managed(policy, arn, PolicyType.Session));
        }
        return policies;
    }
}
