using System.Globalization;
using Daypass.Bench.Load;
using Daypass.Bench.Servers;

namespace Daypass.Bench.Cases;

/// <summary>AssumeRole at four fifths of the rate that the closed loop reached, arriving at constant intervals.</summary>
internal static class Arrivals
{
    private const double Share = 0.8;

    public static async Task<Arrived> MeasureAsync(Settings settings, DaypassServer server, Population population, double most)
    {
        var (rate, first, times) = (most * Share, 1 << 28, new Histogram());
        for (var round = 0; round < settings.Rounds; round++, first += settings.Requests)
        {
            var requests = StsCases.Assume(server.Process.Address, population, first, settings.Requests);
            GC.Collect();
            times.Add(OpenLoop.Run(server.Process.Port, settings.Connections, requests, rate));
            await server.DrainAsync();
        }
        return new Arrived(rate, times.Quantile(0.5), times.Quantile(0.99));
    }
}

/// <summary>Requests a second as they came, and their times in microseconds from when they were due.</summary>
internal sealed record Arrived(double Rate, double P50, double P99)
{
    public string Row => string.Create(CultureInfo.InvariantCulture, $"| AssumeRole arriving at 80 % of its rate ({Rate:N0}/s): p50, p99 | {P50 / 1000:F2}, {P99 / 1000:F2} ms |");
}
