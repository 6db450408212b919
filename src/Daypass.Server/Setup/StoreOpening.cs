using System.Text;
using Daypass.Service.Stores;
using Daypass.Storage.Postgres;
using Daypass.Storage.Sqlite;

namespace Daypass.Server.Setup;

/// <summary>Opens the store that the options name. Called by: the composition root, once.</summary>
internal static class StoreOpening
{
    /// <summary>No connection string is longer.</summary>
    private const int MaxLength = 16 * 1024;

    /// <exception cref="StartException">The options do not name a store that can be used.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be opened; the message says why.</exception>
    public static async ValueTask<IStore> OpenAsync(ServerOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (options.Store is not { } store)
            return SqliteStore.Open(options.DataDirectory, time);
        return await PostgresStore.OpenAsync(ConnectionString(store), options.Init, time, cancellationToken);
    }

    /// <summary>The text itself, or what is in the file behind an <c>@</c>. No message repeats any of it: it may hold a password.</summary>
    /// <exception cref="StartException">The file cannot be used.</exception>
    public static string ConnectionString(string store)
    {
        if (!store.StartsWith('@'))
            return store;
        var text = Encoding.UTF8.GetString(PrivateFile.Read(store[1..], "file with the connection string", MaxLength)).Trim();
        return text.Length > 0 ? text : throw new StartException($"The file with the connection string {store[1..]} is empty.");
    }
}
