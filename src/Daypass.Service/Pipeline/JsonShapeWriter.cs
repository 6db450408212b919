using System.Text.Json;

namespace Daypass.Service.Pipeline;

/// <summary>Writes shapes as JSON: the JSON dialects as they are, the audit record with its own names and without secrets.</summary>
internal class JsonShapeWriter(Utf8JsonWriter json) : ShapeWriter
{
    protected Utf8JsonWriter Json { get; } = json;

    public override void Text(string name, string? value)
    {
        if (value is not null)
            Json.WriteString(NameOf(name), value);
    }

    public override void Number(string name, long? value)
    {
        if (value is { } number)
            Json.WriteNumber(NameOf(name), number);
    }

    public override void Flag(string name, bool? value)
    {
        if (value is { } flag)
            Json.WriteBoolean(NameOf(name), flag);
    }

    /// <summary>Seconds since 1970, as AWS JSON has it.</summary>
    public override void Time(string name, DateTimeOffset? value)
    {
        if (value is { } time)
            Json.WriteNumber(NameOf(name), time.ToUnixTimeSeconds());
    }

    public override void Structure(string name, IShape? value)
    {
        if (value is null)
            return;
        Json.WriteStartObject(NameOf(name));
        value.Write(this);
        Json.WriteEndObject();
    }

    public override void List(string name, IEnumerable<IShape>? values)
    {
        if (values is null)
            return;
        Json.WriteStartArray(NameOf(name));
        foreach (var value in values)
        {
            Json.WriteStartObject();
            value.Write(this);
            Json.WriteEndObject();
        }
        Json.WriteEndArray();
    }

    public override void TextList(string name, IEnumerable<string>? values)
    {
        if (values is null)
            return;
        Json.WriteStartArray(NameOf(name));
        foreach (var value in values)
            Json.WriteStringValue(value);
        Json.WriteEndArray();
    }

    public override void NumberMap(string name, IEnumerable<KeyValuePair<string, long>> values)
    {
        Json.WriteStartObject(NameOf(name));
        foreach (var (key, value) in values)
            Json.WriteNumber(key, value);
        Json.WriteEndObject();
    }

    public override void TextMap(string name, IEnumerable<KeyValuePair<string, string>>? values)
    {
        if (values is null)
            return;
        Json.WriteStartObject(NameOf(name));
        foreach (var (key, value) in values)
            Json.WriteString(key, value);
        Json.WriteEndObject();
    }

    protected virtual string NameOf(string name) => name;
}
