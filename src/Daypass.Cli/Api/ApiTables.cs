namespace Daypass.Cli.Api;

/// <summary>
/// The tables beside this file. <c>sts.txt</c> and its like: an action and its parameters, <c>!</c> marks required ones. A REST service's
/// actions have their path, before it the method unless it is POST, and <c>?</c> marks what goes into the query string. <c>kinds.txt</c>: every parameter that is not plain text; a
/// name means the same in every action, <c>+</c> marks members that are lists themselves, and a single
/// structure stands in braces.
/// </summary>
internal static class ApiTables
{
    private static readonly Dictionary<string, ParameterKind> Kinds = LinesOf("kinds").ToDictionary(words => words[0], words => ReadKind(words[1]), StringComparer.Ordinal);

    private static readonly Dictionary<string, Dictionary<string, ApiAction>> Actions =
        ApiService.All.ToDictionary(service => service.Name, service => LinesOf(service.Name).Select(ReadAction).ToDictionary(action => action.Name, StringComparer.Ordinal), StringComparer.Ordinal);

    public static IEnumerable<string> KindNames => Kinds.Keys;

    public static IReadOnlyDictionary<string, ApiAction> ActionsOf(string service) => Actions[service];

    public static ParameterKind KindOf(string parameter) => Kinds.GetValueOrDefault(parameter, ParameterKind.Text);

    private static ApiAction ReadAction(string[] words)
    {
        var path = Array.FindIndex(words, word => word.StartsWith('/'));
        return new(words[0], [.. words.Skip(Math.Max(path, 0) + 1).Select(ReadParameter)]) { Path = path < 0 ? null : words[path], Method = path == 2 ? words[1] : "POST" };
    }

    private static ApiParameter ReadParameter(string word) => new(word.TrimEnd('!', '?'), word.Contains('!')) { IsInQuery = word.Contains('?') };

    private static ParameterKind ReadKind(string word) => word switch
    {
        "integer" => new(ValueKind.Integer, []),
        "boolean" => new(ValueKind.Boolean, []),
        "time" => new(ValueKind.Time, []),
        "blob" => new(ValueKind.Blob, []),
        "list" => new(ValueKind.TextList, []),
        ['{', .. var members, '}'] => new(ValueKind.Structure, members.Split(',')),
        _ => new(ValueKind.StructureList, word.Split(',')),
    };

    private static IEnumerable<string[]> LinesOf(string table)
    {
        using var stream = typeof(ApiTables).Assembly.GetManifestResourceStream(table + ".txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
            yield return line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }
}
