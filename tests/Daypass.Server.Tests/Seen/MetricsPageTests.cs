using System.Diagnostics.Metrics;
using Daypass.Server.Telemetry;

namespace Daypass.Server.Tests.Seen;

/// <summary>The text format itself, with values that tempt it.</summary>
public sealed class MetricsPageTests
{
    [Fact]
    public void Labels_and_help_are_escaped_as_the_format_wants()
    {
        var metric = new Metric("x_total", MetricKind.Counter, "back\\slash and\nline", () => [Sample.Of(1, ("l", "a\"b\\c\nd"))]);
        Assert.Equal("# HELP x_total back\\\\slash and\\nline\n# TYPE x_total counter\nx_total{l=\"a\\\"b\\\\c\\nd\"} 1\n", MetricsPage.Write([metric], []));
    }

    [Fact]
    public void Buckets_count_what_is_not_above_their_bound_and_add_up()
    {
        using var meter = new Meter("test");
        var family = new LatencyFamily(meter, "d_seconds", "Time.");
        var series = family.Add(new KeyValuePair<string, string>("call", "x"));
        foreach (var milliseconds in (double[])[0.25, 1, 1.5, 20_000])
            series.Record(TimeSpan.FromMilliseconds(milliseconds));
        var page = PrometheusText.Parse(MetricsPage.Write([], [family]));
        Assert.Equal(1, page.Values["d_seconds_bucket{call=\"x\",le=\"0.00025\"}"]);
        Assert.Equal(2, page.Values["d_seconds_bucket{call=\"x\",le=\"0.001\"}"]);
        Assert.Equal(3, page.Values["d_seconds_bucket{call=\"x\",le=\"10\"}"]);
        Assert.Equal(4, page.Values["d_seconds_count{call=\"x\"}"]);
        Assert.Equal(20.00275, page.Values["d_seconds_sum{call=\"x\"}"], 6);
    }

    [Fact]
    public void Counting_a_request_takes_no_memory()
    {
        using var meter = new Meter("test");
        var catalog = new Daypass.Service.Pipeline.ActionCatalog();
        var requests = new RequestMetrics(meter, catalog);
        var (action, answer) = (catalog.All[0], new Daypass.Service.Pipeline.ApiAnswer(null, null));
        requests.Count(action, answer, TimeSpan.FromMilliseconds(1));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            requests.Count(action, answer, TimeSpan.FromMilliseconds(1));
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
