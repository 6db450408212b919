using System.Text;
using Daypass.Testing;

namespace Daypass.Cli.Tests;

/// <summary>The command lines that README.md and docs/guide tell people to type, as a shell would take them apart.</summary>
internal static class DocumentedCommands
{
    private static readonly string[] Starts = ["./run cli ", "aws "];

    public static IEnumerable<string> Pages =>
        [Path.Combine(Checkout.Root, "README.md"), .. Directory.EnumerateFiles(Path.Combine(Checkout.Root, "docs/guide"), "*.md", SearchOption.AllDirectories)];

    /// <summary>Every command with the page that it is on, a continued one joined to one line.</summary>
    public static IEnumerable<(string Page, string Command)> All => Pages.SelectMany(page => In(File.ReadAllText(page)).Select(command => (Path.GetFileName(page), command)));

    /// <summary>Indented or fenced lines, and what stands between backticks.</summary>
    public static IEnumerable<string> In(string page)
    {
        foreach (var line in page.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n'))
        {
            var text = line.Trim();
            var candidates = text.Contains('`') ? text.Split('`').Where((_, at) => at % 2 == 1) : [text.StartsWith("$ ", StringComparison.Ordinal) ? text[2..] : text];
            foreach (var command in candidates.Where(candidate => Starts.Any(start => candidate.StartsWith(start, StringComparison.Ordinal))))
                yield return command;
        }
    }

    /// <summary>Words as a shell makes them: quotes taken off, a comment and what the answer is piped to left out.</summary>
    public static IReadOnlyList<string> Words(string command)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        char quote = default;
        foreach (var character in command + " ")
        {
            if (quote == default && character is ('#' or '|') && word.Length == 0)
                break;
            if (quote == default && character is '\'' or '"')
                quote = character;
            else if (quote != default && quote == character)
                quote = default;
            else if (quote != default || character != ' ')
                word.Append(character);
            else if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }
        return quote == default ? words : throw new FormatException($"A quote is not closed: {command}");
    }
}
