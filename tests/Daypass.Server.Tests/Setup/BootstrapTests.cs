using Daypass.Server.Setup;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;
using Daypass.Testing;

namespace Daypass.Server.Tests.Setup;

/// <summary>First starts beside each other, and those that are cut off between writing the administrator's key down and knowing that it is stored.</summary>
public sealed class BootstrapTests : IAsyncLifetime
{
    private static readonly BootstrapVariables Unset = new(null, null, null);
    private readonly string _folder = Directory.CreateTempSubdirectory("daypass-bootstrap-").FullName;
    private readonly List<Node> _nodes = [];
    private string _store = null!;

    public async Task InitializeAsync() => _store = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync();

    public async Task DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_node_that_was_overtaken_has_left_no_key_under_the_name_of_one_that_works_not_for_a_moment()
    {
        var (slow, fast) = (await StartAsync("slow"), await StartAsync("fast"));
        Bootstrap.Made? other = null;
        slow.Entropy.OnPending = async () =>
        {
            Assert.False(File.Exists(slow.Credentials));
            other = await fast.RunAsync(Unset);
        };
        Assert.Null(await slow.RunAsync(Unset));
        Assert.NotNull(other);
        Assert.Equal(fast.Credentials, other.CredentialsFile);
        Assert.Contains(other.SecretAccessKey, await File.ReadAllTextAsync(fast.Credentials), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(slow.Folder, "admin.*"));
        Assert.Single(Directory.GetFiles(fast.Folder, "admin.*"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_start_that_is_cut_off_before_it_knows_is_taken_up_by_the_next_which_leaves_only_a_key_that_works(bool isOvertaken)
    {
        var (node, other) = (await StartAsync("node"), await StartAsync("other"));
        node.Entropy.OnPending = () => throw new StoreUnavailableException("The store does not answer.");
        await Assert.ThrowsAsync<StoreUnavailableException>(() => node.RunAsync(Unset));
        Assert.False(File.Exists(node.Credentials));
        Assert.True(File.Exists(node.Credentials + ".pending"));

        node.Entropy.OnPending = null;
        if (isOvertaken)
            Assert.NotNull(await other.RunAsync(Unset));
        var made = await node.RunAsync(Unset);
        Assert.Equal(isOvertaken, made is null);
        Assert.Equal(!isOvertaken, File.Exists(node.Credentials));
        Assert.Empty(Directory.GetFiles(node.Folder, "*.pending*"));
    }

    [Fact]
    public async Task A_key_that_was_stored_when_its_start_was_cut_off_is_given_its_name_by_the_next()
    {
        var node = await StartAsync("node");
        var made = await node.RunAsync(Unset);
        // As it was before the start knew.
        File.Move(node.Credentials, node.Credentials + ".pending");
        await File.WriteAllTextAsync(node.Credentials + ".pending.1", "[default]\naws_access_k");
        var again = await (await StartAsync("node")).RunAsync(Unset);
        Assert.Equal(made, again);
        Assert.Equal([node.Credentials], Directory.GetFiles(node.Folder, "admin.*"));
    }

    private async Task<Node> StartAsync(string name)
    {
        var options = new ServerOptions { DataDirectory = Path.Combine(_folder, name), Store = _store, Init = true, MasterKeyFile = Path.Combine(_folder, "master.key") };
        Directory.CreateDirectory(options.DataDirectory);
        var node = await Node.StartAsync(options);
        _nodes.Add(node);
        return node;
    }

    /// <summary>What a server is when it makes the first account.</summary>
    private sealed class Node(ServerOptions options, IStore store, DirectoryCache directories, Vault vault) : IAsyncDisposable
    {
        public string Folder => options.DataDirectory;

        public string Credentials => Path.Combine(Folder, "admin.credentials");

        public InterruptedEntropy Entropy { get; } = new(Path.Combine(options.DataDirectory, "admin.credentials.pending"));

        public static async Task<Node> StartAsync(ServerOptions options)
        {
            var store = await StoreOpening.OpenAsync(options, TimeProvider.System, default);
            var directories = new DirectoryCache(store, TimeProvider.System);
            await directories.StartAsync(default);
            var keys = await new KeyRings(directories, options, new ServerEntropy(), TimeProvider.System).OpenAsync(_ => { }, default);
            return new Node(options, store, directories, keys.Vault);
        }

        public Task<Bootstrap.Made?> RunAsync(BootstrapVariables variables) =>
            new Bootstrap(directories, vault, Entropy, TimeProvider.System, Folder).RunAsync(variables, mayCreate: true, default);

        public async ValueTask DisposeAsync()
        {
            directories.Dispose();
            await store.DisposeAsync();
        }
    }

    /// <summary>Something happens when chance is asked for the first time after a file was written.</summary>
    private sealed class InterruptedEntropy(string file) : IEntropy
    {
        private readonly ServerEntropy _entropy = new();

        public Func<Task>? OnPending { get; set; }

        public void Fill(Span<byte> bytes)
        {
            if (OnPending is { } act && File.Exists(file))
            {
                OnPending = null;
                // Entropy is asked for where nothing waits.
                Task.Run(act).GetAwaiter().GetResult();
            }
            _entropy.Fill(bytes);
        }
    }
}
