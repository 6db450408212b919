using System.Text.Json.Nodes;
using Daypass.Cli.Api;
using Daypass.Cli.Arguments;
using Daypass.Cli.Http;
using Daypass.Cli.Printing;

namespace Daypass.Cli.Commands;

/// <summary><c>daypass federation trusts</c>: the roles of the account whose trust policies let in more than is wise.</summary>
internal sealed class FederationTrusts(Host host)
{
    public static IEnumerable<OptionRule> Options => [new("path-prefix")];

    public async Task<int> RunAsync(CommandLine line, bool isJson, CancellationToken cancellationToken)
    {
        if (line.Positionals.Count > 1 || FederationExplain.Options.Any(option => line.Has(option.Name)))
            throw new CommandException("Usage: daypass federation trusts [--path-prefix /PATH/] [--json].");
        var connection = new Connection(host, line);
        using var sender = new SignedSender(connection.Credentials.Find(), connection.Region, host.Clock);
        var call = new ApiCall(ApiCommand.FindService("daypass"), "ListTrustFindings", line.Value("path-prefix") is { } prefix ? new JsonObject { ["PathPrefix"] = prefix } : []);
        var client = new ApiClient(sender, connection.Endpoint);
        var roles = new JsonArray();
        while (true)
        {
            var reply = await client.CallAsync(call, cancellationToken);
            if (reply.Fault is { } fault)
                return FederationCommand.Refuse(host, call, fault);
            foreach (var role in reply.Result?["Roles"] as JsonArray ?? [])
                roles.Add(role?.DeepClone());
            if (reply.Result?["Marker"]?.ToString() is not { } marker)
                break;
            call.Parameters["Marker"] = marker;
        }
        host.WriteLine(isJson ? ResultPrinter.Print(new JsonObject { ["Roles"] = roles }) : FederationText.OfTrusts(roles));
        return roles.Count == 0 ? ExitCodes.Success : ExitCodes.AnswerIsNo;
    }
}
