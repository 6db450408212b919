namespace Daypass.Service.Stores;

/// <summary>What a node says of itself.</summary>
/// <param name="Node">The id of its journal.</param>
/// <param name="Name">For people: machine, port and process.</param>
/// <param name="Applied">The feed's sequence up to which it has applied changes.</param>
/// <param name="ShippedUntil">
/// A moment of the store's clock: every event that the node answered before it is in the store. Null: nothing new to say of that.
/// </param>
internal sealed record NodeReport(string Node, string Name, string Version, long Applied, DateTimeOffset? ShippedUntil);

/// <summary>A node's last report, and when it came by the store's clock.</summary>
internal sealed record NodeStatus(NodeReport Report, DateTimeOffset Reported)
{
    /// <summary>A node that has not reported for so long is missing: it has crashed, or cannot reach the store.</summary>
    public static readonly TimeSpan MissingAfter = TimeSpan.FromSeconds(10);

    public bool IsLive(DateTimeOffset now) => (now - Reported).Duration() <= MissingAfter;

    /// <summary>
    /// Whether all that the node answered up to a moment is in the store. Strictly behind it, as the clock is read in milliseconds; and not in
    /// the future, where a store stood whose clock was ahead of the present one.
    /// </summary>
    public bool HasShippedSince(DateTimeOffset moment, DateTimeOffset now) => Report.ShippedUntil > moment && Report.ShippedUntil <= now;
}

/// <summary>The nodes that have reported and were not removed, at a moment of the store's clock.</summary>
internal sealed record NodeList(DateTimeOffset Now, IReadOnlyList<NodeStatus> Nodes);
