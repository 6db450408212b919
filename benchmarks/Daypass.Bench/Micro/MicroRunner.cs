using System.Diagnostics;
using System.Globalization;

namespace Daypass.Bench.Micro;

/// <summary>Times small things on one thread: warm until compiled, then the middle of many batches, and what each call allocates.</summary>
internal static class MicroRunner
{
    private const int Batches = 25;
    private const int Calls = 20_000;

    /// <summary>One line of the table.</summary>
    public static string Run(string name, Action call)
    {
        WarmUp(call);
        var times = new double[Batches];
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Batches; i++)
            times[i] = Time(call);
        var bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / (Batches * Calls);
        Array.Sort(times);
        return string.Create(CultureInfo.InvariantCulture, $"| {name} | {times[Batches / 2]:F2} | {bytes:N0} |");
    }

    // Tiered compilation counts calls, and waits for a quiet moment.
    private static void WarmUp(Action call)
    {
        for (var i = 0; i < 5; i++)
        {
            Time(call);
            Thread.Sleep(150);
        }
    }

    private static double Time(Action call)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < Calls; i++)
            call();
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds / Calls;
    }
}
