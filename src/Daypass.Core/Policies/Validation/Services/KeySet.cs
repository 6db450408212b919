using System.Collections.Frozen;

namespace Daypass.Policies.Validation.Services;

/// <summary>Condition keys by name; letter case does not matter, nor which tag it is.</summary>
internal sealed class KeySet(IEnumerable<KeyFacts> keys)
{
    private readonly FrozenDictionary<string, KeyFacts> _byName = keys.ToFrozenDictionary(key => key.Name, StringComparer.OrdinalIgnoreCase);

    public IEnumerable<string> Names => _byName.Keys;

    /// <summary>The key, or null. A key of tags is found with the name of a tag only.</summary>
    public KeyFacts? Find(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
            return _byName.GetValueOrDefault(key);
        return slash + 1 < key.Length ? FindOfTag(key[..slash]) : null;
    }

    /// <summary>The key of tags that is written without the name of one.</summary>
    public KeyFacts? FindWithoutTag(string key) => FindOfTag(key.TrimEnd('/'));

    private KeyFacts? FindOfTag(string family) => _byName.GetValueOrDefault(family + "/*");
}
