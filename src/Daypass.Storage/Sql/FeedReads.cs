using Daypass.Service.Stores;

namespace Daypass.Storage.Sql;

/// <summary>What every engine checks when the feed is read.</summary>
internal static class FeedReads
{
    /// <summary>How many changes are read in one go.</summary>
    public const int ChangesAtOnce = 128;

    /// <exception cref="EpochChangedException">The position is not on this store's feed.</exception>
    /// <param name="commitThere">The commit that the store has at the position's sequence.</param>
    public static void Check(FeedPosition position, FeedPosition head, string? commitThere)
    {
        if (position.Epoch != head.Epoch)
            throw new EpochChangedException("The store was restored since this position was read.");
        // Beyond the end, or another commit in its place: a backup took the store's place, or a failover to a server that had not got it.
        if (position.Sequence > head.Sequence || (position.Commit.Length > 0 && position.Commit != commitThere))
            throw new EpochChangedException("The store has lost commits since this position was read.");
    }
}
