using System.Runtime.CompilerServices;
using Daypass.Names;
using Daypass.Service.Audit;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;
using Daypass.Storage.Snapshots;
using Daypass.Storage.Sql;

namespace Daypass.Server.Backups;

/// <summary>Puts the restore itself into the operator's trail, with the commit on the installation's set.</summary>
internal sealed class RestoreTrail(AccountId account, Restored record, RestoreCommits commits, DateTimeOffset now, IEntropy entropy)
{
    private const string Source = "daypass";
    private readonly AuditEvent _event = Event(account, record, now, entropy);
    private long _node;
    private long _id;

    private long Sequence => commits.SequenceOf(SetId.Installation.Value);

    public async IAsyncEnumerable<object?[]> Nodes(IAsyncEnumerable<object?[]> rows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var highest = 0L;
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            highest = Math.Max(highest, (long)row[0]!);
            if ((string)row[1]! == Statements.OwnNode)
                (_node, row[2]) = ((long)row[0]!, Sequence);
            yield return row;
        }
        if (_node == 0)
            yield return [_node = highest + 1, Statements.OwnNode, Sequence];
    }

    public async IAsyncEnumerable<object?[]> Events(IAsyncEnumerable<object?[]> rows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            _id = Math.Max(_id, (long)row[2]!);
            yield return row;
        }
        yield return [_event.Account.Number, _event.Time.ToUnixTimeMilliseconds(), ++_id, _event.EventId, _event.EventName, _event.EventSource, "", "", 0L, ""];
    }

    public async IAsyncEnumerable<object?[]> Records(IAsyncEnumerable<object?[]> rows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in rows.WithCancellation(cancellationToken))
            yield return row;
        yield return [_id, _node, Sequence, _event.Record.ToArray()];
    }

    private static AuditEvent Event(AccountId account, Restored record, DateTimeOffset now, IEntropy entropy) => new ServiceEvent
    {
        Trail = account,
        At = now,
        Name = "RestoreStore",
        Source = Source,
        InvokedBy = Source,
        Details = json =>
        {
            json.WriteString("backupAt", record.BackupAt);
            json.WriteString("backupEpoch", record.BackupEpoch);
            json.WriteNumber("backupSequence", record.BackupSequence);
            json.WriteString("restoredAt", record.RestoredAt);
            json.WriteString("keptSessions", record.Sessions);
            json.WriteString("activeAccessKeys", record.AccessKeys);
        },
    }.Make(entropy);
}
