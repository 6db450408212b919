using System.Collections.Concurrent;
using Daypass.Policies;

namespace Daypass.AspNetCore.Leases;

/// <summary>
/// Parsed documents by their text. The sessions of a role have the same policies, and reading them again for each costs more than the
/// rest of its lease. Bounded: when full it begins anew, and leases go on with what they have.
/// </summary>
internal sealed class CompiledPolicies
{
    private const int Most = 1024;

    private readonly ConcurrentDictionary<(PolicyType Type, string Text), PolicyDocument> _documents = new();

    /// <exception cref="FormatException">The text is not a policy.</exception>
    public PolicyDocument Get(string text, PolicyType type)
    {
        if (_documents.TryGetValue((type, text), out var known))
            return known;
        var document = PolicyDocument.Parse(text, type);
        if (_documents.Count >= Most)
            _documents.Clear();
        return _documents.GetOrAdd((type, text), document);
    }
}
