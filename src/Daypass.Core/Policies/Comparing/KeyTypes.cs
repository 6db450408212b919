using Daypass.Policies.Conditions;
using Daypass.Policies.Validation.Services;

namespace Daypass.Policies.Comparing;

/// <summary>What is declared of condition keys, as far as it matters here; see <see cref="KnownKeys"/>.</summary>
internal static class KeyTypes
{
    /// <summary>What the values of a key always are; any text if nothing is known of it.</summary>
    public static KeyType Of(string key) => KnownKeys.Find(key)?.Type ?? KeyType.String;

    public static bool IsMultivalued(string key) => KnownKeys.Find(key) is { IsMany: true };

    /// <summary>Whether a text is of a type that a family of operators reads.</summary>
    public static bool IsOf(KeyType type, string text) => type switch
    {
        KeyType.IpAddress => IpBits.TryParse(text, out _),
        KeyType.Date => DateReader.TryRead(text, out _),
        KeyType.Numeric => NumberCandidates.TryRead(text, out _),
        _ => true,
    };
}
