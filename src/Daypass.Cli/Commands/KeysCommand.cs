using System.Text.Json.Nodes;
using Daypass.Cli.Api;
using Daypass.Cli.Arguments;
using Daypass.Cli.Http;
using Daypass.Cli.Printing;

namespace Daypass.Cli.Commands;

/// <summary><c>daypass keys list|rotate|revoke|rewrap</c>: the keys that seal session tokens and stored secrets and that sign what others verify, for the first account's administrator.</summary>
internal sealed class KeysCommand(Host host) : ICommand
{
    private const string Usage = "Usage: daypass keys list, keys rotate PURPOSE [--wait], keys revoke PURPOSE KEY-ID, or keys rewrap; a PURPOSE is session, secret, web-identity-rs256, web-identity-es384 or trail-digest";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>So long after the moment that a key was to become active, no node does it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public IReadOnlyList<OptionRule> Options => [.. Connection.Options, new("output"), new("wait", OptionValues.None)];

    public async Task<int> RunAsync(CommandLine line, CancellationToken cancellationToken)
    {
        var output = line.Value("output") ?? "table";
        if (output is not ("table" or "json"))
            throw new CommandException($"--output is table or json, not '{output}'.");
        string[] call = line.Positionals switch
        {
            ["list"] => ["ListKeys"],
            ["rotate", var purpose] => ["RotateKeys", $"Purpose={purpose}"],
            ["revoke", var purpose, var id] => ["RevokeKey", $"Purpose={purpose}", $"KeyId={id}"],
            ["rewrap"] => ["RewrapKeys"],
            _ => throw new CommandException(Usage),
        };
        if (line.Has("wait") && call[0] != "RotateKeys")
            throw new CommandException("--wait goes with daypass keys rotate.");
        var connection = new Connection(host, line);
        using var sender = new SignedSender(connection.Credentials.Find(), connection.Region, host.Clock);
        var client = new ApiClient(sender, connection.Endpoint);
        if (await CallAsync(client, call, cancellationToken) is not { } result)
            return ExitCodes.ServiceError;
        host.WriteLine(output == "json" ? ResultPrinter.Print(result) : TextOf(call[0], result));
        return line.Has("wait") ? await WaitAsync(client, result, cancellationToken) : ExitCodes.Success;
    }

    private async Task<JsonObject?> CallAsync(ApiClient client, string[] words, CancellationToken cancellationToken)
    {
        var call = ApiCall.Read(ApiCommand.FindService("daypass"), CommandLine.OfPositionals(words), "", new ValueReader(host));
        var reply = await client.CallAsync(call, cancellationToken);
        if (reply.Fault is { } fault)
            host.Error.WriteLine($"An error occurred ({fault.Code}) when calling the {call.Action} operation: {fault.Message}");
        return reply.Fault is null ? reply.Result ?? [] : null;
    }

    private async Task<int> WaitAsync(ApiClient client, JsonObject rotation, CancellationToken cancellationToken)
    {
        var id = rotation["Key"]!["KeyId"]!.ToString();
        var patience = Patience + TimeSpan.FromSeconds(NoticeOf(rotation));
        var started = host.Clock.GetTimestamp();
        for (var shown = ""; host.Clock.GetElapsedTime(started) < patience; await Task.Delay(Interval, host.Clock, cancellationToken))
        {
            if (await CallAsync(client, ["ListKeys"], cancellationToken) is not { } result)
                return ExitCodes.ServiceError;
            var state = KeyTable.KeysIn(result).FirstOrDefault(key => key["KeyId"]?.ToString() == id)?["State"]?.ToString() ?? "gone";
            if (state != shown)
                await host.Error.WriteLineAsync($"{id} {state}");
            shown = state;
            if (state != "PrePublished")
                return state == "Active" ? ExitCodes.Success : ExitCodes.Failure;
        }
        throw new CommandException($"The key {id} has not become active: is the store away?");
    }

    // From the key's making to the moment that it takes over; the first key of a purpose has nobody to take over from.
    private static long NoticeOf(JsonObject rotation) =>
        rotation["ActiveFromTime"] is { } from && rotation["Key"]?["CreatedTime"] is { } made ? (long)(from.GetValue<double>() - made.GetValue<double>()) : 0;

    private static string TextOf(string action, JsonObject result) => action switch
    {
        "ListKeys" => $"{KeyTable.Of(KeyTable.KeysIn(result))}\nNew keys are sealed under the master key {result["MasterKey"]}.",
        "RotateKeys" => $"{KeyTable.Of([result["Key"]!])}\n{(NoticeOf(result) is var notice && notice > 0 ? $"It becomes active when everybody has seen it, in about {notice} seconds." : "It is active.")}",
        "RevokeKey" => KeyTable.Of([result["Key"]!, .. result["Successor"] is { } successor ? (JsonNode[])[successor] : []]),
        _ => $"{result["Rewrapped"]} keys sealed anew; all are under the master key {result["MasterKey"]}.",
    };
}
