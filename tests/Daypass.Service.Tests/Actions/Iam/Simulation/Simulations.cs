using System.Globalization;
using System.Text.Json.Nodes;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Actions.Iam.Simulation;

/// <summary>Short ways to call the simulator.</summary>
internal static class Simulations
{
    public const string Allow = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}""";
    public const string Deny = """{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:GetObject","Resource":"*"}]}""";
    public const string AllowPut = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:PutObject","Resource":"*"}]}""";
    public const string AllowAll = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""";
    public const string First = "arn:aws:s3:::bucket/a";
    public const string Second = "arn:aws:s3:::bucket/b";

    /// <summary>One statement with a condition.</summary>
    public static string If(string condition, string effect = "Allow", string action = "s3:GetObject") =>
        $$"""{"Version":"2012-10-17","Statement":[{"Effect":"{{effect}}","Action":"{{action}}","Resource":"*","Condition":{{condition}}}]}""";

    /// <summary>The only result of a simulation of s3:GetObject under these policies.</summary>
    public static JsonNode Custom(this ActionBench bench, IReadOnlyList<string> policies, params (string, string)[] more) =>
        bench.Call("SimulateCustomPolicy", [.. Given(policies), ("ActionNames.member.1", "s3:GetObject"), .. more])["EvaluationResults"]!.AsArray().Single()!;

    /// <summary>The only result of a simulation of s3:GetObject by an entity of the account.</summary>
    public static JsonNode Principal(this ActionBench bench, string source, params (string, string)[] more) =>
        bench.Call("SimulatePrincipalPolicy", [("PolicySourceArn", "arn:aws:iam::123456789012:" + source), .. HasAction(more) ? [] : new[] { ("ActionNames.member.1", "s3:GetObject") }, .. more])["EvaluationResults"]!.AsArray().Single()!;

    public static (string, string)[] Given(IReadOnlyList<string> policies) => policies.Count == 0 ? [("PolicyInputList", "")] : List("PolicyInputList", [.. policies]);

    public static (string, string)[] List(string name, params string[] values) =>
        [.. values.Select((value, index) => (string.Create(CultureInfo.InvariantCulture, $"{name}.member.{index + 1}"), value))];

    public static (string, string)[] Resources(params string[] arns) => List("ResourceArns", arns);

    /// <summary>A context entry, of a number so that there may be several.</summary>
    public static (string, string)[] Key(string name, string type, string[] values, int number = 1)
    {
        var entry = string.Create(CultureInfo.InvariantCulture, $"ContextEntries.member.{number}");
        return [(entry + ".ContextKeyName", name), (entry + ".ContextKeyType", type), .. List(entry + ".ContextKeyValues", values)];
    }

    public static string Text(this JsonNode node, string member) => node[member]!.GetValue<string>();

    public static string Decision(this JsonNode result) => result.Text("EvalDecision");

    /// <summary>The matched statements as <c>id type line:column-line:column</c>.</summary>
    public static IEnumerable<string> Matched(this JsonNode result) => result["MatchedStatements"]?.AsArray().Select(Show) ?? [];

    public static IEnumerable<string> MatchedIds(this JsonNode result) => result["MatchedStatements"]!.Each("SourcePolicyId");

    public static IEnumerable<string> Missing(this JsonNode result) => result["MissingContextValues"]?.Texts() ?? [];

    private static bool HasAction((string, string)[] more) => more.Any(pair => pair.Item1.StartsWith("ActionNames", StringComparison.Ordinal));

    private static string Show(JsonNode? found)
    {
        var statement = found!;
        return $"{statement.Text("SourcePolicyId")} {statement.Text("SourcePolicyType")} {At(statement["StartPosition"]!)}-{At(statement["EndPosition"]!)}";
    }

    private static string At(JsonNode position) => $"{position["Line"]}:{position["Column"]}";
}
