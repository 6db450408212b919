using Daypass.Service.Stores;
using Daypass.Storage.Snapshots;
using Daypass.Storage.Sqlite;
using Daypass.Storage.Tests.Sqlite;
using Microsoft.Data.Sqlite;

namespace Daypass.Storage.Tests.Snapshots;

public sealed class SqliteSnapshotTests : SnapshotContract
{
    private string Data => Path.Combine(Folder.Path, "data");

    private string Target => Path.Combine(Folder.Path, "target");

    private protected override ValueTask<IStore> OpenAsync() => new(SqliteStore.Open(Data, TimeProvider.System));

    private protected override ValueTask<ISnapshotSource> ReadAsync() => new(SqliteSnapshot.Open(Data));

    private protected override ValueTask<(ISnapshotTarget, Func<ValueTask<IStore>>, Func<ValueTask<ISnapshotSource>>)> EmptyAsync() =>
        new((SqliteImport.Begin(Target), () => new(SqliteStore.Open(Target, TimeProvider.System)), () => new(SqliteSnapshot.Open(Target))));

    [Fact]
    public async Task A_restore_that_was_cut_off_keeps_servers_out_until_it_is_done_again()
    {
        Directory.CreateDirectory(Target);
        await File.WriteAllTextAsync(Path.Combine(Target, "daypass.db.unfinished"), "half");
        await File.WriteAllTextAsync(Path.Combine(Target, "admin.credentials"), "of the restore that was cut off");
        var refusal = Assert.Throws<StoreUnavailableException>(() => SqliteStore.Open(Target, TimeProvider.System));
        Assert.Contains("was cut off: run it again", refusal.Message, StringComparison.Ordinal);
        await using (var store = await OpenAsync())
            await new RandomStore(1).FillAsync(store, 3);
        await using (var import = SqliteImport.Begin(Target))
        await using (var source = await ReadAsync())
            await TestBackup.FillAsync(import, source, source.Head with { Epoch = "another" });
        await SqliteStore.Open(Target, TimeProvider.System).DisposeAsync();
    }

    [Theory]
    [InlineData("daypass.db")]
    [InlineData("admin.credentials")]
    [InlineData("anything")]
    public async Task A_directory_that_holds_something_is_refused_untouched(string name)
    {
        Directory.CreateDirectory(Target);
        await File.WriteAllTextAsync(Path.Combine(Target, name), "mine");
        Assert.Contains("is not empty", Assert.Throws<StoreUnavailableException>(() => SqliteImport.Begin(Target)).Message, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(Path.Combine(Target, name)));
        Assert.Equal(2, Directory.GetFileSystemEntries(Target).Length);
    }

    [Fact]
    public async Task A_journal_may_wait_in_the_directory_and_stays()
    {
        Directory.CreateDirectory(Path.Combine(Target, "journal"));
        await File.WriteAllTextAsync(Path.Combine(Target, "journal", "node"), "kept");
        await using (var store = await OpenAsync())
            await new RandomStore(1).FillAsync(store, 3);
        await using (var import = SqliteImport.Begin(Target))
        await using (var source = await ReadAsync())
            await TestBackup.FillAsync(import, source, source.Head with { Epoch = "another" });
        Assert.Equal("kept", await File.ReadAllTextAsync(Path.Combine(Target, "journal", "node")));
    }

    [Fact]
    public async Task What_is_restored_is_its_owners_alone()
    {
        await using (var store = await OpenAsync())
            await new RandomStore(1).FillAsync(store, 3);
        await using (var import = SqliteImport.Begin(Target))
        await using (var source = await ReadAsync())
            await TestBackup.FillAsync(import, source, source.Head with { Epoch = "another" });
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(Target, "daypass.db")));
    }

    [Fact]
    public void There_is_nothing_to_read_where_there_is_no_store_and_none_is_made()
    {
        Assert.Throws<StoreUnavailableException>(() => SqliteSnapshot.Open(Data));
        Assert.False(Directory.Exists(Data));
    }

    [Fact]
    public async Task Every_column_of_the_schema_is_in_snapshots()
    {
        await (await OpenAsync()).DisposeAsync();
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Data, "daypass.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT t.name || '.' || c.name FROM sqlite_schema AS t JOIN pragma_table_info(t.name) AS c WHERE t.type = 'table'";
        using var rows = command.ExecuteReader();
        var columns = new List<string>();
        while (rows.Read())
            columns.Add(rows.GetString(0));
        SnapshotSchema.AssertHolds(columns);
    }
}

internal static class SnapshotSchema
{
    public static void AssertHolds(IEnumerable<string> columns) => Assert.Equal(
        SnapshotTables.All.SelectMany(table => table.Columns.Select(column => $"{table.Name}.{column.Name}")).Order(StringComparer.Ordinal),
        columns.Where(column => !column.StartsWith("schema_migrations.", StringComparison.Ordinal) && !column.StartsWith("feed_head.", StringComparison.Ordinal) && !column.StartsWith("audit_terms.", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
}
