using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Daypass.Tokens;

namespace Daypass.Service.Actions.Sts;

/// <summary>
/// A decoded message with the member <c>reportedBy</c>: who refused, as the keys tell it. What a protected service reports is its own
/// word, in its own text, and it must not be able to put somebody else's name under it.
/// </summary>
internal static class ReportedMessage
{
    private const string Member = "reportedBy";

    /// <summary>Null for a text that is not one JSON object, or in which a name comes twice: readers would differ in what it says.</summary>
    public static string? Of(string text, OpenedMessage opened)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return document.RootElement.ValueKind == JsonValueKind.Object ? Write(document.RootElement, opened) : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // Half of a surrogate pair parses, and cannot be read: InvalidOperationException.
            return null;
        }
    }

    private static string Write(JsonElement root, OpenedMessage opened)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        foreach (var member in root.EnumerateObject())
        {
            if (!member.Name.Equals(Member, StringComparison.OrdinalIgnoreCase))
                member.WriteTo(json);
        }
        json.WriteStartObject(Member);
        json.WriteString("service", opened.Origin?.Service ?? "daypass");
        if (opened.Origin is { } origin)
        {
            json.WriteString("region", origin.Region);
            json.WriteString("account", origin.Account.ToString());
        }
        json.WriteString("time", opened.Message.IssuedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
