namespace Daypass.Policies.Comparing;

/// <summary>Values of the condition keys that variables name, to look for examples with.</summary>
internal static class Assignments
{
    private const int Most = 64;
    private const int MostOfKey = 5;
    private const int MostWords = 12;
    private const int Steps = 100_000;

    private static readonly char[] Delimiters = [':', '/', '*', '?', '$', '{', '}', ',', ' ', '\''];

    /// <summary>
    /// Each key with a value of its own, missing, with those that conditions on it tell apart, and with words of the policies: a variable is
    /// often to meet a name that is written beside it.
    /// </summary>
    public static IEnumerable<RequestContext> Of(IReadOnlyList<string> keys, IReadOnlyList<Row> rows)
    {
        string[] words = [.. WordsOf(rows)];
        string?[][] choices = [.. keys.Select((key, index) => ChoicesOf(key, index, rows, words))];
        var chosen = new int[keys.Count];
        for (var count = 0; count < Most; count++)
        {
            var context = new RequestContext();
            for (var i = 0; i < chosen.Length; i++)
            {
                if (choices[i][chosen[i]] is { } value)
                    context.Set(keys[i], value);
            }
            yield return context;
            if (!TryAdvance(chosen, choices))
                yield break;
        }
    }

    private static string?[] ChoicesOf(string key, int index, IReadOnlyList<Row> rows, string[] words)
    {
        KeyRow[] conditions = [.. rows.Select((row, i) => KeyRow.Of(row, i, key)).Where(row => row.Conditions.Length > 0)];
        var reading = Reading.Exact(strangersOnly: false) with { IsQuick = true };
        var told = conditions.Length == 0 ? [] : new KeyValues(key, conditions, reading, new WorkLimit(Steps)).All().Select(value => value.Texts[0]).Take(MostOfKey);
        return [$"example{index + 1}", null, .. told.Concat(words).Distinct()];
    }

    private static IEnumerable<string> WordsOf(IReadOnlyList<Row> rows) =>
        rows.SelectMany(row => row.ResourceTexts.Concat(row.Conditions.SelectMany(condition => condition.Values)))
            .SelectMany(text => text.Split(Delimiters, StringSplitOptions.RemoveEmptyEntries))
            .Where(word => word is not ("arn" or "aws"))
            .Distinct(StringComparer.Ordinal)
            .OrderBy(word => word.Length)
            .Take(MostWords);

    private static bool TryAdvance(int[] chosen, string?[][] choices)
    {
        for (var i = 0; i < chosen.Length; i++)
        {
            chosen[i]++;
            if (chosen[i] < choices[i].Length)
                return true;
            chosen[i] = 0;
        }
        return false;
    }
}
