using System.Text;
using Daypass.Names;
using Daypass.Service.Audit;

namespace Daypass.Service.Tests.Audit;

/// <summary>Events, and a folder for a journal of them.</summary>
internal static class AuditSamples
{
    public static AuditEvent Event(int number, int recordBytes = 40) => new()
    {
        EventId = $"event-{number}",
        Account = AccountId.Of(123456789012),
        Time = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).AddSeconds(number),
        EventName = "AssumeRole",
        EventSource = "sts.amazonaws.com",
        Username = "名前",
        AccessKeyId = "AKIAEXAMPLE",
        IsReadOnly = number % 2 == 0,
        Resources = [new("AWS::IAM::Role", $"role-{number}"), new("", "")],
        Record = Encoding.UTF8.GetBytes(new string('r', recordBytes)),
    };

    public static async Task AppendAsync(this AuditJournal journal, int from, int until)
    {
        for (var number = from; number <= until; number++)
            await journal.AppendAsync(Event(number));
    }

    public static string[] ReadIds(this AuditJournal journal) => [.. journal.Read(int.MaxValue, int.MaxValue).Select(entry => entry.Event.EventId)];

    public static string[] Ids(int from, int until) => [.. Enumerable.Range(from, until - from + 1).Select(number => $"event-{number}")];
}

internal sealed class JournalFolder : IDisposable
{
    public static readonly AuditJournalOptions Small = new() { FirstSegmentBytes = 2048, SegmentBytes = 4096, MaxBatchBytes = 1024 };

    public string Path { get; } = Directory.CreateTempSubdirectory("daypass-").FullName;

    public string Journal => System.IO.Path.Combine(Path, "journal");

    public AuditJournal Open(AuditJournalOptions? options = null) => AuditJournal.Open(Journal, options ?? new AuditJournalOptions { FirstSegmentBytes = 1 << 16 });

    public string[] Segments() => [.. Directory.GetFiles(Journal, "*.journal").Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
