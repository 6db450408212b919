namespace Daypass.Cli.Api;

/// <summary>
/// The tables beside this file. <c>sts.txt</c> and its like: an action and its parameters, <c>!</c> marks required ones. <c>kinds.txt</c>:
/// every parameter that is not plain text; a name means the same in every action, and <c>+</c> marks members that are lists themselves.
/// </summary>
internal static class ApiTables
{
    private static readonly Dictionary<string, ParameterKind> Kinds = LinesOf("kinds").ToDictionary(words => words[0], words => ReadKind(words[1]), StringComparer.Ordinal);

    private static readonly Dictionary<string, Dictionary<string, ApiAction>> Actions =
        ApiService.All.ToDictionary(service => service.Name, service => LinesOf(service.Name).Select(ReadAction).ToDictionary(action => action.Name, StringComparer.Ordinal), StringComparer.Ordinal);

    public static IEnumerable<string> KindNames => Kinds.Keys;

    public static IReadOnlyDictionary<string, ApiAction> ActionsOf(string service) => Actions[service];

    public static ParameterKind KindOf(string parameter) => Kinds.GetValueOrDefault(parameter, ParameterKind.Text);

    private static ApiAction ReadAction(string[] words) => new(words[0], [.. words.Skip(1).Select(word => new ApiParameter(word.TrimEnd('!'), word.EndsWith('!')))]);

    private static ParameterKind ReadKind(string word) => word switch
    {
        "integer" => new(ValueKind.Integer, []),
        "boolean" => new(ValueKind.Boolean, []),
        "time" => new(ValueKind.Time, []),
        "list" => new(ValueKind.TextList, []),
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
