using System.Diagnostics;

namespace Daypass.Cluster.Tests.Model;

/// <summary>When which node was disturbed, so that the model knows how old a node's view may be.</summary>
internal sealed class Health(int nodes)
{
    /// <summary>How long a node may take after a disturbance until its view is as young as it has to be.</summary>
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(2);

    /// <summary>How old a node's view may be while nothing disturbs it: the design's second.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(1);

    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly Lock _lock = new();
    private readonly List<Trouble>[] _troubles = [.. Enumerable.Range(0, nodes).Select(_ => new List<Trouble>())];

    private sealed record Trouble(TimeSpan Begin, TimeSpan End, bool IsKilled);

    public TimeSpan Now => Stopwatch.GetElapsedTime(_start);

    /// <summary>Something begins to go wrong around a node; <paramref name="isKilled"/>: with the node itself.</summary>
    public void Begin(int node, bool isKilled)
    {
        lock (_lock)
            _troubles[node].Add(new Trouble(Now, TimeSpan.MaxValue, isKilled));
    }

    public void End(int node)
    {
        lock (_lock)
            _troubles[node][^1] = _troubles[node][^1] with { End = Now + Recovery };
    }

    /// <summary>Whether nothing disturbed the node at any time between, nor shortly before.</summary>
    public bool IsWell(int node, TimeSpan from, TimeSpan to) => !Any(node, from, to, _ => true);

    /// <summary>Whether the node itself ran all the time, and long enough to have in memory what it needs.</summary>
    public bool IsUp(int node, TimeSpan from, TimeSpan to) => !Any(node, from, to, trouble => trouble.IsKilled);

    private bool Any(int node, TimeSpan from, TimeSpan to, Func<Trouble, bool> isMeant)
    {
        lock (_lock)
            return _troubles[node].Any(trouble => isMeant(trouble) && trouble.Begin <= to && trouble.End >= from);
    }

    /// <summary>From when on what the node was told may still be what it believes, at this moment.</summary>
    public TimeSpan BelievesSince(int node, TimeSpan moment)
    {
        var since = moment - Bound;
        lock (_lock)
        {
            if (_troubles[node].LastOrDefault(trouble => trouble.Begin <= moment && trouble.End >= moment) is { } trouble)
                since = trouble.Begin - Bound;
            // It may not have been well then either.
            while (_troubles[node].FirstOrDefault(earlier => earlier.Begin < since && earlier.End > since) is { } earlier)
                since = earlier.Begin - Bound;
        }
        return since;
    }

    /// <summary>What was sent before this moment is on no way any more: since then every node was well for a while.</summary>
    public TimeSpan SettledBefore()
    {
        lock (_lock)
        {
            var now = Now;
            var troubles = _troubles.SelectMany(list => list).ToList();
            return troubles.Any(trouble => trouble.End >= now) ? TimeSpan.Zero : now - Bound;
        }
    }
}
