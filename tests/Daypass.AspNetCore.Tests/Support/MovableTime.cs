namespace Daypass.AspNetCore.Tests.Support;

/// <summary>Real time with jumps: the wall clock and the monotonic clock each go ahead by what a test says. Timers stay real.</summary>
internal sealed class MovableTime : TimeProvider
{
    private long _monotonicAhead;
    private long _wallAhead;
    private long _held;

    public override DateTimeOffset GetUtcNow() => (Volatile.Read(ref _held) is > 0 and var held ? new DateTimeOffset(held, TimeSpan.Zero) : base.GetUtcNow()) + TimeSpan.FromTicks(Volatile.Read(ref _wallAhead));

    public override long GetTimestamp() => base.GetTimestamp() + Volatile.Read(ref _monotonicAhead);

    public void Advance(TimeSpan by)
    {
        Interlocked.Add(ref _monotonicAhead, (long)(by.TotalSeconds * TimestampFrequency));
        Interlocked.Add(ref _wallAhead, by.Ticks);
    }

    /// <summary>From here on the wall clock stands still, but for what moves it.</summary>
    public void HoldWallClock() => Volatile.Write(ref _held, base.GetUtcNow().Ticks);

    /// <summary>Moves the wall clock only, as an administrator or NTP does.</summary>
    public void SetWallClock(TimeSpan by) => Interlocked.Add(ref _wallAhead, by.Ticks);
}
