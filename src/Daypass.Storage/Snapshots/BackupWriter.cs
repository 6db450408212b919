using System.Security.Cryptography;
using System.Text;

namespace Daypass.Storage.Snapshots;

/// <summary>
/// Writes a backup: two readable lines, sealed frames, and a SHA-256 over all before it, so that anybody can see a torn copy without a
/// key. A frame holds one of: the head of a table, many of its rows, what the table came to.
/// </summary>
internal sealed class BackupWriter : IDisposable
{
    public const byte TableHead = (byte)'T';
    public const byte TableRows = (byte)'R';
    public const byte TableEnd = (byte)'E';
    private const int FrameSize = 1 << 20;

    private readonly Stream _file;
    private readonly BackupFrames _frames;
    private readonly IncrementalHash _whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly MemoryStream _rows = new(FrameSize + (1 << 16));

    public BackupWriter(Stream file, BackupHeader header, byte[] key)
    {
        _file = file;
        var lines = header.Write();
        _frames = new BackupFrames(key, lines);
        Write(lines);
    }

    public void Dispose()
    {
        _frames.Dispose();
        _whole.Dispose();
        _rows.Dispose();
    }

    /// <summary>Writes one table, whole. <paramref name="progress"/> is told the rows so far, now and then.</summary>
    public async Task<TableSum> WriteAsync(SnapshotTable table, IAsyncEnumerable<object?[]> rows, Action<long> progress, CancellationToken cancellationToken)
    {
        WriteFrame(TableHead, Encoding.UTF8.GetBytes(HeadOf(table)));
        using var sum = new TableDigest();
        Begin();
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            sum.Add(row, _rows);
            if (_rows.Length < FrameSize)
                continue;
            WriteFrame(isLast: false);
            Begin();
            progress(sum.Rows);
        }
        if (_rows.Length > 1)
            WriteFrame(isLast: false);
        var result = sum.Finish();
        WriteFrame(TableEnd, Encoding.UTF8.GetBytes($"{result.Rows} {result.Digest}"), isLast: table == SnapshotTables.All[^1]);
        progress(result.Rows);
        return result;
    }

    /// <summary>Ends the file; what it holds must be flushed by the caller.</summary>
    public void Finish() => _file.Write(_whole.GetHashAndReset());

    /// <summary>A table's name and columns, which a reader holds against its own.</summary>
    public static string HeadOf(SnapshotTable table) => $"{table.Name} {string.Join(' ', table.Columns.Select(column => $"{column.Name}:{column.Type}"))}";

    private void Begin()
    {
        _rows.SetLength(0);
        _rows.WriteByte(TableRows);
    }

    private void WriteFrame(byte kind, byte[] content, bool isLast = false)
    {
        _rows.SetLength(0);
        _rows.WriteByte(kind);
        _rows.Write(content);
        WriteFrame(isLast);
    }

    private void WriteFrame(bool isLast) => Write(_frames.Seal(_rows.GetBuffer().AsSpan(0, (int)_rows.Length), isLast));

    private void Write(byte[] bytes)
    {
        _whole.AppendData(bytes);
        _file.Write(bytes);
    }
}
