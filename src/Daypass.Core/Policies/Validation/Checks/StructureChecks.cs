using Daypass.Policies.Parsing;

namespace Daypass.Policies.Validation.Checks;

/// <summary>The document's own elements.</summary>
internal static class StructureChecks
{
    public static void Run(PolicyDraft policy, Findings findings)
    {
        var root = policy.Root;
        if (root.Json.Kind != JsonKind.Object)
        {
            findings.Add(Issues.DataTypeMismatch, root, "A policy is a JSON object.");
            return;
        }
        foreach (var member in root.Members.Where(member => !SyntaxCheck.DocumentElements.Contains(member.Name, StringComparer.Ordinal)))
            findings.AddKey(Issues.InvalidPolicyElement, member, $"{Words.Quote(member.Name)} is no element of a policy.{Words.DidYouMean(member.Name, SyntaxCheck.DocumentElements)}");
        Version(policy, findings);
        if (root["Id"] is { IsText: false } id)
            findings.Add(Issues.DataTypeMismatch, id, "Id is a text.");
        Statements(root, findings);
    }

    private static void Version(PolicyDraft policy, Findings findings)
    {
        var isRequired = policy.Legality.NewestVersion;
        var newest = policy.Syntax.Versions[0];
        var add = $"Add \"Version\": \"{newest}\"";
        if (policy.Root["Version"] is not { } version)
        {
            findings.Add(isRequired ? Issues.MissingRequiredVersion : Issues.MissingVersion, policy.Root, isRequired
                ? $"The policy has no Version, and this type of policy is refused without. {add}."
                : $"The policy has no Version: it is read by the rules of {policy.Syntax.DefaultVersion}. {add}.");
        }
        else if (!version.IsText)
        {
            findings.Add(Issues.DataTypeMismatch, version, "Version is a text.");
        }
        else if (version.Text != newest && (isRequired || !policy.Syntax.Versions.Contains(version.Text)))
        {
            findings.Add(Issues.InvalidVersion, version, $"The version {Words.Quote(version.Text)} cannot stand here. Use {newest}.");
        }
    }

    private static void Statements(Place root, Findings findings)
    {
        var statements = root["Statement"];
        if (statements is null or { Json: { Kind: JsonKind.Array, Items.Count: 0 } })
        {
            findings.Add(Issues.MissingStatement, statements ?? root, "The policy has no statement.");
            return;
        }
        foreach (var statement in statements.OneOrMany.Where(statement => statement.Json.Kind != JsonKind.Object))
            findings.Add(Issues.DataTypeMismatch, statement, "A statement is a JSON object.");
    }
}
