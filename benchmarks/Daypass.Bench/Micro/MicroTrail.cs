using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Storage.Sqlite;

namespace Daypass.Bench.Micro;

/// <summary>What an event costs from its record to the store: encoded for the journal, read back, and stored and indexed in a batch of others.</summary>
internal static class MicroTrail
{
    private const int Batch = 8_000;
    private const int Batches = 15;
    private static readonly byte[] Bytes = new byte[16 << 10];

    /// <summary>Into the frame of the journal and out of it again. What the flush costs is in the case "floor + group fdatasync".</summary>
    public static Action ThroughJournal()
    {
        var e = Event(1, DateTimeOffset.UtcNow);
        return () => AuditJournalCodec.Decode(Bytes.AsSpan(0, AuditJournalCodec.Encode(e, Bytes)));
    }

    /// <summary>CPU microseconds of an event of those that are stored at once: a thousand users and a hundred roles in them.</summary>
    public static double IntoStore()
    {
        var folder = Directory.CreateTempSubdirectory("daypass-micro-");
        var store = SqliteStore.Open(folder.FullName, TimeProvider.System);
        try
        {
            var times = new List<double>();
            for (var i = 0; i < Batches; i++)
            {
                var (first, now) = ((long)i * Batch, DateTimeOffset.UtcNow);
                JournalEntry[] entries = [.. Enumerable.Range(0, Batch).Select(n => new JournalEntry(first + n + 1, Event((int)first + n, now.AddMilliseconds(n / 40))))];
                var cpu = Environment.CpuUsage.TotalTime;
                store.AppendAuditAsync("bench", first, entries, CancellationToken.None).AsTask().GetAwaiter().GetResult();
                times.Add((Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / Batch);
            }
            return times.Order().ElementAt(Batches / 2);
        }
        finally
        {
            store.DisposeAsync().AsTask().GetAwaiter().GetResult();
            folder.Delete(recursive: true);
        }
    }

    private static AuditEvent Event(int number, DateTimeOffset time) => new()
    {
        EventId = EventIds.Make(time, new Entropy()),
        Account = AccountId.Of(111122223333),
        Time = time,
        EventName = "AssumeRole",
        EventSource = "sts.amazonaws.com",
        Username = $"builder-{number % 1000:D4}",
        AccessKeyId = $"AKIAEXAMPLEBUILD{number % 1000:D4}",
        IsReadOnly = true,
        Resources = [new("AWS::IAM::Role", $"arn:aws:iam::111122223333:role/app/log-reader-{number % 100}")],
        Record = Record,
    };

    // As long as the record of an AssumeRole call.
    private static readonly byte[] Record = [.. Enumerable.Range(0, 1_400).Select(i => (byte)(' ' + (i * 7 % 90)))];

    private sealed class Entropy : Daypass.Service.Pipeline.IEntropy
    {
        public void Fill(Span<byte> bytes) => Random.Shared.NextBytes(bytes);
    }
}
