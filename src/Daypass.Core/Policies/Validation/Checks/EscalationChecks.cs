using Daypass.Policies.Matching;

namespace Daypass.Policies.Validation.Checks;

/// <summary>
/// Rights that together are the rights of an administrator. The table is of the ways that are known for IAM; a way counts if each of its actions is
/// allowed without a condition on any resource, and not denied outright. Who may do everything anyway is not warned.
/// </summary>
internal static class EscalationChecks
{
    private static readonly RequestContext NoContext = new(capacity: 0);

    private static readonly (string[] Actions, string How)[] Ways =
    [
        (["iam:CreatePolicyVersion"], "a new version of any policy, also of one's own"),
        (["iam:SetDefaultPolicyVersion"], "an older and wider version of any policy"),
        (["iam:AttachUserPolicy"], "any policy attached to oneself"),
        (["iam:AttachGroupPolicy"], "any policy attached to one's group"),
        (["iam:AttachRolePolicy", "sts:AssumeRole"], "any policy attached to a role that one assumes"),
        (["iam:PutUserPolicy"], "any policy put into oneself"),
        (["iam:PutGroupPolicy"], "any policy put into one's group"),
        (["iam:PutRolePolicy", "sts:AssumeRole"], "any policy put into a role that one assumes"),
        (["iam:AddUserToGroup"], "membership in any group"),
        (["iam:UpdateAssumeRolePolicy", "sts:AssumeRole"], "any role opened to oneself and assumed"),
        (["iam:CreateAccessKey"], "an access key of any user"),
        (["iam:CreateLoginProfile"], "a password for any user"),
        (["iam:UpdateLoginProfile"], "a new password for any user"),
        (["iam:DeleteUserPermissionsBoundary"], "no boundary for oneself"),
        (["iam:DeleteRolePermissionsBoundary", "sts:AssumeRole"], "no boundary for a role that one assumes"),
        (["iam:PassRole", "ec2:RunInstances"], "a machine with any role"),
        (["iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"], "a function with any role"),
        (["iam:PassRole", "cloudformation:CreateStack"], "a stack with any role"),
        (["iam:PassRole", "glue:CreateDevEndpoint"], "an endpoint with any role"),
        (["iam:PassRole", "ecs:RunTask"], "a task with any role"),
    ];

    /// <summary>Each action once, and the beginning of the names of IAM's resources that it is about; null for other services.</summary>
    private static readonly (string Action, string? Kind)[] Actions = [.. Ways.SelectMany(way => way.Actions).Distinct(StringComparer.Ordinal).Select(action => (action, KindOf(action)))];

    public static void Run(PolicyDraft policy, Findings findings)
    {
        if (policy.Type != PolicyType.Identity)
            return;
        var granted = new Dictionary<string, Place>(StringComparer.Ordinal);
        foreach (var statement in policy.Statements.Where(statement => statement.IsAllow && statement.Conditions.Count == 0))
        {
            // An administrator has nothing to escalate to.
            if (!Grant(statement, granted))
                return;
        }
        foreach (var statement in policy.Statements.Where(statement => statement.IsDeny && statement.Conditions.Count == 0 && statement.Resources.Any(resource => resource.Text == "*")))
            Deny(statement, granted);
        foreach (var (actions, how) in Ways.Where(way => Array.TrueForAll(way.Actions, granted.ContainsKey)))
            findings.Add(Issues.PrivilegeEscalation, granted[actions[0]], $"{string.Join(" with ", actions)} on any resource gives {how}. Name resources, or add conditions.", [.. actions.Skip(1).Select(action => granted[action])]);
    }

    /// <summary>Notes what the statement allows on any resource; false if that is everything of IAM.</summary>
    private static bool Grant(StatementDraft statement, Dictionary<string, Place> granted)
    {
        var open = Actions.Where(action => statement.Resources.Any(resource => IsAny(resource.Text, action.Kind))).Select(action => action.Action).ToList();
        foreach (var entry in open.Count == 0 ? [] : statement.Actions)
        {
            var pattern = new ActionPattern(entry.Text);
            if (pattern.IsEverything || entry.Text.Equals("iam:*", StringComparison.OrdinalIgnoreCase))
                return false;
            foreach (var action in open.Where(action => IsMatch(pattern, action)))
                granted.TryAdd(action, entry);
        }
        return true;
    }

    private static void Deny(StatementDraft statement, Dictionary<string, Place> granted)
    {
        foreach (var pattern in statement.Actions.Select(action => new ActionPattern(action.Text)))
        {
            foreach (var action in granted.Keys.Where(action => IsMatch(pattern, action)).ToList())
                granted.Remove(action);
        }
    }

    private static bool IsAny(string resource, string? kind) => resource == "*" || (kind is not null && PassRoleChecks.IsAny(resource, kind));

    private static bool IsMatch(ActionPattern pattern, string action) => pattern.IsMatch(ActionPattern.Lower(action), NoContext);

    private static string? KindOf(string action) => action switch
    {
        "sts:AssumeRole" => "role/",
        _ when !action.StartsWith("iam:", StringComparison.Ordinal) => null,
        _ when action.Contains("Role", StringComparison.Ordinal) => "role/",
        _ when action.Contains("Group", StringComparison.Ordinal) => "group/",
        _ when action.Contains("PolicyVersion", StringComparison.Ordinal) => "policy/",
        _ => "user/",
    };
}
