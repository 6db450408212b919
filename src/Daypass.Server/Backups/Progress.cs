using System.Globalization;
using Daypass.Storage.Snapshots;

namespace Daypass.Server.Backups;

/// <summary>Tells on standard error how far a long command is, at most every two seconds.</summary>
internal sealed class Progress(string what, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private long _told = time.GetTimestamp();

    public static IReadOnlyDictionary<string, string> Words { get; } = new Dictionary<string, string>
    {
        ["sets"] = "sets", ["documents"] = "documents", ["commits"] = "commits", ["changes"] = "changes", ["claims"] = "claims", ["audit_nodes"] = "journals",
        ["audit_events"] = "events", ["audit_records"] = "records of events", ["last_used"] = "marks of use", ["nodes"] = "nodes", ["audit_digests"] = "digests",
        ["sightings"] = "certificates",
    };

    public void Tell(SnapshotTable table, long rows)
    {
        if (time.GetElapsedTime(_told) < Interval)
            return;
        _told = time.GetTimestamp();
        Console.Error.WriteLine($"{what}: {Count(rows)} {Words[table.Name]}");
    }

    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A number with what is counted, which takes an s where there is not just one.</summary>
    public static string Count(long number, string what) => $"{Count(number)} {what}{(number == 1 ? "" : "s")}";

    public static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s";
}
