using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Daypass.Bench.Load;

/// <summary>
/// Sends prepared requests over a number of connections, each with one request under way and the next one sent when its answer is
/// there. One thread and poll(2): the tool takes what is left of a small machine as little as it can.
/// </summary>
internal static partial class ClosedLoop
{
    private const short In = 1;
    private const int Interrupted = 4;

    /// <summary>Runs the requests once each, in order; returns when all answers are in.</summary>
    /// <exception cref="IOException">A request got another answer than 200: nothing that follows would mean anything.</exception>
    public static (double Seconds, Histogram Times) Run(int port, int connections, ReadOnlySpan<byte[]> requests)
    {
        var all = Open(port, Math.Min(connections, requests.Length));
        var watched = Watch(all);
        var times = new Histogram();
        var start = Stopwatch.GetTimestamp();
        var next = 0;
        foreach (var connection in all)
            connection.Send(requests[next++]);
        while (times.Count < requests.Length)
        {
            Wait(watched);
            for (var i = 0; i < watched.Length; i++)
            {
                if (watched[i].Returned == 0 || all[i].Receive() is not { } time)
                    continue;
                times.Add(time);
                if (next < requests.Length)
                    all[i].Send(requests[next++]);
            }
        }
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        foreach (var connection in all)
            connection.Dispose();
        return (seconds, times);
    }

    public static Connection[] Open(int port, int count)
    {
        var connections = new Connection[count];
        for (var i = 0; i < count; i++)
            connections[i] = new Connection(port);
        return connections;
    }

    public static Watched[] Watch(Connection[] connections) =>
        Array.ConvertAll(connections, connection => new Watched { Descriptor = connection.Descriptor, Events = In });

    private static void Wait(Watched[] watched)
    {
        if (Poll(watched, (ulong)watched.Length, 10_000) > 0 || Marshal.GetLastPInvokeError() == Interrupted)
            return;
        throw new IOException("The server did not answer for ten seconds.");
    }

    /// <summary>Notes what has come, and does not wait for more.</summary>
    public static void Look(Watched[] watched) => _ = Poll(watched, (ulong)watched.Length, 0);

    // struct pollfd
    [StructLayout(LayoutKind.Sequential)]
    public struct Watched
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll([In, Out] Watched[] watched, ulong count, int milliseconds);
}
