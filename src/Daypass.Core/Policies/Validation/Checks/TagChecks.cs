using Daypass.Policies.Conditions;
using Daypass.Policies.Matching;
using Daypass.Policies.Validation.Services;

namespace Daypass.Policies.Validation.Checks;

/// <summary>Conditions on the tags of resources that have none, so that a Deny never denies and an Allow never allows.</summary>
internal static class TagChecks
{
    private const string ResourceTag = "aws:ResourceTag/";

    public static void Run(PolicyDraft policy, Findings findings)
    {
        foreach (var statement in policy.Statements)
        {
            if (statement.Conditions.FirstOrDefault(IsOnTag) is not { } condition)
                continue;
            if (statement.Place["NotAction"] is { } others)
                OfOthers(statement, others, condition, findings);
            foreach (var action in statement.Actions)
                OfAction(statement, action, condition, findings);
        }
    }

    /// <summary>Unmet without the key.</summary>
    private static bool IsOnTag(ConditionDraft condition) =>
        condition.Key.Name.StartsWith(ResourceTag, StringComparison.OrdinalIgnoreCase) && Guards.IsPositive(condition);

    private static void OfOthers(StatementDraft statement, Place others, ConditionDraft condition, Findings findings)
    {
        if (statement.IsDeny)
            findings.Add(Issues.DenyNotActionWithUnsupportedTagConditionKeyForService, others, $"Actions on resources without tags never have {Words.Quote(condition.Key.Name)} and are not denied. List the actions to deny.", condition.Key);
        else if (statement.IsAllow)
            findings.Add(Issues.AllowNotActionWithUnsupportedTagConditionKeyForService, others, $"Actions on resources without tags never have {Words.Quote(condition.Key.Name)} and are not allowed. List the actions to allow.", condition.Key);
    }

    private static void OfAction(StatementDraft statement, Place action, ConditionDraft condition, Findings findings)
    {
        var colon = action.Text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || ServiceTable.Find(action.Text[..colon]) is not { } service)
            return;
        var tagged = 0UL;
        for (var i = 0; i < service.Resources.Count; i++)
            tagged |= service.Resources[i].HasTags ? 1UL << i : 0;
        var matching = service.Matching(new ActionPattern(action.Text)).ToList();
        if (matching.Count == 0 || matching.Exists(each => (each.Resources & tagged) != 0))
            return;
        if (statement.IsDeny)
            findings.Add(Issues.DenyWithUnsupportedTagConditionKeyForService, action, $"Requests of {Words.Quote(action.Text)} never have {Words.Quote(condition.Key.Name)}, so it is not denied. Deny it in a statement without this condition.", condition.Key);
        else if (statement.IsAllow)
            findings.Add(Issues.AllowWithUnsupportedTagConditionKeyForService, action, $"Requests of {Words.Quote(action.Text)} never have {Words.Quote(condition.Key.Name)}, so it is not allowed. Allow it in a statement without this condition.", condition.Key);
    }
}
