using Daypass.Cli.Arguments;
using Daypass.Cli.Printing;
using Daypass.Cli.Sessions;

namespace Daypass.Cli.Commands;

/// <summary><c>daypass credential-process</c>: credentials for a profile's <c>credential_process</c>. Standard output has them and nothing else.</summary>
internal sealed class CredentialProcessCommand(Host host) : ICommand
{
    public IReadOnlyList<OptionRule> Options => SessionRequest.Options;

    public async Task<int> RunAsync(CommandLine line, CancellationToken cancellationToken)
    {
        if (line.Positionals.Count > 0)
            throw new CommandException($"'{line.Positionals[0]}' is not an option. Usage: daypass credential-process --role-arn ARN. 'daypass help credential-process' says more.");
        var session = await new SessionSource(host, line, SessionRequest.Read(host, line)).GetAsync(cancellationToken);
        host.WriteLine(ResultPrinter.Print(session.ToProcessOutput()));
        return ExitCodes.Success;
    }
}
