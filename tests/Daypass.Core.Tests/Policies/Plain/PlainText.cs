using System.Text.RegularExpressions;
using Daypass.Policies;

namespace Daypass.Core.Tests.Policies.Plain;

/// <summary>Text with wildcards and variables, the slow and obvious way: a list of characters, in which wildcards are none.</summary>
internal static partial class PlainText
{
    public const int Any = -1;
    public const int One = -2;

    /// <summary>The text as characters and wildcards; null if a variable has no value.</summary>
    public static List<int>? Tokens(string text, bool wildcards, bool variables, RequestContext context)
    {
        var tokens = new List<int>();
        for (var i = 0; i < text.Length; i++)
        {
            if (variables && Variable(text, i) is { } variable)
            {
                if (Resolve(variable, context) is not { } value)
                    return null;
                tokens.AddRange(value.Select(character => (int)character));
                i += variable.Length - 1;
            }
            else
            {
                tokens.Add(wildcards && text[i] == '*' ? Any : wildcards && text[i] == '?' ? One : text[i]);
            }
        }
        return tokens;
    }

    /// <summary>Row by row: whether the first i tokens match the first j characters.</summary>
    public static bool Matches(List<int> tokens, string text)
    {
        var row = new bool[text.Length + 1];
        row[0] = true;
        foreach (var token in tokens)
        {
            var next = new bool[text.Length + 1];
            for (var j = 0; j <= text.Length; j++)
                next[j] = token == Any ? row[j] || (j > 0 && next[j - 1]) : j > 0 && row[j - 1] && (token == One || token == text[j - 1]);
            row = next;
        }
        return row[text.Length];
    }

    private static Match? Variable(string text, int at)
    {
        if (text[at] != '$')
            return null;
        var match = WithDefault().Match(text, at);
        if (!match.Success)
            match = WithoutDefault().Match(text, at);
        return match.Success ? match : null;
    }

    private static string? Resolve(Match variable, RequestContext context)
    {
        var key = variable.Groups[1].Value;
        if (key is "*" or "?" or "$")
            return key;
        if (key.Length == 0 || key.AsSpan().ContainsAny(" ,'{"))
            return null;
        if (context.TryGet(key, out var value))
            return value.IsList ? null : value.Values[0];
        return variable.Groups[2].Success ? variable.Groups[2].Value : null;
    }

    [GeneratedRegex(@"\G\$\{([^}]*?), '(.*?)'\}", RegexOptions.Singleline, 1000)]
    private static partial Regex WithDefault();

    [GeneratedRegex(@"\G\$\{([^}]*)\}", RegexOptions.Singleline, 1000)]
    private static partial Regex WithoutDefault();
}
