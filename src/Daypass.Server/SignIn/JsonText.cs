using System.Text.Json;

namespace Daypass.Server.SignIn;

/// <summary>A JSON object of texts.</summary>
internal static class JsonText
{
    public static byte[] Of(params ReadOnlySpan<(string Name, string Value)> members)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            foreach (var (name, value) in members)
                json.WriteString(name, value);
            json.WriteEndObject();
        }
        return stream.ToArray();
    }
}
