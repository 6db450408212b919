using System.Diagnostics;

namespace Daypass.Bench.Load;

/// <summary>
/// Sends prepared requests at a constant rate, whatever the answers do: each has a moment at which it is due, and its time counts from there, so that a
/// server that falls behind is not asked less because of it.
/// </summary>
internal static class OpenLoop
{
    /// <exception cref="IOException">A request got another answer than 200, or none for ten seconds.</exception>
    public static Histogram Run(int port, int connections, ReadOnlySpan<byte[]> requests, double rate)
    {
        var all = ClosedLoop.Open(port, Math.Min(connections, requests.Length));
        var watched = ClosedLoop.Watch(all);
        var late = new long[all.Length];
        var idle = new Stack<int>(Enumerable.Range(0, all.Length));
        var times = new Histogram();
        var (start, next) = (Stopwatch.GetTimestamp(), 0);
        while (times.Count < requests.Length)
        {
            while (next < requests.Length && idle.Count > 0 && Microseconds(start) - DueAt(next) is >= 0 and var delay)
            {
                var free = idle.Pop();
                late[free] = delay;
                all[free].Send(requests[next++]);
            }
            // A short sleep would be longer than the time between two requests.
            ClosedLoop.Look(watched);
            for (var i = 0; i < watched.Length; i++)
            {
                if (watched[i].Returned == 0 || all[i].IsIdle || all[i].Receive() is not { } time)
                    continue;
                times.Add(time + late[i]);
                idle.Push(i);
            }
        }
        foreach (var connection in all)
            connection.Dispose();
        return times;

        long DueAt(int number) => (long)(number / rate * 1e6);
    }

    private static long Microseconds(long since) => (long)Stopwatch.GetElapsedTime(since).TotalMicroseconds;
}
