using System.ComponentModel;
using System.Diagnostics;
using Daypass.Cli.Arguments;
using Daypass.Cli.Processes;
using Daypass.Cli.Sessions;

namespace Daypass.Cli.Commands;

/// <summary>
/// <c>daypass exec ... -- COMMAND</c>: a command of others with credentials in its environment, or with <c>--serve</c> with an endpoint that renews
/// them for as long as it runs. Its input, outputs, signals and exit code are its own.
/// </summary>
internal sealed class ExecCommand(Host host) : ICommand
{
    public IReadOnlyList<OptionRule> Options => [.. SessionRequest.Options, .. ServeOptions.Options, new("serve", OptionValues.None)];

    public bool TakesCommand => true;

    public async Task<int> RunAsync(CommandLine line, CancellationToken cancellationToken)
    {
        if (line.Positionals.Count > 0 || line.Command.Count == 0)
            throw new CommandException("Usage: daypass exec --role-arn ARN [--serve] -- COMMAND [ARGUMENT...]. 'daypass help exec' says more.");
        if (!line.Has("serve") && ServeOptions.Options.FirstOrDefault(option => line.Has(option.Name)) is { } stray)
            throw new CommandException($"--{stray.Name} is for the endpoint that --serve starts.");
        if (ProgramPath.Find(host, line.Command[0]) is not { } program)
        {
            await host.Error.WriteLineAsync($"daypass: There is no program '{line.Command[0]}'.");
            return ExitCodes.NoSuchProgram;
        }
        var start = new ProcessStartInfo(program, line.Command.Skip(1));
        CredentialVariables.PutPlace(start.Environment, new Connection(host, line));
        if (!line.Has("serve"))
        {
            CredentialVariables.Put(start.Environment, await new SessionSource(host, line, SessionRequest.Read(host, line)).GetAsync(cancellationToken));
            return await RunAsync(start);
        }
        await using var endpoint = await ServeOptions.StartAsync(host, line, cancellationToken);
        CredentialVariables.Put(start.Environment, endpoint);
        return await RunAsync(start);
    }

    // Without the token of Ctrl-C: whether that ends the command is the command's to decide.
    private async Task<int> RunAsync(ProcessStartInfo start)
    {
        using var process = new Process { StartInfo = start };
        using var signals = new Signals();
        try
        {
            process.Start();
        }
        catch (Win32Exception exception)
        {
            await host.Error.WriteLineAsync($"daypass: '{start.FileName}' cannot be run: {exception.Message}");
            return ExitCodes.CannotRun;
        }
        signals.PassTo(process.Id);
        await process.WaitForExitAsync(CancellationToken.None);
        signals.Stop();
        return process.ExitCode;
    }
}
