namespace Daypass.Policies.Validation;

/// <summary>How findings speak of values: on one line, and never at length.</summary>
internal static class Words
{
    private const int MaxQuoted = 80;

    /// <summary>The value in single quotes, shortened, without characters that would break a line.</summary>
    public static string Quote(string value) => $"'{Shorten(value)}'";

    /// <summary>The value without quotes.</summary>
    public static string Shorten(string value)
    {
        var shown = value.Length <= MaxQuoted ? value : string.Concat(value.AsSpan(0, MaxQuoted), "...");
        return string.Create(shown.Length, shown, static (characters, shown) =>
        {
            for (var i = 0; i < shown.Length; i++)
                characters[i] = char.IsControl(shown[i]) || char.IsSurrogate(shown[i]) || shown[i] is '\u2028' or '\u2029' ? '?' : shown[i];
        });
    }

    /// <summary>A sentence to append, with its leading space; or nothing if no name is near.</summary>
    public static string DidYouMean(string written, IEnumerable<string> names) =>
        NearMiss.Of(written, names) is { } name ? $" Did you mean {name}?" : "";
}
