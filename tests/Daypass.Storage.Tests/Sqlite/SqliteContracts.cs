using Daypass.Service.Stores;
using Daypass.Storage.Sqlite;

namespace Daypass.Storage.Tests.Sqlite;

public sealed class SqliteCommitTests : CommitContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private protected override ValueTask<IStore> OpenAsync() => new(SqliteStore.Open(_folder.Path, Time));

    public void Dispose() => _folder.Dispose();
}

public sealed class SqliteFeedTests : FeedContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private protected override ValueTask<IStore> OpenAsync() => new(SqliteStore.Open(_folder.Path, Time));

    public void Dispose() => _folder.Dispose();
}

public sealed class SqliteAuditTests : AuditContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private protected override async Task<(long Events, long Records, long Terms)> AuditRowsAsync()
    {
        await using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(_folder.Path, "daypass.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = RowCounts;
        return RowsIn((string)(await command.ExecuteScalarAsync())!);
    }

    private protected override ValueTask<IStore> OpenAsync() => new(SqliteStore.Open(_folder.Path, Time));

    public void Dispose() => _folder.Dispose();
}

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("daypass-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

public sealed class SqliteNodeTests : NodeContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private protected override ValueTask<IStore> OpenAsync() => new(SqliteStore.Open(_folder.Path, Time));

    public void Dispose() => _folder.Dispose();
}

public sealed class SqliteDigestTests : DigestContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private protected override ValueTask<IStore> OpenAsync() => new(SqliteStore.Open(_folder.Path, Time));

    public void Dispose() => _folder.Dispose();
}

public sealed class SqliteSightingTests : SightingContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private protected override ValueTask<IStore> OpenAsync() => new(SqliteStore.Open(_folder.Path, Time));

    public void Dispose() => _folder.Dispose();
}
