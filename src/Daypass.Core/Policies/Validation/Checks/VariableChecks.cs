using Daypass.Policies.Matching;
using Daypass.Policies.Validation.Services;

namespace Daypass.Policies.Validation.Checks;

/// <summary>Policy variables: where they stand, how they are written, and what they name.</summary>
internal static class VariableChecks
{
    private const string Start = "${";
    private const string DefaultEnd = "'}";

    public static void Run(PolicyDraft policy, Findings findings)
    {
        foreach (var statement in policy.Statements)
        {
            foreach (var entry in statement.Actions.Concat(statement.NotActions))
                Outside(policy, entry, entry.Text.Length, findings);
            foreach (var principal in statement.Principals.Concat(statement.NotPrincipals))
                Outside(policy, principal.Place, principal.Text.Length, findings);
            foreach (var entry in statement.Resources.Concat(statement.NotResources))
                Resource(policy, entry, findings);
            foreach (var condition in statement.Conditions)
                Condition(policy, condition, findings);
        }
    }

    /// <summary>Variables count behind the fifth colon only.</summary>
    private static void Resource(PolicyDraft policy, Place entry, Findings findings)
    {
        var end = 0;
        for (var colons = 0; colons < ArnFields.Count - 1 && end >= 0; colons++)
            end = entry.Text.IndexOf(':', end) is var colon and >= 0 ? colon + 1 : -1;
        Outside(policy, entry, end < 0 ? entry.Text.Length : end, findings);
        Written(policy, entry, end < 0 ? entry.Text.Length : end, findings);
    }

    private static void Condition(PolicyDraft policy, ConditionDraft condition, Findings findings)
    {
        foreach (var value in condition.Values.Where(value => value.Text.Contains(Start, StringComparison.Ordinal)))
        {
            if (policy.HasVariables && condition.Name is { } name && !TakesVariables(name.Operator.Name))
                findings.AddPart(Issues.InvalidVariableForOperator, value, value.Text.IndexOf(Start, StringComparison.Ordinal), Start.Length, $"The operator {name} takes no variables; those of strings and ARNs do.");
            Written(policy, value, 0, findings);
        }
    }

    private static bool TakesVariables(string name) => name.StartsWith("String", StringComparison.Ordinal) || name.StartsWith("Arn", StringComparison.Ordinal);

    /// <summary>Where no variable counts.</summary>
    private static void Outside(PolicyDraft policy, Place place, int end, Findings findings)
    {
        var at = place.Text.AsSpan(0, end).IndexOf(Start);
        if (at < 0)
            return;
        findings.AddPart(policy.HasVariables ? Issues.VariableUnsupportedInElement : Issues.VariableUnsupportedInVersion, place, at, Start.Length, policy.HasVariables
            ? $"No variable counts in this part of {Words.Quote(place.Text)}: they do in conditions, and in resources behind the fifth colon."
            : OldVersion(place.Text));
        if (policy.HasVariables && Variables.SegmentReader.HasOpenBrace(place.Text))
            findings.AddPart(Issues.MissingBraceInVariable, place, place.Text.LastIndexOf(Start, StringComparison.Ordinal), Start.Length, $"The last variable of {Words.Quote(place.Text)} has no closing brace.");
    }

    private static string OldVersion(string text) => $"{Words.Quote(text)} is read as it stands: there are no variables before version 2012-10-17.";

    private static void Written(PolicyDraft policy, Place place, int from, Findings findings)
    {
        var text = place.Text;
        var at = text.IndexOf(Start, from, StringComparison.Ordinal);
        if (at >= 0 && !policy.HasVariables)
        {
            findings.AddPart(Issues.VariableUnsupportedInVersion, place, at, Start.Length, OldVersion(text));
            return;
        }
        var lastQuote = text.LastIndexOf(DefaultEnd, StringComparison.Ordinal);
        while (at >= 0)
        {
            var end = EndOf(text, at, lastQuote);
            if (end < 0)
            {
                findings.AddPart(Issues.MissingBraceInVariable, place, at, text.Length - at, $"The variable {Words.Quote(text[at..])} has no closing brace.");
                return;
            }
            One(place, at, end, findings);
            at = text.IndexOf(Start, end, StringComparison.Ordinal);
        }
    }

    /// <summary>Just past the closing brace, that of the default's if there is one.</summary>
    private static int EndOf(string text, int at, int lastQuote)
    {
        var end = text.IndexOf('}', at);
        var comma = end < 0 ? -1 : text.IndexOf(',', at, end - at);
        var quoted = comma < 0 || comma > lastQuote ? -1 : text.IndexOf(DefaultEnd, comma, StringComparison.Ordinal);
        return quoted >= 0 ? quoted + DefaultEnd.Length : end + (end < 0 ? 0 : 1);
    }

    private static void One(Place place, int at, int end, Findings findings)
    {
        var inner = place.Text[(at + Start.Length)..(end - 1)];
        var comma = inner.IndexOf(',', StringComparison.Ordinal);
        var key = comma < 0 ? inner : inner[..comma];
        if (FaultOf(inner, key, comma) is var (issue, details))
            findings.AddPart(issue, place, at, end - at, details);
        else if (key is not ("*" or "?" or "$"))
            Key(place, at + Start.Length, key, findings);
    }

    private static (Issue Issue, string Details)? FaultOf(string inner, string key, int comma)
    {
        if (inner.Length == 0)
            return (Issues.EmptyVariable, "The variable has no name: write ${key}.");
        if (comma >= 0 && !(inner[comma..].StartsWith(", '", StringComparison.Ordinal) && inner.Length > comma + 3 && inner[^1] == '\''))
            return inner.Count(character => character == '\'') < 2
                ? (Issues.MissingQuoteInVariable, $"The default in {Words.Quote(inner)} stands in single quotes: ${{key, 'default'}}.")
                : (Issues.UnsupportedSpaceInVariable, $"The default in {Words.Quote(inner)} comes after a comma and one space: ${{key, 'default'}}.");
        if (key.Contains(' ', StringComparison.Ordinal))
            return (Issues.UnsupportedSpaceInVariable, $"The name {Words.Quote(key)} has a space.");
        if (key.Length == 0)
            return (Issues.EmptyVariable, "The variable has a default and no name: write ${key, 'default'}.");
        return key.AsSpan().ContainsAny("{'$*?") && key is not ("*" or "?" or "$")
            ? (Issues.UnsupportedSymbolInVariable, $"The name {Words.Quote(key)} has a symbol that no key has; variables stand in no variables.")
            : null;
    }

    private static void Key(Place place, int start, string key, Findings findings)
    {
        if (KnownKeys.Find(key) is { IsMany: true })
            findings.AddPart(Issues.VariableOfMultivaluedKey, place, start, key.Length, $"The key {Words.Quote(key)} has several values, so the variable never has one.");
        else if (KnownKeys.Find(key) is null && KnownKeys.TableOf(key) is { } table && KnownKeys.PrefixOf(key).Equals("aws", StringComparison.OrdinalIgnoreCase))
            findings.AddPart(Issues.InvalidGlobalConditionKey, place, start, key.Length, $"There is no global condition key {Words.Quote(key)}.{Words.DidYouMean(key, table.Names)}");
    }
}
