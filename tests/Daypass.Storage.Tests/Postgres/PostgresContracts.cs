using Daypass.Service.Stores;
using Daypass.Storage.Postgres;
using Daypass.Testing;

namespace Daypass.Storage.Tests.Postgres;

public sealed class PostgresCommitTests : CommitContract
{
    private readonly TestDatabase _database = new();

    private protected override async ValueTask<IStore> OpenAsync() => await _database.OpenAsync(Time);
}

public sealed class PostgresFeedTests : FeedContract
{
    private readonly TestDatabase _database = new();

    private protected override async ValueTask<IStore> OpenAsync() => await _database.OpenAsync(Time);
}

public sealed class PostgresAuditTests : AuditContract
{
    private readonly TestDatabase _database = new();

    private protected override async ValueTask<IStore> OpenAsync() => await _database.OpenAsync(Time);
}

/// <summary>A database of a test's own, made when it is first opened.</summary>
internal sealed class TestDatabase
{
    private string? _connectionString;

    public async Task<string> ConnectionStringAsync() => _connectionString ??= await (await PostgresServer.SharedAsync()).CreateDatabaseAsync();

    public async Task<IStore> OpenAsync(TimeProvider? time = null) =>
        await PostgresStore.OpenAsync(await ConnectionStringAsync(), init: true, time ?? TimeProvider.System, default);
}
