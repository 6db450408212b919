using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Daypass.Cluster.Tests.Harness;

/// <summary>An event as the store has it: the node whose journal it came from (0: it was written with its commit) and its place there.</summary>
internal sealed record StoredEvent(long Id, long Node, long Sequence, string EventId, string EventName, string RequestId, string? ErrorCode, JsonElement Record);

/// <summary>The whole trail of a cluster, read from the database itself, so that no page and no filter can hide anything.</summary>
internal static class Trail
{
    /// <summary>Everything, in the store's order, once all nodes have shipped what they answered.</summary>
    public static async Task<List<StoredEvent>> ReadAsync(DaypassCluster cluster)
    {
        await ShippedAsync(cluster);
        var rows = await cluster.QueryAsync("SELECT r.id, CASE n.node WHEN 'store' THEN 0 ELSE n.number END, r.sequence, encode(r.record, 'base64') FROM audit_records AS r LEFT JOIN audit_nodes AS n ON n.number = r.node ORDER BY r.id");
        return [.. Lines(rows).Select(Parse)];
    }

    /// <summary>Waits until no node has a backlog: LookupEvents answers only when the node's own events are in the store.</summary>
    public static async Task ShippedAsync(DaypassCluster cluster)
    {
        foreach (var node in cluster.Nodes)
        {
            var answer = await Calls.AnsweredAsync(() => node.Administrator.JsonAsync("cloudtrail", "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents", """{"MaxResults":1}"""));
            Assert.True(answer.Status == System.Net.HttpStatusCode.OK, answer.Body);
        }
    }

    /// <summary>Every acknowledged call is in the trail exactly once, and no event is there twice.</summary>
    public static void HasOnceEach(IReadOnlyList<StoredEvent> trail, IEnumerable<string> requests)
    {
        Assert.Equal(trail.Count, trail.Select(item => item.EventId).Distinct().Count());
        var times = trail.GroupBy(item => item.RequestId).ToDictionary(group => group.Key, group => group.Count());
        var wrong = requests.Where(request => times.GetValueOrDefault(request) != 1).Select(request => $"{request}: {times.GetValueOrDefault(request)} times").ToList();
        Assert.True(wrong.Count == 0, $"{wrong.Count} acknowledged calls are not in the trail exactly once: {string.Join("; ", wrong.Take(5))}");
    }

    /// <summary>Events of a node's journal stand in the store in the journal's order, and none is missing between two.</summary>
    public static void IsInOrder(IReadOnlyList<StoredEvent> trail)
    {
        foreach (var node in trail.Where(item => item.Node != 0).GroupBy(item => item.Node))
        {
            var sequences = node.Select(item => item.Sequence).ToList();
            Assert.Equal(sequences.Order(), sequences);
            Assert.Equal(Enumerable.Range(0, sequences.Count).Select(index => sequences[0] + index), sequences);
        }
    }

    /// <summary>The feed has no holes: sequences are 1, 2, 3, ... and the head is the last.</summary>
    public static async Task FeedHasNoHolesAsync(DaypassCluster cluster)
    {
        var counts = (await cluster.QueryAsync("SELECT count(*), count(DISTINCT sequence), min(sequence), max(sequence), (SELECT sequence FROM feed_head) FROM commits")).Trim().Split('|');
        Assert.Equal("1", counts[2]);
        Assert.All(counts, count => Assert.True(count == counts[0] || count == "1", string.Join('|', counts)));
    }

    private static IEnumerable<string> Lines(string rows)
    {
        // encode() breaks its lines after 76 letters: a row begins where the bars are.
        var row = new StringBuilder();
        foreach (var line in rows.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Contains('|') && row.Length > 0)
            {
                yield return row.ToString();
                row.Clear();
            }
            row.Append(line);
        }
        if (row.Length > 0)
            yield return row.ToString();
    }

    private static StoredEvent Parse(string row)
    {
        var parts = row.Split('|');
        var record = JsonDocument.Parse(Convert.FromBase64String(parts[3])).RootElement;
        return new StoredEvent(
            long.Parse(parts[0], CultureInfo.InvariantCulture), long.Parse(parts[1], CultureInfo.InvariantCulture), long.Parse(parts[2], CultureInfo.InvariantCulture),
            Text(record, "eventID")!, Text(record, "eventName")!, Text(record, "requestID") ?? "", Text(record, "errorCode"), record);
    }

    private static string? Text(JsonElement record, string name) => record.TryGetProperty(name, out var value) ? value.GetString() : null;
}
