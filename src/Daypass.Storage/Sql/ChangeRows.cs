using System.Data.Common;
using Daypass.Service.Stores;

namespace Daypass.Storage.Sql;

/// <summary>Gathers rows of (sequence, commit, set, kind or null, name, body or null), in order, into one change for each sequence.</summary>
internal sealed class ChangeRows(string epoch)
{
    private readonly List<Change> _changes = [];
    private List<Document> _puts = [];
    private List<DocumentKey> _deletes = [];

    public List<Change> All => _changes;

    public void Add(DbDataReader row)
    {
        var sequence = row.GetInt64(0);
        if (_changes.Count == 0 || _changes[^1].Position.Sequence != sequence)
            _changes.Add(new Change(new FeedPosition(epoch, sequence, row.GetString(1)), new SetId(row.GetString(2)), _puts = [], _deletes = []));
        if (row.IsDBNull(3))
            return;
        var key = new DocumentKey(row.GetString(3), row.GetString(4));
        if (row.IsDBNull(5))
            _deletes.Add(key);
        else
            _puts.Add(new Document(key, sequence, row.GetFieldValue<byte[]>(5)));
    }
}
