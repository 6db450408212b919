using System.Text;
using System.Text.Json.Nodes;

namespace Daypass.Cli.Printing;

/// <summary>The simulator's results for people: one line per action and resource, with the reason, which is read off the explanation.</summary>
internal static class SimulationTable
{
    private static readonly string[] Titles = ["ACTION", "RESOURCE", "DECISION", "WHY"];

    /// <param name="answer">The response, with explanations.</param>
    /// <param name="isExplained">Whether the explanations follow the table in full.</param>
    public static string Of(JsonObject answer, bool isExplained)
    {
        List<string[]> rows = [Titles];
        var explanations = new StringBuilder();
        foreach (var link in Items(answer["RoleChainResults"]))
            Add("sts:AssumeRole", Text(link, "RoleArn"), Text(link, "EvalDecision"), link);
        if (answer["FailedRoleArn"] is null)
            AddResults();
        var widths = Enumerable.Range(0, Titles.Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        var table = string.Join('\n', rows.Select(row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd()));
        return isExplained ? $"{table}\n\n{explanations.ToString().TrimEnd()}" : table;

        void AddResults()
        {
            foreach (var result in Items(answer["EvaluationResults"]))
            {
                if (result["ResourceSpecificResults"] is null)
                    Add(Text(result, "EvalActionName"), Text(result, "EvalResourceName"), Text(result, "EvalDecision"), result);
                foreach (var one in Items(result["ResourceSpecificResults"]))
                    Add(Text(result, "EvalActionName"), Text(one, "EvalResourceName"), Text(one, "EvalResourceDecision"), one);
            }
        }

        void Add(string action, string resource, string decision, JsonNode result)
        {
            rows.Add([action, resource, decision, WhyOf(result)]);
            explanations.Append(Text(result, "Explanation")).Append('\n');
        }
    }

    /// <summary>The lines below the first, up to what single policies say; and the keys that were missing.</summary>
    private static string WhyOf(JsonNode result)
    {
        var reasons = Text(result, "Explanation").Split('\n').Skip(1).TakeWhile(line => Starts.Any(start => line.StartsWith(start, StringComparison.Ordinal)));
        var missing = string.Join(", ", Items(result["MissingContextValues"]).Select(key => key.ToString()));
        return string.Join("; ", missing.Length == 0 ? reasons : reasons.Append("not given: " + missing));
    }

    private static readonly string[] Starts = ["because ", "with ", "decided by ", "nearest: "];

    private static IEnumerable<JsonNode> Items(JsonNode? list) => (list as JsonArray ?? []).OfType<JsonNode>();

    private static string Text(JsonNode node, string name) => node[name]?.ToString() ?? "";
}
