using Daypass.Cli.Arguments;
using Daypass.Cli.Serving;
using Daypass.Cli.Sessions;

namespace Daypass.Cli.Commands;

/// <summary>Starts the endpoint as the command line says, with credentials in it: what is wrong shows before anybody relies on it.</summary>
internal static class ServeOptions
{
    public static readonly IReadOnlyList<OptionRule> Options = [new("port"), new("renew-before")];

    /// <exception cref="CommandException">The credentials are not to be had, the port is taken, or an option is wrong.</exception>
    public static async Task<CredentialEndpoint> StartAsync(Host host, CommandLine line, CancellationToken cancellationToken)
    {
        var request = SessionRequest.Read(host, line);
        if (request.SerialNumber is not null)
            throw new CommandException(
                "An endpoint renews its credentials, and an MFA code works once. Take a session with the code first (daypass sts get-session-token --serial-number ARN --token-code CODE --save-profile mfa), then name it with --profile mfa.");
        TimeSpan? renewBefore = line.Value("renew-before") is { } text ? TimeSpan.FromSeconds(Duration.ReadSeconds(text)) : null;
        var port = PortOf(line.Value("port"));
        var session = new RenewingSession(new SessionSource(host, line, request).GetAsync, host.Clock, renewBefore, text => host.Error.WriteLine($"daypass: {text}"));
        await session.GetAsync(cancellationToken);
        return CredentialEndpoint.Start(session, port);
    }

    private static int PortOf(string? text) => text is null ? 0
        : ushort.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var port) ? port
        : throw new CommandException($"--port takes a number up to 65535, not '{text}'.");
}
