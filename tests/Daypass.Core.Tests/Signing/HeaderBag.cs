using Daypass.Signing;

namespace Daypass.Core.Tests.Signing;

/// <summary>Headers of a test request; each line as it would arrive.</summary>
public sealed class HeaderBag(IEnumerable<KeyValuePair<string, string>> lines) : IRequestHeaders
{
    public List<KeyValuePair<string, string>> Lines { get; } = [.. lines];

    public IEnumerable<string> Names => Lines.Select(line => line.Key).Distinct(StringComparer.OrdinalIgnoreCase);

    public int Count(string name) => Values(name).Count();

    public string? Get(string name, int index) => Values(name).ElementAtOrDefault(index);

    public bool Contains(string name) => Values(name).Any();

    public HeaderBag With(string name, string value) => new([.. Lines, new(name, value)]);

    public HeaderBag Without(string name) => new(Lines.Where(line => !line.Key.Equals(name, StringComparison.OrdinalIgnoreCase)));

    public HeaderBag Replaced(string name, string value) =>
        new(Lines.Select(line => line.Key.Equals(name, StringComparison.OrdinalIgnoreCase) ? new(line.Key, value) : line));

    private IEnumerable<string> Values(string name) =>
        Lines.Where(line => line.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(line => line.Value);
}
