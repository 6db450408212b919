namespace Daypass.Cli.Credentials;

/// <summary>A file of the form that AWS tools share: <c>[profile]</c> sections with <c>aws_access_key_id = ...</c> lines.</summary>
internal sealed class CredentialsFile
{
    private const string KeyId = "aws_access_key_id";
    private const string Secret = "aws_secret_access_key";
    private const string Token = "aws_session_token";

    private readonly Dictionary<string, Dictionary<string, string>> _profiles = new(StringComparer.Ordinal);
    private readonly string _path;

    private CredentialsFile(string path, IEnumerable<string> lines)
    {
        _path = path;
        var section = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in lines.Select(line => line.Trim()))
        {
            if (SectionOf(line) is { } name)
                _profiles[name] = section = new(StringComparer.Ordinal);
            else if (line.IndexOf('=') is var equals and > 0 && line[0] is not ('#' or ';'))
                section[line[..equals].TrimEnd().ToLowerInvariant()] = line[(equals + 1)..].TrimStart();
        }
    }

    public IEnumerable<string> Profiles => _profiles.Keys;

    /// <exception cref="CommandException">The file is there but cannot be read.</exception>
    public static CredentialsFile? TryRead(string path)
    {
        try
        {
            return File.Exists(path) ? new CredentialsFile(path, File.ReadLines(path)) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"The credentials file '{path}' cannot be read: {exception.Message}");
        }
    }

    public AccessKey? Find(string profile)
    {
        if (!_profiles.TryGetValue(profile, out var values) || !values.TryGetValue(KeyId, out var id) || !values.TryGetValue(Secret, out var secret) || secret.Length == 0)
            return null;
        return new AccessKey(id, secret, values.GetValueOrDefault(Token) is { Length: > 0 } token ? token : null, $"[{profile}] in {_path}");
    }

    /// <summary>Writes or replaces one profile, and leaves the others and their comments as they are. The file is its owner's alone.</summary>
    public static void Save(string path, string profile, AccessKey key)
    {
        var kept = File.Exists(path) ? WithoutProfile(File.ReadLines(path), profile).ToList() : [];
        while (kept.Count > 0 && kept[^1].Length == 0)
            kept.RemoveAt(kept.Count - 1);
        if (kept.Count > 0)
            kept.Add("");
        kept.AddRange([$"[{profile}]", $"{KeyId} = {key.Id}", $"{Secret} = {key.Secret}"]);
        if (key.SessionToken is not null)
            kept.Add($"{Token} = {key.SessionToken}");
        PrivateFile.Replace("credentials file", path, string.Join('\n', kept) + "\n");
    }

    private static string? SectionOf(string line) => line is ['[', .. var inner, ']'] ? inner.Trim() : null;

    private static IEnumerable<string> WithoutProfile(IEnumerable<string> lines, string profile)
    {
        var isInside = false;
        foreach (var line in lines)
        {
            if (SectionOf(line.Trim()) is { } name)
                isInside = name == profile;
            if (!isInside)
                yield return line;
        }
    }
}
