using System.Text;
using Daypass.Cli.Credentials;

namespace Daypass.Cli.Login;

/// <summary>
/// One profile in a config file of the form that AWS tools share. All else in the file stays byte for byte: other profiles, comments, line ends,
/// settings of the profile that are none of ours. What AWS tools would prefer to what is written is not overruled but refused.
/// </summary>
internal sealed class ProfileFile
{
    private const string Process = "credential_process";

    // A byte is a character and back, whatever encoding others wrote.
    private static readonly Encoding Bytes = Encoding.Latin1;

    // What has a say before credential_process has, or says that somebody set the profile up for something else.
    private static readonly string[] Rivals =
    [
        "role_arn", "source_profile", "credential_source", "web_identity_token_file", "sso_session", "sso_start_url", "sso_account_id", "login_session", "aws_access_key_id",
    ];

    private readonly string _path;
    private readonly string _profile;
    private readonly List<string> _lines;

    /// <exception cref="CommandException">The file is there but cannot be read, or has the profile more than once.</exception>
    public ProfileFile(string path, string profile)
    {
        // Through a link to where the file is: replacing the link would leave the file behind.
        _path = TargetOf(path);
        _profile = profile;
        _lines = LinesOf(Read());
        if (_lines.Count(IsOurs) > 1)
            throw new CommandException($"'{_path}' has the profile '{profile}' more than once: leave one.");
    }

    /// <summary>Refuses a profile that gets its credentials another way.</summary>
    /// <exception cref="CommandException">It does.</exception>
    public void Check()
    {
        foreach (var (name, value) in Settings())
        {
            if (Rivals.Contains(name) || (name == Process && !IsOfLogin(value)))
                throw new CommandException($"The profile '{_profile}' in '{_path}' gets its credentials another way ({name}): choose another --profile, or take that line out.");
        }
    }

    /// <param name="command">The profile's <c>credential_process</c>.</param>
    /// <param name="endpoint">Its <c>endpoint_url</c>.</param>
    /// <param name="region">Its <c>region</c>.</param>
    /// <param name="keepsRegion">Whether one that is there already stays.</param>
    /// <exception cref="CommandException">The file cannot be written.</exception>
    public void Write(string command, string endpoint, string region, bool keepsRegion)
    {
        Check();
        var end = _lines.Count > 0 && _lines[0].EndsWith("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var header = _lines.FindIndex(IsOurs);
        if (header < 0)
            header = AddSection(end);
        List<(string Name, string Value)> settings = [(Process, command), ("endpoint_url", endpoint)];
        if (!keepsRegion || Settings().All(setting => setting.Name != "region"))
            settings.Add(("region", region));
        settings.ForEach(setting => Remove(setting.Name, header));
        _lines.InsertRange(header + 1, settings.Select(setting => Bytes.GetString(Encoding.UTF8.GetBytes($"{setting.Name} = {setting.Value}{end}"))));
        PrivateFile.Replace("config file", _path, Bytes.GetBytes(string.Concat(_lines)));
    }

    private static bool IsOfLogin(string command) => command.Contains(" login --profile ", StringComparison.Ordinal) && command.EndsWith(" --renew", StringComparison.Ordinal);

    private int AddSection(string end)
    {
        if (_lines.Count > 0 && !_lines[^1].EndsWith('\n'))
            _lines[^1] += end;
        if (_lines.Count > 0 && _lines[^1].Trim().Length > 0)
            _lines.Add(end);
        _lines.Add((_profile == "default" ? "[default]" : $"[profile {_profile}]") + end);
        return _lines.Count - 1;
    }

    // A setting's further lines are indented; they go with it.
    private void Remove(string name, int header)
    {
        for (var i = header + 1; i < _lines.Count && !IsHeader(_lines[i]);)
        {
            if (SettingOf(_lines[i])?.Name != name)
            {
                i++;
                continue;
            }
            do
                _lines.RemoveAt(i);
            while (i < _lines.Count && IsContinuation(_lines[i]));
        }
    }

    private IEnumerable<(string Name, string Value)> Settings() =>
        _lines.SkipWhile(line => !IsOurs(line)).Skip(1).TakeWhile(line => !IsHeader(line)).Select(SettingOf).OfType<(string, string)>();

    private static bool IsContinuation(string line) => line.Length > 0 && line[0] is ' ' or '\t' && line.Trim().Length > 0;

    private static (string Name, string Value)? SettingOf(string line)
    {
        if (line.Length == 0 || line[0] is ' ' or '\t' or '#' or ';' || line.AsSpan().IndexOfAny('=', ':') is not (> 0 and var mark))
            return null;
        return (line[..mark].Trim().ToLowerInvariant(), line[(mark + 1)..].Trim());
    }

    private static bool IsHeader(string line) => line.StartsWith('[');

    private bool IsOurs(string line)
    {
        if (!IsHeader(line) || line.IndexOf(']', StringComparison.Ordinal) is not (> 0 and var end))
            return false;
        var words = line[1..end].Split([' ', '\t'], 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words switch
        {
            ["profile", var name] => name.Trim('"', '\'') == _profile,
            ["default"] => _profile == "default",
            _ => false,
        };
    }

    private static string TargetOf(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        }
        catch (IOException)
        {
            // It is not there yet.
            return path;
        }
    }

    private string Read()
    {
        try
        {
            return File.Exists(_path) ? Bytes.GetString(File.ReadAllBytes(_path)) : "";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"The config file '{_path}' cannot be read: {exception.Message}");
        }
    }

    private static List<string> LinesOf(string text)
    {
        var lines = new List<string>();
        for (var start = 0; start < text.Length;)
        {
            var next = text.IndexOf('\n', start) is >= 0 and var end ? end + 1 : text.Length;
            lines.Add(text[start..next]);
            start = next;
        }
        return lines;
    }
}
