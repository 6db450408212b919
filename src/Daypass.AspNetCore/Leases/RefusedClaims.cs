using System.Collections.Concurrent;

namespace Daypass.AspNetCore.Leases;

/// <summary>Remembers refusals for a moment, so that a caller who repeats itself does not make a call each time. Holds a fixed number.</summary>
internal sealed class RefusedClaims(TimeProvider time)
{
    private const int Most = 4096;

    // What was not there a second ago may be there now: a key was made, a clock was set.
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Fingerprint, (DaypassRefusal Refusal, long At)> _refusals = new();

    public DaypassRefusal? Find(LeaseProof proof) => _refusals.IsEmpty ? null : Find(proof.Claim()) ?? Find(proof.Whole());

    public void Add(LeaseProof proof, LeaseAnswer answer)
    {
        if (_refusals.Count >= Most)
            Forget();
        if (_refusals.Count < Most)
            _refusals[answer.RefusesTheKey ? proof.Claim() : proof.Whole()] = (answer.Refusal!, time.GetTimestamp());
    }

    /// <summary>Drops what is over.</summary>
    public void Forget()
    {
        foreach (var entry in _refusals)
        {
            if (time.GetElapsedTime(entry.Value.At) >= Memory)
                _refusals.TryRemove(entry);
        }
    }

    private DaypassRefusal? Find(Fingerprint claim) =>
        _refusals.TryGetValue(claim, out var entry) && time.GetElapsedTime(entry.At) < Memory ? entry.Refusal : null;
}
