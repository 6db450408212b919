using Daypass.Server.Setup;

namespace Daypass.Server.Backups;

/// <summary>One option of a command. One without a value's name is a flag; one that is not an option at all stands by itself.</summary>
internal sealed record CommandOption(string Name, string Value, string Meaning)
{
    public bool IsFlag => Value.Length == 0;

    public bool IsPositional => !Name.StartsWith('-');
}

/// <summary>How a command is called, for its help and for reading its arguments.</summary>
internal sealed record CommandUsage(string Name, string Summary, IReadOnlyList<CommandOption> Options)
{
    public string Help => $"""
        {Summary}

          ./run {Name}{string.Concat(Options.Where(option => option.IsPositional).Select(option => " " + option.Name))} [options]

        {string.Join('\n', Options.Select(option => $"  {(option.Name + " " + option.Value).TrimEnd(),-32}{option.Meaning}"))}
        """;
}

/// <summary>A command's arguments. What is unknown, given twice or without a value is refused, as with the server's own.</summary>
internal sealed class CommandArguments
{
    private readonly Dictionary<string, string> _given = new(StringComparer.Ordinal);
    private readonly CommandUsage _usage;

    private CommandArguments(CommandUsage usage) => _usage = usage;

    /// <summary>Whether only the help was asked for.</summary>
    public bool WantsHelp { get; private init; }

    public string Help => _usage.Help;

    /// <exception cref="StartException">An argument is unknown, given twice, or lacks its value.</exception>
    public static CommandArguments Read(CommandUsage usage, string[] args)
    {
        if (args.Any(arg => arg is "--help" or "-h"))
            return new CommandArguments(usage) { WantsHelp = true };
        var read = new CommandArguments(usage);
        for (var i = 0; i < args.Length; i++)
        {
            var equals = args[i].StartsWith('-') ? args[i].IndexOf('=') : -1;
            var name = equals < 0 ? args[i] : args[i][..equals];
            var option = usage.Options.FirstOrDefault(option => name.StartsWith('-') ? option.Name == name : option.IsPositional && !read.Has(option.Name))
                ?? throw new StartException($"'{Shown(name)}' is not an argument of {usage.Name}: ./run {usage.Name} --help lists those that there are.");
            var value = option.IsFlag && !option.IsPositional ? "" : option.IsPositional ? name : equals >= 0 ? args[i][(equals + 1)..] : ++i < args.Length ? args[i]
                : throw new StartException($"The option {name} needs a value: {name} {option.Value}.");
            if (!read._given.TryAdd(option.Name, value))
                throw new StartException($"The option {name} is given twice.");
        }
        return read;
    }

    // A connection string in the wrong place has a password behind its first equals sign.
    private static string Shown(string word) => word.Split('=')[0];

    public bool Has(string option) => _given.ContainsKey(option);

    public string? Find(string option) => _given.GetValueOrDefault(option);

    /// <exception cref="StartException">It was not given.</exception>
    public string Require(string option) => Find(option)
        ?? throw new StartException($"{_usage.Name} needs {option} {_usage.Options.First(known => known.Name == option).Value}".TrimEnd() + $": ./run {_usage.Name} --help.");
}
