using System.Text.Json;
using System.Text.Json.Nodes;
using Daypass.Cli.Api;
using Daypass.Cli.Arguments;
using Daypass.Cli.Http;
using Daypass.Cli.Printing;

namespace Daypass.Cli.Commands;

/// <summary><c>daypass explain</c>: why a request was refused, from the encoded message at the end of the refusal.</summary>
internal sealed class ExplainCommand(Host host) : ICommand
{
    private const string Usage = "Usage: daypass explain MESSAGE, daypass explain 'TEXT OF THE ERROR', daypass explain file://PATH, or daypass explain - to read either from standard input";

    private const string FileScheme = "file://";

    // The service gives one answer to all of these, so that nobody learns from it which one it is.
    private const string Causes =
        "It is not whole or has more behind it, is older than a day, comes from another Daypass, or concerns neither a caller nor a resource of your account.";

    public IReadOnlyList<OptionRule> Options => [.. Connection.Options, new("output")];

    public async Task<int> RunAsync(CommandLine line, CancellationToken cancellationToken)
    {
        var output = line.Value("output") ?? "text";
        if (output is not ("text" or "json"))
            throw new CommandException($"--output is text or json, not '{output}'.");
        var connection = new Connection(host, line);
        var message = EncodedMessage.Find(await TextAsync(line, cancellationToken));
        if (message.Length == 0)
            throw new CommandException($"There is no encoded message in that. {Usage}.");
        using var sender = new SignedSender(connection.Credentials.Find(), connection.Region, host.Clock);
        var call = ApiCall.Read(ApiCommand.FindService("sts"), CommandLine.OfPositionals(["DecodeAuthorizationMessage", $"EncodedMessage={message}"]), "", new ValueReader(host));
        var reply = await new ApiClient(sender, connection.Endpoint).CallAsync(call, cancellationToken);
        if (reply.Fault is { } fault)
        {
            host.Error.WriteLine($"An error occurred ({fault.Code}) when calling the {call.Action} operation: {EncodedMessage.Shorten(fault.Message)}");
            if (fault.Code == "InvalidAuthorizationMessageException")
                host.Error.WriteLine(Causes);
            return ExitCodes.ServiceError;
        }
        var decoded = Parse(reply.Result?["DecodedMessage"]?.ToString());
        host.WriteLine(output == "json" ? ResultPrinter.Print(decoded) : DenialText.Of(decoded));
        return ExitCodes.Success;
    }

    private async Task<string> TextAsync(CommandLine line, CancellationToken cancellationToken) => line.Positionals switch
    {
        [] => throw new CommandException($"{Usage}."),
        ["-"] => await host.Input.ReadToEndAsync(cancellationToken),
        [var file] when file.StartsWith(FileScheme, StringComparison.Ordinal) => await PolicyFile.ReadAsync(host, file[FileScheme.Length..], cancellationToken),
        _ => string.Join(' ', line.Positionals),
    };

    private static JsonObject Parse(string? text)
    {
        try
        {
            return JsonNode.Parse(text ?? "", documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }) as JsonObject ?? throw new CommandException("The server's answer is not a decoded message.");
        }
        catch (JsonException)
        {
            throw new CommandException("The server's answer is not a decoded message.");
        }
    }
}
