using System.Collections.Immutable;

namespace Daypass.Cluster.Tests.Model;

/// <summary>What is so in an account, as plain names and values. Two that say the same are equal.</summary>
internal sealed class Facts : IEquatable<Facts>
{
    public static readonly Facts None = new(ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));

    private readonly ImmutableSortedDictionary<string, string> _facts;
    private string? _text;

    private Facts(ImmutableSortedDictionary<string, string> facts) => _facts = facts;

    public string Text => _text ??= string.Join(" ", _facts.Select(fact => $"{fact.Key}={fact.Value}"));

    public bool Has(string name) => _facts.ContainsKey(name);

    public string? Find(string name) => _facts.GetValueOrDefault(name);

    public IEnumerable<string> Under(string prefix) => _facts.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal));

    public Facts With(string name, string value) => new(_facts.SetItem(name, value));

    public Facts Without(string name) => new(_facts.Remove(name));

    public bool Equals(Facts? other) => other is not null && Text == other.Text;

    public override bool Equals(object? obj) => Equals(obj as Facts);

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text.Length == 0 ? "nothing" : Text;
}
