using System.Text.Json;
using Daypass.Signing;

namespace Daypass.Core.Tests.Signing;

/// <summary>AWS's public signing suite, where this machine has it: it is not part of the repository.</summary>
internal static class AwsVectors
{
    public const string SkipReason = "AWS's signing vectors are not on this machine: set DAYPASS_SHARED to the folder that holds vectors/sigv4.";

    public static string? Folder { get; } = Find();

    public static IEnumerable<string> Cases => Folder is null ? [] : Directory.GetDirectories(Folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal);

    /// <summary>The cases of SigV4a. Two of them have a request and nothing else.</summary>
    public static IEnumerable<string> EcdsaCases => Folder is null ? [] : Directory.GetDirectories(EcdsaFolder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal);

    public static AwsVector Read(string name) => new(Path.Combine(Folder!, name));

    public static AwsVector ReadEcdsa(string name) => new(Path.Combine(EcdsaFolder, name));

    private static string EcdsaFolder => Path.Combine(Path.GetDirectoryName(Folder!)!, "v4a");

    private static string? Find()
    {
        IEnumerable<string?> roots = [Environment.GetEnvironmentVariable("DAYPASS_SHARED"), .. Ancestors().Select(folder => Path.Combine(folder, "shared"))];
        return roots.Where(root => !string.IsNullOrEmpty(root)).Select(root => Path.Combine(root!, "vectors", "sigv4", "v4")).FirstOrDefault(Directory.Exists);
    }

    private static IEnumerable<string> Ancestors()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            yield return folder.FullName;
    }
}

internal sealed class AwsVector(string folder)
{
    private readonly JsonElement _context = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "context.json"))).RootElement;

    public string Secret => _context.GetProperty("credentials").GetProperty("secret_access_key").GetString()!;

    public string KeyId => _context.GetProperty("credentials").GetProperty("access_key_id").GetString()!;

    public string? Token => _context.GetProperty("credentials").TryGetProperty("token", out var token) ? token.GetString() : null;

    public bool TokenIsAppended => _context.TryGetProperty("omit_session_token", out var omit) && omit.GetBoolean();

    public bool SignsBody => _context.GetProperty("sign_body").GetBoolean();

    public SigV4Rules Rules => new() { Service = "service", Region = "us-east-1", IsS3 = !_context.GetProperty("normalize").GetBoolean(), QueryTokenIsUnsigned = TokenIsAppended };

    public DateTimeOffset Now { get; } = new(2015, 8, 30, 12, 36, 0, TimeSpan.Zero);

    public bool Has(string file) => File.Exists(Path.Combine(folder, file));

    public string Text(string file) => File.ReadAllText(Path.Combine(folder, file)).ReplaceLineEndings("\n");

    /// <summary>A request of the suite: request line, headers (folded lines too), blank line, body.</summary>
    public (string Method, string Target, HeaderBag Headers, string Body) Request(string file)
    {
        var text = Text(file);
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        var lines = (end < 0 ? text : text[..end]).TrimEnd('\n').Split('\n');
        var headers = new List<KeyValuePair<string, string>>();
        foreach (var line in lines[1..])
        {
            if (line[0] == ' ')
                headers[^1] = new(headers[^1].Key, headers[^1].Value + "\n" + line);
            else
                headers.Add(new(line[..line.IndexOf(':')], line[(line.IndexOf(':') + 1)..]));
        }
        var target = lines[0][(lines[0].IndexOf(' ') + 1)..lines[0].LastIndexOf(' ')];
        return (lines[0][..lines[0].IndexOf(' ')], target, new HeaderBag(headers), end < 0 ? "" : text[(end + 2)..].TrimEnd('\n'));
    }
}

/// <summary>A theory over the suite; reported as skipped, with the reason, where the suite is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class VectorTheoryAttribute : TheoryAttribute
{
    public VectorTheoryAttribute()
    {
        if (AwsVectors.Folder is null)
            Skip = AwsVectors.SkipReason;
    }
}
