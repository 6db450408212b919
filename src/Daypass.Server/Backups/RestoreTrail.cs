using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
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
    private const string EventName = "RestoreStore";
    private const string Source = "daypass";
    private readonly string _eventId = Identifiers.Uuid(entropy);
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
        yield return [account.Number, now.ToUnixTimeMilliseconds(), ++_id, _eventId, EventName, Source, "", "", 0L, ""];
    }

    public async IAsyncEnumerable<object?[]> Records(IAsyncEnumerable<object?[]> rows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in rows.WithCancellation(cancellationToken))
            yield return row;
        yield return [_id, _node, Sequence, Record()];
    }

    private byte[] Record()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("eventVersion", AuditRecords.Version);
            json.WriteStartObject("userIdentity");
            json.WriteString("accountId", account.ToString());
            json.WriteString("invokedBy", Source);
            json.WriteEndObject();
            json.WriteString("eventTime", now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            json.WriteString("eventSource", Source);
            json.WriteString("eventName", EventName);
            json.WriteString("awsRegion", Regions.Default);
            json.WriteString("sourceIPAddress", Source);
            json.WriteString("userAgent", Source);
            json.WriteNull("requestParameters");
            json.WriteNull("responseElements");
            json.WriteString("eventID", _eventId);
            json.WriteBoolean("readOnly", false);
            json.WriteString("eventType", "AwsServiceEvent");
            json.WriteBoolean("managementEvent", true);
            json.WriteString("recipientAccountId", account.ToString());
            WriteDetails(json);
            json.WriteString("eventCategory", "Management");
            json.WriteEndObject();
        }
        return buffer.ToArray();
    }

    private void WriteDetails(Utf8JsonWriter json)
    {
        json.WriteStartObject("serviceEventDetails");
        json.WriteString("backupAt", record.BackupAt);
        json.WriteString("backupEpoch", record.BackupEpoch);
        json.WriteNumber("backupSequence", record.BackupSequence);
        json.WriteString("restoredAt", record.RestoredAt);
        json.WriteString("keptSessions", record.Sessions);
        json.WriteString("activeAccessKeys", record.AccessKeys);
        json.WriteEndObject();
    }
}
