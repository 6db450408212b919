using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Daypass.AspNetCore.Reporting;

/// <summary>
/// The events that wait. Room is taken before an action is allowed and given back when its event is in the trail, or lost; between the two
/// nothing can fail. No lock on the way of a request.
/// </summary>
internal sealed class EventQueue : IDisposable
{
    private readonly ConcurrentQueue<DataEvent> _events = new();
    private readonly SemaphoreSlim _full = new(0);
    private readonly int _most;
    private readonly int _batch;
    private int _pending;
    private int _waiting;

    public EventQueue(IOptions<DaypassOptions> options, EventMeter meter)
    {
        (_most, _batch) = (options.Value.Events.MaxPending, options.Value.Events.BatchSize);
        meter.Watch(() => Pending);
    }

    /// <summary>How many have room: those that wait, and those whose request or batch is under way.</summary>
    public int Pending => Volatile.Read(ref _pending);

    /// <summary>How many wait.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    public bool TryReserve()
    {
        if (Volatile.Read(ref _pending) >= _most)
            return false;
        if (Interlocked.Increment(ref _pending) <= _most)
            return true;
        Interlocked.Decrement(ref _pending);
        return false;
    }

    /// <summary>Adds an event that has room.</summary>
    public void Add(DataEvent added)
    {
        _events.Enqueue(added);
        if (Interlocked.Increment(ref _waiting) % _batch == 0)
            _full.Release();
    }

    public bool TryTake(out DataEvent? taken)
    {
        if (!_events.TryDequeue(out taken))
            return false;
        Interlocked.Decrement(ref _waiting);
        return true;
    }

    /// <summary>Gives room back.</summary>
    public void Release(int count) => Interlocked.Add(ref _pending, -count);

    /// <summary>Waits until there is a batch, or for so long.</summary>
    public Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken) =>
        Waiting >= _batch ? Task.CompletedTask : _full.WaitAsync(longest, cancellationToken);

    public void Dispose() => _full.Dispose();
}
