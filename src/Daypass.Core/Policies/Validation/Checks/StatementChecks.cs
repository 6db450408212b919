using Daypass.Policies.Parsing;

namespace Daypass.Policies.Validation.Checks;

/// <summary>The elements of each statement: known, of the right kind, complete, and not at odds with each other.</summary>
internal static class StatementChecks
{
    private static readonly string[] ListElements = ["Action", "NotAction", "Resource", "NotResource"];

    public static void Run(PolicyDraft policy, Findings findings)
    {
        foreach (var statement in policy.Statements)
        {
            Names(statement, findings);
            Effect(statement, findings);
            Kinds(statement, findings);
            Pair(statement, "Action", Issues.MissingAction, isRequired: true, findings);
            Pair(statement, "Resource", Issues.MissingResource, policy.Legality.Resource == Presence.Required, findings);
            Pair(statement, "Principal", Issues.MissingPrincipal, policy.Legality.Principal != Presence.Forbidden, findings);
        }
        Sids(policy, findings);
    }

    private static void Names(StatementDraft statement, Findings findings)
    {
        foreach (var member in statement.Place.Members.Where(member => !SyntaxCheck.IsElement(member.Name)))
            findings.AddKey(Issues.InvalidPolicyElement, member, $"{Words.Quote(member.Name)} is no element of a statement.{Words.DidYouMean(member.Name, SyntaxCheck.StatementElements)}");
    }

    private static void Effect(StatementDraft statement, Findings findings)
    {
        if (statement.Effect is not { } effect)
            findings.Add(Issues.MissingEffect, statement.Place, "The statement has no Effect: it needs Allow or Deny.");
        else if (!effect.IsText)
            findings.Add(Issues.DataTypeMismatch, effect, "Effect is a text.");
        else if (!statement.IsAllow && !statement.IsDeny)
            findings.Add(Issues.InvalidEffect, effect, $"The effect {Words.Quote(effect.Text)} is neither Allow nor Deny; letter case counts.");
    }

    private static void Kinds(StatementDraft statement, Findings findings)
    {
        if (statement.Place["Sid"] is { IsText: false } sid)
            findings.Add(Issues.DataTypeMismatch, sid, "Sid is a text.");
        foreach (var element in ListElements)
        {
            foreach (var entry in statement.Place[element]?.OneOrMany.Where(entry => !entry.IsText) ?? [])
                findings.Add(Issues.DataTypeMismatch, entry, $"{element} is a text or a list of texts.");
        }
    }

    /// <summary>One of an element and its opposite, and not both.</summary>
    private static void Pair(StatementDraft statement, string element, Issue missing, bool isRequired, Findings findings)
    {
        var opposite = "Not" + element;
        var (plain, negated) = (statement.Place[element], statement.Place[opposite]);
        if (plain is not null && negated is not null)
            findings.Add(Issues.UnsupportedElementCombination, plain, $"{element} and {opposite} exclude each other. Keep one.", negated);
        else if (isRequired && (plain ?? negated) is null)
            findings.Add(missing, statement.Place, $"The statement has no {element}.");
        else if (isRequired && element != "Principal" && (plain ?? negated)!.Json is { Kind: JsonKind.Array, Items.Count: 0 })
            findings.Add(missing, (plain ?? negated)!, $"The list of {(plain ?? negated)!.Name} is empty, and is refused so.");
    }

    private static void Sids(PolicyDraft policy, Findings findings)
    {
        var seen = new Dictionary<string, Place>(StringComparer.Ordinal);
        foreach (var sid in policy.Statements.Select(statement => statement.Place["Sid"]).OfType<Place>().Where(sid => sid.IsText))
        {
            if (sid.Text.Length == 0)
                findings.Add(Issues.EmptySidValue, sid, "The Sid is empty. Give the statement a name, or leave Sid out.");
            else if (!seen.TryAdd(sid.Text, sid))
                findings.Add(Issues.UniqueSidsRequired, sid, $"The Sid {Words.Quote(sid.Text)} is that of another statement, too.", seen[sid.Text]);
            if (policy.Legality.IsIamWritten && sid.Text.Any(character => !char.IsAsciiLetterOrDigit(character)))
                findings.Add(Issues.UnsupportedSid, sid, $"The Sid {Words.Quote(sid.Text)} has other characters than the letters A to Z, a to z and digits.");
        }
    }
}
