using System.Runtime.CompilerServices;
using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Revocations;
using Daypass.Service.Keys;
using Daypass.Service.Stores;

namespace Daypass.Server.Backups;

/// <summary>
/// The documents of a backup as the restored store gets them: session keys that open nothing of before, access keys inactive, both as the
/// operator chose; and what is new in it.
/// </summary>
internal sealed class RestoreDocuments(RestoreChoice choice, RestoreKeys keys, RestoreAdministrator administrator, RestoreCommits commits, Restored record)
{
    private readonly long _clock = (long)(choice.Previous?.Installation.ClockOffset.TotalSeconds ?? 0);
    private readonly RestoreRevocations _revocations = new(choice.Previous?.Installation);
    private bool _hasClock;

    /// <summary>How many access keys were active in the backup, and how many of them are so no more.</summary>
    public (long Active, long Refused) AccessKeys { get; private set; }

    public static AccessKey? AccessKeyIn(object?[] row) => DocumentKinds.Read(DocumentOf(row)) as AccessKey;

    public async IAsyncEnumerable<object?[]> Apply(IAsyncEnumerable<object?[]> rows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            if (Apply(row))
                yield return row;
        }
        foreach (var added in Added())
            yield return added;
    }

    private bool Apply(object?[] row)
    {
        // Of an earlier restore: this one's takes its place.
        if ((string)row[1]! == DocumentKinds.Restored.Name)
            return false;
        var set = (string)row[0]!;
        administrator.Watch(set, DocumentOf(row));
        var changed = (string)row[1]! switch
        {
            "access-key" => Changed(set, AccessKeyIn(row)!),
            "key" => keys.Changed(DocumentKinds.Read(DocumentOf(row)) as StoredKey) is { } key ? DocumentKinds.Key.Write(key) : null,
            "clock" => Changed((ClockOffset)DocumentKinds.Read(DocumentOf(row))!),
            "revocation" => _revocations.Changed((Revocation)DocumentKinds.Read(DocumentOf(row))!) is { } revocation ? DocumentKinds.Revocation.Write(revocation) : null,
            "moved" => [],
            _ => null,
        };
        if (changed is { Length: 0 })
            commits.Put(set, KeyOf(row), null);
        else if (changed is not null)
            (row[3], row[4]) = (commits.Put(set, KeyOf(row), changed), changed);
        return changed is not { Length: 0 };
    }

    private byte[]? Changed(string set, AccessKey key)
    {
        if (!key.IsActive)
            return null;
        var isRefused = !choice.KeepsAccessKeys && choice.Previous?.IsActive(set, key) != true;
        AccessKeys = (AccessKeys.Active + 1, AccessKeys.Refused + (isRefused ? 1 : 0));
        if (!isRefused)
            administrator.Note(set, key);
        return isRefused ? DocumentKinds.AccessKey.Write(key with { IsActive = false }) : null;
    }

    // Policy time never goes back, where it is known how far it had come: what has expired stays so.
    private byte[]? Changed(ClockOffset offset)
    {
        _hasClock = true;
        return _clock > offset.Seconds ? DocumentKinds.Clock.Write(new ClockOffset(_clock)) : null;
    }

    private IEnumerable<object?[]> Added()
    {
        yield return Add(SetId.Installation.Value, DocumentKinds.Restored, record);
        foreach (var key in keys.New)
            yield return Add(SetId.Installation.Value, DocumentKinds.Key, key);
        if (!_hasClock && _clock > 0)
            yield return Add(SetId.Installation.Value, DocumentKinds.Clock, new ClockOffset(_clock));
        foreach (var revocation in _revocations.Missing())
            yield return Add(SetId.Installation.Value, DocumentKinds.Revocation, revocation);
        if (administrator.NewKey() is { } accessKey)
            yield return Add(administrator.Set, DocumentKinds.AccessKey, accessKey);
    }

    private object?[] Add<T>(string set, DocumentKind<T> kind, T value)
        where T : class
    {
        var (key, body) = (kind.KeyOf(value), kind.Write(value));
        return [set, key.Kind, key.Name, commits.Put(set, key, body), body];
    }

    private static DocumentKey KeyOf(object?[] row) => new((string)row[1]!, (string)row[2]!);

    private static Document DocumentOf(object?[] row) => new(KeyOf(row), (long)row[3]!, (byte[])row[4]!);
}
