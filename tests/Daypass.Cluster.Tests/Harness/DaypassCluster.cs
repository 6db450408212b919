using System.Globalization;
using System.Security.Cryptography;
using Daypass.Testing;

namespace Daypass.Cluster.Tests.Harness;

/// <summary>
/// Several nodes over one database, sharing nothing else but a copy of the master key. The first one prepares the database. Each has a link of
/// its own to the database.
/// </summary>
public sealed class DaypassCluster : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("daypass-cluster-").FullName;
    private readonly List<ClusterNode> _nodes = [];

    private DaypassCluster(PostgresServer postgres, string database) => (Postgres, Database) = (postgres, database);

    /// <summary>Where the database is: another server after a failover.</summary>
    public PostgresServer Postgres { get; set; }

    /// <summary>The database's name.</summary>
    public string Database { get; }

    public IReadOnlyList<ClusterNode> Nodes => _nodes;

    public ClusterNode A => _nodes[0];

    public ClusterNode B => _nodes[1];

    /// <summary>The master key that all nodes are given.</summary>
    public string MasterKeyFile => Path.Combine(_folder, "master.key");

    /// <summary>Makes a database on a server, and so many nodes over it.</summary>
    public static Task<DaypassCluster> StartAsync(PostgresServer postgres, int nodes, params string[] options) => StartAsync(postgres, nodes, null, options);

    /// <summary>Nodes that are given these hosts in their connection strings instead of a link.</summary>
    public static async Task<DaypassCluster> StartAsync(PostgresServer postgres, int nodes, string? hosts, string[] options)
    {
        var database = (await postgres.CreateDatabaseAsync()).Split("Database=")[1];
        var cluster = new DaypassCluster(postgres, database);
        try
        {
            await cluster.StartNodesAsync(nodes, hosts, options);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>What psql prints for a query to the cluster's database.</summary>
    public Task<string> QueryAsync(string sql) => Postgres.ExecuteAsync(Database, sql);

    public ClusterNode Any(Random chance) => _nodes[chance.Next(_nodes.Count)];

    /// <summary>Starts a further node behind a link; its connection string names the hosts that are given instead, if any.</summary>
    public async Task<ClusterNode> AddNodeAsync(string[] options, string? hosts = null)
    {
        var link = TcpLink.To(Postgres.Port);
        hosts ??= string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={link.Port}");
        var server = await DaypassServer.StartAsync(
            ["--store", $"{hosts};Username=postgres;Database={Database}", "--init", "--master-key-file", MasterKeyFile, "--writes-per-account", "0", "--refusals-per-source", "0", .. options]);
        lock (_nodes)
        {
            var node = new ClusterNode(_nodes.Count, server, link);
            _nodes.Add(node);
            return node;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartNodesAsync(int nodes, string? hosts, string[] options)
    {
        await File.WriteAllTextAsync(MasterKeyFile, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) + "\n");
        File.SetUnixFileMode(MasterKeyFile, UnixFileMode.UserRead);
        for (var i = 0; i < nodes; i++)
            await AddNodeAsync(options, hosts);
    }
}
