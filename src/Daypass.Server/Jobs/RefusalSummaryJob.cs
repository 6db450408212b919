using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Server.Jobs;

/// <summary>Writes what strangers were refused to the operator's trail, once a minute and at the end.</summary>
internal sealed class RefusalSummaryJob(RefusalSummary summary, AuditJournal journal, DirectoryCache directories, IEntropy entropy, TimeProvider time) : IJob
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
                await FlushAsync();
        }
        finally
        {
            await FlushAsync();
        }
    }

    private async Task FlushAsync()
    {
        // Where there is little room they are counted on, and written when there is more.
        if (journal.Room.Left != Room.Enough || journal.IsClosed)
            return;
        if (directories.Installation.Operator is not { } first || !AccountId.TryParse(first.Id, out var account))
            return;
        var now = time.GetUtcNow() + directories.Installation.ClockOffset;
        foreach (var summaryEvent in summary.Take(account, now, entropy))
            await journal.AppendAsync(summaryEvent);
    }
}
