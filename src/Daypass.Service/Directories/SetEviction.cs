using Daypass.Names;

namespace Daypass.Service.Directories;

/// <summary>
/// Which sets leave memory: those that nobody has needed for an hour, and when all together take more than the budget, first those that no
/// proven caller ever needed (so strangers who name accounts push nobody out), then the least recently used. What was loaded or used just
/// now stays even above the budget: else two sets that do not fit together would load each other out at every call.
/// </summary>
internal static class SetEviction
{
    /// <summary>In ticks, which are seconds.</summary>
    public const int IdleAfter = 3600;
    private const int Grace = 10;

    /// <summary>The sets to drop, given the tick it is now.</summary>
    public static IEnumerable<KeyValuePair<AccountId, LoadedSet>> Choose(IEnumerable<KeyValuePair<AccountId, LoadedSet>> sets, long budget, int now)
    {
        List<KeyValuePair<AccountId, LoadedSet>> loaded = [.. sets.Where(set => set.Value.View is not null)];
        var excess = loaded.Sum(set => set.Value.Bytes) - budget;
        if (excess <= 0 && !loaded.Exists(set => IsIdle(set.Value, now)))
            yield break;
        // A little more than must go, so that it need not be done again at once.
        var wanted = excess > 0 ? excess + (budget / 20) : 0;
        foreach (var set in loaded.OrderBy(set => LastNeed(set.Value)))
        {
            if (!IsIdle(set.Value, now) && (wanted <= 0 || IsInUse(set.Value, now)))
                continue;
            wanted -= set.Value.Bytes;
            yield return set;
        }
    }

    private static bool IsIdle(LoadedSet set, int now) => now - Math.Max(set.UsedAt, set.LoadedAt) > IdleAfter;

    private static int LastNeed(LoadedSet set) => set.UsedAt == 0 ? 0 : Math.Max(set.UsedAt, set.LoadedAt);

    private static bool IsInUse(LoadedSet set, int now) => set.UsedAt != 0 && now - LastNeed(set) <= Grace;
}
