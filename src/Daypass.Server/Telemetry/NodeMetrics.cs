using Daypass.Server.Health;
using Daypass.Service.Audit;
using Daypass.Service.Directories;

namespace Daypass.Server.Telemetry;

/// <summary>What this node holds, and how far behind it is.</summary>
internal static class NodeMetrics
{
    public static IEnumerable<Metric> All(DirectoryCache directories, AuditJournal journal, AuditShipper shipper, TimeProvider time) =>
    [
        new("daypass_build_info", MetricKind.Gauge, "Always 1; the version is in the label.", () => [Sample.Of(1, ("version", HealthEndpoint.Version))]),
        Metric.Of("daypass_journal_backlog_events", MetricKind.Gauge, "Audit events that wait for the store.", () => shipper.Backlog),
        Metric.Of("daypass_journal_backlog_bytes", MetricKind.Gauge, "Bytes of audit events that wait for the store; at 1 GiB calls are refused.", () => journal.BacklogBytes),
        Metric.Of("daypass_journal_backlog_age_seconds", MetricKind.Gauge, "The age of the oldest audit event that waits, at most; 0 when none does.", () => shipper.BacklogAge.TotalSeconds),
        Metric.Of("daypass_journal_events_total", MetricKind.Counter, "Audit events that this process has taken into its journal.", () => journal.LastSequence - journal.RecoveredSequence),
        Metric.Of("daypass_journal_closed", MetricKind.Gauge, "1 when the journal cannot be written and every call is refused.", () => journal.IsClosed ? 1 : 0),
        Metric.Of("daypass_disk_free_bytes", MetricKind.Gauge, "Free bytes of the data directory's disk; --disk-reserve says what happens when they run out.", () => journal.Room.FreeBytes),
        Metric.Of("daypass_audit_room", MetricKind.Gauge, "What the trail has room for: 0 all, 1 nothing of strangers, 2 nothing is issued, 3 nothing is answered.", () => (int)journal.Room.Left),
        Metric.Of("daypass_view_age_seconds", MetricKind.Gauge, "How long ago everything that decisions rest on was true at every node.", () => directories.View.Age.TotalSeconds),
        Metric.Of("daypass_view_serves", MetricKind.Gauge, "1 while decisions may rest on the view; 0 when it is too old and calls are refused.",
            () => directories.View.Serves(time.GetTimestamp(), time.GetUtcNow()) ? 1 : 0),
        Metric.Of("daypass_feed_sequence", MetricKind.Gauge, "The change up to which this node has applied the feed; the highest of all nodes less this is its lag.", () => directories.AppliedSequence),
        Metric.Of("daypass_directory_bytes", MetricKind.Gauge, "Memory that the accounts held take, estimated.", () => directories.Bytes),
        Metric.Of("daypass_directory_evictions_total", MetricKind.Counter, "Accounts dropped from memory; each is loaded again when it is next used.", () => directories.Evicted),
        Metric.Of("daypass_directory_sets", MetricKind.Gauge, "Document sets (accounts) in memory.", () => directories.Count),
        Metric.Of("daypass_clock_offset_seconds", MetricKind.Gauge, "How far policy time is ahead of real time.", () => directories.Installation.ClockOffset.TotalSeconds),
        new("daypass_keys", MetricKind.Gauge, "Keys of the key ring by purpose and state.", () =>
            directories.Installation.Documents.All(DocumentKinds.Key).GroupBy(key => (key.Purpose, key.State))
                .Select(keys => Sample.Of(keys.Count(), ("purpose", keys.Key.Purpose), ("state", keys.Key.State)))),
    ];
}
