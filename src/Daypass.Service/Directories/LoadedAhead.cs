using Daypass.Service.Stores;

namespace Daypass.Service.Directories;

/// <summary>
/// The positions that sets were loaded at before the feed came there. A failover may lose just those commits: then a set holds what never was,
/// and takes the commits that stand in their places for known. So the feed must bring the very commits that the loads had seen, and a look at
/// it that begins after a load must come as far. Called by: the loader (notes) and the look at the feed (the rest).
/// </summary>
internal sealed class LoadedAhead(FeedPosition start)
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<long, string> _commits = [];
    private FeedPosition _passed = start;

    /// <summary>How far the feed must come, as loads that have ended say.</summary>
    public long End
    {
        get
        {
            lock (_lock)
                return _commits.Count == 0 ? 0 : _commits.Keys.Last();
        }
    }

    /// <exception cref="EpochChangedException">Another load or the feed has seen another commit there.</exception>
    public void Note(FeedPosition loaded)
    {
        lock (_lock)
        {
            if (loaded.Sequence == _passed.Sequence)
                Check(_passed.Commit, loaded.Commit);
            else if (loaded.Sequence > _passed.Sequence && !_commits.TryAdd(loaded.Sequence, loaded.Commit))
                Check(_commits[loaded.Sequence], loaded.Commit);
        }
    }

    /// <summary>The feed has come to a position.</summary>
    /// <exception cref="EpochChangedException">A load has seen another commit there.</exception>
    public void Pass(FeedPosition position)
    {
        lock (_lock)
        {
            _passed = position;
            if (_commits.Remove(position.Sequence, out var seen))
                Check(seen, position.Commit);
        }
    }

    // A store that was restored does not know the commits of before.
    private static void Check(string seen, string commit)
    {
        if (!string.IsNullOrEmpty(seen) && !string.IsNullOrEmpty(commit) && seen != commit)
            throw new EpochChangedException("The store has lost commits that a load had seen.");
    }
}
