using Daypass.Names;
using Daypass.Service.Stores;
using Daypass.Trails;

namespace Daypass.Service.Audit.Digests;

/// <summary>What became of an attempt to seal.</summary>
internal enum Sealing
{
    /// <summary>Every event that was there is in a digest.</summary>
    Done,

    /// <summary>A digest was made, and there are more events than it could hold.</summary>
    More,
}

/// <summary>
/// Seals the events of an account, in the order of the store, into the next digest of its chain. The number of a digest is the guard: of two
/// nodes that make the same one, one stores it and the other begins again behind it, so there are never two chains. Called by: the sealing
/// job, and the action that seals on demand.
/// </summary>
internal sealed class TrailSealer(IDigestStore store, ITrailKeys keys, TrailSettings settings, Func<DateTimeOffset> now)
{
    /// <summary>Half a million events: what a digest lists of them is a few megabytes.</summary>
    private const int MostFiles = 100;

    private const int MostTries = 8;
    private readonly LogFileReader _files = new(store);

    /// <summary>Makes at most one digest. An account without new events gets none, so idle accounts cost nothing.</summary>
    /// <param name="horizon">Up to where the trail is complete (<see cref="IDigestStore.HorizonAsync"/>).</param>
    public async ValueTask<Sealing> SealAsync(AccountId account, long horizon, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MostTries; attempt++)
        {
            var before = await store.NewestAsync(account, cancellationToken).ConfigureAwait(false);
            var end = EndBehind(before);
            var (files, isMore) = await ReadFilesAsync(account, EndOf(before), horizon, end, cancellationToken).ConfigureAwait(false);
            if (files.Count == 0)
                return Sealing.Done;
            var signer = await keys.ActiveAsync(cancellationToken).ConfigureAwait(false);
            if (await store.AddAsync(Sign(account, before, end, files, signer), cancellationToken).ConfigureAwait(false))
                return isMore ? Sealing.More : Sealing.Done;
        }
        // Others have sealed again and again meanwhile.
        return Sealing.More;
    }

    // Names of digests have whole seconds, and no two of an account may be the same.
    private DateTimeOffset EndBehind(StoredDigest? before)
    {
        var present = DateTimeOffset.FromUnixTimeSeconds(now().ToUnixTimeSeconds());
        return before is not null && before.End >= present ? before.End.AddSeconds(1) : present;
    }

    // By what was signed: a number beside it could be set so high that nothing would be sealed any more.
    private static long EndOf(StoredDigest? before) =>
        before is null ? long.MinValue : DigestFile.Read(before.Content) is { LogFiles: [.., var last] } ? last.Last : before.Until;

    private async ValueTask<(List<DigestLogFile> Files, bool IsMore)> ReadFilesAsync(
        AccountId account, long after, long horizon, DateTimeOffset end, CancellationToken cancellationToken)
    {
        var (place, files) = (settings.PlaceOf(account), new List<DigestLogFile>());
        while (files.Count < MostFiles)
        {
            if (await _files.NextAsync(account, after, horizon, cancellationToken).ConfigureAwait(false) is not { } file)
                return (files, false);
            var hash = DigestSignature.HashOf(file.Content);
            files.Add(new DigestLogFile(place.Bucket, place.LogFileKey(end, hash), hash, file.Newest, file.Oldest, file.Marks, file.Last));
            after = file.Last;
        }
        return (files, true);
    }

    private StoredDigest Sign(AccountId account, StoredDigest? before, DateTimeOffset end, List<DigestLogFile> files, TrailSigner signer)
    {
        var place = settings.PlaceOf(account);
        var oldest = files.Min(file => file.OldestEvent);
        var digest = new Digest
        {
            Account = account.ToString(),
            Start = before?.End ?? (oldest < end ? oldest : end),
            End = end,
            Bucket = place.Bucket,
            Key = place.DigestKey(end),
            Fingerprint = signer.Fingerprint,
            NewestEvent = files.Max(file => file.NewestEvent),
            OldestEvent = oldest,
            Previous = before is null ? null : PreviousOf(before),
            RetentionDays = settings.RetentionDays,
            LogFiles = files,
        };
        var content = DigestFile.Write(digest);
        return new StoredDigest
        {
            Account = account,
            Number = (before?.Number ?? 0) + 1,
            End = end,
            Until = files[^1].Last,
            Signature = Convert.ToHexStringLower(signer.Sign(DigestSignature.ToSign(digest, content))),
            Content = content,
        };
    }

    // What somebody has made of a stored digest is chained on as it is: the chain goes on, and whoever verifies it finds the place.
    private PreviousDigest PreviousOf(StoredDigest before)
    {
        var place = settings.PlaceOf(before.Account);
        var read = DigestFile.Read(before.Content);
        return new PreviousDigest(read?.Bucket ?? place.Bucket, read?.Key ?? place.DigestKey(before.End), DigestSignature.HashOf(before.Content.Span), before.Signature);
    }
}
