using Daypass.Policies.Conditions;

namespace Daypass.Policies.Comparing;

/// <summary>
/// The cheap test: a document covers another if each Allow of the other has all entries and conditions of one of its own, and each of its
/// Denies is in the other too. It knows nothing of what patterns mean, so it settles edits of any size at once, and proves nothing
/// when it fails.
/// </summary>
internal static class Coverage
{
    /// <summary>How many pairs of statements are looked at; beyond, only equal ones count.</summary>
    private const int MostPairs = 250_000;

    /// <summary>Whether everything that one document allows is plainly allowed by the other.</summary>
    public static bool Covers(PolicyDocument wide, PolicyDocument narrow) =>
        AreCovered(Of(narrow, isDeny: false), Of(wide, isDeny: false)) && AreCovered(Of(wide, isDeny: true), Of(narrow, isDeny: true));

    private static Elements[] Of(PolicyDocument document, bool isDeny) =>
        [.. document.Statements.Where(statement => statement.IsDeny == isDeny).Select(statement => new Elements(statement, document))];

    private static bool AreCovered(Elements[] statements, Elements[] by)
    {
        var written = by.Select(other => other.Text).ToHashSet(StringComparer.Ordinal);
        Elements[] others = [.. statements.Where(statement => !written.Contains(statement.Text))];
        return (long)others.Length * by.Length <= MostPairs && Array.TrueForAll(others, statement => Array.Exists(by, other => Covers(other, statement)));
    }

    private static bool Covers(Elements wide, Elements narrow) =>
        Covers(wide.Actions, narrow.Actions) && Covers(wide.Resources, narrow.Resources) && Covers(wide.Principals, narrow.Principals)
        && wide.Conditions.IsSubsetOf(narrow.Conditions);

    private static bool Covers(Entries wide, Entries narrow)
    {
        if (wide.IsEverything)
            return true;
        if (wide.IsNot != narrow.IsNot)
            return false;
        return wide.IsNot ? wide.Texts.IsSubsetOf(narrow.Texts) : narrow.Texts.IsSubsetOf(wide.Texts);
    }

    /// <summary>Entries in a form in which equal texts mean the same.</summary>
    private sealed record Entries(HashSet<string> Texts, bool IsNot, bool IsEverything)
    {
        public override string ToString() => $"{IsNot} {IsEverything} {Join(Texts)}";
    }

    private static string Join(IEnumerable<string> texts) => string.Join('\0', texts.Order(StringComparer.Ordinal));

    private sealed class Elements
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
            Text = string.Join("\0\0", Actions, Resources, Principals, Join(Conditions));
        }

        /// <summary>Equal texts are equal statements.</summary>
        public string Text { get; }

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
