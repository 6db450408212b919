using System.Text.Json.Nodes;
using Daypass.Cli.Api;
using Daypass.Cli.Arguments;
using Daypass.Cli.Certificates;
using Daypass.Cli.Http;
using Daypass.Cli.Printing;

namespace Daypass.Cli.Commands;

/// <summary><c>daypass federation explain</c>: what a token or an assertion of an identity provider, or a certificate, comes to, without anything being issued.</summary>
internal sealed class FederationExplain(Host host)
{
    private const string Usage = "Usage: daypass federation explain --token FILE|-|TEXT, or --assertion FILE|-|TEXT [--provider ARN], or --certificate FILE [--intermediates FILE] [--trust-anchor-arn ARN] [--profile-arn ARN]; with [--role-arn ARN] [--json]";
    private static readonly string[] Proofs = ["token", "assertion", "certificate"];
    private static readonly string[] OfCertificates = ["intermediates", "trust-anchor-arn", "profile-arn"];
    private static readonly string[] FileMarks = ["file://", "@"];

    public static IEnumerable<OptionRule> Options => [new("role"), new("role-arn"), new("provider"), .. Proofs.Concat(OfCertificates).Select(name => new OptionRule(name))];

    public async Task<int> RunAsync(CommandLine line, bool isJson, CancellationToken cancellationToken)
    {
        if (line.Positionals.Count > 1 || line.Has("path-prefix") || Proofs.Count(line.Has) != 1 || (!line.Has("certificate") && OfCertificates.Any(line.Has)))
            throw new CommandException(Usage + ".");
        var connection = new Connection(host, line);
        var parameters = await ParametersAsync(line, cancellationToken);
        using var sender = new SignedSender(connection.Credentials.Find(), connection.Region, host.Clock);
        var call = new ApiCall(ApiCommand.FindService("daypass"), "ExplainFederation", parameters);
        var reply = await new ApiClient(sender, connection.Endpoint).CallAsync(call, cancellationToken);
        if (reply.Fault is { } fault)
            return FederationCommand.Refuse(host, call, fault);
        var result = reply.Result ?? [];
        host.WriteLine(isJson ? ResultPrinter.Print(result) : FederationText.Of(result));
        return result["WouldBeAccepted"]?.ToString() == "true" ? ExitCodes.Success : ExitCodes.AnswerIsNo;
    }

    private async Task<JsonObject> ParametersAsync(CommandLine line, CancellationToken cancellationToken)
    {
        var parameters = new JsonObject();
        if (line.Value("token") is { } token)
            parameters["WebIdentityToken"] = await TextAsync(token, cancellationToken);
        if (line.Value("assertion") is { } assertion)
            parameters["SAMLAssertion"] = FormValue(await TextAsync(assertion, cancellationToken));
        if (line.Value("certificate") is { } certificate)
            AddCertificate(parameters, certificate, line);
        if ((line.Value("role-arn") ?? line.Value("role")) is { } role)
            parameters["RoleArn"] = role;
        if (line.Value("provider") is { } provider)
            parameters["ProviderArn"] = provider;
        return parameters;
    }

    private void AddCertificate(JsonObject parameters, string certificate, CommandLine line)
    {
        var (shown, chain) = CertificateFiles.ReadShown(host, certificate, line.Value("intermediates"));
        parameters["Certificate"] = shown;
        if (chain.Count > 0)
            parameters["CertificateChain"] = string.Join(',', chain);
        if (line.Value("trust-anchor-arn") is { } anchor)
            parameters["TrustAnchorArn"] = anchor;
        if (line.Value("profile-arn") is { } profile)
            parameters["ProfileArn"] = profile;
    }

    // A file if there is one of that name: neither a token nor an assertion looks like the name of a file that somebody has.
    private async Task<string> TextAsync(string word, CancellationToken cancellationToken)
    {
        var name = word[(FileMarks.FirstOrDefault(mark => word.StartsWith(mark, StringComparison.Ordinal)) ?? "").Length..];
        var isFile = name != word || (name.Length is > 0 and < 4096 && (IsPlainlyName(name) || File.Exists(host.FullPath(name))));
        var text = word == "-" ? await host.Input.ReadToEndAsync(cancellationToken) : isFile ? await PolicyFile.ReadAsync(host, name, cancellationToken) : word;
        return text.Trim() is { Length: > 0 } trimmed ? trimmed : throw new CommandException($"There is nothing in that. {Usage}.");
    }

    // A token has two dots and no slash, a response in Base64 no dot: who wrote these and has no such file wants to hear of the file.
    private static bool IsPlainlyName(string word) => word[0] is '/' or '.' or '~' || (word.Count(character => character == '.') == 1 && !word.Contains('='));

    // As browsers' tools show a posted form: SAMLResponse=PHNhbWw...%3D
    private static string FormValue(string text)
    {
        const string Field = "SAMLResponse=";
        var value = text.StartsWith(Field, StringComparison.Ordinal) ? text[Field.Length..].Split('&')[0] : text;
        return value.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(value) : value;
    }
}
