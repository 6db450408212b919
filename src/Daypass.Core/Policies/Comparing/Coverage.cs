using Daypass.Policies.Conditions;

namespace Daypass.Policies.Comparing;

/// <summary>
/// The cheap test: a document covers another if each Allow of the other has all entries and conditions of one of its own, and each of its
/// Denies is in the other too. It knows nothing of what patterns mean, so it settles edits of any size at once, and proves nothing
/// when it fails.
/// </summary>
internal static class Coverage
{
    /// <summary>Whether everything that one document allows is plainly allowed by the other.</summary>
    public static bool Covers(PolicyDocument wide, PolicyDocument narrow) =>
        narrow.Statements.Where(statement => !statement.IsDeny).All(allow => IsCovered(allow, narrow, wide))
        && wide.Statements.Where(statement => statement.IsDeny).All(deny => IsCovered(deny, wide, narrow));

    private static bool IsCovered(Statement statement, PolicyDocument of, PolicyDocument by) =>
        by.Statements.Any(other => other.IsDeny == statement.IsDeny && Covers(new Elements(other, by), new Elements(statement, of)));

    private static bool Covers(in Elements wide, in Elements narrow) =>
        Covers(wide.Actions, narrow.Actions) && Covers(wide.Resources, narrow.Resources) && Covers(wide.Principals, narrow.Principals)
        && wide.Conditions.IsSubsetOf(narrow.Conditions);

    private static bool Covers(in Entries wide, in Entries narrow)
    {
        if (wide.IsEverything)
            return true;
        if (wide.IsNot != narrow.IsNot)
            return false;
        return wide.IsNot ? wide.Texts.IsSubsetOf(narrow.Texts) : narrow.Texts.IsSubsetOf(wide.Texts);
    }

    /// <summary>Entries in a form in which equal texts mean the same.</summary>
    private readonly record struct Entries(HashSet<string> Texts, bool IsNot, bool IsEverything);

    private readonly struct Elements
    {
        private readonly bool _variables;

        public Elements(Statement statement, PolicyDocument document)
        {
            _variables = document.Version == PolicyDocument.Version2012;
            Actions = Of(statement.Actions.Select(action => Matching.ActionPattern.Lower(action)), statement.IsNotAction);
            Resources = statement.HasResourceElement ? Of(statement.Resources.Select(Marked), statement.IsNotResource) : new([], IsNot: true, IsEverything: true);
            Principals = new([.. statement.Principals.Select(principal => $"{principal.Kind} {principal.Text}")], statement.IsNotPrincipal, IsEverything: false);
            Conditions = [];
            foreach (var condition in statement.Conditions)
                Conditions.Add(TextOf(condition));
        }

        public Entries Actions { get; }

        public Entries Resources { get; }

        public Entries Principals { get; }

        public HashSet<string> Conditions { get; }

        private static Entries Of(IEnumerable<string> texts, bool isNot)
        {
            var set = texts.ToHashSet(StringComparer.Ordinal);
            return new(set, isNot, !isNot && set.Contains("*"));
        }

        private string TextOf(Condition condition) =>
            string.Join('\0', condition.Values.Order(StringComparer.Ordinal).Select(Marked).Prepend(condition.Key.ToUpperInvariant()).Prepend(condition.Name.ToString()));

        /// <summary>A text with variables is another one where they are not variables.</summary>
        private string Marked(string text) => _variables && text.Contains("${", StringComparison.Ordinal) ? "\u0001" + text : text;
    }
}
