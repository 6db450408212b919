using System.Text.Json.Nodes;
using Daypass.Cli.Api;
using Daypass.Cli.Arguments;
using Daypass.Cli.Http;
using Daypass.Cli.Printing;

namespace Daypass.Cli.Commands;

/// <summary><c>daypass sessions list|revoke|revocations</c>: who is in, and putting them out.</summary>
internal sealed class SessionsCommand(Host host) : ICommand
{
    private const string Usage =
        "Usage: daypass sessions list [WHICH], sessions revoke WHICH [--issued-before TIME] [--reason TEXT], or sessions revocations; WHICH is one of "
        + "--access-key-id ID (a session's or a long-term key's), --principal-arn ARN (a role or user), --source-identity NAME, --provider ARN [--subject NAME], --all";

    private static readonly string[] Targets = ["access-key-id", "principal-arn", "source-identity", "provider", "all"];

    public IReadOnlyList<OptionRule> Options =>
    [
        .. Connection.Options, new("output"), new("access-key-id"), new("principal-arn"), new("source-identity"), new("provider"), new("subject"), new("all", OptionValues.None), new("issued-before"), new("reason"),
    ];

    public async Task<int> RunAsync(CommandLine line, CancellationToken cancellationToken)
    {
        var output = line.Value("output") ?? "table";
        if (output is not ("table" or "json"))
            throw new CommandException($"--output is table or json, not '{output}'.");
        var targets = Targets.Count(line.Has);
        if (line.Has("subject") && !line.Has("provider"))
            throw new CommandException("--subject is one of a provider's: say which with --provider ARN.");
        var action = line.Positionals switch
        {
            ["list"] when targets <= 1 && !line.Has("issued-before") && !line.Has("reason") => "ListSessions",
            ["revoke"] when targets == 1 => "RevokeSessions",
            ["revocations"] when targets == 0 && !line.Has("issued-before") && !line.Has("reason") => "ListRevocations",
            _ => throw new CommandException(Usage),
        };
        var connection = new Connection(host, line);
        using var sender = new SignedSender(connection.Credentials.Find(), connection.Region, host.Clock);
        var result = await CallAsync(new ApiClient(sender, connection.Endpoint), action, [.. WordsOf(line)], cancellationToken);
        if (result is null)
            return ExitCodes.ServiceError;
        host.WriteLine(output == "json" ? ResultPrinter.Print(result) : SessionTable.Of(action, result));
        return ExitCodes.Success;
    }

    private static IEnumerable<string> WordsOf(CommandLine line)
    {
        if (line.Value("access-key-id") is { } id)
            yield return $"AccessKeyId={id}";
        if (line.Value("principal-arn") is { } arn)
            yield return $"PrincipalArn={arn}";
        if (line.Value("source-identity") is { } identity)
            yield return $"SourceIdentity={identity}";
        if (line.Value("provider") is { } provider)
            yield return $"ProviderArn={provider}";
        if (line.Value("subject") is { } subject)
            yield return $"Subject={subject}";
        if (line.Has("all"))
            yield return "AllSessions=true";
        if (line.Value("issued-before") is { } moment)
            yield return $"IssuedBefore={moment}";
        if (line.Value("reason") is { } reason)
            yield return $"Reason={reason}";
    }

    // Page after page: what is shown is all there is.
    private async Task<JsonObject?> CallAsync(ApiClient client, string action, IReadOnlyList<string> words, CancellationToken cancellationToken)
    {
        JsonObject? whole = null;
        string? next = null;
        do
        {
            string[] page = [action, .. words, .. next is null ? Array.Empty<string>() : [$"NextToken={next}"]];
            var call = ApiCall.Read(ApiCommand.FindService("daypass"), CommandLine.OfPositionals(page), "", new ValueReader(host));
            var reply = await client.CallAsync(call, cancellationToken);
            if (reply.MissingNodes is { } missing && whole is null)
                host.Error.WriteLine($"Warning: what these nodes issued last may be missing: {missing}. 'daypass nodes list' says more.");
            if (reply.Fault is { } fault)
            {
                host.Error.WriteLine($"An error occurred ({fault.Code}) when calling the {call.Action} operation: {fault.Message}");
                return null;
            }
            var result = reply.Result ?? [];
            next = result["NextToken"]?.ToString();
            result.Remove("NextToken");
            whole = whole is null ? result : Joined(whole, result);
        }
        while (next is not null);
        return whole;
    }

    private static JsonObject Joined(JsonObject whole, JsonObject page)
    {
        foreach (var (name, value) in page)
        {
            foreach (var item in value as JsonArray ?? [])
                (whole[name] as JsonArray)?.Add(item?.DeepClone());
        }
        return whole;
    }
}
