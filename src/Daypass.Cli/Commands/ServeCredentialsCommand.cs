using System.Runtime.InteropServices;
using Daypass.Cli.Arguments;
using Daypass.Cli.Credentials;
using Daypass.Cli.Printing;
using Daypass.Cli.Sessions;

namespace Daypass.Cli.Commands;

/// <summary><c>daypass serve-credentials</c>: the endpoint standing alone, for programs that are started elsewhere. Its secret goes into a file.</summary>
internal sealed class ServeCredentialsCommand(Host host) : ICommand
{
    public IReadOnlyList<OptionRule> Options => [.. SessionRequest.Options, .. ServeOptions.Options, new("token-file")];

    public async Task<int> RunAsync(CommandLine line, CancellationToken cancellationToken)
    {
        if (line.Positionals.Count > 0 || line.Value("token-file") is not { } file)
            throw new CommandException("Usage: daypass serve-credentials --role-arn ARN --token-file PATH [--port NUMBER]. 'daypass help serve-credentials' says more.");
        var path = host.FullPath(file);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var termination = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            stop.Cancel();
        });
        await using var endpoint = await ServeOptions.StartAsync(host, line, stop.Token);
        // No line break: some clients send the file as it is.
        PrivateFile.Replace("token file", path, endpoint.Secret);
        try
        {
            host.WriteLine($"export AWS_CONTAINER_CREDENTIALS_FULL_URI={Shell.Quote(endpoint.Address)}\nexport AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE={Shell.Quote(path)}");
            await Task.Delay(Timeout.InfiniteTimeSpan, stop.Token);
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Success;
        }
        finally
        {
            File.Delete(path);
        }
        return ExitCodes.Success;
    }
}
