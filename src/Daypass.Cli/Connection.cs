using Daypass.Cli.Arguments;
using Daypass.Cli.Credentials;

namespace Daypass.Cli;

/// <summary>The options that every command shares, resolved: which server, whose key, which region.</summary>
internal sealed class Connection(Host host, CommandLine line)
{
    public static readonly IReadOnlyList<OptionRule> Options = [new("endpoint-url"), new("profile"), new("region"), new("credentials-file")];

    public bool IsEndpointGiven => line.Has("endpoint-url");

    public Uri Endpoint
    {
        get
        {
            var text = line.Value("endpoint-url") ?? host.Variable("DAYPASS_ENDPOINT_URL") ?? host.Variable("AWS_ENDPOINT_URL") ?? "http://127.0.0.1:8450";
            return ReadAddress(text);
        }
    }

    public string Region => line.Value("region") ?? host.Variable("AWS_REGION") ?? host.Variable("AWS_DEFAULT_REGION") ?? "us-east-1";

    public CredentialChain Credentials => new(host, line.Value("profile"), line.Value("credentials-file"));

    public static Uri ReadAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new CommandException($"'{text}' is not an address such as http://127.0.0.1:8450.");
}
