using Daypass.Cli.Arguments;
using Daypass.Cli.Http;

namespace Daypass.Cli.Commands;

/// <summary><c>daypass health</c>: what the server says of itself; needs no credentials.</summary>
internal sealed class HealthCommand(Host host) : ICommand
{
    public IReadOnlyList<OptionRule> Options => Connection.Options;

    public async Task<int> RunAsync(CommandLine line, CancellationToken cancellationToken)
    {
        var connection = new Connection(host, line);
        using var sender = new SignedSender(null, connection.Region, host.Clock);
        using var response = await sender.SendAsync(new OutgoingRequest("GET", new Uri(connection.Endpoint, "/health"), []), "", cancellationToken);
        host.WriteLine((await response.Content.ReadAsStringAsync(cancellationToken)).TrimEnd());
        if (response.IsSuccessStatusCode)
            return ExitCodes.Success;
        await host.Error.WriteLineAsync($"HTTP {(int)response.StatusCode} {response.ReasonPhrase}");
        return ExitCodes.Failure;
    }
}
