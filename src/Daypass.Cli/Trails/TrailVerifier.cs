using Daypass.Trails;

namespace Daypass.Cli.Trails;

/// <summary>What verification came to.</summary>
internal sealed record TrailReport
{
    public List<TrailFinding> Findings { get; } = [];

    /// <summary>Log files whose events are older than they are kept, and gone.</summary>
    public List<string> Purged { get; } = [];

    public int Digests { get; set; }

    public int LogFiles { get; set; }

    public long Events { get; set; }

    public DateTimeOffset? Start { get; set; }

    public SealedDigest? Head { get; set; }

    public DateTimeOffset? End { get; set; }
}

/// <summary>
/// Goes along the chain of digests from the oldest to the newest: each must be signed, be in its place, and name the one before; each of its log
/// files must have the hash that it lists. The signature of the newest one stands for all that came before it.
/// </summary>
/// <param name="source">Where the trail is.</param>
/// <param name="head">The signature, or its beginning, of a digest that must be in the chain: what somebody noted down earlier. Null: none.</param>
/// <param name="now">For what retention may have taken.</param>
internal sealed class TrailVerifier(ITrailSource source, string? head, DateTimeOffset now)
{
    private readonly TrailReport _report = new();
    private readonly HashSet<string> _named = new(StringComparer.Ordinal);
    private SealedDigest? _before;
    private DateTimeOffset? _kept;
    private bool _hasHead;

    public async Task<TrailReport> RunAsync(TimeRange range, CancellationToken cancellationToken)
    {
        if (await source.NewestAsync(cancellationToken) is { } newest && DigestFile.Read(newest.Content) is { RetentionDays: > 0 } read)
            _kept = now.AddDays(-read.RetentionDays);
        await foreach (var digest in source.DigestsAsync(range, cancellationToken))
            await CheckAsync(digest, range, cancellationToken);
        if (head is not null && !_hasHead)
            Find("The chain", $"no digest has the signature {head}: what was sealed last when it was noted down has been cut off or replaced");
        if (range.IsWhole)
        {
            foreach (var stranger in source.Strangers(_named))
                Find(stranger, "no digest lists this log file");
        }
        return _report;
    }

    private async Task CheckAsync(SealedDigest digest, TimeRange range, CancellationToken cancellationToken)
    {
        _report.Digests++;
        _hasHead |= head is not null && digest.Signature.StartsWith(head, StringComparison.OrdinalIgnoreCase);
        var read = DigestFile.Read(digest.Content);
        if (read is null)
            Find(digest.Name, "this is no digest any more");
        else
            CheckDigest(digest, read, range);
        (_before, _report.Head, _report.End) = (digest, digest, read?.End ?? _report.End);
        for (var i = 0; i < read?.LogFiles.Count; i++)
            await CheckLogFileAsync(digest, read.LogFiles[i], i, cancellationToken);
    }

    private void CheckDigest(SealedDigest digest, Digest read, TimeRange range)
    {
        _report.Start ??= read.Start;
        if (digest.Name != read.Key)
            Find(digest.Name, $"this digest belongs elsewhere: to {read.Key}");
        if (!source.Keys.TryGetValue(read.Fingerprint, out var key))
            Find(digest.Name, $"the public key {read.Fingerprint} is not known");
        else if (!key.Verifies(read, digest.Content, digest.Signature))
            Find(digest.Name, "the signature does not hold: the digest was changed");
        else if (read.End > key.ValidUntil)
            Find(digest.Name, $"the key {read.Fingerprint} was retired or revoked before this digest was sealed");
        if (_before is { } before)
            CheckLink(before, digest, read);
        else if (read.Previous is { } previous && range.From is null && !(read.End < _kept))
            Find(previous.Key, "this digest is missing: the chain does not begin here");
    }

    private void CheckLink(SealedDigest before, SealedDigest digest, Digest read)
    {
        if (read.Previous is not { } previous)
            Find(digest.Name, $"a new chain begins here, and {before.Name} is before it");
        else if (previous.Key != before.Name && DigestFile.Read(before.Content)?.Key != previous.Key)
            Find(previous.Key, $"this digest is missing between {before.Name} and {digest.Name}");
        else if (previous.Signature != before.Signature || previous.Hash != DigestSignature.HashOf(before.Content))
            Find(before.Name, $"this is not the digest that {digest.Name} follows");
    }

    private async Task CheckLogFileAsync(SealedDigest digest, DigestLogFile file, int index, CancellationToken cancellationToken)
    {
        _named.Add(file.Key);
        _report.LogFiles++;
        var count = file.Marks.Length / RecordMarks.Length;
        var content = await ReadAsync(digest, file, index, cancellationToken);
        if (content is not null && DigestSignature.HashOf(content) == file.Hash)
        {
            _report.Events += count;
            return;
        }
        var found = content is null || file.Marks.IsEmpty ? null : RecordMarks.Compare(file.Marks.Span, content);
        // Retention takes what is older; of a file that it runs through, it takes a part.
        if (file.NewestEvent < _kept || (file.OldestEvent < _kept && (content is null || found is { Fault: RecordFault.Removed })))
            _report.Purged.Add(file.Key);
        else if (content is null)
            Find(file.Key, $"the log file is missing, or none of its {count} records is there");
        else
            Find(file.Key, file.Marks.IsEmpty ? "the content is not what was sealed" : TrailFinding.Describe(found, count));
    }

    private async Task<byte[]?> ReadAsync(SealedDigest digest, DigestLogFile file, int index, CancellationToken cancellationToken)
    {
        try
        {
            return await source.LogFileAsync(digest, file, index, cancellationToken);
        }
        catch (InvalidDataException)
        {
            return [];
        }
    }

    private void Find(string file, string what) => _report.Findings.Add(new TrailFinding(file, what));
}
