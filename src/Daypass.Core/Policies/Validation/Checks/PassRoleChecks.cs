using Daypass.Policies.Matching;

namespace Daypass.Policies.Validation.Checks;

/// <summary>Grants of iam:PassRole for roles that nobody listed: whoever may pass any role to a service has the rights of every role.</summary>
internal static class PassRoleChecks
{
    private const string PassRole = "iam:passrole";

    public static void Run(PolicyDraft policy, Findings findings)
    {
        if (policy.Type != PolicyType.Identity)
            return;
        foreach (var statement in policy.Statements.Where(statement => statement.IsAllow && !Guards.Has(statement, "iam:PassedToService")))
        {
            if (Grant(statement) is var (entry, isStar) && entry is not null)
                Resources(statement, entry, isStar, findings);
        }
    }

    /// <summary>What grants the action, and whether it does so by a wildcard.</summary>
    private static (Place? Entry, bool IsStar) Grant(StatementDraft statement)
    {
        var granting = statement.Actions.Where(IsPassRole).ToList();
        if (granting.Count > 0)
            return granting.Find(entry => !entry.Text.AsSpan().ContainsAny('*', '?')) is { } exact ? (exact, false) : (granting[0], true);
        return statement.NotActions.Count > 0 && !statement.NotActions.Any(IsPassRole) ? (statement.Place["NotAction"], false) : (null, false);
    }

    private static void Resources(StatementDraft statement, Place entry, bool isStar, Findings findings)
    {
        var isNotAction = entry.Name == "NotAction";
        if (statement.Place["NotResource"] is { } others)
        {
            var issue = isNotAction ? Issues.PassRoleWithNotActionAndNotResource : isStar ? Issues.PassRoleWithStarInActionAndNotResource : Issues.PassRoleWithNotResource;
            findings.Add(issue, entry, "This lets every role that is not listed be passed to services. List the roles that may be.", others);
        }
        else if (statement.Resources.FirstOrDefault(IsAnyRole) is { } resource)
        {
            var issue = isNotAction ? Issues.PassRoleWithStarInResourceAndNotAction : isStar ? Issues.PassRoleWithStarInActionAndResource : Issues.PassRoleWithStarInResource;
            findings.Add(issue, entry, "This lets any role be passed to services, and so gives the rights of all roles. Name the roles, or add a condition on iam:PassedToService.", resource);
        }
    }

    /// <summary>Whether a pattern says nothing of the role's name.</summary>
    public static bool IsAnyRole(Place resource) => IsAny(resource.Text, "role/");

    /// <summary>Whether a pattern of IAM resources has a wildcard before anything of a resource's name.</summary>
    public static bool IsAny(string pattern, string kind)
    {
        if (pattern.Length > 0 && !pattern.AsSpan().ContainsAnyExcept('*'))
            return true;
        var fields = pattern.Split(':', ArnFields.Count);
        if (fields[0] != "arn" || (fields.Length > 2 && fields[2] != "iam"))
            return false;
        if (fields.Length < ArnFields.Count)
            return true;
        var wildcard = fields[^1].AsSpan().IndexOfAny('*', '?');
        return wildcard >= 0 && wildcard <= kind.Length && kind.StartsWith(fields[^1][..wildcard], StringComparison.Ordinal);
    }

    private static bool IsPassRole(Place entry) => new ActionPattern(entry.Text).IsMatch(PassRole, new RequestContext(capacity: 0));
}
