using System.Globalization;
using System.Text;

namespace Daypass.Server.Tests.Seen;

/// <summary>A strict reader of Prometheus' text format 0.0.4: what it takes, Prometheus takes, and what is doubtful it refuses.</summary>
internal sealed class PrometheusText
{
    private readonly Dictionary<string, string> _types = [];
    private readonly HashSet<string> _closed = [];
    private readonly Dictionary<string, double> _values = [];
    private string _family = "";

    public IReadOnlyDictionary<string, string> Types => _types;

    /// <summary>Values by series as written: name and labels.</summary>
    public IReadOnlyDictionary<string, double> Values => _values;

    public static PrometheusText Parse(string text)
    {
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', text);
        var page = new PrometheusText();
        string? helped = null;
        foreach (var line in text[..^1].Split('\n'))
        {
            if (line.StartsWith("# HELP ", StringComparison.Ordinal))
            {
                helped = line[7..].Split(' ', 2)[0];
                Assert.True(line[7..].Split(' ', 2)[1].Length > 0, line);
            }
            else if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                page.Begin(line[7..], helped);
            }
            else
            {
                page.Sample(line);
            }
        }
        page.CheckHistograms();
        return page;
    }

    public double Sum(string start) => _values.Where(value => value.Key.StartsWith(start, StringComparison.Ordinal)).Sum(value => value.Value);

    private void Begin(string line, string? helped)
    {
        var parts = line.Split(' ');
        Assert.Equal(2, parts.Length);
        Assert.Equal(helped, parts[0]);
        Assert.True(IsName(parts[0], ":"), parts[0]);
        Assert.Contains(parts[1], (string[])["counter", "gauge", "histogram"]);
        Assert.True(_closed.Add(parts[0]), $"{parts[0]} is there twice");
        Assert.Equal(parts[1] == "counter", parts[0].EndsWith("_total", StringComparison.Ordinal));
        _types[_family = parts[0]] = parts[1];
    }

    private void Sample(string line)
    {
        var at = 0;
        while (at < line.Length && line[at] is not ('{' or ' '))
            at++;
        var name = line[..at];
        Assert.True(IsName(name, ":"), line);
        Assert.Contains(name, _types[_family] == "histogram" ? [_family + "_bucket", _family + "_sum", _family + "_count"] : (string[])[_family]);
        if (line[at] == '{')
            at = Labels(line, at);
        Assert.Equal(' ', line[at]);
        var value = line[(at + 1)..] switch { "+Inf" => double.PositiveInfinity, var number => double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture) };
        Assert.True(_values.TryAdd(line[..at], value), $"{line[..at]} is there twice");
        Assert.True(_types[_family] == "gauge" || value >= 0, line);
    }

    private static int Labels(string line, int at)
    {
        var names = new HashSet<string>();
        do
        {
            var equals = line.IndexOf('=', ++at);
            Assert.True(IsName(line[at..equals], "") && names.Add(line[at..equals]), line);
            at = equals + 1;
            Assert.Equal('"', line[at++]);
            for (; line[at] != '"'; at++)
            {
                if (line[at] == '\\')
                    Assert.Contains(line[++at], "\\\"n");
            }
            at++;
        }
        while (line[at] == ',');
        Assert.Equal('}', line[at]);
        return at + 1;
    }

    // Buckets grow, the last is +Inf, and equals the count.
    private void CheckHistograms()
    {
        foreach (var family in _types.Where(type => type.Value == "histogram").Select(type => type.Key))
        {
            foreach (var series in _values.Where(value => value.Key.StartsWith(family + "_bucket", StringComparison.Ordinal)).GroupBy(value => WithoutBound(value.Key)))
            {
                var counts = series.Select(bucket => bucket.Value).ToList();
                Assert.Equal(counts.Order(), counts);
                Assert.Contains("le=\"+Inf\"", series.Last().Key, StringComparison.Ordinal);
                Assert.Equal(counts[^1], _values[series.Key.Replace("_bucket", "_count", StringComparison.Ordinal)]);
                Assert.True(_values.ContainsKey(series.Key.Replace("_bucket", "_sum", StringComparison.Ordinal)));
            }
        }
    }

    private static string WithoutBound(string series)
    {
        var text = new StringBuilder(series);
        var start = series.IndexOf("le=\"", StringComparison.Ordinal);
        text.Remove(start, series.IndexOf('"', start + 4) + 1 - start);
        return text.ToString().Replace(",}", "}", StringComparison.Ordinal).Replace("{}", "", StringComparison.Ordinal);
    }

    private static bool IsName(string name, string more) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_' || more.Contains(c));
}
