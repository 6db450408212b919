using Daypass.Service.Stores;
using Daypass.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Daypass.Storage.Tests.Sqlite;

/// <summary>What only a store in a data directory has: its lock, its rights, its schema.</summary>
public sealed class SqliteStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_second_server_on_a_data_directory_is_refused_until_the_first_has_stopped()
    {
        var first = Open();
        var refused = Assert.Throws<StoreUnavailableException>(Open);
        Assert.StartsWith("Another Daypass server is using the data directory", refused.Message);
        await first.DisposeAsync();
        await Open().DisposeAsync();
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused_and_left_as_it_is()
    {
        await Open().DisposeAsync();
        Sql("INSERT INTO schema_migrations VALUES (99, '0099-later.sql', 'x')");
        Assert.Contains("newer than schema", Assert.Throws<StoreUnavailableException>(Open).Message);
        Sql("DELETE FROM schema_migrations WHERE number = 99");
        await Open().DisposeAsync();
    }

    [Fact]
    public async Task A_database_whose_migration_was_another_is_refused()
    {
        await Open().DisposeAsync();
        Sql("UPDATE schema_migrations SET checksum = 'x'");
        Assert.Contains("made by another build", Assert.Throws<StoreUnavailableException>(Open).Message);
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_and_left_as_it_is()
    {
        File.WriteAllText(Database, new string('x', 5000));
        Assert.Contains("cannot be opened", Assert.Throws<StoreUnavailableException>(Open).Message);
        Assert.Equal(new string('x', 5000), File.ReadAllText(Database));
    }

    [Fact]
    public void A_place_that_cannot_be_a_folder_is_refused()
    {
        var file = Path.Combine(_folder.Path, "file");
        File.WriteAllText(file, "");
        var refused = Assert.Throws<StoreUnavailableException>(() => SqliteStore.Open(Path.Combine(file, "data"), TimeProvider.System));
        Assert.Contains("cannot be written (", refused.Message);
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task Only_the_owner_can_read_what_the_store_writes()
    {
        var data = Path.Combine(_folder.Path, "data");
        await using var store = SqliteStore.Open(data, TimeProvider.System);
        await store.CommitAsync(new Commit { Id = "1", Set = SetId.Installation, Puts = [new(new("k", "n"), "{}"u8.ToArray())] }, default);
        Assert.Equal(4, Directory.GetFiles(data).Length);
        Assert.All(Directory.GetFiles(data).Append(data), path => Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(path) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute)));
    }

    [Fact]
    public async Task What_was_answered_is_there_after_a_crash_at_that_moment()
    {
        using var crashed = new TemporaryFolder();
        await using var store = Open();
        for (var i = 0; i < 20; i++)
        {
            await store.CommitAsync(new Commit { Id = $"{i}", Set = SetId.Installation, Puts = [new(new("k", $"{i}"), "{}"u8.ToArray())] }, default);
            foreach (var file in Directory.GetFiles(_folder.Path, "daypass.db*").Where(file => !file.EndsWith("-shm", StringComparison.Ordinal)))
                File.Copy(file, Path.Combine(crashed.Path, Path.GetFileName(file)), overwrite: true);
            await using var after = SqliteStore.Open(crashed.Path, TimeProvider.System);
            Assert.Equal(i + 1, (await after.LoadAsync(SetId.Installation, default))!.Documents.Count);
        }
    }

    [Fact]
    public async Task A_closed_store_says_so()
    {
        var store = Open();
        await store.DisposeAsync();
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.HeadAsync(default));
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.MarkUsedAsync([], default));
    }

    private string Database => Path.Combine(_folder.Path, "daypass.db");

    private SqliteStore Open() => SqliteStore.Open(_folder.Path, TimeProvider.System);

    private void Sql(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
