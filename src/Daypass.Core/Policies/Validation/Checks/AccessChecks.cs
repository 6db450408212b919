using Daypass.Policies.Conditions;
using Daypass.Policies.Validation.Services;

namespace Daypass.Policies.Validation.Checks;

/// <summary>Statements that are right and give, or fail to refuse, more than it seems.</summary>
internal static class AccessChecks
{
    private const string Mfa = "aws:MultiFactorAuthPresent";

    public static void Run(PolicyDraft policy, Findings findings)
    {
        var grants = policy.Type is PolicyType.Identity or PolicyType.Trust or PolicyType.Resource;
        foreach (var statement in policy.Statements)
        {
            if (statement.IsAllow && grants)
            {
                NotPrincipal(statement, findings);
                NotAction(statement, findings);
                Everyone(policy, statement, findings);
                Services(policy, statement, findings);
                MfaIfExists(statement, findings);
            }
            if (statement.IsAllow)
                ForAllValues(statement, findings);
            if (statement.IsDeny)
                MfaWithoutIfExists(statement, findings);
        }
    }

    private static void NotPrincipal(StatementDraft statement, Findings findings)
    {
        if (statement.Place["NotPrincipal"] is { } others)
            findings.AddKey(Issues.AllowWithNotPrincipal, others, "Allow with NotPrincipal gives access to everybody else, also to those who sign nothing. Use Principal.");
    }

    private static void NotAction(StatementDraft statement, Findings findings)
    {
        var everything = statement.Resources.FirstOrDefault(resource => resource.Text == "*");
        if (statement.Place["NotAction"] is { } others && everything is not null && !Guards.HasAny(statement))
            findings.AddKey(Issues.AllowNotActionWithStarInResource, others, "This allows every action that is not listed, of every service there is and will be, on everything. Use Action.");
    }

    private static void Everyone(PolicyDraft policy, StatementDraft statement, Findings findings)
    {
        if (policy.Type == PolicyType.Identity || Guards.HasAny(statement))
            return;
        foreach (var principal in statement.Principals.Where(principal => principal.IsEveryone))
            findings.Add(Issues.AllowsEveryone, principal.Place, "This is for everybody in every account. Name principals, or add a condition such as aws:PrincipalOrgID.");
    }

    private static void Services(PolicyDraft policy, StatementDraft statement, Findings findings)
    {
        if (Guards.Has(statement, "aws:SourceAccount", "aws:SourceArn", "aws:SourceOrgID", "aws:SourceOrgPaths", "aws:SourceOwner"))
            return;
        var issue = policy.Type == PolicyType.Trust ? Issues.RecommendedConditionKeyForServicePrincipal : Issues.RestrictAccessToServicePrincipal;
        foreach (var principal in statement.Principals.Where(principal => principal.Kind == "Service"))
            findings.Add(issue, principal.Place, $"The service {Words.Quote(principal.Text)} may act for anybody here. Add a condition on aws:SourceArn or aws:SourceAccount.");
    }

    /// <summary>ForAllValues is met by a request that has no value of the key at all.</summary>
    private static void ForAllValues(StatementDraft statement, Findings findings)
    {
        var present = statement.Conditions.Where(IsPresence).Select(condition => condition.Key.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var condition in statement.Conditions.Where(condition => condition.Name is { Set: SetMode.ForAllValues, Operator.IsNull: false }))
        {
            var key = condition.Key.Name;
            if (KnownKeys.Find(key) is { IsMany: false })
                findings.AddKey(Issues.ForAllValuesWithSingleValuedKey, condition.Operator, $"The key {Words.Quote(key)} has one value, and ForAllValues is met without any. Leave ForAllValues out.");
            else if (!present.Contains(key))
                findings.AddKey(Issues.ForAllValuesWithoutNullCheck, condition.Operator, $"ForAllValues is met by a request without any value of {Words.Quote(key)}. Add \"Null\": {{\"{Words.Shorten(key)}\": \"false\"}}, unless that is meant.");
        }
    }

    /// <summary>Whether a condition is met only with the key.</summary>
    private static bool IsPresence(ConditionDraft condition) =>
        condition.Name is { Operator.IsNull: true, Set: SetMode.None }
            ? condition.Values is [var value] && value.Text.Equals("false", StringComparison.OrdinalIgnoreCase)
            : condition.Name is { Set: SetMode.ForAnyValue } || Guards.IsPositive(condition);

    private static void MfaWithoutIfExists(StatementDraft statement, Findings findings)
    {
        foreach (var condition in statement.Conditions.Where(condition => condition.IsOn(Mfa) && condition.Name is { Operator.Name: "Bool", IfExists: false } && Says(condition, "false")))
            findings.AddKey(Issues.DenyWithMfaKeyWithoutIfExists, condition.Operator, $"Long-term access keys do not have {Mfa}, so this does not deny them. Use BoolIfExists.");
    }

    private static void MfaIfExists(StatementDraft statement, Findings findings)
    {
        foreach (var condition in statement.Conditions.Where(condition => condition.IsOn(Mfa) && condition.Name is { Operator.Name: "Bool", IfExists: true } && Says(condition, "true")))
            findings.AddKey(Issues.AllowWithMfaKeyIfExists, condition.Operator, $"Long-term access keys do not have {Mfa}, so this allows them without a second factor. Use Bool.");
    }

    private static bool Says(ConditionDraft condition, string word) => condition.Values.Any(value => value.Text.Equals(word, StringComparison.OrdinalIgnoreCase));
}
