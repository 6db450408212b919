using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Daypass.Cli.Api;

/// <summary>
/// Turns the words after an option into the parameter's value: text, <c>file://path</c>, a number, a list of several words, structures as
/// <c>Key=team,Value=ops</c>, or any of them as JSON text.
/// </summary>
internal sealed class ValueReader(Host host)
{
    private const string FileScheme = "file://";

    // In the tables, behind the name of a member that is a list of texts.
    private const char ListMark = '+';

    public JsonNode Read(string option, ParameterKind kind, IReadOnlyList<string> words)
    {
        var texts = words.Select(word => Resolve(option, word)).ToList();
        return kind.Value switch
        {
            ValueKind.TextList => ReadList(option, texts, text => text),
            ValueKind.Structure => ReadStructure(option, kind.Members, Single(option, texts)),
            ValueKind.StructureList => ReadList(option, texts, text => ReadStructure(option, kind.Members, text)),
            ValueKind.Boolean when texts.Count == 0 => true,
            _ => ReadScalar(option, kind.Value, Single(option, texts)),
        };
    }

    /// <summary>A parameter that no table knows: one word is text, several are a list.</summary>
    public JsonNode ReadUnknown(string option, IReadOnlyList<string> words) => words.Count switch
    {
        0 => true,
        1 => Resolve(option, words[0]),
        _ => new JsonArray([.. words.Select(word => (JsonNode)Resolve(option, word))]),
    };

    private string Resolve(string option, string word)
    {
        if (!word.StartsWith(FileScheme, StringComparison.Ordinal))
            return word;
        var path = host.FullPath(word[FileScheme.Length..]);
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{option}: the file '{path}' cannot be read: {exception.Message}");
        }
    }

    private static string Single(string option, List<string> texts) => texts.Count switch
    {
        1 => texts[0],
        0 => throw new CommandException($"{option} needs a value."),
        _ => throw new CommandException($"{option} takes one value, not {texts.Count}; quote a value that has spaces."),
    };

    private static JsonNode ReadScalar(string option, ValueKind kind, string text) => kind switch
    {
        ValueKind.Integer => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new CommandException($"{option} takes a whole number, not '{text}'."),
        ValueKind.Boolean => text switch
        {
            "true" => true,
            "false" => false,
            _ => throw new CommandException($"{option} takes true or false, not '{text}'."),
        },
        ValueKind.Time => ReadTime(option, text),
        ValueKind.Blob => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)),
        _ => text,
    };

    // AWS JSON has times as seconds since 1970.
    private static JsonNode ReadTime(string option, string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.ToUnixTimeSeconds()
        : throw new CommandException($"{option} takes a time such as 2026-11-22T09:30:00Z, not '{text}'.");

    private static JsonNode ReadList(string option, List<string> texts, Func<string, JsonNode> readItem)
    {
        if (texts is [var json] && json.TrimStart().StartsWith('['))
            return ReadJson(option, json);
        return new JsonArray([.. texts.Select(readItem)]);
    }

    private static JsonNode ReadJson(string option, string text)
    {
        try
        {
            return JsonNode.Parse(text)!;
        }
        catch (JsonException exception)
        {
            throw new CommandException($"{option} is not valid JSON: {exception.Message}");
        }
    }

    private static JsonNode ReadStructure(string option, IReadOnlyList<string> members, string text)
    {
        if (text.TrimStart().StartsWith('{'))
            return ReadJson(option, text);
        var structure = new JsonObject();
        // The only member of a structure needs no name: --policy-arns arn:aws:iam::aws:policy/ReadOnlyAccess
        if (members is [var only] && !only.EndsWith(ListMark) && !text.StartsWith(only + "=", StringComparison.OrdinalIgnoreCase))
            return new JsonObject { [only] = text };
        IReadOnlyList<string> names = [.. members.Select(member => member.TrimEnd(ListMark))];
        foreach (var (word, value) in SplitMembers(names, text))
        {
            // REST services name their members in lower camel case.
            var name = names.FirstOrDefault(each => each.Equals(word, StringComparison.OrdinalIgnoreCase)) ?? word;
            if (!names.Contains(name) || !structure.TryAdd(name, ReadMember(members.Contains(name + ListMark), value)))
                throw new CommandException($"{option} takes {string.Join(',', names.Select(member => member + "=..."))}, not '{text}'.");
        }
        return structure;
    }

    /// <summary>Texts of a list are parted by commas; those that hold one are written as JSON.</summary>
    private static JsonNode ReadMember(bool isList, string value) => isList ? new JsonArray([.. value.Split(',').Select(item => (JsonNode)item)]) : (JsonNode?)ReadNested(value) ?? value;

    // sourceData={x509CertificateData=...}: a structure of one member, as the AWS CLI writes it. JSON has a quote behind its brace.
    private static JsonObject? ReadNested(string value) =>
        value is ['{', var first, .., '}'] && char.IsAsciiLetter(first) && value.IndexOf('=') is var equals and > 1 ? new JsonObject { [value[1..equals]] = value[(equals + 1)..^1] } : null;

    // A comma begins the next member only when a member's name follows, so values may hold commas.
    private static IEnumerable<(string Name, string Value)> SplitMembers(IReadOnlyList<string> members, string text)
    {
        var rest = text;
        while (rest.Length > 0)
        {
            var equals = rest.IndexOf('=');
            var name = equals < 0 ? rest : rest[..equals];
            var value = equals < 0 ? "" : rest[(equals + 1)..];
            var end = members.Select(member => value.IndexOf($",{member}=", StringComparison.OrdinalIgnoreCase)).Where(index => index >= 0).DefaultIfEmpty(-1).Min();
            yield return (name, end < 0 ? value : value[..end]);
            rest = end < 0 ? "" : value[(end + 1)..];
        }
    }
}
