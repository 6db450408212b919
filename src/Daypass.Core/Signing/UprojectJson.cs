using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Daypass.Signing;

/// <summary>
/// Reads parameters of a JSON body, flat or nested. The text of a list is the texts of its items in a row, without indexes; that of an object is
/// names and texts of its members, sorted; null and "" have none.
/// </summary>
internal static class UprojectJson
{
    private const int MaxElements = 2 * UprojectRequest.MaxParameters;
    private static readonly UprojectError NoObject = new("The body must be one JSON object.");
    private static readonly UprojectError NoJson = new("The body is not valid JSON.");

    public static UprojectError? Read(ReadOnlySpan<byte> body, List<UprojectPart> into)
    {
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = UprojectRequest.MaxDepth });
            using var document = JsonDocument.ParseValue(ref reader);
            // White space may follow; anything else is an error that reading on meets with.
            if (reader.Read() || document.RootElement.ValueKind != JsonValueKind.Object)
                return NoObject;
            return new Document().Read(document.RootElement, into);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // Half of a surrogate pair parses, and cannot be read: InvalidOperationException.
            return NoJson;
        }
    }

    private sealed class Document
    {
        private int _elements;

        public UprojectError? Read(JsonElement root, List<UprojectPart> into)
        {
            foreach (var member in root.EnumerateObject())
            {
                if (into.Count >= UprojectRequest.MaxParameters)
                    return UprojectRequest.TooMany;
                if (UprojectName.Check(member.Name) is { } bad)
                    return bad;
                var text = new StringBuilder();
                var members = member.Value.ValueKind is JsonValueKind.Array or JsonValueKind.Object ? new List<KeyValuePair<string, string>>() : null;
                if (Add(member.Value, member.Name, text, members) is { } error)
                    return error;
                into.Add(new UprojectPart(member.Name, text.ToString(), IsQuery: false, members));
            }
            return null;
        }

        private UprojectError? Add(JsonElement value, string name, StringBuilder text, List<KeyValuePair<string, string>>? flat)
        {
            if (++_elements > MaxElements)
                return UprojectRequest.TooMany;
            if (name.Length > UprojectRequest.MaxNameLength)
                return new UprojectError($"The name of a parameter is longer than {UprojectRequest.MaxNameLength} characters.");
            switch (value.ValueKind)
            {
                case JsonValueKind.Array:
                    return AddList(value, name, text, flat);
                case JsonValueKind.Object:
                    return AddObject(value, name, text, flat);
                default:
                    if (TextOf(value) is not { } own)
                        return new UprojectError($"The parameter {name} is not a number that can be told.", name);
                    text.Append(own);
                    flat?.Add(KeyValuePair.Create(name, own));
                    return null;
            }
        }

        private UprojectError? AddList(JsonElement list, string name, StringBuilder text, List<KeyValuePair<string, string>>? flat)
        {
            var index = 0;
            if (list.GetArrayLength() == 0)
                AddEmpty(name, flat);
            foreach (var item in list.EnumerateArray())
            {
                if (Add(item, $"{name}.{(index++).ToString(CultureInfo.InvariantCulture)}", text, flat) is { } error)
                    return error;
            }
            return null;
        }

        private UprojectError? AddObject(JsonElement @object, string name, StringBuilder text, List<KeyValuePair<string, string>>? flat)
        {
            var members = new SortedList<string, JsonElement>(StringComparer.Ordinal);
            foreach (var member in @object.EnumerateObject())
            {
                // A dot would make it part of another member.
                if (!UprojectName.IsPart(member.Name))
                    return UprojectName.Bad(member.Name);
                if (!members.TryAdd(member.Name, member.Value))
                    return UprojectRequest.Twice($"{name}.{member.Name}");
                if (members.Count > UprojectRequest.MaxParameters)
                    return UprojectRequest.TooMany;
            }
            if (members.Count == 0)
                AddEmpty(name, flat);
            foreach (var (key, value) in members)
            {
                text.Append(key);
                if (Add(value, $"{name}.{key}", text, flat) is { } error)
                    return error;
            }
            return null;
        }

        // Its name is signed. Whoever looks for names that no action knows must meet with it.
        private static void AddEmpty(string name, List<KeyValuePair<string, string>>? flat) => flat?.Add(KeyValuePair.Create(name, ""));
    }

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => UprojectNumber.TextOf(value.GetRawText()),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => "",
    };
}
