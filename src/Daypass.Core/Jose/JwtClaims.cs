using System.Text.Json;

namespace Daypass.Jose;

/// <summary>The claims of a token, by name. Names are compared exactly (RFC 7519, section 4).</summary>
public sealed class JwtClaims
{
    private readonly JsonElement _root;

    internal JwtClaims(JsonElement root) => _root = root;

    /// <summary>The names of all claims, in the order of the token.</summary>
    public IEnumerable<string> Names => _root.EnumerateObject().Select(member => member.Name);

    /// <summary>The claim as JSON, whatever it is; null when there is none.</summary>
    /// <param name="name">The claim's name.</param>
    public JsonElement? Find(string name) => _root.TryGetProperty(name, out var value) ? value : null;

    /// <summary>A claim that is a text; null when it is absent or anything else.</summary>
    /// <param name="name">The claim's name.</param>
    public string? Text(string name) => Find(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>
    /// A claim that is a time in whole seconds since 1970 (NumericDate of RFC 7519, section 2, in the integer form that AWS demands); null when
    /// it is absent or anything else, such as a text, a fraction or an exponent.
    /// </summary>
    /// <param name="name">The claim's name.</param>
    public long? Seconds(string name) =>
        Find(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var seconds) && IsPlain(number.GetRawText()) ? seconds : null;

    /// <summary>A claim that is a text or an array of texts, as texts; null when it is absent or anything else.</summary>
    /// <param name="name">The claim's name.</param>
    public IReadOnlyList<string>? Texts(string name) => Find(name) switch
    {
        { ValueKind: JsonValueKind.String } text => [text.GetString()!],
        { ValueKind: JsonValueKind.Array } array when array.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) =>
            [.. array.EnumerateArray().Select(item => item.GetString()!)],
        _ => null,
    };

    /// <summary>
    /// A scalar as policies compare it: a text as it is, a number as the token spells it, <c>true</c> and <c>false</c>. Null for null, objects and arrays.
    /// </summary>
    /// <param name="value">A claim, or an item of one.</param>
    public static string? ScalarOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };

    private static bool IsPlain(string number) => number.AsSpan().IndexOfAny(".eE") < 0;
}
