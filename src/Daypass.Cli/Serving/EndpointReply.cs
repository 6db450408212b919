using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Daypass.Cli.Api;

namespace Daypass.Cli.Serving;

/// <summary>What the endpoint answers: credentials, or why not, in the members that clients look for.</summary>
internal sealed record EndpointReply(HttpStatusCode Status, string Body)
{
    // Plus signs of tokens as they are, for those who read it with less than a JSON parser. It goes to no browser.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static EndpointReply Of(JsonObject body) => new(HttpStatusCode.OK, body.ToJsonString(Plain));

    public static EndpointReply Refusal(HttpStatusCode status, string code, string message) =>
        new(status, new JsonObject { ["Code"] = code, ["Message"] = message }.ToJsonString());

    /// <summary>Clients try again what begins with 5, and say at once what begins with 4.</summary>
    public static EndpointReply Refusal(CommandException failure) => failure.Fault is { } fault
        ? Refusal(HttpStatusCode.Forbidden, fault.Code, fault.Message)
        : Refusal(HttpStatusCode.ServiceUnavailable, "ServiceUnavailable", failure.Message);

    public byte[] ToBytes()
    {
        var body = Encoding.UTF8.GetBytes(Body);
        var head = $"HTTP/1.1 {(int)Status} {Status}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n";
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }
}
