namespace Daypass.Cli.Arguments;

/// <summary>
/// The words of a command line, taken apart: positionals, and options with their values. <c>--name value</c> and <c>--name=value</c> are
/// the same; a value that begins with two dashes needs the second form.
/// </summary>
internal sealed class CommandLine
{
    private static readonly OptionRule Help = new("help", OptionValues.None);

    private readonly List<string> _positionals = [];
    private readonly Dictionary<string, List<string>> _options = new(StringComparer.Ordinal);
    private string? _incomplete;

    public IReadOnlyList<string> Positionals => _positionals;

    /// <summary>What follows <c>--</c>, for commands that run another.</summary>
    public IReadOnlyList<string> Command { get; private set; } = [];

    /// <summary>Options that no rule names: the parameters of an API action.</summary>
    public Dictionary<string, List<string>> Others { get; } = new(StringComparer.Ordinal);

    public static CommandLine OfPositionals(IEnumerable<string> words)
    {
        var line = new CommandLine();
        line._positionals.AddRange(words);
        return line;
    }

    /// <exception cref="CommandException">An option is unknown, lacks its value, or is given twice.</exception>
    public static CommandLine Parse(IEnumerable<string> words, IReadOnlyList<OptionRule> rules, bool takesAny = false, bool takesCommand = false)
    {
        var line = new CommandLine();
        if (takesCommand)
            (words, line.Command) = Part([.. words]);
        List<string>? values = null;
        var room = 0;
        foreach (var word in words)
        {
            if (IsOption(word))
            {
                line.RequireValues();
                values = line.Open(word, [.. rules, Help], takesAny, out room);
            }
            else if (values is not null && room > 0)
            {
                values.Add(word);
                room--;
            }
            else
            {
                line._positionals.Add(word);
            }
        }
        line.RequireValues();
        return line;
    }

    /// <summary>The same options after other words.</summary>
    public CommandLine WithPositionals(IEnumerable<string> words)
    {
        var line = OfPositionals(words);
        foreach (var (name, values) in _options)
            line._options.Add(name, values);
        return line;
    }

    public bool Has(string option) => _options.ContainsKey(option);

    public string? Value(string option) => _options.TryGetValue(option, out var values) ? values[0] : null;

    public IReadOnlyList<string> Values(string option) => _options.TryGetValue(option, out var values) ? values : [];

    private static (IReadOnlyList<string> Own, IReadOnlyList<string> Command) Part(List<string> words)
    {
        var dashes = words.IndexOf("--");
        return dashes < 0 ? (words, []) : (words[..dashes], words[(dashes + 1)..]);
    }

    private static bool IsOption(string word) => word is "-h" || (word.StartsWith("--", StringComparison.Ordinal) && word.Length > 2);

    private List<string> Open(string word, IReadOnlyList<OptionRule> rules, bool takesAny, out int room)
    {
        var equals = word.IndexOf('=');
        var name = word is "-h" ? "help" : equals < 0 ? word[2..] : word[2..equals];
        var rule = rules.FirstOrDefault(candidate => candidate.Name == name);
        if (rule is null && !takesAny)
            throw new CommandException($"Unknown option --{name}.{Suggestion.For(name, rules.Select(each => each.Name), "--")}");
        var into = rule is null ? Others : _options;
        var values = new List<string>();
        if (!into.TryAdd(name, values))
        {
            if (rule?.Values is not OptionValues.Many)
                throw new CommandException($"--{name} is given twice.");
            values = into[name];
        }
        room = rule?.Values switch { OptionValues.None => 0, OptionValues.One => 1, _ => int.MaxValue };
        if (equals >= 0)
        {
            if (room == 0)
                throw new CommandException($"--{name} takes no value.");
            values.Add(word[(equals + 1)..]);
            room = 0;
        }
        _incomplete = rule is { Values: not OptionValues.None } ? name : null;
        return values;
    }

    private void RequireValues()
    {
        if (_incomplete is { } name && _options[name].Count == 0)
            throw new CommandException($"--{name} needs a value.");
    }
}
