using Daypass.Service.Audit;

namespace Daypass.Storage.Snapshots;

/// <summary>
/// A file that appears under its name only when it is whole and durable, readable by its owner alone. It never takes the place of another.
/// </summary>
internal sealed class BackupFile : IDisposable
{
    private readonly string _path;
    private readonly string _unfinished;
    private bool _isPublished;

    private BackupFile(string path)
    {
        _path = Path.GetFullPath(path);
        _unfinished = _path + ".unfinished";
        if (File.Exists(_path) || Directory.Exists(_path))
            throw new BackupException($"The file {path} exists already, and a backup replaces nothing: choose another name.");
        if (!Directory.Exists(Path.GetDirectoryName(_path)))
            throw new BackupException($"The folder for the backup {path} does not exist: make it first.");
        File.Delete(_unfinished);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 1 << 20 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Stream = new FileStream(_unfinished, options);
    }

    public FileStream Stream { get; }

    public long Length { get; private set; }

    /// <exception cref="BackupException">The file exists, or cannot be written.</exception>
    public static BackupFile Create(string path)
    {
        try
        {
            return new BackupFile(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new BackupException($"The backup {path} cannot be written: {failure.Message}");
        }
    }

    public void Publish()
    {
        Stream.Flush(flushToDisk: true);
        Length = Stream.Length;
        Stream.Dispose();
        try
        {
            File.Move(_unfinished, _path, overwrite: false);
        }
        catch (IOException failure)
        {
            throw new BackupException($"The backup {_path} cannot be written: {failure.Message}");
        }
        _isPublished = true;
        AuditJournalDisk.FlushNames(Path.GetDirectoryName(_path)!);
    }

    public void Dispose()
    {
        Stream.Dispose();
        if (!_isPublished)
            File.Delete(_unfinished);
    }
}
