using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Daypass.Service.Audit;

/// <summary>
/// Writes one element of a record within CloudTrail's limit for it, so that a caller cannot fill the trail with one call: the value that would
/// go beyond is cut, what comes after it is left out, and the JSON stays whole.
/// </summary>
internal sealed class LimitedJson(Utf8JsonWriter json)
{
    /// <summary>How the text of a record is escaped: as JSON demands, and no more.</summary>
    public static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    private const int Closing = 64; // the brackets of all that is open
    private const int Around = 8; // a comma, a colon, quotes, or brackets
    private const int MostBytesOfOneCharacter = 6; // \u0000
    private long _end;

    /// <summary>Whether something did not fit.</summary>
    public bool IsCut { get; private set; }

    /// <summary>One that counts from here on.</summary>
    public static LimitedJson Of(Utf8JsonWriter json, int limit)
    {
        var limited = new LimitedJson(json);
        limited.Begin(limit);
        return limited;
    }

    /// <summary>Starts counting.</summary>
    public void Begin(int limit) => (_end, IsCut) = (Written + limit - Closing, false);

    /// <summary>Whether so many bytes fit; if not, the element counts as cut.</summary>
    public bool HasRoomFor(int bytes)
    {
        IsCut |= Written + bytes > _end;
        return !IsCut;
    }

    public void Text(string name, string value)
    {
        if (HasRoomFor(SizeOf(name)))
            json.WriteString(name, Fitting(value, _end - Written - SizeOf(name)));
    }

    public void Text(string value)
    {
        if (HasRoomFor(Around))
            json.WriteStringValue(Fitting(value, _end - Written - Around));
    }

    public void Number(string name, long value)
    {
        if (HasRoomFor(SizeOf(name) + 20))
            json.WriteNumber(name, value);
    }

    public void Flag(string name, bool value)
    {
        if (HasRoomFor(SizeOf(name) + 5))
            json.WriteBoolean(name, value);
    }

    /// <summary>False, with nothing written, when there is no room for anything in it.</summary>
    public bool TryStartObject(string name)
    {
        if (HasRoomFor(SizeOf(name)))
            json.WriteStartObject(name);
        return !IsCut;
    }

    public bool TryStartObject()
    {
        if (HasRoomFor(Around))
            json.WriteStartObject();
        return !IsCut;
    }

    public bool TryStartArray(string name)
    {
        if (HasRoomFor(SizeOf(name)))
            json.WriteStartArray(name);
        return !IsCut;
    }

    public void EndObject() => json.WriteEndObject();

    public void EndArray() => json.WriteEndArray();

    private long Written => json.BytesCommitted + json.BytesPending;

    private static int SizeOf(string name) => name.Length * MostBytesOfOneCharacter + Around;

    private ReadOnlySpan<char> Fitting(string value, long room)
    {
        if ((long)value.Length * MostBytesOfOneCharacter <= room)
            return value;
        var text = Encoding.UTF8.GetBytes(value);
        var escaped = ArrayPool<byte>.Shared.Rent((int)room + 1);
        var status = Encoder.EncodeUtf8(text, escaped.AsSpan(0, (int)room), out var consumed, out _);
        ArrayPool<byte>.Shared.Return(escaped);
        IsCut |= status == OperationStatus.DestinationTooSmall;
        return IsCut ? Encoding.UTF8.GetString(text, 0, consumed) : value;
    }
}
