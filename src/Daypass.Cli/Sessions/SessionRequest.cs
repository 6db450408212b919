using System.Globalization;
using System.Text.Json.Nodes;
using Daypass.Cli.Api;
using Daypass.Cli.Arguments;
using Daypass.Cli.Certificates;

namespace Daypass.Cli.Sessions;

/// <summary>Which credentials a command shall get: a session of a role (AssumeRole, or CreateSession with a certificate), or with <c>--session</c> of one's own (GetSessionToken).</summary>
internal sealed record SessionRequest(string Action, JsonObject Parameters)
{
    private const string RoleAction = "AssumeRole";

    // The session name of those who give none; the trail tells them apart by what called.
    private const string DefaultSessionName = "daypass";

    private static readonly OptionRule[] OfBoth = [new("duration"), new("serial-number"), new("token-code")];

    private static readonly OptionRule[] OfRoles =
    [
        new("session-name"), new("external-id"), new("policy"), new("policy-arn", OptionValues.Many), new("tag", OptionValues.Many),
        new("transitive-tag", OptionValues.Many), new("source-identity"),
    ];

    // STS's own durations, for when none is asked for.
    private static readonly TimeSpan RoleLifetime = TimeSpan.FromHours(1);
    private static readonly TimeSpan OwnLifetime = TimeSpan.FromHours(12);

    public static IReadOnlyList<OptionRule> Options { get; } = [.. Connection.Options, new("role-arn"), new("session", OptionValues.None), .. OfBoth, .. OfRoles, .. CertificateRequest.Options];

    /// <summary>Set when a certificate is what the session is asked for by.</summary>
    public CertificateRequest? Certificate { get; private init; }

    public string? RoleArn => Parameters["RoleArn"]?.ToString();

    public string? SerialNumber => Parameters["SerialNumber"]?.ToString();

    public bool HasTokenCode => Parameters.ContainsKey("TokenCode");

    /// <summary>How long the session lasts from the moment it is issued. It may be issued for less, never for more.</summary>
    public TimeSpan Lifetime =>
        Certificate is not null ? Certificate.Lifetime : Parameters["DurationSeconds"] is { } seconds ? TimeSpan.FromSeconds(seconds.GetValue<long>()) : Action == RoleAction ? RoleLifetime : OwnLifetime;

    /// <exception cref="CommandException">The options do not say which credentials, or contradict one another.</exception>
    public static SessionRequest Read(Host host, CommandLine line)
    {
        if (CertificateRequest.Read(line) is { } certificate)
            return new SessionRequest("CreateSession", new JsonObject { ["RoleArn"] = certificate.RoleArn }) { Certificate = certificate };
        var role = line.Value("role-arn");
        if ((role is null) != line.Has("session"))
            throw new CommandException("Say which credentials: --role-arn ARN for a role's, or --session for a session of your own.");
        if (line.Has("token-code") && !line.Has("serial-number"))
            throw new CommandException("--token-code needs --serial-number, the MFA device that shows it.");
        var parameters = role is null ? new JsonObject() : RoleParameters(host, line, role);
        if (role is null && OfRoles.FirstOrDefault(option => line.Has(option.Name)) is { } stray)
            throw new CommandException($"--{stray.Name} is for roles; --session takes --duration, --serial-number and --token-code.");
        if (line.Value("duration") is { } duration)
            parameters["DurationSeconds"] = Duration.ReadSeconds(duration);
        AddText(parameters, "SerialNumber", line.Value("serial-number"));
        AddText(parameters, "TokenCode", line.Value("token-code") is "-" ? host.Input.ReadLine()?.Trim() : line.Value("token-code"));
        return new SessionRequest(role is null ? "GetSessionToken" : RoleAction, parameters);
    }

    public ApiCall ToCall() => new(ApiService.All.Single(service => service.Name == "sts"), Action, Parameters);

    private static JsonObject RoleParameters(Host host, CommandLine line, string role)
    {
        var parameters = new JsonObject
        {
            ["RoleArn"] = role,
            ["RoleSessionName"] = line.Value("session-name") ?? host.Variable("AWS_ROLE_SESSION_NAME") ?? DefaultSessionName,
        };
        AddText(parameters, "ExternalId", line.Value("external-id"));
        AddText(parameters, "SourceIdentity", line.Value("source-identity"));
        if (line.Has("policy"))
            parameters["Policy"] = new ValueReader(host).Read("--policy", ParameterKind.Text, line.Values("policy"));
        AddList(parameters, "PolicyArns", line.Values("policy-arn"), arn => new JsonObject { ["arn"] = arn });
        AddList(parameters, "Tags", line.Values("tag"), TagOf);
        AddList(parameters, "TransitiveTagKeys", line.Values("transitive-tag"), key => key);
        return parameters;
    }

    private static JsonNode TagOf(string text)
    {
        var equals = text.IndexOf('=');
        return equals > 0 ? new JsonObject { ["Key"] = text[..equals], ["Value"] = text[(equals + 1)..] } : throw new CommandException($"--tag takes key=value, not '{text}'.");
    }

    private static void AddText(JsonObject parameters, string name, string? value)
    {
        if (value is not null)
            parameters[name] = value;
    }

    private static void AddList(JsonObject parameters, string name, IReadOnlyList<string> words, Func<string, JsonNode> itemOf)
    {
        if (words.Count > 0)
            parameters[name] = new JsonArray([.. words.Select(itemOf)]);
    }
}
