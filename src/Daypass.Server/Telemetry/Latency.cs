using System.Diagnostics.Metrics;

namespace Daypass.Server.Telemetry;

/// <summary>A family of histograms of seconds, told apart by labels: its series are made at the start, so that recording looks nothing up.</summary>
internal sealed class LatencyFamily(Meter meter, string name, string help)
{
    /// <summary>Upper bounds in seconds.</summary>
    public static readonly double[] Bounds = [0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    // For OTLP only: without a listener it is a check of one field.
    private readonly Histogram<double> _instrument = meter.CreateHistogram(
        name, "s", help, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = Bounds });

    private readonly List<Latency> _series = [];

    public string Name => name;

    public string Help => help;

    public IReadOnlyList<Latency> Series => _series;

    /// <summary>Adds a series. Before the first request, and not later.</summary>
    public Latency Add(params IReadOnlyList<KeyValuePair<string, string>> labels)
    {
        var series = new Latency(_instrument, labels);
        _series.Add(series);
        return series;
    }
}

/// <summary>One histogram. Recording takes no lock and no memory.</summary>
internal sealed class Latency(Histogram<double> instrument, IReadOnlyList<KeyValuePair<string, string>> labels)
{
    private readonly long[] _buckets = new long[LatencyFamily.Bounds.Length + 1];
    private readonly KeyValuePair<string, object?>[] _tags = [.. labels.Select(label => new KeyValuePair<string, object?>(label.Key, label.Value))];
    private long _ticks;

    public IReadOnlyList<KeyValuePair<string, string>> Labels => labels;

    public void Record(TimeSpan elapsed)
    {
        var seconds = elapsed.TotalSeconds;
        var bucket = 0;
        while (bucket < LatencyFamily.Bounds.Length && seconds > LatencyFamily.Bounds[bucket])
            bucket++;
        Interlocked.Increment(ref _buckets[bucket]);
        Interlocked.Add(ref _ticks, elapsed.Ticks);
        if (instrument.Enabled)
            instrument.Record(seconds, _tags);
    }

    /// <summary>How many were no longer than each bound, the last being all of them; and their sum in seconds.</summary>
    public (long[] Cumulative, double Sum) Read()
    {
        var cumulative = new long[_buckets.Length];
        for (var i = 0; i < cumulative.Length; i++)
            cumulative[i] = Volatile.Read(ref _buckets[i]) + (i == 0 ? 0 : cumulative[i - 1]);
        return (cumulative, TimeSpan.FromTicks(Volatile.Read(ref _ticks)).TotalSeconds);
    }
}
