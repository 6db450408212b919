using Daypass.Service.Stores;
using Daypass.Storage.Snapshots;
using Daypass.Storage.Sqlite;

namespace Daypass.Server.Backups;

/// <summary>Where a store is: a data directory, or a database that nodes share.</summary>
/// <param name="DataDirectory">Of the SQLite store; of a shared one, where an administrator's keys are left.</param>
/// <param name="Store">The shared store's connection string or file, or null.</param>
internal sealed record StorePlace(string DataDirectory, string? Store)
{
    private const string DefaultDirectory = "data";

    public static readonly CommandOption[] Options =
    [
        new("--data-dir", "FOLDER", "the server's data directory (default ./data)"),
        new("--store", "CONNECTION", "the PostgreSQL database that nodes share, or @FILE with it"),
        new("--master-key-file", "FILE", "the master key (default <data-dir>.master.key)"),
    ];

    /// <summary>For an operator, without secrets.</summary>
    public string Name => Store is null ? $"the data directory {DataDirectory}" : "the shared database";

    public static StorePlace Of(CommandArguments arguments) => new(arguments.Find("--data-dir") ?? DefaultDirectory, arguments.Find("--store"));

    /// <summary>A place as one word: connection strings have an equals sign or come from an @FILE, all else is a folder.</summary>
    public static StorePlace Parse(string word) => word.StartsWith('@') || word.Contains('=') ? new StorePlace(DefaultDirectory, word) : new StorePlace(word, null);

    public string MasterKeyPath(CommandArguments arguments) => arguments.Find("--master-key-file") ?? AsOptions.MasterKeyPath;

    /// <summary>Reads the store as of this moment, whether or not servers run on it.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be read.</exception>
    public ValueTask<ISnapshotSource> ReadAsync(CancellationToken cancellationToken) => new(SqliteSnapshot.Open(DataDirectory));

    /// <summary>An empty store to fill.</summary>
    /// <exception cref="StoreUnavailableException">It is not empty, or cannot be written.</exception>
    public ValueTask<ISnapshotTarget> FillAsync(CancellationToken cancellationToken) => new(SqliteImport.Begin(DataDirectory));

    /// <summary>Keeps servers of a data directory out until it is disposed of; null for a shared store, which has no such lock.</summary>
    /// <exception cref="StoreUnavailableException">A server runs on it.</exception>
    public IDisposable? Hold()
    {
        if (Store is not null)
            return null;
        // Only where there is one: taking the lock makes the folder.
        SqliteSnapshot.Open(DataDirectory).DisposeAsync().AsTask().GetAwaiter().GetResult();
        return Storage.Sqlite.DataDirectory.Open(Path.GetFullPath(DataDirectory));
    }

    /// <summary>The store for reading and writing, as a server has it.</summary>
    public ValueTask<IStore> OpenAsync(TimeProvider time, CancellationToken cancellationToken) => Setup.StoreOpening.OpenAsync(AsOptions, time, cancellationToken);

    private ServerOptions AsOptions => new() { DataDirectory = DataDirectory, Store = Store };
}
