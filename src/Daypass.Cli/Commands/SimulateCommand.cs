using System.Text.Json.Nodes;
using Daypass.Cli.Api;
using Daypass.Cli.Arguments;
using Daypass.Cli.Http;
using Daypass.Cli.Printing;
using Daypass.Policies;
using Daypass.Policies.Validation;

namespace Daypass.Cli.Commands;

/// <summary><c>daypass simulate</c>: whether a user or role may do something, and why, as a table. It asks iam:SimulatePrincipalPolicy.</summary>
internal sealed class SimulateCommand(Host host) : ICommand
{
    private const string Action = "SimulatePrincipalPolicy";

    public IReadOnlyList<OptionRule> Options =>
    [
        .. Connection.Options, new("output"), new("principal"), new("action", OptionValues.Many), new("resource", OptionValues.Many), new("context", OptionValues.Many),
        new("assume", OptionValues.Many), new("session-policy", OptionValues.Many), new("policy", OptionValues.Many), new("trust", OptionValues.None), new("explain", OptionValues.None),
    ];

    public async Task<int> RunAsync(CommandLine line, CancellationToken cancellationToken)
    {
        var output = line.Value("output") ?? "table";
        if (output is not ("table" or "json"))
            throw new CommandException($"--output is table or json, not '{output}'.");
        if (line.Positionals.Count > 0 || line.Value("principal") is null || !line.Has("action"))
            throw new CommandException("Usage: daypass simulate --principal ARN --action s3:GetObject [--resource ARN] [--context key=value]. 'daypass help simulate' says more.");
        if (line.Has("trust") && !line.Values("resource").Any(resource => resource.Contains(":role/", StringComparison.Ordinal)))
            throw new CommandException("--trust asks the trust policies of roles, and --resource names none: say --resource arn:aws:iam::ACCOUNT:role/NAME.");
        var connection = new Connection(host, line);
        using var sender = new SignedSender(connection.Credentials.Find(), connection.Region, host.Clock);
        var call = new ApiCall(ApiCommand.FindService("iam"), Action, Parameters(line));
        var (answer, fault) = await AllPagesAsync(new ApiClient(sender, connection.Endpoint), call, cancellationToken);
        if (fault is not null)
        {
            await host.Error.WriteLineAsync($"An error occurred ({fault.Code}) when calling the {Action} operation: {fault.Message}");
            return ExitCodes.ServiceError;
        }
        host.WriteLine(output == "json" ? ResultPrinter.Print(answer) : SimulationTable.Of(answer, line.Has("explain")));
        foreach (var note in UnknownActions(line.Values("action")))
            await host.Error.WriteLineAsync($"daypass: {note}");
        return ExitCodes.Success;
    }

    // The engine knows no list of actions, so a typing error would look like a denial.
    private static IEnumerable<string> UnknownActions(IReadOnlyList<string> actions)
    {
        var statement = new JsonObject { ["Effect"] = "Allow", ["Action"] = new JsonArray([.. actions.Select(action => (JsonNode)action)]), ["Resource"] = "*" };
        var policy = new JsonObject { ["Version"] = "2012-10-17", ["Statement"] = statement };
        return PolicyValidator.Validate(policy.ToJsonString(), PolicyType.Identity).Where(finding => finding.IssueCode == "INVALID_ACTION").Select(finding => finding.Details);
    }

    private JsonObject Parameters(CommandLine line)
    {
        var parameters = new JsonObject { ["PolicySourceArn"] = line.Value("principal"), ["Explain"] = true };
        Add(parameters, "ActionNames", line.Values("action"));
        Add(parameters, "ResourceArns", line.Values("resource"));
        Add(parameters, "RoleChain", line.Values("assume"));
        AddFiles(parameters, "PolicyInputList", line, "policy");
        AddFiles(parameters, "SessionPolicyInputList", line, "session-policy");
        if (line.Values("context") is { Count: > 0 } context)
            parameters["ContextEntries"] = new JsonArray([.. context.Select(EntryOf)]);
        if (line.Has("trust"))
            parameters["UseTrustPolicies"] = true;
        return parameters;
    }

    /// <summary>Policies are files, with or without file://, or the text itself.</summary>
    private void AddFiles(JsonObject parameters, string name, CommandLine line, string option)
    {
        if (line.Values(option) is { Count: > 0 } words)
            parameters[name] = new ValueReader(host).Read("--" + option, new ParameterKind(ValueKind.TextList, []), [.. words.Select(FileOrText)]);
    }

    private static string FileOrText(string word) =>
        word.Contains("://", StringComparison.Ordinal) || word.AsSpan().TrimStart() is ['{' or '[', ..] ? word : $"file://{word}";

    private static void Add(JsonObject parameters, string name, IReadOnlyList<string> words)
    {
        if (words.Count > 0)
            parameters[name] = new JsonArray([.. words.Select(word => (JsonNode)word)]);
    }

    /// <summary><c>key=value</c>, or <c>key=[one,two]</c> for a multivalued key. Conditions read the text by their operator, so it needs no type.</summary>
    private static JsonNode EntryOf(string text)
    {
        var equals = text.IndexOf('=');
        if (equals <= 0)
            throw new CommandException($"--context takes key=value or key=[one,two], not '{text}'.");
        var (key, value) = (text[..equals], text[(equals + 1)..]);
        if (!key.Contains(':', StringComparison.Ordinal))
            throw new CommandException($"--context: a condition key has a service before a colon, such as aws:SourceIp; '{key}' has none.");
        var isList = value.StartsWith('[') && value.EndsWith(']');
        string[] values = isList ? value[1..^1].Split(',') : [value];
        return new JsonObject
        {
            ["ContextKeyName"] = key, ["ContextKeyType"] = isList ? "stringList" : "string", ["ContextKeyValues"] = new JsonArray([.. values.Select(item => (JsonNode)item)]),
        };
    }

    private static async Task<(JsonObject Answer, ApiFault? Fault)> AllPagesAsync(ApiClient client, ApiCall call, CancellationToken cancellationToken)
    {
        var results = new JsonArray();
        while (true)
        {
            var reply = await client.CallAsync(call, cancellationToken);
            if (reply.Fault is not null || reply.Result is not { } page)
                return ([], reply.Fault ?? new ApiFault("EmptyAnswer", "The server's answer has no result."));
            foreach (var result in page["EvaluationResults"]?.AsArray() ?? [])
                results.Add(result?.DeepClone());
            if (page["Marker"]?.ToString() is not { } marker)
            {
                page["EvaluationResults"] = results;
                return (page, null);
            }
            call.Parameters["Marker"] = marker;
        }
    }
}
