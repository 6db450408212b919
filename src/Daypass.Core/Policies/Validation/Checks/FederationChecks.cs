using Daypass.Policies.Conditions;
using Daypass.Policies.Validation.Federation;

namespace Daypass.Policies.Validation.Checks;

/// <summary>Trust in identity providers that does not say whose tokens and assertions it is about.</summary>
internal static class FederationChecks
{
    public static void Run(PolicyDraft policy, Findings findings)
    {
        if (policy.Type != PolicyType.Trust)
            return;
        foreach (var statement in policy.Statements.Where(statement => statement.IsAllow))
        {
            foreach (var principal in statement.Principals.Where(principal => principal.Kind == "Federated"))
            {
                if (SharedIssuers.IssuerOf(principal.Text) is { } issuer)
                    Oidc(statement, principal, issuer, findings);
                else if (!statement.Conditions.Any(condition => condition.Key.Name.StartsWith("saml:", StringComparison.OrdinalIgnoreCase) && Guards.IsPositive(condition)))
                    findings.Add(Issues.SamlTrustWithoutCondition, principal.Place, "Every assertion of this provider is taken. Add a condition on saml:aud, or on what tells your people apart.");
            }
        }
    }

    private static void Oidc(StatementDraft statement, PrincipalDraft principal, string issuer, Findings findings)
    {
        var own = statement.Conditions.Where(condition => IsOfIssuer(condition, issuer) && Guards.IsPositive(condition)).ToList();
        if (SharedIssuers.TryFind(issuer, out var shared))
        {
            own = [.. statement.Conditions.Where(condition => ClaimOf(shared, condition) is not null && Guards.IsPositive(condition) && Names(condition))];
            var narrowed = own.FindAll(condition => IsNarrowed(shared, condition));
            if (narrowed.Count == 0)
                findings.Add(Issues.OidcTrustWithoutTenant, principal.Place, $"{shared.Name} gives tokens to everybody, and {Whose(shared, own)}");
            else if (narrowed.TrueForAll(condition => ClaimOf(shared, condition)!.IsOfCode))
                findings.Add(Issues.OidcTrustByCodeAlone, principal.Place, $"{narrowed[0].Key.Name} says whose workflow runs, and not who runs it: a public one can be called by everybody. Add a condition that names who, such as {shared.ExampleCondition}.");
        }
        else if (own.Count == 0)
        {
            findings.Add(Issues.OidcTrustWithoutCondition, principal.Place, $"Every token of {Words.Quote(issuer)} is taken. Add a condition on {issuer}:sub or {issuer}:aud.");
        }
    }

    private static string Whose(SharedIssuer issuer, List<ConditionDraft> conditions) =>
        conditions.Select(condition => ClaimOf(issuer, condition)).FirstOrDefault(claim => claim is not null) is { } claim
            ? $"the condition on {issuer.KeyOf(claim)} fits those of strangers, too. A name must be whole before the first wildcard: {Words.Quote(claim.Example)}."
            : $"this trusts all of them. Add a condition on {string.Join(" or ", issuer.Claims.Select(issuer.KeyOf).Distinct().Take(2))} that names whose, such as {issuer.ExampleCondition}.";

    private static IssuerClaim? ClaimOf(SharedIssuer issuer, ConditionDraft condition) => issuer.Claims.FirstOrDefault(claim => issuer.IsKeyOf(claim, condition.Key.Name));

    // With the slash that a registered URL may end with.
    private static bool IsOfIssuer(ConditionDraft condition, string issuer) =>
        condition.Key.Name.StartsWith(issuer + ":", StringComparison.OrdinalIgnoreCase) || condition.Key.Name.StartsWith(issuer + "/:", StringComparison.OrdinalIgnoreCase);

    // An order between numbers or dates names nobody, nor does the form of an ARN.
    private static bool Names(ConditionDraft condition) => condition.Name!.Value.Operator.Name is "StringEquals" or "StringEqualsIgnoreCase" or "StringLike" or "NumericEquals";

    /// <summary>Whether every value names one tenant: one that does not is a way in for all.</summary>
    private static bool IsNarrowed(SharedIssuer issuer, ConditionDraft condition)
    {
        var hasWildcards = condition.Name!.Value.Operator.Read == StringOperands.Like;
        return condition.Values.All(value => issuer.IsNarrowedBy(condition.Key.Name, value.Text, hasWildcards));
    }
}
