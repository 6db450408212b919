namespace Daypass.AspNetCore;

/// <summary>
/// The credentials that a protected service calls Daypass with. Those of a file are read again when the file changes, so that whoever
/// renews them need not restart the service.
/// </summary>
public sealed class DaypassCredentials
{
    private readonly Func<Keys> _read;

    /// <summary>Fixed credentials.</summary>
    /// <param name="accessKeyId">The access key id.</param>
    /// <param name="secretAccessKey">Its secret; not empty.</param>
    /// <param name="sessionToken">The token, for temporary credentials; else null.</param>
    /// <exception cref="ArgumentException">The key id or the secret is empty.</exception>
    public DaypassCredentials(string accessKeyId, string secretAccessKey, string? sessionToken = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(accessKeyId);
        ArgumentException.ThrowIfNullOrWhiteSpace(secretAccessKey);
        var keys = new Keys(accessKeyId, secretAccessKey, string.IsNullOrEmpty(sessionToken) ? null : sessionToken);
        _read = () => keys;
    }

    private DaypassCredentials(Func<Keys> read) => _read = read;

    /// <summary>Credentials from a file in the format of <c>~/.aws/credentials</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="profile">The section of the file; null for <c>default</c>.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="FormatException">The profile or one of its keys is missing.</exception>
    public static DaypassCredentials FromFile(string path, string? profile = null)
    {
        var file = new CredentialsFile(path, profile ?? "default");
        file.Read();
        return new DaypassCredentials(file.Read);
    }

    /// <summary>Credentials from AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and, if set, AWS_SESSION_TOKEN.</summary>
    /// <exception cref="InvalidOperationException">One of the first two is not set.</exception>
    public static DaypassCredentials FromEnvironment()
    {
        static string Required(string name) =>
            Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : throw new InvalidOperationException($"The environment variable {name} must be set.");
        return new DaypassCredentials(Required("AWS_ACCESS_KEY_ID"), Required("AWS_SECRET_ACCESS_KEY"), Environment.GetEnvironmentVariable("AWS_SESSION_TOKEN"));
    }

    internal Keys Current() => _read();

    internal sealed record Keys(string AccessKeyId, string SecretAccessKey, string? SessionToken);

    private sealed class CredentialsFile(string path, string profile)
    {
        private readonly Lock _gate = new();
        private DateTime _written;
        private Keys? _keys;

        public Keys Read()
        {
            lock (_gate)
            {
                var written = File.GetLastWriteTimeUtc(path);
                if (_keys is null || written != _written)
                    (_keys, _written) = (Parse(File.ReadLines(path)), written);
                return _keys;
            }
        }

        private Keys Parse(IEnumerable<string> lines)
        {
            var values = new Dictionary<string, string>(StringComparer.Ordinal);
            var isInProfile = false;
            foreach (var line in lines.Select(line => line.Trim()))
            {
                if (line is ['[', .. var section, ']'])
                    isInProfile = section.Trim() == profile;
                else if (isInProfile && line is not (['#', ..] or [';', ..]) && line.IndexOf('=') is var equals and > 0)
                    values[line[..equals].Trim()] = line[(equals + 1)..].Trim();
            }
            return new Keys(Required(values, "aws_access_key_id"), Required(values, "aws_secret_access_key"), values.GetValueOrDefault("aws_session_token"));
        }

        private string Required(Dictionary<string, string> values, string name) =>
            values.GetValueOrDefault(name) is { Length: > 0 } value ? value : throw new FormatException($"The profile '{profile}' of '{path}' has no {name}.");
    }
}
