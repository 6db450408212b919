using Daypass.Service.Pipeline;

namespace Daypass.Service.Tests.Audit.Records;

/// <summary>A call of every action of the catalog with all parameters that it has, by the client's tables.</summary>
internal static class CatalogCalls
{
    private const string Policy = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}""";
    private const string Trust = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"sts:AssumeRole"}]}""";

    public static readonly IReadOnlyList<ApiAction> Actions = new ActionCatalog().All;

    // What lets many of the calls succeed. A name means the same in every action.
    private static readonly Dictionary<string, string> Values = new(StringComparer.Ordinal)
    {
        ["AssumeRolePolicyDocument"] = Trust,
        ["AttributeKey"] = "EventName",
        ["AttributeValue"] = "CreateUser",
        ["Email"] = "someone@example.com",
        ["FeatureSet"] = "ALL",
        ["GroupName"] = "everyone",
        ["Name"] = "example",
        ["Path"] = "/",
        ["PathPrefix"] = "/",
        ["Policy"] = Policy,
        ["PolicyArn"] = "arn:aws:iam::aws:policy/ReadOnlyAccess",
        ["PolicyDocument"] = Policy,
        ["PolicyName"] = "example",
        ["PolicySourceArn"] = "arn:aws:iam::123456789012:user/admin",
        ["PrincipalArn"] = "arn:aws:iam::123456789012:role/first",
        ["RoleArn"] = "arn:aws:iam::123456789012:role/first",
        ["RoleName"] = "first",
        ["RoleSessionName"] = "session",
        ["TargetPrincipal"] = "210987654321",
        ["UserName"] = "someone",
    };

    // Of these the actions know one another's values, or they say that there is more than there is.
    private static readonly string[] LeftOut = ["Marker", "NextToken", "PolicyArns", "ProvidedContexts", "SerialNumber", "TokenCode"];

    /// <param name="action">The action to call.</param>
    /// <param name="secret">What every parameter is that the action calls secret.</param>
    /// <param name="isWhole">Whether also those are there that keep most calls from succeeding.</param>
    public static (string Name, string Value)[] Parameters(ApiAction action, string secret, bool isWhole) =>
        [.. NamesOf(action).Where(name => isWhole || !LeftOut.Contains(name.Split('.')[0])).Select(name => (name, action.IsSecret(name) ? secret : ValueOf(name)))];

    /// <summary>The wire names of all parameters of an action.</summary>
    public static IEnumerable<string> NamesOf(ApiAction action)
    {
        var words = Lines(action.Service.Name.Replace("-", "", StringComparison.Ordinal)).Single(words => words[0] == action.Name);
        foreach (var word in words.Skip(1).Where(word => !word.StartsWith('/')))
        {
            var name = word.TrimEnd('!', '?');
            foreach (var leaf in Leaves(action.Route is null ? name : char.ToLowerInvariant(name[0]) + name[1..], KindOf(name)))
                yield return leaf;
        }
    }

    private static IEnumerable<string> Leaves(string name, string kind) => kind switch
    {
        "text" or "integer" or "boolean" or "time" => [name],
        "list" => [name + ".member.1"],
        ['{', .. var members, '}'] => members.Split(',').Select(member => $"{name}.{member}"),
        "arn" => [name + ".member.1.arn"],
        _ => kind.Split(',').Select(member => member.EndsWith('+') ? $"{name}.member.1.{member[..^1]}.member.1" : $"{name}.member.1.{member}"),
    };

    private static string ValueOf(string name)
    {
        var leaf = name.Split('.')[^1];
        return KindOf(name.Split('.')[0]) switch
        {
            "integer" => "900",
            "boolean" => "true",
            "time" => "1795000000",
            _ => Values.GetValueOrDefault(leaf, Values.GetValueOrDefault(name.Split('.')[0], leaf == "arn" ? "arn:aws:iam::aws:policy/ReadOnlyAccess" : "example")),
        };
    }

    private static string KindOf(string name) => Lines("kinds").Where(words => words[0].Equals(name, StringComparison.OrdinalIgnoreCase)).Select(words => words[1]).SingleOrDefault("text");

    private static List<string[]> Lines(string table)
    {
        using var stream = typeof(CatalogCalls).Assembly.GetManifestResourceStream($"tables/{table}.txt") ?? throw new InvalidOperationException(table);
        using var reader = new StreamReader(stream);
        var lines = new List<string[]>();
        while (reader.ReadLine() is { } line)
            lines.Add(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return lines;
    }
}
