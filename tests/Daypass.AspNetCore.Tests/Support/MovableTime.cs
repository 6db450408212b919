namespace Daypass.AspNetCore.Tests.Support;

/// <summary>
/// Clocks that stand still until a test moves them, so that a slow machine ages nothing: the wall clock and the monotonic clock each go ahead by
/// what a test says. Timers are real.
/// </summary>
internal sealed class MovableTime : TimeProvider
{
    private long _ticks = System.GetUtcNow().Ticks;
    private long _timestamp = System.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => new(Volatile.Read(ref _ticks), TimeSpan.Zero);

    public override long GetTimestamp() => Volatile.Read(ref _timestamp);

    public void Advance(TimeSpan by)
    {
        Interlocked.Add(ref _timestamp, (long)(by.TotalSeconds * TimestampFrequency));
        SetWallClock(by);
    }

    /// <summary>Moves the wall clock only, as an administrator or NTP does.</summary>
    public void SetWallClock(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);
}
