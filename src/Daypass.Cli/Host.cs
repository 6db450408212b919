namespace Daypass.Cli;

/// <summary>All that a command may know or use of its surroundings: so a test, and the tour, run commands in a world of their own.</summary>
internal sealed record Host
{
    /// <summary>Where answers go, and nothing else.</summary>
    public required Stream Output { get; init; }

    /// <summary>Where errors and hints go.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>What is typed or piped in.</summary>
    public TextReader Input { get; init; } = TextReader.Null;

    public required Func<string, string?> Variable { get; init; }

    public required string HomeDirectory { get; init; }

    public required string CurrentDirectory { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Whether a person looks at the output: then it may have colours.</summary>
    public bool IsTerminal { get; init; }

    public static Host OfThisProcess() => new()
    {
        Output = Console.OpenStandardOutput(),
        Error = Console.Error,
        Input = Console.In,
        Variable = name => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null,
        HomeDirectory = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
        CurrentDirectory = Environment.CurrentDirectory,
        IsTerminal = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null,
    };

    public string FullPath(string path) =>
        Path.GetFullPath(path.StartsWith("~/", StringComparison.Ordinal) ? Path.Combine(HomeDirectory, path[2..]) : path, CurrentDirectory);

    public void Write(string text) => Output.Write(System.Text.Encoding.UTF8.GetBytes(text));

    public void WriteLine(string line) => Write(line + "\n");
}
