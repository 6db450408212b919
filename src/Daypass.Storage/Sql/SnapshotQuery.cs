using System.Data.Common;
using System.Runtime.CompilerServices;
using Daypass.Storage.Snapshots;

namespace Daypass.Storage.Sql;

/// <summary>Reads a table for a snapshot, the same way from every engine: row by row, in the order of its key.</summary>
internal static class SnapshotQuery
{
    // Every engine orders text by its bytes here.
    public static string Of(SnapshotTable table) => $"SELECT {Names(table.Columns)} FROM {table.Name} ORDER BY {Names(table.Key)}";

    private static string Names(IEnumerable<SnapshotColumn> columns) => string.Join(", ", columns.Select(column => column.Name));

    public static async IAsyncEnumerable<object?[]> RowsAsync(DbCommand command, SnapshotTable table, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var row = new object?[table.Columns.Count];
        while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            for (var i = 0; i < row.Length; i++)
                row[i] = rows.IsDBNull(i) ? null : Value(rows, i, table.Columns[i].Type);
            yield return row;
        }
    }

    private static object Value(DbDataReader rows, int i, SnapshotType type) => type switch
    {
        SnapshotType.Number or SnapshotType.Flag => rows.GetInt64(i),
        SnapshotType.Text => rows.GetString(i),
        _ => rows.GetFieldValue<byte[]>(i),
    };
}
