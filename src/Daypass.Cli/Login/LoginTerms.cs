using Daypass.Cli.Arguments;

namespace Daypass.Cli.Login;

/// <summary>How the person of a profile signs in: where, as whom, for which role. Kept beside the session, so that the next sign-in needs the profile's name only. No secret is in it.</summary>
internal sealed record LoginTerms
{
    public const string DefaultRedirect = "http://127.0.0.1/callback";
    private const int MostName = 64;

    public static readonly IReadOnlyList<OptionRule> Options =
    [
        .. Connection.Options, new("issuer"), new("client-id"), new("client-secret-file"), new("scope"), new("redirect-uri"), new("saml", OptionValues.None), new("provider"), new("provider-url"),
        new("role-arn"), new("session-name"), new("duration"),
    ];

    public required string Profile { get; init; }

    /// <summary>The server that gives the sessions.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>Null for a SAML provider, which always has the choice of roles on a page.</summary>
    public string? RoleArn { get; init; }

    /// <summary>In seconds; null for STS's own default.</summary>
    public long? Duration { get; init; }

    /// <summary>The OpenID provider; null for a SAML provider.</summary>
    public Uri? Issuer { get; init; }

    public string? ClientId { get; init; }

    /// <summary>For providers that give a secret even to programs on people's own machines.</summary>
    public string? ClientSecretFile { get; init; }

    /// <summary>Null for what the provider needs to let a session be renewed.</summary>
    public string? Scope { get; init; }

    /// <summary>Where the browser comes back to, on this machine; without a port, any free one.</summary>
    public string RedirectUri { get; init; } = DefaultRedirect;

    public string? SessionName { get; init; }

    /// <summary>The ARN of the SAML provider that is asked, if the server is to write the question.</summary>
    public string? SamlProvider { get; init; }

    /// <summary>Where the SAML provider begins by itself.</summary>
    public Uri? ProviderUrl { get; init; }

    /// <param name="before">What the profile had; null for a new one.</param>
    /// <exception cref="CommandException">The options do not say enough, or contradict one another.</exception>
    public static LoginTerms Read(Host host, CommandLine line, string profile, LoginTerms? before)
    {
        var (oidc, saml) = (line.Has("issuer") || line.Has("client-id"), line.Has("saml") || line.Has("provider") || line.Has("provider-url"));
        if (oidc && saml)
            throw new CommandException("--issuer and --client-id are for an OpenID provider, --saml, --provider and --provider-url for a SAML provider: give those of one.");
        // What proves the person goes there, and the session's secret comes back.
        var endpoint = SafeAddress("--endpoint-url", new Connection(host, line).Endpoint.OriginalString);
        var terms = oidc ? ReadOidc(line, new LoginTerms { Profile = profile, Endpoint = endpoint })
            : saml ? ReadSaml(line, new LoginTerms { Profile = profile, Endpoint = endpoint })
            : before ?? throw new CommandException($"Nobody has signed in as '{profile}' here yet: say where, with --issuer URL --client-id ID --role-arn ARN, or --saml --provider ARN. 'daypass help login' says more.");
        terms = terms with
        {
            Endpoint = before is null || oidc || saml || line.Has("endpoint-url") ? endpoint : before.Endpoint,
            RoleArn = line.Value("role-arn") is { } role ? ReadArn("--role-arn", role, "role") : terms.RoleArn,
            SessionName = line.Value("session-name") ?? terms.SessionName,
            Duration = line.Value("duration") is { } duration ? Arguments.Duration.ReadSeconds(duration) : terms.Duration,
        };
        if (terms.Issuer is null && (terms.SessionName ?? terms.Duration?.ToString(System.Globalization.CultureInfo.InvariantCulture)) is not null)
            throw new CommandException("--session-name and --duration are for OpenID providers: a SAML provider says both itself.");
        return terms.Issuer is null || terms.RoleArn is not null ? terms : throw new CommandException("--role-arn ARN is needed: an OpenID provider does not say which roles there are.");
    }

    /// <summary>The name of a profile: it becomes part of a command line that shells of others run, and of a line in a file.</summary>
    /// <exception cref="CommandException">It has other characters.</exception>
    public static string ReadProfile(string? name) => name switch
    {
        null => throw new CommandException("--profile NAME is needed: the profile that the sign-in is for, in ~/.aws/config."),
        { Length: > 0 and <= MostName } when char.IsAsciiLetterOrDigit(name[0]) && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' or '@' or '+') => name,
        _ => throw new CommandException($"A profile's name here has 1 to {MostName} letters, digits and -_.@+, and begins with a letter or digit."),
    };

    private static LoginTerms ReadOidc(CommandLine line, LoginTerms terms) => terms with
    {
        Issuer = SafeAddress("--issuer", line.Value("issuer") ?? throw new CommandException("--client-id needs --issuer URL, the OpenID provider.")),
        ClientId = line.Value("client-id") ?? throw new CommandException("--issuer needs --client-id ID, as which daypass is registered there."),
        ClientSecretFile = line.Value("client-secret-file"),
        Scope = line.Value("scope"),
        RedirectUri = line.Value("redirect-uri") ?? DefaultRedirect,
    };

    private static LoginTerms ReadSaml(CommandLine line, LoginTerms terms) => (line.Value("provider"), line.Value("provider-url")) switch
    {
        ({ } provider, null) => terms with { SamlProvider = ReadArn("--provider", provider, "saml-provider") },
        (null, { } url) => terms with { ProviderUrl = SafeAddress("--provider-url", url) },
        _ => throw new CommandException("--saml needs either --provider ARN, a SAML provider of your account, or --provider-url URL, where your company's sign-in for it begins."),
    };

    // A browser's whole round for a name that cannot be one would be a pity.
    private static string ReadArn(string option, string text, string kind) =>
        text.StartsWith("arn:", StringComparison.Ordinal) && text.Contains($":{kind}/", StringComparison.Ordinal)
            ? text
            : throw new CommandException($"{option} takes an ARN such as arn:aws:iam::111122223333:{kind}/name, not '{text}'.");

    /// <summary>An address that secrets may go to: https, or this machine.</summary>
    /// <exception cref="CommandException">It is none.</exception>
    public static Uri SafeAddress(string what, string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)) && address.UserInfo.Length == 0
            ? address
            : throw new CommandException($"{what} is no address that begins with https://.");
}
