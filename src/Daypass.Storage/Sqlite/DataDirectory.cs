using Daypass.Service.Stores;

namespace Daypass.Storage.Sqlite;

/// <summary>
/// The folder that a server keeps its database in: makes it, readable by its owner only, and holds its lock file while the server runs,
/// so that a second server on the same folder is refused instead of sharing it.
/// </summary>
internal sealed class DataDirectory : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly FileStream _lock;

    private DataDirectory(string folder, FileStream @lock)
    {
        _lock = @lock;
        File = Path.Combine(folder, "daypass.db");
    }

    /// <summary>The database's path.</summary>
    public string File { get; }

    /// <exception cref="StoreUnavailableException">Another server has it, or it cannot be written.</exception>
    public static DataDirectory Open(string folder)
    {
        try
        {
            MakeFolder(folder);
            var directory = new DataDirectory(folder, Lock(folder));
            OpenFile(directory.File, FileShare.ReadWrite | FileShare.Delete).Dispose();
            return directory;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new StoreUnavailableException(
                $"The data directory {folder} cannot be written ({e.Message.TrimEnd('.')}): give this user rights to it, or choose another with --data-dir.", e);
        }
    }

    public void Dispose() => _lock.Dispose();

    private static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
    }

    private static FileStream Lock(string folder)
    {
        var file = Path.Combine(folder, "daypass.lock");
        try
        {
            return OpenFile(file, FileShare.None);
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or PathTooLongException) && System.IO.File.Exists(file))
        {
            throw new StoreUnavailableException(
                $"Another Daypass server is using the data directory {folder}: stop it, or choose another with --data-dir.", e);
        }
    }

    // SQLite gives its -wal and -shm files the rights of the database, so making the database here keeps all three private.
    private static FileStream OpenFile(string file, FileShare share)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        return new FileStream(file, options);
    }
}
