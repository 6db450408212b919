using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Daypass.Service.Audit;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Tests.Support;

/// <summary>A call that was granted and computed but not yet written.</summary>
/// <param name="Response">As the JSON dialects show it.</param>
/// <param name="Resources">What the trail names.</param>
/// <param name="Changes">Null when the call changes nothing.</param>
/// <param name="TryCommit">Writes the changes; false when something that they rest on is no longer as it was.</param>
internal sealed record BegunCall(JsonNode Response, IReadOnlyList<AuditResource> Resources, Changes? Changes, Func<bool> TryCommit);

/// <summary>Responses as a client sees them.</summary>
internal static class Shown
{
    public static JsonNode Of(IShape response)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            response.Write(new JsonShapeWriter(json));
            json.WriteEndObject();
        }
        return JsonNode.Parse(Encoding.UTF8.GetString(buffer.ToArray()))!;
    }

    /// <summary>One text member of each structure of a list.</summary>
    public static IEnumerable<string> Each(this JsonNode? list, string member) => list!.AsArray().Select(item => item![member]!.GetValue<string>());

    public static IEnumerable<string> Texts(this JsonNode? list) => list!.AsArray().Select(item => item!.GetValue<string>());
}
