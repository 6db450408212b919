using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Daypass.Policies.Parsing;

/// <summary>
/// Reads a policy's JSON strictly: no comments, no trailing commas, no byte order mark, no name twice in an object (a serializer
/// would keep the last, and drop a guard), nesting bounded.
/// </summary>
internal ref struct JsonTree
{
    private readonly PolicySource _source;
    private readonly byte[] _bytes;
    private Utf8JsonReader _reader;
    private readonly bool _allowsRepeated;
    private int _characters;
    private int _bytesSeen;

    private JsonTree(PolicySource source, byte[] bytes, bool allowsRepeated)
    {
        _allowsRepeated = allowsRepeated;
        _source = source;
        _bytes = bytes;
        _reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = PolicyChoices.MaxDepth });
    }

    /// <summary>The root value, or null and what is wrong.</summary>
    /// <param name="source">The text.</param>
    /// <param name="allowsRepeated">Whether a name that comes again is only noted.</param>
    /// <param name="error">The first fault.</param>
    public static JsonItem? TryRead(PolicySource source, bool allowsRepeated, out PolicyError? error)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(source.Text)];
        if (Utf8.FromUtf16(source.Text, bytes, out var read, out _, replaceInvalidSequences: false) != OperationStatus.Done)
        {
            error = source.Error(PolicyMessages.InvalidJson, read);
            return null;
        }
        var tree = new JsonTree(source, bytes, allowsRepeated);
        return tree.ReadAll(out error);
    }

    private JsonItem? ReadAll(out PolicyError? error)
    {
        // The reader and its decoding of escapes tell of bad text by exceptions only; they end here.
        try
        {
            _reader.Read();
            var root = ReadValue(out error);
            if (error is null)
                _reader.Read();
            return error is null ? root : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            error = Error(PolicyMessages.InvalidJson);
            return null;
        }
    }

    private JsonItem? ReadValue(out PolicyError? error)
    {
        error = null;
        var start = CharactersBefore((int)_reader.TokenStartIndex);
        var item = _reader.TokenType switch
        {
            JsonTokenType.StartObject => ReadObject(new JsonItem { Kind = JsonKind.Object, Start = start }, out error),
            JsonTokenType.StartArray => ReadArray(new JsonItem { Kind = JsonKind.Array, Start = start }, out error),
            JsonTokenType.String => new JsonItem { Kind = JsonKind.Text, Start = start, Text = _reader.GetString()! },
            JsonTokenType.Number => new JsonItem { Kind = JsonKind.Number, Start = start, Text = Encoding.UTF8.GetString(_reader.ValueSpan) },
            JsonTokenType.True or JsonTokenType.False => new JsonItem { Kind = JsonKind.Boolean, Start = start, Text = _reader.TokenType == JsonTokenType.True ? "true" : "false" },
            _ => new JsonItem { Kind = JsonKind.Null, Start = start },
        };
        if (item is not null)
            item.End = CharactersBefore((int)_reader.BytesConsumed);
        return item;
    }

    private JsonItem? ReadObject(JsonItem item, out PolicyError? error)
    {
        error = null;
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
        {
            var name = _reader.GetString()!;
            var isRepeated = item.Members.ContainsKey(name);
            if (isRepeated && !_allowsRepeated)
            {
                error = Error(PolicyMessages.Syntax);
                return null;
            }
            _reader.Read();
            if (ReadValue(out error) is not { } value)
                return null;
            if (isRepeated)
                (item.Repeated ??= new(StringComparer.Ordinal)).Add(name);
            else
                item.Members.Add(name, value);
        }
        return item;
    }

    private JsonItem? ReadArray(JsonItem item, out PolicyError? error)
    {
        error = null;
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            if (ReadValue(out error) is not { } value)
                return null;
            item.Items.Add(value);
        }
        return item;
    }

    private PolicyError Error(string message) =>
        _source.Error(message, CharactersBefore((int)Math.Max(_reader.TokenStartIndex, _reader.BytesConsumed)));

    /// <summary>Offsets grow, so each byte is counted once.</summary>
    private int CharactersBefore(int bytes)
    {
        if (_bytes.Length == _source.Text.Length)
            return bytes;
        _characters += Encoding.UTF8.GetCharCount(_bytes, _bytesSeen, bytes - _bytesSeen);
        _bytesSeen = bytes;
        return _characters;
    }
}
