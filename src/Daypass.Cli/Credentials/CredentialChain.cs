namespace Daypass.Cli.Credentials;

/// <summary>
/// Where the caller's key comes from. What the command line names comes first, then the environment, then an endpoint that the environment
/// names (<see cref="ContainerCredentials"/>), then a file: the one that
/// <c>DAYPASS_CREDENTIALS_FILE</c> or else <c>AWS_SHARED_CREDENTIALS_FILE</c> names, and it alone, because a mistyped path must not end in
/// another identity. With none named, what a server in this directory left, and then <c>~/.aws/credentials</c>: the nearest first, so
/// that keys of the real AWS in the home directory do not hide the server that was just started here.
/// </summary>
internal sealed class CredentialChain(Host host, string? profileOption, string? fileOption)
{
    private const string ServerFile = "data/admin.credentials";
    private static readonly string[] FileVariables = ["DAYPASS_CREDENTIALS_FILE", "AWS_SHARED_CREDENTIALS_FILE"];

    /// <exception cref="CommandException">There is no key; the message says where one was looked for.</exception>
    public AccessKey Find()
    {
        if (profileOption is null && fileOption is null && (FromEnvironment() ?? new ContainerCredentials(host).Find()) is { } environment)
            return environment;
        var paths = fileOption is null ? Files().ToList() : [host.FullPath(fileOption)];
        var profile = profileOption ?? host.Variable("AWS_PROFILE") ?? "default";
        foreach (var path in paths)
        {
            if (CredentialsFile.TryRead(path)?.Find(profile) is { } key)
                return key;
        }
        throw new CommandException(profileOption is null && fileOption is null && host.Variable("AWS_PROFILE") is null
            ? $"No credentials in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, nor in {string.Join(", ", paths)}. Name a file with --credentials-file or DAYPASS_CREDENTIALS_FILE; a server leaves its administrator's in <data-dir>/admin.credentials."
            : $"No profile '{profile}' in {string.Join(", ", paths)}.{Known(paths)}");
    }

    /// <summary>The file that <c>--save-profile</c> writes to: the server's own only if it is named.</summary>
    public string FileToSave() => fileOption is null ? NamedFiles().FirstOrDefault(HomeFile) : host.FullPath(fileOption);

    private AccessKey? FromEnvironment() =>
        host.Variable("AWS_ACCESS_KEY_ID") is { } id && host.Variable("AWS_SECRET_ACCESS_KEY") is { } secret
            ? new AccessKey(id, secret, host.Variable("AWS_SESSION_TOKEN"), "the environment (AWS_ACCESS_KEY_ID)")
            : null;

    private IEnumerable<string> Files() => NamedFiles().FirstOrDefault() is { } named ? [named] : [host.FullPath(ServerFile), HomeFile];

    private IEnumerable<string> NamedFiles() =>
        FileVariables.Select(host.Variable).OfType<string>().Select(host.FullPath);

    private string HomeFile => Path.Combine(host.HomeDirectory, ".aws", "credentials");

    private static string Known(IEnumerable<string> paths)
    {
        var profiles = paths.SelectMany(path => CredentialsFile.TryRead(path)?.Profiles ?? []).Distinct(StringComparer.Ordinal).ToList();
        return profiles.Count == 0 ? "" : $" There are: {string.Join(", ", profiles)}.";
    }
}
