using System.Globalization;
using System.Text;

namespace Daypass.Server.Telemetry;

/// <summary>Writes metrics in Prometheus' text format 0.0.4.</summary>
internal static class MetricsPage
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Write(IEnumerable<Metric> metrics, IEnumerable<LatencyFamily> latencies)
    {
        var text = new StringBuilder(16 * 1024);
        foreach (var metric in metrics)
        {
            Head(text, metric.Name, metric.Help, metric.Kind == MetricKind.Counter ? "counter" : "gauge");
            foreach (var sample in metric.Read())
                Line(text, metric.Name, sample.Labels, null, sample.Value);
        }
        foreach (var family in latencies)
        {
            Head(text, family.Name, family.Help, "histogram");
            foreach (var series in family.Series)
                Histogram(text, family.Name, series);
        }
        return text.ToString();
    }

    private static void Histogram(StringBuilder text, string name, Latency series)
    {
        var (cumulative, sum) = series.Read();
        if (cumulative[^1] == 0)
            return;
        for (var i = 0; i < cumulative.Length; i++)
            Line(text, name + "_bucket", series.Labels, i < LatencyFamily.Bounds.Length ? Number(LatencyFamily.Bounds[i]) : "+Inf", cumulative[i]);
        Line(text, name + "_sum", series.Labels, null, sum);
        Line(text, name + "_count", series.Labels, null, cumulative[^1]);
    }

    private static void Head(StringBuilder text, string name, string help, string type) =>
        text.Append("# HELP ").Append(name).Append(' ').Append(help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal))
            .Append("\n# TYPE ").Append(name).Append(' ').Append(type).Append('\n');

    private static void Line(StringBuilder text, string name, IReadOnlyList<KeyValuePair<string, string>> labels, string? bound, double value)
    {
        text.Append(name);
        var open = '{';
        foreach (var (label, labelValue) in labels)
            (_, open) = (Label(text, open, label, labelValue), ',');
        if (bound is not null)
            (_, open) = (Label(text, open, "le", bound), ',');
        if (open == ',')
            text.Append('}');
        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static StringBuilder Label(StringBuilder text, char open, string name, string value)
    {
        text.Append(open).Append(name).Append("=\"");
        foreach (var c in value)
            _ = c switch { '\\' => text.Append("\\\\"), '"' => text.Append("\\\""), '\n' => text.Append("\\n"), _ => text.Append(c) };
        return text.Append('"');
    }

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };
}
