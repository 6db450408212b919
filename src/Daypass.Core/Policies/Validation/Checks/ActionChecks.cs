using System.Buffers;
using Daypass.Policies.Matching;
using Daypass.Policies.Parsing;
using Daypass.Policies.Validation.Services;

namespace Daypass.Policies.Validation.Checks;

/// <summary>Each entry of <c>Action</c> and <c>NotAction</c>: its form, and whether there is such an action.</summary>
internal static class ActionChecks
{
    private static readonly SearchValues<char> PrefixCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-");

    public static void Run(PolicyDraft policy, Findings findings)
    {
        foreach (var statement in policy.Statements)
        {
            foreach (var entry in statement.Actions.Concat(statement.NotActions))
            {
                Stars(entry, findings);
                Trust(policy, entry, findings);
                Form(policy, entry, findings);
            }
        }
    }

    internal static void Stars(Place entry, Findings findings)
    {
        if (Glob.CountStars(entry.Text) > PolicyChoices.MaxStars)
            findings.Add(Issues.TooManyWildcards, entry, $"{Words.Quote(entry.Text)} has more than {PolicyChoices.MaxStars} runs of '*'.");
    }

    private static void Trust(PolicyDraft policy, Place entry, Findings findings)
    {
        if (policy.Type == PolicyType.Trust && !entry.Text.StartsWith("sts:", StringComparison.OrdinalIgnoreCase))
            findings.Add(Issues.UnsupportedActionInPolicy, entry, $"{Words.Quote(entry.Text)} is no action of STS, and a trust policy is about those only.");
    }

    private static void Form(PolicyDraft policy, Place entry, Findings findings)
    {
        var text = entry.Text;
        if (text is "*" or "*:*")
            return;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            findings.Add(Issues.InvalidAction, entry, $"The action {Words.Quote(text)} has no service: write service:Action.{Elsewhere(text)}");
            return;
        }
        var (prefix, name) = (text[..colon], text[(colon + 1)..]);
        if (prefix.Length == 0 || prefix.AsSpan().ContainsAnyExcept(PrefixCharacters))
            findings.AddPart(Issues.InvalidServiceInAction, entry, 0, colon, $"{Words.Quote(prefix)} is no name of a service: it takes letters, digits, '.' and '-', and no wildcards.");
        else if (name.Contains(':', StringComparison.Ordinal))
            findings.Add(Issues.InvalidAction, entry, $"The action {Words.Quote(text)} has two colons; one is for the service.");
        else if (name.Length == 0 || name.AsSpan().ContainsAny(" ,\t\r\n"))
            findings.Add(Issues.InvalidAction, entry, $"The action {Words.Quote(text)} matches nothing: a name has no spaces and no commas. Write several actions as a list.");
        else if (ServiceTable.Find(prefix) is { } service && !IsOfUproject(policy, text))
            Existence(entry, service, name, findings);
    }

    /// <summary>Names that only uproject has mean something in its documents.</summary>
    private static bool IsOfUproject(PolicyDraft policy, string action) => policy.Syntax.UrnPrefix is not null && UprojectActions.Meant(action).Any();

    private static void Existence(Place entry, ServiceFacts service, string name, Findings findings)
    {
        if (service.Matching(new ActionPattern(entry.Text)).Any())
            return;
        var hint = findings.IsFull(Issues.InvalidAction) || name.AsSpan().ContainsAny('*', '?') ? "" : Words.DidYouMean(name, service.Actions.Select(action => action.Name));
        findings.AddPart(Issues.InvalidAction, entry, entry.Text.Length - name.Length, name.Length, $"The service {service.Name} has no action {Words.Quote(name)}.{hint}");
    }

    /// <summary>The service that has an action of exactly this name.</summary>
    private static string Elsewhere(string name) =>
        ServiceTable.All.FirstOrDefault(service => service.FindAction(name) is not null) is { } found ? $" Did you mean {found.Name}:{found.FindAction(name)!.Name}?" : "";
}
