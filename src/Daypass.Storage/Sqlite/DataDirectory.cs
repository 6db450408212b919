using Daypass.Service.Audit;
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
        Folder = folder;
        File = FileIn(folder);
    }

    public string Folder { get; }

    /// <summary>The database's path.</summary>
    public string File { get; }

    /// <summary>Where a restore builds the database, until it is whole.</summary>
    public string Unfinished => File + ".unfinished";

    public static string FileIn(string folder) => Path.Combine(folder, "daypass.db");

    /// <exception cref="StoreUnavailableException">Another server has it, it cannot be written, or a restore into it was cut off.</exception>
    public static DataDirectory Open(string folder) => Open(folder, directory =>
    {
        if (System.IO.File.Exists(directory.Unfinished))
            throw new StoreUnavailableException(
                $"A restore into the data directory {folder} was cut off: run it again, or remove {directory.Unfinished} to begin a new installation there.");
        OpenFile(directory.File, FileShare.ReadWrite | FileShare.Delete).Dispose();
    });

    /// <summary>The folder for this server alone, without a database in it: a node over a shared store keeps its journal there.</summary>
    /// <exception cref="StoreUnavailableException">Another server has it, or it cannot be written.</exception>
    public static DataDirectory Claim(string folder) => Open(folder, _ => { });

    /// <summary>
    /// A directory for a restore: without a store. A journal may be there, which an earlier store's node left; and what a restore that was
    /// cut off has left.
    /// </summary>
    /// <exception cref="StoreUnavailableException">It holds something else, a server has it, or it cannot be written.</exception>
    public static DataDirectory OpenEmpty(string folder) => Open(folder, directory =>
    {
        var wasCutOff = System.IO.File.Exists(directory.Unfinished);
        var found = Directory.EnumerateFileSystemEntries(folder).Select(entry => Path.GetFileName(entry)!)
            .FirstOrDefault(name => name is not ("daypass.lock" or "journal") && !(wasCutOff && (name == "admin.credentials" || name.StartsWith("daypass.db.unfinished", StringComparison.Ordinal))));
        if (found is not null)
            throw new StoreUnavailableException($"The data directory {folder} is not empty (it holds {found}): restore into one that is, with --data-dir.");
    });

    /// <summary>Makes what was built under the name <see cref="Unfinished"/> durable and the store, at once.</summary>
    public void Publish()
    {
        using (var file = System.IO.File.OpenHandle(Unfinished, FileMode.Open, FileAccess.ReadWrite))
            RandomAccess.FlushToDisk(file);
        System.IO.File.Move(Unfinished, File);
        AuditJournalDisk.FlushNames(Folder);
    }

    public static void MakePrivate(string file)
    {
        if (!OperatingSystem.IsWindows())
            System.IO.File.SetUnixFileMode(file, OwnerOnly);
    }

    private static DataDirectory Open(string folder, Action<DataDirectory> check)
    {
        FileStream? @lock = null;
        try
        {
            MakeFolder(folder);
            var directory = new DataDirectory(folder, @lock = Lock(folder));
            check(directory);
            return directory;
        }
        catch (StoreUnavailableException)
        {
            @lock?.Dispose();
            throw;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            @lock?.Dispose();
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
