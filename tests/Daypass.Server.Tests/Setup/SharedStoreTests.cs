using System.Net;
using Daypass.Testing;

namespace Daypass.Server.Tests.Setup;

/// <summary>What a start over a shared database looks like: the first, those beside it, and those that cannot be.</summary>
public sealed class SharedStoreTests : IDisposable
{
    private const string Password = "EXAMPLE-password-that-nobody-may-see";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly string _folder = Directory.CreateTempSubdirectory("daypass-shared-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("needs --store", "--init")]
    [InlineData("names no database", "--store=")]
    [InlineData("not a connection string for PostgreSQL", "--store", "Hostt=db1;Password=" + Password)]
    [InlineData("not a connection string for PostgreSQL", "--store", Password)]
    [InlineData("cannot be reached", "--store", "Host=127.0.0.1;Port=1;Database=daypass;Username=daypass;Password=" + Password)]
    public async Task A_store_that_cannot_be_is_refused_in_one_sentence_without_its_password(string sentence, params string[] arguments) =>
        await RefusedAsync(Start("a", arguments), sentence);

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.OtherRead, "Host=db1;Password=" + Password, "can be read by others")]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.GroupRead, "Host=db1;Password=" + Password, "can be read by others")]
    [InlineData(UnixFileMode.UserRead, "  \n", "is empty")]
    [InlineData(UnixFileMode.UserRead, "Nonsense=" + Password, "not a connection string for PostgreSQL")]
    public async Task A_file_with_the_connection_string_that_cannot_be_used_is_refused_in_one_sentence(UnixFileMode mode, string content, string sentence)
    {
        var file = Path.Combine(_folder, "store");
        await File.WriteAllTextAsync(file, content);
        File.SetUnixFileMode(file, mode);
        await RefusedAsync(Start("a", "--store", "@" + file), sentence);
    }

    [Fact]
    public async Task A_file_with_the_connection_string_that_is_missing_is_one_sentence() =>
        await RefusedAsync(Start("a", "--store", "@" + Path.Combine(_folder, "nowhere")), "cannot be read");

    [Fact]
    public async Task A_database_that_does_not_exist_is_one_sentence() =>
        await RefusedAsync(Start("a", "--init", "--store", (await PostgresServer.SharedAsync()).ConnectionString("nowhere")), "The database does not exist");

    [Fact]
    public async Task Nothing_is_made_in_an_empty_database_without_init()
    {
        var postgres = await PostgresServer.SharedAsync();
        var store = await postgres.CreateDatabaseAsync();
        await RefusedAsync(Start("a", "--store", store), "--init");
        Assert.Equal("0", (await postgres.ExecuteAsync(store.Split("Database=")[1], "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'")).Trim());
        Assert.False(File.Exists(Key("a")));
    }

    [Fact]
    public async Task The_first_node_prepares_the_database_and_others_join_with_its_master_key()
    {
        var store = await StoreFileAsync();
        await using var first = Start("a", "--init", "--store", "@" + store);
        var url = await UrlOfAsync(first);
        await first.WaitForAsync("Every other node needs a copy", Patience);
        Assert.Equal(UnixFileMode.UserRead, File.GetUnixFileMode(Key("a")));
        Assert.False(File.Exists(Path.Combine(_folder, "a", "daypass.db")));
        var keys = Credentials("a");

        await RefusedAsync(Start("b", "--store", "@" + store), "is missing, and the store was sealed with it; copy it from another node");
        await RefusedAsync(Start("b", "--init", "--store", "@" + store), "is missing, and the store was sealed with it; copy it from another node");
        await File.WriteAllTextAsync(Key("b"), Convert.ToBase64String([.. Enumerable.Repeat((byte)9, 32)]));
        File.SetUnixFileMode(Key("b"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await RefusedAsync(Start("b", "--store", "@" + store), "is not the one that this store was sealed with");

        File.Copy(Key("a"), Key("b"), overwrite: true);
        // The environment is as good as the option, and --init does no harm to what is prepared.
        await using var second = ChildProgram.Start(
            Checkout.ServerProgram, ["--data-dir", Path.Combine(_folder, "b"), "--urls", "http://127.0.0.1:0", "--init"], new Dictionary<string, string> { ["DAYPASS_STORE"] = "@" + store });
        var other = await UrlOfAsync(second);
        Assert.DoesNotContain("First start", second.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder, "b", "admin.credentials")));
        foreach (var node in (Uri[])[url, other])
            Assert.Equal(HttpStatusCode.OK, (await new SigningClient(node, keys.Id, keys.Secret).StsAsync("GetCallerIdentity")).Status);
        await RefusedAsync(Start("a", "--store", "@" + store), "Another Daypass server is using the data directory");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_two_nodes_that_begin_at_once_one_makes_the_rings_and_the_account(bool haveOneMasterKey)
    {
        for (var round = 0; round < 5; round++)
        {
            var store = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync();
            string[] names = [$"a{round}-{haveOneMasterKey}", $"b{round}-{haveOneMasterKey}"];
            string[] key = haveOneMasterKey ? ["--master-key-file", Path.Combine(_folder, $"key{round}")] : [];
            var nodes = await Task.WhenAll(names.Select(name => SettledAsync(() => Start(name, ["--init", "--store", store, .. key]))));
            var postgres = await PostgresServer.SharedAsync();
            var database = store.Split("Database=")[1];
            Assert.Equal("2", (await postgres.ExecuteAsync(database, "SELECT count(*) FROM documents WHERE kind = 'key'")).Trim());
            Assert.Equal("1", (await postgres.ExecuteAsync(database, "SELECT count(*) FROM documents WHERE kind = 'account'")).Trim());

            if (haveOneMasterKey)
                Assert.All(nodes, node => Assert.False(node.HasExited, node.Output));
            var winner = Assert.Single(names, name => File.Exists(Path.Combine(_folder, name, "admin.credentials")));
            Assert.DoesNotContain(names, name => File.Exists(Path.Combine(_folder, name, "admin.credentials.pending")));
            var credentials = Credentials(winner);
            foreach (var node in nodes)
            {
                if (!node.HasExited)
                    Assert.Equal(HttpStatusCode.OK, (await new SigningClient(await UrlOfAsync(node), credentials.Id, credentials.Secret).StsAsync("GetCallerIdentity")).Status);
                else
                    Assert.Contains("copy", node.Output, StringComparison.Ordinal);
                await node.DisposeAsync();
            }
            Assert.Equal(haveOneMasterKey ? 0 : 1, names.Count(name => !haveOneMasterKey && !File.Exists(Key(name))));
        }
    }

    // Serving, or refused for good. A start ends when the store does not answer in time, which on a busy machine it may not: as a supervisor
    // does, it is begun again, and has to take up what there is.
    private static async Task<ChildProgram> SettledAsync(Func<ChildProgram> start)
    {
        for (var starts = 1; ; starts++)
        {
            var node = start();
            while (!node.HasExited && !node.Output.Contains(" is ready on ", StringComparison.Ordinal))
                await Task.Delay(20);
            // Its last words arrive after it has ended.
            if (node.HasExited)
                await node.ExitAsync(Patience);
            if (!node.HasExited || node.Output.Contains("copy", StringComparison.Ordinal) || starts == 5)
                return node;
            await node.DisposeAsync();
        }
    }

    private ChildProgram Start(string name, params string[] arguments) =>
        ChildProgram.Start(Checkout.ServerProgram, ["--data-dir", Path.Combine(_folder, name), "--urls", "http://127.0.0.1:0", .. arguments]);

    private string Key(string name) => Path.Combine(_folder, name + ".master.key");

    private async Task<string> StoreFileAsync()
    {
        var file = Path.Combine(_folder, "store");
        await File.WriteAllTextAsync(file, await (await PostgresServer.SharedAsync()).CreateDatabaseAsync() + "\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead);
        return file;
    }

    private (string Id, string Secret) Credentials(string name)
    {
        var lines = File.ReadAllLines(Path.Combine(_folder, name, "admin.credentials"));
        return (lines[1].Split(" = ")[1], lines[2].Split(" = ")[1]);
    }

    private static async Task<Uri> UrlOfAsync(ChildProgram server) => new((await server.WaitForAsync(" is ready on ", Patience)).Split(" is ready on ")[1].Split(' ')[0]);

    private static async Task RefusedAsync(ChildProgram server, string sentence)
    {
        await using (server)
        {
            Assert.Equal(1, await server.ExitAsync(Patience));
            var line = Assert.Single(server.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            Assert.StartsWith("daypass: ", line, StringComparison.Ordinal);
            Assert.Contains(sentence, line, StringComparison.Ordinal);
            Assert.DoesNotContain(Password, line, StringComparison.Ordinal);
        }
    }
}
