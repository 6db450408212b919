using System.Data.Common;
using System.Runtime.CompilerServices;
using Daypass.Storage.Snapshots;

namespace Daypass.Storage.Sql;

/// <summary>Reads a table for a snapshot, the same way from every engine: row by row, in the order of its key.</summary>
internal static class SnapshotQuery
{
    /// <param name="byteOrder">What makes an engine order text by its bytes; empty where it does.</param>
    public static string Of(SnapshotTable table, string byteOrder) =>
        $"SELECT {string.Join(", ", table.Columns.Select(column => column.Name))} FROM {table.Name} ORDER BY {string.Join(", ", table.Key.Select(column => column.Type == SnapshotType.Text ? column.Name + byteOrder : column.Name))}";

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
        SnapshotType.Number => rows.GetInt64(i),
        SnapshotType.Text => rows.GetString(i),
        _ => rows.GetFieldValue<byte[]>(i),
    };
}
