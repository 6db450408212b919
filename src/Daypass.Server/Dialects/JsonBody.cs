using System.Globalization;
using System.Text.Json;
using Daypass.Service.Pipeline;

namespace Daypass.Server.Dialects;

/// <summary>
/// Reads the body of a JSON request. Parameters are brought into the Query protocol's names (<c>List.member.1.Name</c>), so that an action
/// reads them in one way only. How deep, how many and how long they may be is limited here for all JSON dialects.
/// </summary>
internal static class JsonBody
{
    private const int MaxDepth = 16;

    /// <summary>A parameter's whole name. A name stands before each of its values, so a long one around many values would multiply.</summary>
    private const int MaxNameLength = 512;

    /// <summary>Objects, lists and values of one document.</summary>
    private const int MaxElements = 2 * Parameters.MaxCount;

    /// <summary>The parameters; none when there is no body.</summary>
    /// <exception cref="ApiException">The body is not one JSON object, has a name twice, or is beyond the limits.</exception>
    public static List<KeyValuePair<string, string>> Read(ReadOnlySpan<byte> body)
    {
        var parameters = new List<KeyValuePair<string, string>>();
        if (body.IsEmpty)
            return parameters;
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxDepth });
            using var document = JsonDocument.ParseValue(ref reader);
            // White space may follow; anything else is an error that reading on meets with.
            if (reader.Read() || document.RootElement.ValueKind != JsonValueKind.Object)
                throw Errors.Service("SerializationException", "The body must be one JSON object.");
            Flatten(document.RootElement, "", parameters, []);
            return parameters;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // Half of a surrogate pair parses, and cannot be read: InvalidOperationException.
            throw Errors.Service("SerializationException", "The body is not valid JSON.");
        }
    }

    private static void Flatten(JsonElement element, string name, List<KeyValuePair<string, string>> into, HashSet<string> names)
    {
        // Objects, lists and nulls too: two lists of one name would else be one list that nobody sent.
        if (!names.Add(name))
            throw FormReader.Duplicate(name);
        if (into.Count >= Parameters.MaxCount || names.Count > MaxElements)
            throw Errors.MalformedInput($"The request has more than {Parameters.MaxCount} parameters.");
        if (name.Length > MaxNameLength)
            throw Errors.MalformedInput($"The name of a parameter is longer than {MaxNameLength} characters.");
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    // A dot would make it part of another member: readers of the JSON itself see none of that.
                    if (member.Name.Contains('.', StringComparison.Ordinal))
                        throw Errors.Service("SerializationException", $"The name {Errors.Shorten(member.Name)} has a dot.");
                    Flatten(member.Value, name.Length == 0 ? member.Name : $"{name}.{member.Name}", into, names);
                }
                break;
            case JsonValueKind.Array:
                var number = 0;
                foreach (var item in element.EnumerateArray())
                    Flatten(item, $"{name}.member.{(++number).ToString(CultureInfo.InvariantCulture)}", into, names);
                if (number == 0)
                    into.Add(KeyValuePair.Create(name, ""));
                break;
            case JsonValueKind.Null:
                break;
            default:
                into.Add(KeyValuePair.Create(name, element.ValueKind == JsonValueKind.String ? element.GetString()! : element.GetRawText()));
                break;
        }
    }
}
