using System.Text;
using System.Text.Json.Nodes;

namespace Daypass.Cli.Printing;

/// <summary>The preview of a token, an assertion or a certificate for people: each check, what it would bring along, what each role says, and the end of it.</summary>
internal static class FederationText
{
    private const string Marked = "  ";

    public static string Of(JsonObject preview)
    {
        var text = new StringBuilder();
        Rows(text, "CHECKS", Items(preview["Checks"]).Select(check => new[] { MarkOf(Text(check, "Outcome")), Text(check, "Name"), Text(check, "Detail") }));
        Rows(text, "CONDITION KEYS (* stays in the session)", Items(preview["ConditionKeys"]).Select(key => new[] { Text(key, "IsKept") == "true" ? "*" : " ", Text(key, "Key"), Values(key) }));
        Rows(text, "SESSION TAGS (* is inherited by the next role)", Items(preview["SessionTags"]).Select(tag => new[] { Text(tag, "IsTransitive") == "true" ? "*" : " ", Text(tag, "Key"), Text(tag, "Value") }));
        Rows(text, "SESSION", Session(preview));
        Rows(text, "OFFERED BY THE PROVIDER", Items(preview["OfferedRoles"]).Select(offer => new[] { " ", Text(offer, "RoleArn"), Text(offer, "PrincipalArn") }));
        Roles(text, preview);
        return text.Append(Verdict(preview)).ToString();
    }

    /// <summary>The roles that let in more than is wise: what is wrong, where in the policy, and what to write.</summary>
    public static string OfTrusts(JsonArray roles)
    {
        var text = new StringBuilder();
        foreach (var role in Items(roles))
        {
            text.Append(Text(role, "Arn")).Append('\n');
            foreach (var finding in Items(role["Findings"]))
                text.Append(Marked).Append($"{Text(finding, "Line")}:{Text(finding, "Column")} {Text(finding, "Type")} {Text(finding, "IssueCode")} {Text(finding, "Details")}\n");
        }
        return text.Append(roles.Count switch
        {
            0 => "No role's trust policy lets in more than is wise.",
            1 => "1 role lets in more than is wise.",
            var many => $"{many} roles let in more than is wise.",
        }).ToString();
    }

    private static IEnumerable<string[]> Session(JsonObject preview) =>
        new[] { ("subject", "Subject"), ("audience", "Audience"), ("source identity", "SourceIdentity"), ("session name", "RoleSessionName"), ("session duration", "SessionDuration") }
            .Where(row => preview[row.Item2] is not null).Select(row => new[] { " ", row.Item1, Text(preview, row.Item2) });

    private static void Roles(StringBuilder text, JsonObject preview)
    {
        var roles = Items(preview["Roles"]);
        if (roles.Count == 0)
            return;
        text.Append("ROLES\n");
        foreach (var role in roles)
        {
            var isAllowed = Text(role, "IsAllowed") == "true";
            text.Append(Marked).Append(isAllowed ? "OK" : "NO").Append(Marked).Append(Text(role, "RoleArn")).Append('\n');
            if (role["ProfileArn"] is not null)
                text.Append("        by ").Append(Text(role, "ProfileArn")).Append('\n');
            if (role["Refusal"] is not null)
                text.Append("        ").Append(Text(role, "Refusal")).Append('\n');
            if (Text(role, "IsOffered") == "false")
                text.Append("        the assertion does not offer it\n");
            foreach (var warning in Items(role["Warnings"]))
                text.Append("        WARNING ").Append(Plain(warning.ToString())).Append('\n');
            foreach (var line in isAllowed ? [] : Reasons(Text(role, "Explanation")))
                text.Append("        ").Append(line).Append('\n');
        }
        if (preview["MoreRoles"] is { } more)
            text.Append(Marked).Append("and ").Append(Plain(more.ToString())).Append(" more: ask for one with --role-arn\n");
        text.Append('\n');
    }

    private static readonly string[] Telling = ["because ", "with ", "decided by ", "nearest: "];

    // The first line repeats the question; those that follow the reasons go through all policies, which --json has.
    private static IEnumerable<string> Reasons(string explanation) => explanation.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).TakeWhile(line => Telling.Any(start => line.StartsWith(start, StringComparison.Ordinal))).Select(Plain);

    private static string Verdict(JsonObject preview)
    {
        if (Text(preview, "WouldBeAccepted") == "true")
            return "It would be accepted.";
        var failed = Items(preview["Checks"]).FirstOrDefault(check => Text(check, "Outcome") == "No");
        if (failed is not null)
            return $"It would be refused: {Text(failed, "Name")} ({Text(failed, "ErrorCode")}).";
        return Items(preview["Roles"]).Count == 0 ? "It would be refused: no role of this account trusts the provider (AccessDenied)." : "It would be refused: none of the roles lets its subject in (AccessDenied).";
    }

    private static void Rows(StringBuilder text, string title, IEnumerable<string[]> rows)
    {
        string[][] all = [.. rows];
        if (all.Length == 0)
            return;
        var widths = Enumerable.Range(0, 3).Select(column => all.Max(row => row[column].Length)).ToArray();
        text.Append(title).Append('\n');
        foreach (var row in all)
            text.Append(Marked).Append($"{row[0].PadRight(widths[0])}  {row[1].PadRight(widths[1])}  {row[2]}".TrimEnd()).Append('\n');
        text.Append('\n');
    }

    private static string Values(JsonNode key)
    {
        var values = Items(key["Values"]).Select(value => Plain(value.ToString()));
        return Text(key, "IsList") == "true" ? $"[{string.Join(", ", values)}]" : string.Concat(values);
    }

    private static string MarkOf(string outcome) => outcome switch
    {
        "Ok" => "OK",
        "No" => "NO",
        _ => "-",
    };

    private static IReadOnlyList<JsonNode> Items(JsonNode? list) => [.. (list as JsonArray ?? []).OfType<JsonNode>()];

    // What the other side of the terminal would take for a command is not shown as it is.
    private static string Text(JsonNode node, string name) => Plain(node[name]?.ToString() ?? "", keepsLines: name == "Explanation");

    private static string Plain(string text) => Plain(text, keepsLines: false);

    private static string Plain(string text, bool keepsLines) => string.Concat(text.Select(character => char.IsControl(character) && !(keepsLines && character == '\n') ? '?' : character));
}
