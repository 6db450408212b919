using Daypass.Cli.Serving;
using Daypass.Cli.Sessions;

namespace Daypass.Cli.Processes;

/// <summary>The environment of a command that runs with other credentials: none of the caller's are left in it.</summary>
internal static class CredentialVariables
{
    // All that clients of AWS take credentials, or the way to them, from.
    private static readonly string[] Names =
    [
        "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN", "AWS_CREDENTIAL_EXPIRATION",
        "AWS_ACCESS_KEY", "AWS_SECRET_KEY", "AWS_PROFILE", "AWS_DEFAULT_PROFILE",
        "AWS_ROLE_ARN", "AWS_ROLE_SESSION_NAME", "AWS_WEB_IDENTITY_TOKEN_FILE",
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN", "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
    ];

    private const string BearerTokens = "AWS_BEARER_TOKEN_";

    private static string NoFile => OperatingSystem.IsWindows() ? "NUL" : "/dev/null";

    /// <summary>Credentials that every client reads, as they are: they end when the session ends.</summary>
    public static void Put(IDictionary<string, string?> environment, IssuedSession session)
    {
        Clear(environment);
        environment["AWS_ACCESS_KEY_ID"] = session.AccessKeyId;
        environment["AWS_SECRET_ACCESS_KEY"] = session.SecretAccessKey;
        environment["AWS_SESSION_TOKEN"] = session.SessionToken;
        environment["AWS_CREDENTIAL_EXPIRATION"] = session.ExpirationText;
    }

    /// <summary>
    /// The way to an endpoint that renews them. Clients look into profiles first: with a default profile of the caller's in sight, the command would
    /// act as the caller, so no profile is in sight.
    /// </summary>
    public static void Put(IDictionary<string, string?> environment, CredentialEndpoint endpoint)
    {
        Clear(environment);
        environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = endpoint.Address;
        environment["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = endpoint.Secret;
        environment["AWS_SHARED_CREDENTIALS_FILE"] = NoFile;
        environment["AWS_CONFIG_FILE"] = NoFile;
        environment.Remove("DAYPASS_CREDENTIALS_FILE");
    }

    /// <summary>Where the credentials are good. An address for clients of AWS that is there already stays, unless the command line named one.</summary>
    public static void PutPlace(IDictionary<string, string?> environment, Connection connection)
    {
        environment["DAYPASS_ENDPOINT_URL"] = Trimmed(connection.Endpoint);
        if (connection.IsEndpointGiven || !environment.ContainsKey("AWS_ENDPOINT_URL"))
            environment["AWS_ENDPOINT_URL"] = Trimmed(connection.Endpoint);
        environment["AWS_REGION"] = environment["AWS_DEFAULT_REGION"] = connection.Region;
    }

    private static void Clear(IDictionary<string, string?> environment)
    {
        foreach (var name in environment.Keys.Where(name => Names.Contains(name) || name.StartsWith(BearerTokens, StringComparison.Ordinal)).ToList())
            environment.Remove(name);
    }

    private static string Trimmed(Uri address) => address.ToString().TrimEnd('/');
}
