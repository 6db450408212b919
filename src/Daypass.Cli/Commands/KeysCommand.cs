using System.Text.Json.Nodes;
using Daypass.Cli.Api;
using Daypass.Cli.Arguments;
using Daypass.Cli.Http;
using Daypass.Cli.Printing;

namespace Daypass.Cli.Commands;

/// <summary><c>daypass keys list|rotate|revoke|rewrap</c>: the keys that seal session tokens and stored secrets, for the first account's administrator.</summary>
internal sealed class KeysCommand(Host host) : ICommand
{
    private const string Usage = "Usage: daypass keys list, keys rotate session|secret [--wait], keys revoke session|secret KEY-ID, or keys rewrap";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Many times what a key takes to become active: then no node does it.</summary>
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
        return line.Has("wait") ? await WaitAsync(client, result["Key"]!["KeyId"]!.ToString(), cancellationToken) : ExitCodes.Success;
    }

    private async Task<JsonObject?> CallAsync(ApiClient client, string[] words, CancellationToken cancellationToken)
    {
        var call = ApiCall.Read(ApiCommand.FindService("daypass"), CommandLine.OfPositionals(words), "", new ValueReader(host));
        var reply = await client.CallAsync(call, cancellationToken);
        if (reply.Fault is { } fault)
            host.Error.WriteLine($"An error occurred ({fault.Code}) when calling the {call.Action} operation: {fault.Message}");
        return reply.Fault is null ? reply.Result ?? [] : null;
    }

    private async Task<int> WaitAsync(ApiClient client, string id, CancellationToken cancellationToken)
    {
        var started = host.Clock.GetTimestamp();
        for (var shown = ""; host.Clock.GetElapsedTime(started) < Patience; await Task.Delay(Interval, host.Clock, cancellationToken))
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

    private static string TextOf(string action, JsonObject result) => action switch
    {
        "ListKeys" => $"{KeyTable.Of(KeyTable.KeysIn(result))}\nNew keys are sealed under the master key {result["MasterKey"]}.",
        "RotateKeys" => $"{KeyTable.Of([result["Key"]!])}\nIt becomes active when every node has seen it, in about 10 seconds.",
        "RevokeKey" => KeyTable.Of([result["Key"]!, .. result["Successor"] is { } successor ? (JsonNode[])[successor] : []]),
        _ => $"{result["Rewrapped"]} keys sealed anew; all are under the master key {result["MasterKey"]}.",
    };
}
