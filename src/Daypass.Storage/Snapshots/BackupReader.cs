using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Daypass.Storage.Snapshots;

/// <summary>
/// Reads a backup as a snapshot. Every frame is proven before a row of it is given out; only after <see cref="FinishAsync"/> the whole
/// is proven, so whoever restores reads it twice.
/// </summary>
internal sealed class BackupReader : ISnapshotSource
{
    private const int LongestHeader = 16 << 10;
    private readonly string _path;
    private readonly Stream _file;
    private readonly BackupFrames _frames;
    private readonly IncrementalHash _whole;
    private bool _isLast;

    private BackupReader(string path, Stream file, BackupHeader header, BackupFrames frames, IncrementalHash whole) =>
        (_path, _file, Header, _frames, _whole) = (path, file, header, frames, whole);

    public BackupHeader Header { get; }

    public (string Engine, int Schema) Origin => (Header.Engine, Header.Schema);

    public SnapshotHead Head => Header.Head;

    /// <summary>Opens a backup. <paramref name="openKey"/> gives the file's key, or null when the master key is not the one of its time.</summary>
    /// <exception cref="BackupException">The file is no backup that can be read here.</exception>
    public static BackupReader Open(string path, Func<BackupHeader, byte[]?> openKey)
    {
        var file = OpenFile(path);
        try
        {
            var (header, lines) = ReadHeader(path, file);
            var key = openKey(header) ?? throw new BackupException(
                $"The backup {path} was made under another master key, or its first lines were changed: name the master key of its time with --master-key-file.");
            var whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            whole.AppendData(lines);
            var reader = new BackupReader(path, file, header, new BackupFrames(key, lines), whole);
            CryptographicOperations.ZeroMemory(key);
            return reader;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public async IAsyncEnumerable<object?[]> RowsAsync(SnapshotTable table, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (Header.Schema < table.Since)
            yield break;
        var frame = await NextAsync(cancellationToken);
        if (frame[0] != BackupWriter.TableHead || Encoding.UTF8.GetString(frame.AsSpan(1)) != BackupWriter.HeadOf(table))
            throw new BackupException($"The backup {_path} has other tables than this version of Daypass: restore it with the version that made it ({Header.Product}).");
        using var sum = new TableDigest();
        var row = new object?[table.Columns.Count];
        for (frame = await NextAsync(cancellationToken); frame[0] == BackupWriter.TableRows; frame = await NextAsync(cancellationToken))
        {
            for (var at = 1; at < frame.Length;)
            {
                Read(table, row, frame, ref at, sum);
                yield return row;
            }
        }
        var end = sum.Finish();
        if (frame[0] != BackupWriter.TableEnd || Encoding.UTF8.GetString(frame.AsSpan(1)) != $"{end.Rows} {end.Digest}")
            throw Damaged();
    }

    /// <summary>After the last table: the file must end here, with the hash of all that was read.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        var trailer = new byte[SHA256.HashSizeInBytes + 1];
        var length = await _file.ReadAtLeastAsync(trailer, trailer.Length, throwOnEndOfStream: false, cancellationToken);
        if (!_isLast || length != SHA256.HashSizeInBytes || !trailer.AsSpan(0, length).SequenceEqual(_whole.GetHashAndReset()))
            throw Damaged();
    }

    public ValueTask DisposeAsync()
    {
        _frames.Dispose();
        _whole.Dispose();
        return _file.DisposeAsync();
    }

    private void Read(SnapshotTable table, object?[] row, byte[] frame, ref int at, TableDigest sum)
    {
        var start = at;
        try
        {
            RowCodec.Read(table, row, frame, ref at);
        }
        catch (FormatException)
        {
            throw Damaged();
        }
        sum.AddEncoded(frame.AsSpan(start, at - start));
    }

    private async ValueTask<byte[]> NextAsync(CancellationToken cancellationToken)
    {
        if (_isLast)
            throw Damaged();
        var head = await TakeAsync(sizeof(uint), cancellationToken);
        (var rest, _isLast) = BackupFrames.ReadHead(head) ?? throw Damaged();
        // A length is believed as far as the file goes: else four bytes could ask for all the memory there is.
        if (rest > _file.Length - _file.Position)
            throw Damaged();
        return _frames.Open(await TakeAsync(rest, cancellationToken), _isLast) is { Length: > 0 } content ? content : throw Damaged();
    }

    private async ValueTask<byte[]> TakeAsync(int length, CancellationToken cancellationToken)
    {
        var bytes = new byte[length];
        if (await _file.ReadAtLeastAsync(bytes, length, throwOnEndOfStream: false, cancellationToken) != length)
            throw Damaged();
        _whole.AppendData(bytes);
        return bytes;
    }

    private BackupException Damaged() => new($"The backup {_path} is torn or was changed: take another copy of it.");

    private static FileStream OpenFile(string path)
    {
        try
        {
            return new FileStream(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.Read, BufferSize = 1 << 20, Options = FileOptions.SequentialScan });
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new BackupException($"The backup {path} cannot be read: {failure.Message}");
        }
    }

    private static (BackupHeader Header, byte[] Lines) ReadHeader(string path, FileStream file)
    {
        var first = new byte[(int)Math.Min(LongestHeader, file.Length)];
        file.ReadExactly(first);
        var end = first.AsSpan().IndexOf((byte)'\n');
        var format = end > 0 && first.AsSpan().StartsWith("daypass-backup "u8) ? Encoding.UTF8.GetString(first.AsSpan(15, end - 15)) : "";
        // Not shown unless it is a number: a made-up file would write to the operator's terminal.
        if (format.Length is 0 or > 9 || !format.All(char.IsAsciiDigit))
            throw new BackupException($"The file {path} is not a backup of Daypass.");
        if (format != "1")
            throw new BackupException($"The backup {path} has the format {format}, and this version of Daypass knows format 1 only: restore it with the version that made it.");
        var length = first.AsSpan(end + 1).IndexOf((byte)'\n');
        var lines = first[..(end + 1 + Math.Max(length, 0) + 1)];
        file.Position = lines.Length;
        return (Parse(lines.AsSpan(end + 1)) ?? throw new BackupException($"The backup {path} is torn or was changed: take another copy of it."), lines);
    }

    private static BackupHeader? Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, BackupJson.Default.BackupHeader);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
