namespace Daypass.Server.Telemetry;

/// <summary>
/// Whether the store answers, as its callers last found it; reading and writing apart, since a database in the middle of a failover often does
/// only the one. Each change is logged once.
/// </summary>
internal sealed class StoreState(string side, TimeProvider time, ILogger logger)
{
    private long _awaySince;

    /// <summary><c>read</c> or <c>write</c>.</summary>
    public string Side => side;

    /// <summary>How long the store has been away; null while it answers.</summary>
    public TimeSpan? AwayFor => Volatile.Read(ref _awaySince) is var since and not 0 ? time.GetElapsedTime(since) : null;

    /// <summary>A call came back.</summary>
    /// <param name="started">When it began: what began before the store went away says nothing about now.</param>
    public void Answered(long started)
    {
        var since = Volatile.Read(ref _awaySince);
        if (since != 0 && started > since && Interlocked.CompareExchange(ref _awaySince, 0, since) == since)
            Log.StoreBack(logger, side, (long)time.GetElapsedTime(since).TotalMilliseconds);
    }

    public void Failed(Exception reason)
    {
        if (Interlocked.CompareExchange(ref _awaySince, time.GetTimestamp(), 0) == 0)
            Log.StoreAway(logger, side, reason.Message, FirstLine(reason.InnerException?.Message ?? ""));
    }

    // What a driver adds on further lines is for programmers.
    private static string FirstLine(string text) => text.Split('\n')[0].TrimEnd();
}
