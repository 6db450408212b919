using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Daypass.Cli.Api;
using Daypass.Cli.Arguments;
using Daypass.Cli.Http;
using Daypass.Cli.Sessions;
using Daypass.Signing;

namespace Daypass.Cli.Certificates;

/// <summary>
/// A role's session for whoever holds the key of a certificate: CreateSession of Roles Anywhere, signed by that key. The options are named as AWS's own
/// signing helper names them.
/// </summary>
internal sealed record CertificateRequest(CommandLine Line, string TrustAnchorArn, string ProfileArn, string RoleArn, long? Seconds, string? SessionName)
{
    private const string Certificate = "certificate";
    private const string Property = "instance-property";

    /// <summary>What a clock may be off before the server refuses what it signs.</summary>
    private static readonly TimeSpan MostSkew = TimeSpan.FromMinutes(5);

    /// <summary>The most that any session may have.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    private static readonly string[] Required = ["trust-anchor-arn", "profile-arn", "role-arn"];

    public static IReadOnlyList<OptionRule> Options { get; } =
    [
        new(Certificate), new("private-key"), new("intermediates"), new("trust-anchor-arn"), new("profile-arn"), new("session-duration"), new("role-session-name"),
        new(KeyPassword.Option), new(Property, OptionValues.Many),
        // A proxy of the environment is used anyway: so that command lines of AWS's helper can be taken over as they are.
        new("with-proxy", OptionValues.None),
    ];

    // What is asked of STS, and CreateSession does not have.
    private static readonly string[] OfOthers = ["session", "serial-number", "token-code", "external-id", "policy", "policy-arn", "tag", "transitive-tag", "source-identity"];

    /// <summary>How long the session lasts at most.</summary>
    public TimeSpan Lifetime => Seconds is { } seconds ? TimeSpan.FromSeconds(seconds) : Longest;

    /// <summary>What the options ask for; null when they are about no certificate.</summary>
    /// <exception cref="CommandException">Some are missing, or are for sessions of STS.</exception>
    public static CertificateRequest? Read(CommandLine line)
    {
        if (!line.Has(Certificate))
            return Options.FirstOrDefault(option => line.Has(option.Name)) is { } stray ? throw new CommandException($"--{stray.Name} needs --certificate, the file of the certificate that it is for.") : null;
        var missing = Required.Where(option => !line.Has(option)).Select(option => "--" + option).ToList();
        if (missing.Count > 0)
            throw new CommandException($"--certificate needs {string.Join(", ", missing)}.");
        if (OfOthers.FirstOrDefault(line.Has) is { } other)
            throw new CommandException($"--{other} is not for sessions by certificate: those have their profile's limits, and the certificate's attributes as tags.");
        var duration = line.Value("session-duration") ?? line.Value("duration");
        return new CertificateRequest(
            line, line.Value("trust-anchor-arn")!, line.Value("profile-arn")!, line.Value("role-arn")!, duration is null ? null : Duration.ReadSeconds(duration),
            line.Value("role-session-name") ?? line.Value("session-name"));
    }

    /// <exception cref="CommandException">The service refuses or does not answer, or a file is not what it should be.</exception>
    public async Task<IssuedSession> IssueAsync(Host host, CancellationToken cancellationToken)
    {
        var connection = new Connection(host, Line);
        using var files = CertificateFiles.Read(host, Line.Value(Certificate)!, Line.Value("private-key"), Line.Value("intermediates"), KeyPassword.Of(host, Line));
        using var sender = new SignedSender(null, connection.Region, host.Clock);
        var asked = host.Clock.GetUtcNow();
        using var response = await sender.SendAsync(RequestOf(connection, files, asked), "rolesanywhere", cancellationToken);
        var json = ReadObject(await response.Content.ReadAsStringAsync(cancellationToken));
        return response.StatusCode == HttpStatusCode.Created
            ? IssuedSession.ReadSet(json, asked + Lifetime, RoleArn)
            : throw CommandException.Refused("CreateSession", Explain(FaultOf(response, json), response, asked));
    }

    private OutgoingRequest RequestOf(Connection connection, CertificateFiles files, DateTimeOffset now)
    {
        var query = $"profileArn={Uri.EscapeDataString(ProfileArn)}&roleArn={Uri.EscapeDataString(RoleArn)}&trustAnchorArn={Uri.EscapeDataString(TrustAnchorArn)}";
        var body = new JsonObject();
        if (Seconds is { } seconds)
            body["durationSeconds"] = seconds;
        if (SessionName is not null)
            body["roleSessionName"] = SessionName;
        if (Line.Has(Property))
            body["instanceProperties"] = PropertiesOf(Line.Values(Property));
        var request = new OutgoingRequest("POST", new Uri(connection.Endpoint, $"/sessions?{query}"), Encoding.UTF8.GetBytes(body.ToJsonString())) { Headers = { ["Content-Type"] = "application/json" } };
        foreach (var (name, value) in SigV4X509.SignHeaders(request.Method, request.Address, request.Headers.ToList(), SigV4.PayloadHash(request.Body), files.Certificate, files.Chain, files.Key, RegionOf(connection), now))
            request.Headers[name] = value;
        return request;
    }

    private static JsonObject PropertiesOf(IEnumerable<string> words)
    {
        var properties = new JsonObject();
        foreach (var word in words)
        {
            if (word.IndexOf('=', StringComparison.Ordinal) is not (> 0 and var equals))
                throw new CommandException($"--{Property} takes name=value, not '{word}'.");
            properties[word[..equals]] = word[(equals + 1)..];
        }
        return properties;
    }

    // As AWS's helper does: the region is the trust anchor's, unless somebody says otherwise.
    private string RegionOf(Connection connection) =>
        Line.Has("region") || TrustAnchorArn.Split(':') is not [_, _, _, { Length: > 0 } region, ..] ? connection.Region : region;

    private static ApiFault FaultOf(HttpResponseMessage response, JsonObject? json) => response.Headers.TryGetValues("x-amzn-ErrorType", out var types)
        ? new ApiFault(types.First(), json?["message"]?.ToString() ?? "")
        : new ApiFault($"HTTP {(int)response.StatusCode}", response.ReasonPhrase ?? "");

    // A clock that is off is the one fault that no file and no policy shows.
    private static ApiFault Explain(ApiFault fault, HttpResponseMessage response, DateTimeOffset asked)
    {
        if (response.Headers.Date is not { } told || (told - asked).Duration() <= MostSkew)
            return fault;
        var minutes = Math.Round((told - asked).Duration().TotalMinutes);
        return fault with { Message = $"{fault.Message} This machine's clock is {minutes} minutes {(told > asked ? "behind" : "ahead of")} the server's: set it." };
    }

    private static JsonObject? ReadObject(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
