using System.Diagnostics;
using System.Globalization;

namespace Daypass.Bench.Micro;

/// <summary>
/// Times small things on one thread: warm until compiled, then the middle of many batches, and what each call allocates. The batches are short,
/// so that on a busy machine most of them are left alone.
/// </summary>
internal static class MicroRunner
{
    private const int Batches = 401;
    private const double BatchMicroseconds = 250;
    private const int AllocatingCalls = 1000;

    /// <summary>One line of the table.</summary>
    public static string Run(string name, Action call)
    {
        var time = Measure(call);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < AllocatingCalls; i++)
            call();
        var bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / AllocatingCalls;
        return string.Create(CultureInfo.InvariantCulture, $"| {name} | {time:F2} | {bytes:N0} |");
    }

    /// <summary>Microseconds of a call.</summary>
    public static double Measure(Action call)
    {
        var calls = Math.Max(1, (int)(BatchMicroseconds / WarmUp(call)));
        var times = new double[Batches];
        for (var i = 0; i < Batches; i++)
            times[i] = Time(call, calls);
        Array.Sort(times);
        return times[Batches / 2];
    }

    // Tiered compilation counts calls, and waits for a quiet moment.
    private static double WarmUp(Action call)
    {
        var time = 0.0;
        for (var i = 0; i < 6; i++)
        {
            time = Time(call, 3000);
            Thread.Sleep(150);
        }
        return time;
    }

    private static double Time(Action call, int calls)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < calls; i++)
            call();
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds / calls;
    }
}
