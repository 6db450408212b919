using System.Diagnostics;
using System.Globalization;

namespace Daypass.Bench.Micro;

/// <summary>Times small things on one thread: warm until compiled, then the middle of many batches, and what each call allocates.</summary>
internal static class MicroRunner
{
    private const int Batches = 25;
    private const int Calls = 20_000;

    /// <summary>One line of the table.</summary>
    public static string Run(string name, Action call, int calls = Calls)
    {
        var time = Measure(call, calls);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < calls; i++)
            call();
        var bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / calls;
        return string.Create(CultureInfo.InvariantCulture, $"| {name} | {time:F2} | {bytes:N0} |");
    }

    /// <summary>Microseconds of a call.</summary>
    public static double Measure(Action call, int calls = Calls)
    {
        WarmUp(call, calls);
        var times = new double[Batches];
        for (var i = 0; i < Batches; i++)
            times[i] = Time(call, calls);
        Array.Sort(times);
        return times[Batches / 2];
    }

    // Tiered compilation counts calls, and waits for a quiet moment.
    private static void WarmUp(Action call, int calls)
    {
        for (var i = 0; i < 5; i++)
        {
            Time(call, calls);
            Thread.Sleep(150);
        }
    }

    private static double Time(Action call, int calls)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < calls; i++)
            call();
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds / calls;
    }
}
