using Daypass.Trails;

namespace Daypass.Cli.Trails;

/// <summary>What an export came to.</summary>
internal sealed record ExportReport
{
    public List<TrailFinding> Findings { get; } = [];

    public int Digests { get; set; }

    public int Skipped { get; set; }

    public int LogFiles { get; set; }

    public long Events { get; set; }
}

/// <summary>
/// Copies a trail, digest by digest: the log files first, then the digest, so that what was cut off begins again at the digest that is not there.
/// Nothing that was exported before is overwritten: a digest that is another one by now is a finding.
/// </summary>
internal sealed class TrailExport(TrailApi api, LiveTrail trail, ITrailTarget target, bool isLines)
{
    private const string JsonSuffix = ".json.gz";
    private readonly ExportReport _report = new();

    public async Task<ExportReport> RunAsync(TimeRange range, CancellationToken cancellationToken)
    {
        await foreach (var entry in trail.EntriesAsync(cancellationToken))
        {
            if (range.Meets(entry.Start, entry.End))
                await CopyAsync(await api.DigestAsync(entry.Number, cancellationToken), cancellationToken);
        }
        return _report;
    }

    private async Task CopyAsync(SealedDigest digest, CancellationToken cancellationToken)
    {
        if (DigestFile.Read(digest.Content) is not { } read)
        {
            _report.Findings.Add(new TrailFinding(digest.Name, "this is no digest any more; it was not exported"));
            return;
        }
        if (!isLines && await target.SignatureOfAsync(read.Key, cancellationToken) is { } signature)
        {
            _report.Skipped++;
            if (signature != digest.Signature)
                _report.Findings.Add(new TrailFinding(read.Key, "another digest was exported under this name before: the server's is not the same any more. It was left as it was"));
            return;
        }
        var isWhole = true;
        for (var i = 0; i < read.LogFiles.Count; i++)
            isWhole &= await CopyLogFileAsync(digest, read.LogFiles[i], i, cancellationToken);
        if (isLines)
            return;
        await target.WriteAsync(read.Key, Gzip.Make(digest.Content), digest.Signature, cancellationToken);
        _report.Digests++;
        if (!isWhole)
            _report.Findings.Add(new TrailFinding(read.Key, "exported without all of its log files"));
    }

    private async Task<bool> CopyLogFileAsync(SealedDigest digest, DigestLogFile file, int index, CancellationToken cancellationToken)
    {
        var name = isLines ? file.Key[..^JsonSuffix.Length] + ".jsonl.gz" : file.Key;
        // A log file's name has its hash in it.
        if (await target.HasAsync(name, cancellationToken))
            return true;
        var content = await trail.LogFileAsync(digest, file, index, cancellationToken);
        if (content is null || DigestSignature.HashOf(content) != file.Hash)
        {
            _report.Findings.Add(new TrailFinding(file.Key, "the events in the store are not those that were sealed; it was not exported ('daypass trail verify' says what is wrong)"));
            return false;
        }
        await target.WriteAsync(name, Gzip.Make(isLines ? Lines(content) : content), null, cancellationToken);
        _report.LogFiles++;
        _report.Events += file.Marks.Length / RecordMarks.Length;
        return true;
    }

    // Records are written without line breaks.
    private static byte[] Lines(byte[] content)
    {
        using var lines = new MemoryStream(content.Length);
        foreach (var record in RecordMarks.Split(content).Records)
        {
            lines.Write(record.Span);
            lines.WriteByte((byte)'\n');
        }
        return lines.ToArray();
    }
}
