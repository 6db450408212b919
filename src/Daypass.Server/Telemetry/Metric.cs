namespace Daypass.Server.Telemetry;

internal enum MetricKind
{
    /// <summary>Only grows while the process lives; its name ends in <c>_total</c>.</summary>
    Counter,

    /// <summary>Goes up and down.</summary>
    Gauge,
}

/// <summary>
/// One family of numbers that the server shows, under the same name on <c>/metrics</c> and over OTLP. It is read when somebody looks; what is
/// counted on the path of requests is counted elsewhere, in plain numbers.
/// </summary>
internal sealed record Metric(string Name, MetricKind Kind, string Help, Func<IEnumerable<Sample>> Read)
{
    /// <summary>A family of a single number.</summary>
    public static Metric Of(string name, MetricKind kind, string help, Func<double> read) => new(name, kind, help, () => [new Sample(read())]);
}

/// <summary>A number and its labels. Labels never name accounts, callers or keys: whoever reads metrics need not be trusted with those.</summary>
internal readonly record struct Sample(double Value, params IReadOnlyList<KeyValuePair<string, string>> Labels)
{
    public static Sample Of(double value, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        var pairs = new KeyValuePair<string, string>[labels.Length];
        for (var i = 0; i < pairs.Length; i++)
            pairs[i] = new(labels[i].Name, labels[i].Value);
        return new Sample(value, pairs);
    }
}
