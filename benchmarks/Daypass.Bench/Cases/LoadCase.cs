using System.Diagnostics;
using System.Globalization;
using Daypass.Bench.Load;
using Daypass.Bench.Servers;

namespace Daypass.Bench.Cases;

/// <summary>
/// One thing that is measured: a server, requests that are all different (signed just before each round, from a number on), and what must
/// be over before the clock stops.
/// </summary>
internal sealed class LoadCase(string name, ServerProcess server, Func<int, int, byte[][]> sign, Func<Task>? finish = null, double share = 1)
{
    private readonly List<Round> _rounds = [];
    private readonly Histogram _times = new();
    private int _signed;
    private double _residentBefore;

    public string Name => name;

    public async Task WarmUpAsync(Settings settings)
    {
        await RunAsync(settings.Connections, Share(settings.WarmUp));
        _residentBefore = server.ResidentMegabytes;
    }

    /// <summary>Runs one round and says how it went.</summary>
    public async Task<string> MeasureAsync(Settings settings)
    {
        var (round, times) = await RunAsync(settings.Connections, Share(settings.Requests));
        _rounds.Add(round);
        _times.Add(times);
        return string.Create(CultureInfo.InvariantCulture, $"{round.Rate:N0}/s, {round.CpuMicroseconds:F1} µs");
    }

    /// <summary>The round of the middle rate, and the times of all rounds.</summary>
    public Result Result()
    {
        var middle = _rounds.OrderBy(round => round.Rate).ElementAt(_rounds.Count / 2);
        return new Result(name, middle.Rate, _times.Quantile(0.50), _times.Quantile(0.99), middle.CpuMicroseconds, _residentBefore, server.ResidentMegabytes);
    }

    private int Share(int requests) => Math.Max(1, (int)(requests * share));

    private async Task<(Round Round, Histogram Times)> RunAsync(int connections, int count)
    {
        var requests = sign(_signed, count);
        _signed += count;
        GC.Collect();
        var (start, cpu) = (Stopwatch.GetTimestamp(), server.CpuSeconds);
        var (_, times) = ClosedLoop.Run(server.Port, connections, requests);
        if (finish is not null)
            await finish();
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return (new Round(count / seconds, (server.CpuSeconds - cpu) / count * 1e6), times);
    }

    private readonly record struct Round(double Rate, double CpuMicroseconds);
}
