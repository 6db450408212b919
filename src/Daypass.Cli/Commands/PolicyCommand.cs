using Daypass.Cli.Arguments;
using Daypass.Cli.Printing;
using Daypass.Policies.Validation;

namespace Daypass.Cli.Commands;

/// <summary><c>daypass policy check|compare</c>: what can be said of policies before any server sees them. Needs no server and no credentials.</summary>
internal sealed class PolicyCommand(Host host) : ICommand
{
    private const string Usage = """
        Usage: daypass policy check FILE... [--type identity|trust|session|boundary|resource|scp|rcp] [--syntax aws|uproject] [--output json]
               daypass policy compare NEW OLD [--type ...] [--syntax ...]
        """;

    public IReadOnlyList<OptionRule> Options => [.. PolicyFile.Options, new("output")];

    public Task<int> RunAsync(CommandLine line, CancellationToken cancellationToken) => line.Positionals switch
    {
        ["check", _, ..] => CheckAsync(line, cancellationToken),
        ["compare", var updated, var existing] when !line.Has("output") => new PolicyCompare(host).RunAsync(line, updated, existing, cancellationToken),
        _ => throw new CommandException(Usage),
    };

    private async Task<int> CheckAsync(CommandLine line, CancellationToken cancellationToken)
    {
        var output = line.Value("output") ?? "text";
        if (output is not ("text" or "json"))
            throw new CommandException($"--output is text or json, not '{output}'.");
        var type = PolicyFile.TypeOf(line);
        var options = new PolicyValidationOptions { Syntax = PolicyFile.SyntaxOf(line) };
        var files = new List<(string File, IReadOnlyList<PolicyFinding> Findings)>();
        foreach (var file in line.Positionals.Skip(1))
            files.Add((file, PolicyValidator.Validate(await PolicyFile.ReadAsync(host, file, cancellationToken), type, options)));
        host.Write(output == "json" ? FindingPrinter.Json(files) : FindingPrinter.Lines(files));
        if (!line.Has("type") && files.FirstOrDefault(file => file.Findings.Any(finding => finding.IssueCode == "UNSUPPORTED_PRINCIPAL")).File is { } named)
            await host.Error.WriteLineAsync($"daypass: {named} was read as an identity policy, and it names principals. Is it a role's trust policy or a resource's? Say --type trust or --type resource.");
        return files.Exists(file => file.Findings.Any(finding => finding.Type == FindingType.Error)) ? ExitCodes.Failure : ExitCodes.Success;
    }
}
