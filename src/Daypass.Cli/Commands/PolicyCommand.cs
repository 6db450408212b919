using Daypass.Cli.Arguments;
using Daypass.Cli.Printing;
using Daypass.Policies.Validation;

namespace Daypass.Cli.Commands;

/// <summary><c>daypass policy check|compare</c>: what can be said of policies before any server sees them. Needs no server and no credentials.</summary>
internal sealed class PolicyCommand(Host host) : ICommand
{
    private const string Usage = """
        Usage: daypass policy check FILE... [--type identity|trust|session|boundary|resource|scp|rcp] [--syntax aws|uproject] [--json]
               daypass policy compare NEW OLD [--type ...] [--syntax ...]
        """;

    public IReadOnlyList<OptionRule> Options => [.. PolicyFile.Options, new("json", OptionValues.None)];

    public Task<int> RunAsync(CommandLine line, CancellationToken cancellationToken) => line.Positionals switch
    {
        ["check", _, ..] => CheckAsync(line, cancellationToken),
        ["compare", var updated, var existing] when !line.Has("json") => new PolicyCompare(host).RunAsync(line, updated, existing, cancellationToken),
        _ => throw new CommandException(Usage),
    };

    private async Task<int> CheckAsync(CommandLine line, CancellationToken cancellationToken)
    {
        var type = PolicyFile.TypeOf(line);
        var options = new PolicyValidationOptions { Syntax = PolicyFile.SyntaxOf(line) };
        var files = new List<(string File, IReadOnlyList<PolicyFinding> Findings)>();
        foreach (var file in line.Positionals.Skip(1))
            files.Add((file, PolicyValidator.Validate(await PolicyFile.ReadAsync(host, file, cancellationToken), type, options)));
        host.Write(line.Has("json") ? FindingPrinter.Json(files) : FindingPrinter.Lines(files));
        return files.Exists(file => file.Findings.Any(finding => finding.Type == FindingType.Error)) ? ExitCodes.Failure : ExitCodes.Success;
    }
}
