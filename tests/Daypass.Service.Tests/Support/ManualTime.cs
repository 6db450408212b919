namespace Daypass.Service.Tests.Support;

/// <summary>Time that a test moves: both clocks and every timer. A machine that sleeps moves the wall clock only.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private long _ticks = 1_000_000;
    private DateTimeOffset _utcNow = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>No two moments are the same one.</summary>
    public override long GetTimestamp() => Interlocked.Increment(ref _ticks);

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _utcNow;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves on, and lets what is due run.</summary>
    public void Advance(TimeSpan by)
    {
        List<ManualTimer> due;
        lock (_lock)
        {
            Interlocked.Add(ref _ticks, by.Ticks);
            _utcNow += by;
            due = [.. _timers.Where(timer => timer.DueAt <= _ticks).OrderBy(timer => timer.DueAt)];
            foreach (var timer in due)
                timer.Schedule();
        }
        foreach (var timer in due)
            timer.Fire();
    }

    public void Advance(double milliseconds) => Advance(TimeSpan.FromMilliseconds(milliseconds));

    /// <summary>Waits until somebody waits for a moment that is no further away than this.</summary>
    public async Task AwaitedWithinAsync(TimeSpan length)
    {
        while (!IsAwaitedWithin(length))
            await Task.Delay(2);
    }

    private bool IsAwaitedWithin(TimeSpan length)
    {
        lock (_lock)
            return _timers.Any(timer => timer.DueAt <= _ticks + length.Ticks);
    }

    /// <summary>The machine sleeps: only the wall clock runs.</summary>
    public void Sleep(TimeSpan length)
    {
        lock (_lock)
            _utcNow += length;
    }

    /// <summary>Moves on in small steps, with room for others to run between them, until something is done.</summary>
    public async Task UntilAsync(Task done, double milliseconds = 60_000)
    {
        for (var passed = 0; passed < milliseconds && !done.IsCompleted; passed += 10)
        {
            await Task.Delay(2);
            if (!done.IsCompleted)
                Advance(10);
        }
        await done.WaitAsync(TimeSpan.FromSeconds(10), System);
    }

    private sealed class ManualTimer(ManualTime time, Action fire) : ITimer
    {
        private TimeSpan _period;

        public long DueAt { get; private set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._lock)
            {
                time._timers.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan)
                    return true;
                (_period, DueAt) = (period, time._ticks + dueTime.Ticks);
                time._timers.Add(this);
            }
            return true;
        }

        // Called under the lock, when due.
        public void Schedule()
        {
            if (_period > TimeSpan.Zero)
                DueAt = time._ticks + _period.Ticks;
            else
                time._timers.Remove(this);
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
