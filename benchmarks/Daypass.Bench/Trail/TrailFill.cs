using System.Diagnostics;
using Daypass.Service.Audit;
using Daypass.Service.Stores;

namespace Daypass.Bench.Trail;

/// <summary>What filling came to: seconds in the store's own calls, and the store's size.</summary>
internal sealed record Filled(int Events, double Seconds, double Wall, double CpuMicroseconds, string? EventId);

/// <summary>Fills a store through the call that shipping uses, each batch one durable transaction.</summary>
internal static class TrailFill
{
    private const int ProgressEvery = 500_000;

    public static async Task<Filled> FillAsync(IStore store, TrailEvents events, TrailSettings settings)
    {
        var (started, storing, sequence) = (Stopwatch.GetTimestamp(), TimeSpan.Zero, 0L);
        var (cpu, batch, middle) = (Environment.CpuUsage.TotalTime, new List<JournalEntry>(settings.Batch), default(string));
        foreach (var e in events.All())
        {
            if (e.Account == TrailEvents.Large && sequence + batch.Count <= events.Total / 2)
                middle = e.EventId;
            batch.Add(new JournalEntry(sequence + batch.Count + 1, e));
            if (batch.Count == settings.Batch)
                await StoreAsync();
        }
        await StoreAsync();
        var used = (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / events.Total;
        return new Filled(events.Total, storing.TotalSeconds, Stopwatch.GetElapsedTime(started).TotalSeconds, used, middle);

        async Task StoreAsync()
        {
            if (batch.Count == 0)
                return;
            var start = Stopwatch.GetTimestamp();
            if (!(await store.AppendAuditAsync("bench", sequence, batch, CancellationToken.None)).IsWritten)
                throw new InvalidOperationException("The store did not take a batch.");
            storing += Stopwatch.GetElapsedTime(start);
            sequence += batch.Count;
            if (sequence / ProgressEvery != (sequence - batch.Count) / ProgressEvery)
                Console.Error.WriteLine($"bench: {sequence:N0} of {events.Total:N0} events, {Stopwatch.GetElapsedTime(started).TotalSeconds:F0} s");
            batch.Clear();
        }
    }
}
