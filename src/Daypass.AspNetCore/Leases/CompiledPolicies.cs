using System.Collections.Concurrent;
using Daypass.Leases;
using Daypass.Policies;

namespace Daypass.AspNetCore.Leases;

/// <summary>
/// Parsed documents by their text. The sessions of a role have the same policies, and reading them again for each costs more than the
/// rest of its lease. Bounded: when full it begins anew, and leases go on with what they have.
/// </summary>
internal sealed class CompiledPolicies(ILogger logger)
{
    private const int Most = 1024;

    private readonly ConcurrentDictionary<(PolicyType Type, string? Syntax, string Text), PolicyDocument> _documents = new();

    /// <summary>
    /// A text of a lease, compiled. Daypass sends what it has stored, and may be newer than this library: what is not understood is closed,
    /// said once, and takes nothing from the other policies and callers of the same answer.
    /// </summary>
    public PolicyDocument Get(LeasePolicy policy, PolicyType type)
    {
        var key = (type, policy.Syntax, policy.Document);
        if (_documents.TryGetValue(key, out var known))
            return known;
        var document = PolicyDocument.ReadStored(policy.Document, type, policy.Syntax);
        if (document.Fault is { } fault)
            Log.DamagedPolicy(logger, type, policy.Id, fault.Message, fault.Position.Line, fault.Position.Column);
        if (_documents.Count >= Most)
            _documents.Clear();
        return _documents.GetOrAdd(key, document);
    }
}
