using System.Security.Cryptography;

namespace Daypass.AspNetCore.Reporting;

/// <summary>Events on their way, under an id that stays the same however often they are sent.</summary>
/// <param name="Id">Random.</param>
/// <param name="Events">In the order of the batch.</param>
/// <param name="Drops">The notes that go along.</param>
/// <param name="Json">What is sent.</param>
internal sealed record EventBatch(string Id, IReadOnlyList<DataEvent> Events, IReadOnlyList<DroppedEvents.Drop> Drops, byte[] Json)
{
    private const int MostDrops = 100;

    /// <summary>The next batch of what waits; null when nothing does.</summary>
    public static EventBatch? Take(EventQueue queue, DroppedEvents dropped, DaypassEventOptions options)
    {
        if (queue.Waiting == 0 && dropped.IsEmpty)
            return null;
        var drops = dropped.Take(MostDrops);
        var (events, writer) = (new List<DataEvent>(), new BatchWriter(options));
        while (events.Count < options.BatchSize && writer.HasRoom && queue.TryTake(out var taken))
        {
            writer.Write(taken!);
            events.Add(taken!);
        }
        return events.Count + drops.Count == 0 ? null : new EventBatch(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), events, drops, writer.Finish(drops));
    }
}
