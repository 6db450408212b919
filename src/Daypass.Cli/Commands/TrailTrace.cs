using Daypass.Cli.Api;
using Daypass.Cli.Arguments;
using Daypass.Cli.Http;
using Daypass.Cli.Printing;

namespace Daypass.Cli.Commands;

/// <summary><c>daypass trail trace EVENT-ID</c>: who did it, through which credentials.</summary>
internal sealed class TrailTrace(Host host)
{
    public async Task<int> RunAsync(string eventId, CommandLine line, CancellationToken cancellationToken)
    {
        var output = line.Value("output") ?? "text";
        if (output is not ("text" or "json"))
            throw new CommandException($"--output is text or json, not '{output}'.");
        var connection = new Connection(host, line);
        using var sender = new SignedSender(connection.Credentials.Find(), connection.Region, host.Clock);
        var call = ApiCall.Read(ApiCommand.FindService("daypass"), CommandLine.OfPositionals(["TraceEvent", $"EventId={eventId}"]), "", new ValueReader(host));
        var reply = await new ApiClient(sender, connection.Endpoint).CallAsync(call, cancellationToken);
        if (reply.Fault is { } fault)
        {
            host.Error.WriteLine($"An error occurred ({fault.Code}) when calling the {call.Action} operation: {EncodedMessage.Shorten(fault.Message)}");
            return ExitCodes.ServiceError;
        }
        var result = reply.Result ?? throw new CommandException("The server's answer is empty.");
        host.WriteLine(output == "json" ? ResultPrinter.Print(result) : ChainText.Of(result));
        return ExitCodes.Success;
    }
}
