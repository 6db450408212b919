using System.Text.Json;
using System.Text.Unicode;

namespace Daypass.Jose;

/// <summary>
/// JSON of strangers: one object in valid UTF-8, no name twice in an object (escapes undone), nesting bounded, no comments, no trailing commas, and
/// every text in it readable. What comes out can be walked without a further check.
/// </summary>
internal static class StrictJson
{
    /// <summary>Deeper than any issuer nests, and far from what costs.</summary>
    public const int MaxDepth = 16;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false, AllowTrailingCommas = false, CommentHandling = JsonCommentHandling.Disallow };

    /// <summary>The object, or null.</summary>
    public static JsonElement? ReadObject(ReadOnlyMemory<byte> utf8)
    {
        if (!Utf8.IsValid(utf8.Span))
            return null;
        // The reader tells of bad text by exceptions only, of lone surrogates in escapes not before the text is asked for. They end here.
        try
        {
            using var document = JsonDocument.Parse(utf8, Options);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return null;
            Materialise(document.RootElement);
            return document.RootElement.Clone();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static void Materialise(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    _ = member.Name;
                    Materialise(member.Value);
                }
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                    Materialise(item);
                break;
            case JsonValueKind.String:
                _ = element.GetString();
                break;
        }
    }
}
