using Daypass.Cli.Arguments;
using Daypass.Cli.Printing;
using Daypass.Policies;
using Daypass.Policies.Validation;

namespace Daypass.Cli.Commands;

/// <summary><c>daypass policy check FILE...</c>: what is wrong with policies, before any server sees them. Needs no server and no credentials.</summary>
internal sealed class PolicyCommand(Host host) : ICommand
{
    private const string Usage = "Usage: daypass policy check FILE... [--type identity|trust|session|boundary|resource|scp|rcp] [--syntax aws|uproject] [--json]";

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

    public IReadOnlyList<OptionRule> Options => [new("type"), new("syntax"), new("json", OptionValues.None)];

    public async Task<int> RunAsync(CommandLine line, CancellationToken cancellationToken)
    {
        if (line.Positionals is not ["check", _, ..])
            throw new CommandException(Usage);
        var type = Choose(line, "type", "identity", Types);
        var options = new PolicyValidationOptions { Syntax = Choose(line, "syntax", "aws", Syntaxes) };
        var files = new List<(string File, IReadOnlyList<PolicyFinding> Findings)>();
        foreach (var file in line.Positionals.Skip(1))
            files.Add((file, PolicyValidator.Validate(await ReadAsync(file, cancellationToken), type, options)));
        host.Write(line.Has("json") ? FindingPrinter.Json(files) : FindingPrinter.Lines(files));
        return files.Exists(file => file.Findings.Any(finding => finding.Type == FindingType.Error)) ? ExitCodes.Failure : ExitCodes.Success;
    }

    private static T Choose<T>(CommandLine line, string option, string normal, Dictionary<string, T> choices) =>
        choices.TryGetValue(line.Value(option) ?? normal, out var chosen)
            ? chosen
            : throw new CommandException($"--{option} is one of {string.Join(", ", choices.Keys)}, not '{line.Value(option)}'.");

    private async Task<string> ReadAsync(string file, CancellationToken cancellationToken)
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
}
