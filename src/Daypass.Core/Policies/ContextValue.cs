namespace Daypass.Policies;

/// <summary>The value of a condition key: one text, or a list if the key is declared multivalued (even with one member today).</summary>
public readonly struct ContextValue
{
    private readonly object? _value;

    /// <summary>One value.</summary>
    public ContextValue(string value) => _value = value;

    /// <summary>The values of a multivalued key; the array must not be changed afterwards.</summary>
    internal ContextValue(string[] values) => _value = values;

    /// <summary>Whether the key is declared multivalued.</summary>
    public bool IsList => _value is string[];

    /// <summary>How many values there are.</summary>
    public int Count => _value switch { string => 1, string[] list => list.Length, _ => 0 };

    /// <summary>The value at an index from 0 to <see cref="Count"/> - 1.</summary>
    public string this[int index] => _value is string[] list ? list[index] : (string)_value!;

    /// <summary>The value of a single-valued key; null for a list.</summary>
    public string? Single => _value as string;

    /// <summary>All values.</summary>
    public IReadOnlyList<string> Values => _value switch { string text => [text], string[] list => Array.AsReadOnly(list), _ => [] };
}
