using System.Text.Json.Nodes;
using Daypass.Cli.Api;
using Daypass.Cli.Arguments;
using Daypass.Cli.Credentials;
using Daypass.Cli.Http;
using Daypass.Cli.Printing;

namespace Daypass.Cli.Commands;

/// <summary><c>daypass SERVICE ACTION ...</c>: any action of any API of the server.</summary>
internal sealed class ApiCommand(Host host, string serviceName) : ICommand
{
    // Calls that prove themselves by a token of somebody else's and are never signed.
    private static readonly string[] Unsigned = ["AssumeRoleWithLDAPIdentity", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity"];

    // A key that the server does not know, or no longer: then it helps to say which one it was.
    private static readonly string[] KeyFaults =
        ["InvalidClientTokenId", "UnrecognizedClientException", "SignatureDoesNotMatch", "InvalidSignatureException", "ExpiredToken", "ExpiredTokenException"];

    public IReadOnlyList<OptionRule> Options => [.. Connection.Options, new("output"), new("save-profile"), new("save-file"), new("no-sign-request", OptionValues.None)];

    public bool TakesAnyOption => true;

    public async Task<int> RunAsync(CommandLine line, CancellationToken cancellationToken)
    {
        var connection = new Connection(host, line);
        var output = line.Value("output") ?? "json";
        if (output is not ("json" or "env"))
            throw new CommandException($"--output is json or env, not '{output}'.");
        if (line.Positionals is ["help"] or [_, "help"])
            return await new HelpCommand(host).RunAsync(CommandLine.OfPositionals([serviceName, .. line.Positionals.SkipLast(1)]), cancellationToken);
        var call = ApiCall.Read(FindService(serviceName), line, connection.Region, new ValueReader(host));
        var key = line.Has("no-sign-request") || Unsigned.Contains(call.Action) ? null : connection.Credentials.Find();
        using var sender = new SignedSender(key, connection.Region, host.Clock);
        var reply = await new ApiClient(sender, connection.Endpoint).CallAsync(call, cancellationToken);
        if (reply.MissingNodes is { } missing)
            host.Error.WriteLine($"Warning: the newest events of these nodes may be missing: {missing}. 'daypass nodes list' says more.");
        return reply.Fault is { } fault ? Report(fault, call, key) : Print(reply, call, output, line, connection.Credentials);
    }

    public static ApiService FindService(string name) =>
        ApiService.All.FirstOrDefault(service => service.Name == name)
        ?? throw new CommandException($"Unknown command '{name}'.{Suggestion.For(name, [.. ApiService.All.Select(service => service.Name), .. CommandRunner.Names])} 'daypass help' lists the commands.");

    private int Report(ApiFault fault, ApiCall call, AccessKey? key)
    {
        host.Error.WriteLine($"An error occurred ({fault.Code}) when calling the {call.Action} operation: {fault.Message}");
        if (key is not null && KeyFaults.Contains(fault.Code))
            host.Error.WriteLine($"(signed with {key})");
        return ExitCodes.ServiceError;
    }

    private int Print(ApiReply reply, ApiCall call, string output, CommandLine line, CredentialChain credentials)
    {
        var issued = IssuedKey.Find(reply.Result);
        if (issued is null && (output == "env" || line.Has("save-profile")))
            throw new CommandException($"{call.Action} was done, but it returns no credentials to {(output == "env" ? "print" : "save")}.");
        if (line.Value("save-profile") is { } profile)
            Save(profile, issued!, line.Value("save-file") is { } path ? host.FullPath(path) : credentials.FileToSave(), reply.Result!);
        else if (output == "env")
            host.WriteLine(IssuedKey.AsShell(issued!));
        else if (reply.Result is { } result)
            host.WriteLine(ResultPrinter.Print(result));
        return ExitCodes.Success;
    }

    private void Save(string profile, AccessKey issued, string path, JsonObject result)
    {
        if (profile.AsSpan().ContainsAny("[]\r\n"))
            throw new CommandException("A profile's name has no brackets and no line breaks.");
        CredentialsFile.Save(path, profile, issued);
        host.WriteLine(ResultPrinter.Print(IssuedKey.WithoutSecrets(result, $"(saved: profile {profile} in {Path.GetRelativePath(host.CurrentDirectory, path)})")));
    }
}
