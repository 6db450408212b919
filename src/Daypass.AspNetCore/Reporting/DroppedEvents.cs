using System.Collections.Concurrent;
using Daypass.AspNetCore.Leases;
using Daypass.Names;

namespace Daypass.AspNetCore.Reporting;

/// <summary>How many events were dropped of each account, until a batch tells it.</summary>
internal sealed class DroppedEvents
{
    // Beyond these the first ones' counts still grow; the meter has all.
    private const int MostAccounts = 10_000;

    private readonly ConcurrentDictionary<AccountId, Tally> _accounts = new();

    public bool IsEmpty => _accounts.IsEmpty || _accounts.Values.All(tally => tally.IsEmpty);

    public void Add(LeaseTerms terms, long time, long count = 1)
    {
        if (_accounts.TryGetValue(terms.Principal.Account, out var tally) || _accounts.Count < MostAccounts)
            (tally ?? _accounts.GetOrAdd(terms.Principal.Account, static _ => new Tally())).Add(terms, time, time, count);
    }

    /// <summary>What was counted, of so many accounts at most, from zero again.</summary>
    public List<Drop> Take(int most)
    {
        var drops = new List<Drop>();
        foreach (var (_, tally) in _accounts)
        {
            if (drops.Count == most)
                break;
            if (tally.Take() is { } drop)
                drops.Add(drop);
        }
        return drops;
    }

    /// <summary>Puts back what could not be told.</summary>
    public void Return(IEnumerable<Drop> drops)
    {
        foreach (var drop in drops)
            _accounts.GetOrAdd(drop.Terms.Principal.Account, static _ => new Tally()).Add(drop.Terms, drop.From, drop.Until, drop.Count);
    }

    /// <summary>A note for the trail: so many events of the account of this lease's caller.</summary>
    internal sealed record Drop(LeaseTerms Terms, long Count, long From, long Until);

    private sealed class Tally
    {
        private readonly Lock _gate = new();
        private LeaseTerms? _terms;
        private long _count;
        private long _from;
        private long _until;

        public bool IsEmpty => Volatile.Read(ref _count) == 0;

        // The newest lease tells: an older one's ticket may be too old by the time.
        public void Add(LeaseTerms terms, long from, long until, long count)
        {
            lock (_gate)
            {
                _from = _count == 0 ? from : Math.Min(_from, from);
                _until = _count == 0 ? until : Math.Max(_until, until);
                _terms = terms;
                _count += count;
            }
        }

        public Drop? Take()
        {
            lock (_gate)
            {
                var taken = _count == 0 ? null : new Drop(_terms!, _count, _from, _until);
                (_terms, _count) = (null, 0);
                return taken;
            }
        }
    }
}
