using System.Text.Json.Nodes;

namespace Daypass.Cli.Api;

/// <summary>What the server said: the result's members, or an error.</summary>
internal sealed record ApiReply(JsonObject? Result, ApiFault? Fault);

internal sealed record ApiFault(string Code, string Message);
