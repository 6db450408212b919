using Daypass.Names;
using Daypass.Policies.Validation.Services;

namespace Daypass.Policies.Validation.Checks;

/// <summary>
/// URNs that are compared as texts with what requests have as ARNs, whatever API they came by: never equal, and no decision says why. In AWS's syntax those of any
/// brand; in one with URNs those of another, and such as stand for no ARN, since its own are read as ARNs.
/// </summary>
internal static class UrnValueChecks
{
    private const char Separator = ':';

    public static void Run(PolicyDraft policy, Findings findings)
    {
        foreach (var condition in policy.Statements.SelectMany(statement => statement.Conditions))
        {
            if (condition.Name is not { } name || !name.Operator.Name.StartsWith("String", StringComparison.Ordinal) || KnownKeys.Find(condition.Key.Name) is not { Type: KeyType.Arn } key)
                continue;
            foreach (var value in condition.Values.Where(value => IsUrn(value.Text)))
                findings.Add(Issues.UrnComparedAsText, value, $"{Words.Quote(value.Text)} is never a value of {key.Name}: its values are ARNs, and {name} compares texts. {Advice(value.Text)}");
        }
    }

    private static string Advice(string urn) => Urn.ToArnText(urn, PrefixOf(urn)) is { } arn ? $"Write {Words.Quote(arn)}." : "Write the ARN.";

    // Of whatever brand: five fields, and a first word that is a word.
    private static bool IsUrn(string text) =>
        PrefixOf(text) is not ("" or "arn") and var prefix && prefix.All(character => char.IsAsciiLetterOrDigit(character) || character == '-') && text.AsSpan().Count(Separator) >= Urn.Count - 1;

    private static string PrefixOf(string text) => text[..Math.Max(0, text.IndexOf(Separator))];
}
