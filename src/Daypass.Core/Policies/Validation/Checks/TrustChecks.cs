using Daypass.Policies.Matching;

namespace Daypass.Policies.Validation.Checks;

/// <summary>In a trust policy, which kind of principal can call which action.</summary>
internal static class TrustChecks
{
    private const string Saml = ":saml-provider/";
    private const string Ldap = ":ldap-provider/";
    private const string Oidc = ":oidc-provider/";

    /// <summary>The actions that give a session, and whose they are; others go along with any of them.</summary>
    private static readonly (string Action, Func<PrincipalDraft, bool> IsOpenTo)[] Actions =
    [
        ("sts:assumerole", principal => principal.Kind is "" or "AWS" or "Service"),
        ("sts:assumerolewithsaml", principal => principal.IsEveryone || IsProvider(principal, Saml)),
        ("sts:assumerolewithwebidentity", principal => principal.IsEveryone || IsProvider(principal, Oidc)),
        // Not AWS's, and nobody's by a host name: its providers have ARNs.
        ("sts:assumerolewithldapidentity", principal => principal.IsEveryone || (principal.Kind == "Federated" && principal.Text.Contains(Ldap, StringComparison.Ordinal))),
    ];

    public static void Run(PolicyDraft policy, Findings findings)
    {
        if (policy.Type != PolicyType.Trust)
            return;
        foreach (var statement in policy.Statements.Where(statement => statement.Principals.Count > 0 && statement.Actions.Count > 0))
        {
            var patterns = statement.Actions.Select(action => new ActionPattern(action.Text)).ToList();
            OfActions(statement, patterns, findings);
            OfPrincipals(statement, patterns, findings);
        }
    }

    private static void OfActions(StatementDraft statement, List<ActionPattern> patterns, Findings findings)
    {
        var closed = Actions.Where(action => !statement.Principals.Any(action.IsOpenTo)).Select(action => action.Action).ToList();
        for (var i = 0; i < patterns.Count; i++)
        {
            if (patterns[i].Exactly is { } name && closed.Contains(name))
                findings.Add(Issues.MismatchedActionForPrincipal, statement.Actions[i], $"None of the principals can call {Words.Quote(statement.Actions[i].Text)}. {Rule}", statement.Place["Principal"]!);
        }
    }

    private static void OfPrincipals(StatementDraft statement, List<ActionPattern> patterns, Findings findings)
    {
        var open = Actions.Where(action => patterns.Exists(pattern => Covers(pattern, action.Action))).ToList();
        if (open.Count == 0)
            return;
        foreach (var principal in statement.Principals.Where(principal => !open.Exists(action => action.IsOpenTo(principal))))
            findings.Add(Issues.MismatchedActionForPrincipal, principal.Place, $"{Words.Quote(principal.Text)} can call none of the actions. {Rule}");
    }

    private const string Rule = "sts:AssumeRole is for accounts, users, roles and services; sts:AssumeRoleWithSAML, sts:AssumeRoleWithWebIdentity and sts:AssumeRoleWithLDAPIdentity are for identity providers.";

    private static bool Covers(ActionPattern pattern, string action) => pattern.IsMatch(action, new RequestContext(capacity: 0));

    // What is no provider's ARN (a host name) may be either of AWS's two.
    private static bool IsProvider(PrincipalDraft principal, string kind) =>
        principal.Kind == "Federated"
        && (principal.Text.Contains(kind, StringComparison.Ordinal) || !new[] { Saml, Oidc, Ldap }.Any(other => principal.Text.Contains(other, StringComparison.Ordinal)));
}
