using System.Text.Json.Nodes;

namespace Daypass.Cli.Tour;

/// <summary>What a command of the tour did.</summary>
internal sealed record Outcome(int ExitCode, string Output, string Error)
{
    /// <summary>What a terminal shows: the status line of a refused HTTP request comes before its body.</summary>
    public string Text => Error + Output;

    /// <summary>A member of the printed JSON, by its path: <c>Caller.Arn</c>.</summary>
    public string Member(string path)
    {
        var node = JsonNode.Parse(Output);
        foreach (var step in path.Split('.'))
            node = node?[step];
        return node?.ToString() ?? throw new BrokenPromiseException($"The answer has no {path}.");
    }
}
