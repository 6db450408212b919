using System.Security.Cryptography;
using Daypass.Storage.Snapshots;
using Daypass.Storage.Sqlite;
using Daypass.Storage.Tests.Sqlite;

namespace Daypass.Storage.Tests.Snapshots;

/// <summary>Whatever happens to the file: it is refused with a sentence, never half believed.</summary>
public sealed class DamagedBackupTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private byte[] _whole = [];

    private string Copy => Path.Combine(_folder.Path, "copy");

    public async Task InitializeAsync()
    {
        var data = Path.Combine(_folder.Path, "data");
        await using (var store = SqliteStore.Open(data, TimeProvider.System))
            await new RandomStore(1).FillAsync(store, 12);
        await using var source = SqliteSnapshot.Open(data);
        await TestBackup.WriteAsync(Path.Combine(_folder.Path, "backup"), source);
        _whole = await File.ReadAllBytesAsync(Path.Combine(_folder.Path, "backup"));
    }

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_flipped_bit_anywhere_is_found()
    {
        await File.WriteAllBytesAsync(Copy, _whole);
        await ReadAsync();
        for (var at = 0; at < _whole.Length; at += 7)
        {
            var damaged = _whole.ToArray();
            damaged[at] ^= (byte)(1 << (at % 8));
            await File.WriteAllBytesAsync(Copy, damaged);
            await Assert.ThrowsAsync<BackupException>(ReadAsync);
        }
    }

    [Fact]
    public async Task A_file_that_was_cut_off_or_has_more_is_refused()
    {
        foreach (var length in Enumerable.Range(0, 60).Select(i => i * _whole.Length / 60).Append(_whole.Length - 1).Append(_whole.Length - 32))
        {
            await File.WriteAllBytesAsync(Copy, _whole[..length]);
            await Assert.ThrowsAsync<BackupException>(ReadAsync);
        }
        await File.WriteAllBytesAsync(Copy, [.. _whole, 0]);
        await Assert.ThrowsAsync<BackupException>(ReadAsync);
    }

    [Fact]
    public async Task Frames_that_are_left_out_moved_or_repeated_are_refused_also_with_a_hash_that_fits()
    {
        var frames = Frames();
        Assert.True(frames.Count > 10);
        foreach (var changed in (byte[][][])[[.. frames.Take(5), .. frames.Skip(6)], [.. frames.Take(4), frames[5], frames[4], .. frames.Skip(6)], [.. frames.Take(5), frames[4], .. frames.Skip(5)], [.. frames.SkipLast(1)]])
        {
            byte[] content = [.. changed.SelectMany(frame => frame)];
            await File.WriteAllBytesAsync(Copy, [.. content, .. SHA256.HashData(content)]);
            await Assert.ThrowsAsync<BackupException>(ReadAsync);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("daypass-backup ")]
    [InlineData("daypass-backup 1")]
    [InlineData("daypass-backup 1\n{}")]
    [InlineData("daypass-backup 1\nnull\n")]
    [InlineData("daypass-backup 2\n{}\n")]
    [InlineData("SQLite format 3\0")]
    public async Task What_is_no_backup_is_refused(string text)
    {
        await File.WriteAllTextAsync(Copy, text);
        await Assert.ThrowsAsync<BackupException>(ReadAsync);
    }

    [Fact]
    public async Task A_file_without_a_key_of_ours_is_refused_before_anything_of_it_is_read()
    {
        await File.WriteAllBytesAsync(Copy, _whole);
        Assert.Contains("another master key", Assert.Throws<BackupException>(() => BackupReader.Open(Copy, _ => null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_takes_no_others_place_and_is_its_owners_alone()
    {
        await File.WriteAllTextAsync(Copy, "mine");
        Assert.Throws<BackupException>(() => BackupFile.Create(Copy));
        Assert.Equal("mine", await File.ReadAllTextAsync(Copy));
        var backup = Path.Combine(_folder.Path, "backup");
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(backup));
        using (BackupFile.Create(Path.Combine(_folder.Path, "never")))
            Assert.False(File.Exists(Path.Combine(_folder.Path, "never")));
        Assert.Empty(Directory.GetFiles(_folder.Path, "never*"));
    }

    private async Task ReadAsync()
    {
        await using var backup = TestBackup.Open(Copy);
        await SnapshotSums.OfAsync(backup, (_, _) => { }, default);
        await backup.FinishAsync(default);
    }

    private List<byte[]> Frames()
    {
        var at = _whole.AsSpan().IndexOf((byte)'\n') + 1;
        at += _whole.AsSpan(at).IndexOf((byte)'\n') + 1;
        var frames = new List<byte[]> { _whole[..at] };
        while (at < _whole.Length - SHA256.HashSizeInBytes)
        {
            var end = at + 4 + BackupFrames.ReadHead(_whole.AsSpan(at, 4))!.Value.Length;
            frames.Add(_whole[at..end]);
            at = end;
        }
        return frames;
    }
}
