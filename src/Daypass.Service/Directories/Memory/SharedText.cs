namespace Daypass.Service.Directories.Memory;

/// <summary>
/// Gives equal texts of a set's documents the same string: a path, a group's id or a policy that a thousand users have is in memory
/// once, and compiled once. Forgets all it knows when that is too much: then texts are only held as often as they come.
/// </summary>
internal sealed class SharedText(int capacity)
{
    /// <summary>For a load, which forgets it at its end.</summary>
    public const int Unlimited = int.MaxValue;

    private readonly Lock _lock = new();
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>How many bytes need not be there twice, so far.</summary>
    public long Saved { get; private set; }

    public string Of(string text)
    {
        lock (_lock)
        {
            if (_known.TryGetValue(text, out var known))
            {
                Saved += sizeof(char) * text.Length;
                return known;
            }
            if (_known.Count >= capacity)
                _known.Clear();
            _known.Add(text);
            return text;
        }
    }

    public string? OfOptional(string? text) => text is null ? null : Of(text);

    /// <summary>The texts in an array of their number: what a reader of JSON makes has room for more.</summary>
    public IReadOnlyList<string> Of(IReadOnlyList<string> texts) => Each(texts, Of);

    /// <summary>Each item as another, in an array of their number.</summary>
    public static IReadOnlyList<T> Each<T>(IReadOnlyList<T> items, Func<T, T> change) => items.Count == 0 ? [] : items.Select(change).ToArray();
}
