using Daypass.Cli.Api;
using Daypass.Cli.Arguments;

namespace Daypass.Cli.Commands;

/// <summary><c>daypass federation explain|trusts</c>: what a proof of who somebody is comes to, and whom the account's roles let in. Nothing is issued.</summary>
internal sealed class FederationCommand(Host host) : ICommand
{
    public IReadOnlyList<OptionRule> Options => [.. Connection.Options, new("output"), new("json", OptionValues.None), .. FederationExplain.Options, .. FederationTrusts.Options];

    public int FailureCode => ExitCodes.NotAsked;

    public Task<int> RunAsync(CommandLine line, CancellationToken cancellationToken)
    {
        var output = line.Has("json") ? "json" : line.Value("output") ?? "text";
        if (output is not ("text" or "json"))
            throw new CommandException($"--output is text or json, not '{output}'.");
        return line.Positionals switch
        {
            ["explain", ..] => new FederationExplain(host).RunAsync(line, output == "json", cancellationToken),
            ["trusts", ..] => new FederationTrusts(host).RunAsync(line, output == "json", cancellationToken),
            _ => throw new CommandException("Usage: daypass federation explain, or daypass federation trusts. 'daypass help federation' says more."),
        };
    }

    /// <summary>What the service refused, on standard error.</summary>
    public static int Refuse(Host host, ApiCall call, ApiFault fault)
    {
        host.Error.WriteLine($"An error occurred ({fault.Code}) when calling the {call.Action} operation: {fault.Message}");
        return ExitCodes.ServiceError;
    }
}
