using Daypass.Cli.Arguments;
using Daypass.Policies;

namespace Daypass.Cli.Commands;

/// <summary>Policies in files, of the type and in the syntax that the command line names.</summary>
internal static class PolicyFile
{
    private static readonly Dictionary<string, PolicyType> Types = new(StringComparer.Ordinal)
    {
        ["identity"] = PolicyType.Identity,
        ["trust"] = PolicyType.Trust,
        ["session"] = PolicyType.Session,
        ["boundary"] = PolicyType.Boundary,
        ["resource"] = PolicyType.Resource,
        ["scp"] = PolicyType.ServiceControl,
        ["rcp"] = PolicyType.ResourceControl,
    };

    private static readonly Dictionary<string, PolicySyntax> Syntaxes = new(StringComparer.Ordinal) { ["aws"] = PolicySyntax.Aws, ["uproject"] = PolicySyntax.Uproject };

    public static IReadOnlyList<OptionRule> Options { get; } = [new("type"), new("syntax")];

    /// <exception cref="CommandException">There is no such type.</exception>
    public static PolicyType TypeOf(CommandLine line) => Choose(line, "type", "identity", Types);

    /// <exception cref="CommandException">There is no such syntax.</exception>
    public static PolicySyntax SyntaxOf(CommandLine line) => Choose(line, "syntax", "aws", Syntaxes);

    /// <exception cref="CommandException">The file cannot be read.</exception>
    public static async Task<string> ReadAsync(Host host, string file, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllTextAsync(host.FullPath(file), cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{file} cannot be read: {exception.Message}");
        }
    }

    /// <exception cref="CommandException">The file cannot be read, or is no policy of the type.</exception>
    public static async Task<PolicyDocument> ParseAsync(Host host, CommandLine line, string file, CancellationToken cancellationToken) =>
        PolicyDocument.TryParse(await ReadAsync(host, file, cancellationToken), TypeOf(line), SyntaxOf(line), out var error)
        ?? throw new CommandException($"{file}:{error!.Position.Line}:{error.Position.Column}: {error.Message}");

    private static T Choose<T>(CommandLine line, string option, string normal, Dictionary<string, T> choices) =>
        choices.TryGetValue(line.Value(option) ?? normal, out var chosen)
            ? chosen
            : throw new CommandException($"--{option} is one of {string.Join(", ", choices.Keys)}, not '{line.Value(option)}'.");
}
