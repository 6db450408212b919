using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Daypass.Cli.Http;

namespace Daypass.Cli.Api;

/// <summary>Sends a call in its API's wire form, signed, and reads the answer's envelope.</summary>
internal sealed class ApiClient(SignedSender sender, Uri endpoint)
{
    public async Task<ApiReply> CallAsync(ApiCall call, CancellationToken cancellationToken)
    {
        using var response = await sender.SendAsync(RequestOf(call), call.Service.SigningName, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        var json = ReadObject(text);
        if (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.Created && json is not null)
            return new ApiReply(call.Service.IsQuery ? ResultOf(json, call.Action) : json, null) { MissingNodes = MissingNodes(response) };
        return new ApiReply(null, FaultOf(json, response) ?? new ApiFault($"HTTP {(int)response.StatusCode}", text.Length == 0 ? response.ReasonPhrase ?? "" : text));
    }

    private static string? MissingNodes(HttpResponseMessage response) =>
        response.Headers.TryGetValues("x-daypass-missing-nodes", out var nodes) ? string.Join(", ", nodes) : null;

    private OutgoingRequest RequestOf(ApiCall call) => call.Service.IsQuery ? QueryRequest(call) : call.Service.IsRest ? RestRequest(call) : JsonRequest(call);

    private OutgoingRequest QueryRequest(ApiCall call)
    {
        var pairs = ParameterTree.Flatten(call.Parameters).Prepend(new("Version", call.Service.Version)).Prepend(new("Action", call.Action));
        var form = string.Join('&', pairs.Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));
        return new OutgoingRequest("POST", endpoint, Encoding.UTF8.GetBytes(form))
        {
            Headers = { ["Content-Type"] = "application/x-www-form-urlencoded; charset=utf-8", ["Accept"] = "application/json" },
        };
    }

    private OutgoingRequest JsonRequest(ApiCall call) => new("POST", endpoint, Encoding.UTF8.GetBytes(call.Parameters.ToJsonString()))
    {
        Headers = { ["Content-Type"] = "application/x-amz-json-1.1", ["X-Amz-Target"] = $"{call.Service.Target}.{call.Action}" },
    };

    // REST services name their members in lower camel case, down to the last one.
    private OutgoingRequest RestRequest(ApiCall call)
    {
        var action = call.Service.Actions[call.Action];
        var parameters = (JsonObject)Lowered(call.Parameters)!;
        var path = action.Path!;
        foreach (var label in parameters.Select(pair => pair.Key).Where(name => path.Contains($"{{{name}}}", StringComparison.Ordinal)).ToList())
        {
            path = path.Replace($"{{{label}}}", Uri.EscapeDataString(parameters[label]!.ToString()), StringComparison.Ordinal);
            parameters.Remove(label);
        }
        var queried = new JsonObject();
        foreach (var name in action.Parameters.Where(parameter => parameter.IsInQuery).Select(parameter => LowerFirst(parameter.Name)))
        {
            if (parameters.Remove(name, out var value))
                queried[name] = value;
        }
        var query = string.Join('&', ParameterTree.Flatten(queried).Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}"));
        var request = new OutgoingRequest(action.Method, new Uri(endpoint, query.Length == 0 ? path : $"{path}?{query}"), action.Method is "GET" or "DELETE" ? [] : Encoding.UTF8.GetBytes(parameters.ToJsonString()));
        if (request.Body.Length > 0)
            request.Headers["Content-Type"] = "application/json";
        return request;
    }

    private static JsonNode? Lowered(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(LowerFirst(member.Key), Lowered(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Lowered)]),
        _ => node?.DeepClone(),
    };

    private static string LowerFirst(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private static JsonObject? ReadObject(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonObject? ResultOf(JsonObject envelope, string action) => envelope[action + "Response"]?[action + "Result"] as JsonObject;

    private static ApiFault? FaultOf(JsonObject? json, HttpResponseMessage response)
    {
        if (response.Headers.TryGetValues("x-amzn-ErrorType", out var types))
            return new ApiFault(types.First(), json?["message"]?.ToString() ?? "");
        if (json?["Error"] is JsonObject error)
            return new ApiFault(error["Code"]?.ToString() ?? "Unknown", error["Message"]?.ToString() ?? "");
        // The type may be written with its namespace: com.amazonaws.cloudtrail#InvalidNextTokenException.
        return json?["__type"]?.ToString() is { } type
            ? new ApiFault(type[(type.IndexOf('#') + 1)..], (json["message"] ?? json["Message"])?.ToString() ?? "")
            : null;
    }
}
