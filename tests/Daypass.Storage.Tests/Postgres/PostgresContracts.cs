using Daypass.Service.Stores;

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

    private protected override async Task<(long Events, long Records, long Terms)> AuditRowsAsync() => RowsIn(await _database.SqlAsync(RowCounts));

    private protected override async ValueTask<IStore> OpenAsync() => await _database.OpenAsync(Time);
}

public sealed class PostgresNodeTests : NodeContract
{
    private readonly TestDatabase _database = new();

    private protected override async ValueTask<IStore> OpenAsync() => await _database.OpenAsync(Time);
}

public sealed class PostgresSightingTests : SightingContract
{
    private readonly TestDatabase _database = new();

    private protected override async ValueTask<IStore> OpenAsync() => await _database.OpenAsync(Time);
}
