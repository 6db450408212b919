using Daypass.Names;
using Daypass.Service.Stores;
using Daypass.Trails;

namespace Daypass.Service.Audit.Digests;

/// <summary>A log file as the store's events make it.</summary>
/// <param name="Content">Before compression.</param>
/// <param name="Marks">Of its records.</param>
/// <param name="Last">The place of its last event.</param>
internal sealed record LogFile(byte[] Content, byte[] Marks, int Count, DateTimeOffset Oldest, DateTimeOffset Newest, long Last);

/// <summary>Makes log files of the events in the store: the next one when they are sealed, and the same ones again whenever they are asked for.</summary>
internal sealed class LogFileReader(IDigestStore store)
{
    private const int PageSize = 256;

    // What was sealed is no longer than a file can be; what somebody has put in between since need not be read to its end to be found.
    private const int MostRecordsAgain = 2 * LogFileWriter.MostRecords;

    /// <summary>The events behind a place, as many as a file holds; null when there are none.</summary>
    public ValueTask<LogFile?> NextAsync(AccountId account, long after, long until, CancellationToken cancellationToken) =>
        ReadAsync(account, after, until, file => file.IsFull, cancellationToken);

    /// <summary>All events behind a place up to another, as one file; null when there are none.</summary>
    public ValueTask<LogFile?> AgainAsync(AccountId account, long after, long until, CancellationToken cancellationToken) =>
        ReadAsync(account, after, until, file => file.Count >= MostRecordsAgain, cancellationToken);

    private async ValueTask<LogFile?> ReadAsync(AccountId account, long after, long until, Func<LogFileWriter, bool> isEnough, CancellationToken cancellationToken)
    {
        var (file, oldest, newest) = (new LogFileWriter(), DateTimeOffset.MaxValue, DateTimeOffset.MinValue);
        while (!isEnough(file))
        {
            var page = await store.ReadAsync(account, after, until, PageSize, cancellationToken).ConfigureAwait(false);
            foreach (var found in page.TakeWhile(_ => !isEnough(file)))
            {
                file.Add(found.Record.Span);
                (after, oldest, newest) = (found.Id, found.Time < oldest ? found.Time : oldest, found.Time > newest ? found.Time : newest);
            }
            if (page.Count < PageSize)
                break;
        }
        return file.Count == 0 ? null : new LogFile(file.Finish(), file.Marks.ToArray(), file.Count, oldest, newest, after);
    }
}
