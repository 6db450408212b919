using System.Runtime.CompilerServices;
using Daypass.Service.Directories;
using Daypass.Service.Stores;
using Daypass.Storage.Snapshots;

namespace Daypass.Server.Backups;

/// <summary>Notes, while a snapshot's rows go by, what belongs to no account: which accounts there are, the keys, the clock.</summary>
internal sealed class InstallationRows
{
    private readonly List<Document> _documents = [];

    public IEnumerable<StoredKey> Keys => Values<StoredKey>();

    public long Accounts => Values<Account>().LongCount();

    /// <summary>The newest time of any event: sessions that were issued later left no trace in this snapshot.</summary>
    public long NewestEvent { get; private set; }

    public InstallationDirectory Directory(SnapshotHead head) =>
        new(Documents.From(new DocumentSet(SetId.Installation, new FeedPosition(head.Epoch, head.Sequence), _documents)));

    /// <summary>Reads all of a snapshot for nothing else but this.</summary>
    public async Task ReadAsync(ISnapshotSource source, Progress progress, CancellationToken cancellationToken)
    {
        foreach (var table in SnapshotTables.All)
        {
            var rows = 0L;
            await foreach (var _ in Watch(table, source.RowsAsync(table, cancellationToken), cancellationToken))
            {
                if (++rows % 10_000 == 0)
                    progress.Tell(table, rows);
            }
        }
    }

    public async IAsyncEnumerable<object?[]> Watch(SnapshotTable table, IAsyncEnumerable<object?[]> rows, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            if (table == SnapshotTables.Documents && (string)row[0]! == SetId.Installation.Value)
                _documents.Add(new Document(new DocumentKey((string)row[1]!, (string)row[2]!), (long)row[3]!, (byte[])row[4]!));
            else if (table == SnapshotTables.AuditEvents)
                NewestEvent = Math.Max(NewestEvent, (long)row[1]!);
            yield return row;
        }
    }

    private IEnumerable<T> Values<T>()
        where T : class => _documents.Select(DocumentKinds.Read).OfType<T>();
}
