namespace Daypass.Policies.Validation.Services;

/// <summary>What is known of a condition key by its name.</summary>
internal static class KnownKeys
{
    private static readonly Lazy<KeySet> Global = new(() => new KeySet(GlobalKeys.Text
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => KeyFacts.Read(line.Split(' ')))));

    /// <summary>The key, or null if nothing is known of it.</summary>
    public static KeyFacts? Find(string key) => Global.Value.Find(key) ?? TableOf(key)?.Find(key);

    /// <summary>All keys that share this one's prefix; null if others may exist, too.</summary>
    public static KeySet? TableOf(string key)
    {
        var prefix = PrefixOf(key);
        return prefix.Equals("aws", StringComparison.OrdinalIgnoreCase) ? Global.Value : ServiceTable.Find(prefix)?.Keys;
    }

    /// <summary>The part before the first colon.</summary>
    public static string PrefixOf(string key) => key[..Math.Max(0, key.IndexOf(':'))];
}
