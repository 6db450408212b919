using System.Text;
using Daypass.Server.Setup;
using Daypass.Service.Stores;
using Daypass.Storage.Postgres;
using Daypass.Storage.Snapshots;
using Daypass.Storage.Sqlite;

namespace Daypass.Server.Backups;

/// <summary>Where a store is: a data directory, or a database that nodes share.</summary>
/// <param name="DataDirectory">Of the SQLite store; of a shared one, where an administrator's keys are left.</param>
/// <param name="Store">The shared store's connection string or file, or null.</param>
internal sealed record StorePlace(string DataDirectory, string? Store)
{
    private const string DefaultDirectory = "data";
    private const int LongestConnection = 64 * 1024;

    public static readonly CommandOption[] Options =
    [
        new("--data-dir", "FOLDER", "the server's data directory (default ./data)"),
        new("--store", "CONNECTION", "the PostgreSQL database that nodes share, or @FILE with it"),
        new("--master-key-file", "FILE", "the master key (default <data-dir>.master.key)"),
    ];

    /// <summary>For an operator, without secrets.</summary>
    public string Name => Store is null ? $"the data directory {DataDirectory}" : PostgresSettings.NameOf(Connection);

    public static StorePlace Of(CommandArguments arguments) => new(arguments.Find("--data-dir") ?? DefaultDirectory, arguments.Find("--store"));

    /// <summary>A place as one word: connection strings have an equals sign or come from an @FILE, all else is a folder.</summary>
    public static StorePlace Parse(string word) => word.StartsWith('@') || word.Contains('=') ? new StorePlace(DefaultDirectory, word) : new StorePlace(word, null);

    public string MasterKeyPath(CommandArguments arguments) => arguments.Find("--master-key-file") ?? new ServerOptions { DataDirectory = DataDirectory }.MasterKeyPath;

    /// <summary>Reads the store as of this moment, whether or not servers run on it.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be read.</exception>
    public async ValueTask<ISnapshotSource> ReadAsync(CancellationToken cancellationToken) =>
        Store is null ? SqliteSnapshot.Open(DataDirectory) : await PostgresSnapshot.OpenAsync(Connection, cancellationToken);

    /// <summary>An empty store to fill.</summary>
    /// <exception cref="StoreUnavailableException">It is not empty, or cannot be written.</exception>
    public async ValueTask<ISnapshotTarget> FillAsync(CancellationToken cancellationToken) =>
        Store is null ? SqliteImport.Begin(DataDirectory) : await PostgresImport.BeginAsync(Connection, cancellationToken);

    /// <summary>Keeps servers of a data directory out until it is disposed of; null for a shared store, which has no such lock.</summary>
    /// <exception cref="StoreUnavailableException">A server runs on it.</exception>
    public async ValueTask<IDisposable?> HoldAsync(CancellationToken cancellationToken)
    {
        if (Store is not null)
            return null;
        // Only where there is a store: taking the lock makes the folder.
        await using (await ReadAsync(cancellationToken))
            return Daypass.Storage.Sqlite.DataDirectory.Open(Path.GetFullPath(DataDirectory));
    }

    /// <summary>The store for reading and writing, as a server has it.</summary>
    /// <exception cref="StoreUnavailableException">It cannot be opened.</exception>
    public async ValueTask<IStore> OpenAsync(TimeProvider time, CancellationToken cancellationToken) =>
        Store is null ? SqliteStore.Open(DataDirectory, time) : await PostgresStore.OpenAsync(Connection, init: false, time, cancellationToken);

    private string Connection => Store!.StartsWith('@') ? Encoding.UTF8.GetString(PrivateFile.Read(Store[1..], "connection file", LongestConnection)).Trim() : Store;
}
