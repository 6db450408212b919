using Daypass.Service.Stores;
using Daypass.Storage.Sqlite;

namespace Daypass.Server.Setup;

/// <summary>Opens the store that the options name.</summary>
internal static class StoreOpening
{
    /// <exception cref="StartException">The options do not name a store that can be used.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be opened; the message says why.</exception>
    public static ValueTask<IStore> OpenAsync(ServerOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (options.Store is not null)
            throw new StartException("This version keeps its store in the data folder only; leave --store out.");
        return new(SqliteStore.Open(options.DataDirectory, time));
    }
}
