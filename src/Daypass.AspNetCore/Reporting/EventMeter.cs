using System.Diagnostics.Metrics;

namespace Daypass.AspNetCore.Reporting;

/// <summary>Counts what becomes of events, under the meter <c>Daypass.AspNetCore</c>.</summary>
internal sealed class EventMeter : IDisposable
{
    private readonly Meter _meter = new("Daypass.AspNetCore");
    private readonly Counter<long> _sent;
    private readonly Counter<long> _dropped;

    public EventMeter()
    {
        _sent = _meter.CreateCounter<long>("daypass.events.sent", "{event}", "Data events that are in the trail");
        _dropped = _meter.CreateCounter<long>("daypass.events.dropped", "{event}", "Data events that the trail misses, by reason");
    }

    public void Sent(int count) => _sent.Add(count);

    /// <param name="count">How many.</param>
    /// <param name="reason"><c>full</c>: too many waited; <c>refused</c>: by Daypass; <c>stopped</c>: with the service; <c>no-ticket</c>: Daypass takes none.</param>
    public void Dropped(int count, string reason) => _dropped.Add(count, new KeyValuePair<string, object?>("reason", reason));

    public void Watch(Func<int> pending) => _meter.CreateObservableGauge("daypass.events.pending", pending, "{event}", "Data events that wait to be sent");

    public void Dispose() => _meter.Dispose();
}
