using System.Security.Cryptography;
using System.Text;
using Daypass.Names;
using Daypass.Service.Stores;

namespace Daypass.Service.Guessing;

/// <summary>How often something may be guessed at.</summary>
/// <param name="Name">What kind of guessing it is; part of the claims' values.</param>
/// <param name="OnCredit">So many at each node before the store is asked for any.</param>
/// <param name="CreditBack">After how long a node gives one more of those.</param>
/// <param name="Slots">So many lots of tries at a stretch, in the whole installation.</param>
/// <param name="Slot">A new lot comes so often.</param>
/// <param name="InSlot">How many tries a lot is.</param>
internal sealed record TryRule(string Name, int OnCredit, TimeSpan CreditBack, int Slots, TimeSpan Slot, int InSlot)
{
    /// <summary>The most at a stretch where there is one node; each further one has its own credit.</summary>
    public int Burst => OnCredit + (Slots * InSlot);
}

/// <summary>
/// Tries that all nodes together have so many of (docs/decisions/0050). Time is cut into slots, and each slot has one lot of tries for each thing that is guessed
/// at; whichever node claims it first in the store has them. Lots of the last few slots that nobody took are still there. A few tries come first, on credit of
/// the node, without the store: so ordinary mistakes cost nothing, and guessing costs the store one claim for a lot. What was paid for is forgotten under pressure,
/// what is owed never.
/// </summary>
internal sealed class SharedTries(TryRule rule, ITryClaims claims, TimeProvider time)
{
    private const int Remembered = 20_000;

    // Nodes' clocks differ; and a claim that ended early would be a second lot.
    private static readonly TimeSpan Margin = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(2);
    private readonly Lock _lock = new();
    private readonly TryCounts _owed = new(rule.CreditBack, time);
    private readonly Dictionary<string, Purse> _purses = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim[] _buying = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Takes a try, before anything is checked: a hundred at once are a hundred.</summary>
    /// <param name="account">Whose claims it may cost.</param>
    /// <param name="what">What is guessed at.</param>
    /// <exception cref="StoreUnavailableException">It would have to be claimed, and the store is away.</exception>
    public async ValueTask<SharedTry> TakeAsync(AccountId account, string what)
    {
        if (TakeHere(what) is { } here)
            return here;
        var turn = _buying[(uint)what.GetHashCode(StringComparison.Ordinal) % (uint)_buying.Length];
        // A store that is slow must not gather those who guess.
        if (!await turn.WaitAsync(LongestTurn))
            return SharedTry.None(TimeSpan.FromSeconds(1));
        try
        {
            // Whoever was first may have got enough for two.
            return TakeHere(what) ?? await BuyAsync(account, what);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>It was no wrong guess.</summary>
    public void GiveBack(string what, SharedTry taken)
    {
        if (taken.IsOwed)
            _owed.TakeBack(what);
        else
            Put(what, purse => purse with { Left = purse.Left + 1 });
    }

    private SharedTry? TakeHere(string what)
    {
        lock (_lock)
        {
            if (_purses.GetValueOrDefault(what) is { Left: > 0 } purse)
            {
                _purses[what] = purse with { Left = purse.Left - 1 };
                return SharedTry.Paid;
            }
        }
        return _owed.Add(what, rule.OnCredit) <= TimeSpan.Zero ? SharedTry.Owed : null;
    }

    private async ValueTask<SharedTry> BuyAsync(AccountId account, string what)
    {
        var now = time.GetUtcNow();
        var newest = now.Ticks / rule.Slot.Ticks;
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(what)).AsSpan(0, 16));
        for (var slot = Math.Max(newest - rule.Slots + 1, NextOf(what)); slot <= newest; slot++)
        {
            var claim = new Claim($"tries/{rule.Name}/{name}/{slot}", new DateTimeOffset((slot + rule.Slots + 1) * rule.Slot.Ticks, TimeSpan.Zero) + Margin);
            var isOurs = await claims.TryClaimAsync(account, claim);
            if (isOurs is null)
                return SharedTry.None(TimeSpan.FromSeconds(1));
            Put(what, purse => new Purse(slot + 1, purse.Left + (isOurs.Value ? rule.InSlot - 1 : 0)));
            if (isOurs.Value)
                return SharedTry.Paid;
        }
        return SharedTry.None(new DateTimeOffset((newest + 1) * rule.Slot.Ticks, TimeSpan.Zero) - now);
    }

    private long NextOf(string what)
    {
        lock (_lock)
            return _purses.GetValueOrDefault(what).Next;
    }

    private void Put(string what, Func<Purse, Purse> change)
    {
        lock (_lock)
        {
            // Tries that were paid for are lost with it, and lots that are known to be gone are asked for again: nobody gets more.
            if (_purses.Count >= Remembered && !_purses.ContainsKey(what))
                _purses.Clear();
            _purses[what] = change(_purses.GetValueOrDefault(what));
        }
    }

    /// <param name="Next">Every slot before this one was asked for.</param>
    /// <param name="Left">Tries that are paid for.</param>
    private readonly record struct Purse(long Next, int Left);
}

/// <summary>A try that was taken; or none, and how long to wait.</summary>
internal readonly record struct SharedTry(TimeSpan Wait, bool IsOwed)
{
    public static readonly SharedTry Owed = new(TimeSpan.Zero, true);
    public static readonly SharedTry Paid = new(TimeSpan.Zero, false);

    /// <summary>Whether it is none.</summary>
    public bool IsNone => Wait > TimeSpan.Zero;

    public static SharedTry None(TimeSpan wait) => new(wait, false);
}
