namespace Daypass.Storage.Snapshots;

/// <summary>What each table of a snapshot comes to.</summary>
internal static class SnapshotSums
{
    public static async Task<IReadOnlyDictionary<string, TableSum>> OfAsync(ISnapshotSource source, Action<SnapshotTable, long> progress, CancellationToken cancellationToken)
    {
        var sums = new Dictionary<string, TableSum>(StringComparer.Ordinal);
        foreach (var table in SnapshotTables.All)
        {
            using var digest = new TableDigest();
            await foreach (var row in source.RowsAsync(table, cancellationToken))
            {
                digest.Add(row);
                if (digest.Rows % 10_000 == 0)
                    progress(table, digest.Rows);
            }
            sums[table.Name] = digest.Finish();
        }
        return sums;
    }
}
