using System.Text.Json.Nodes;

namespace Daypass.Cli.Api;

/// <summary>What the server said: the result's members, or an error.</summary>
internal sealed record ApiReply(JsonObject? Result, ApiFault? Fault)
{
    /// <summary>Nodes whose newest events a search of the trail may lack; null when none does.</summary>
    public string? MissingNodes { get; init; }
}

internal sealed record ApiFault(string Code, string Message);
