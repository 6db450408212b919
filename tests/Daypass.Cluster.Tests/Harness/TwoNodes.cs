using Daypass.Testing;

namespace Daypass.Cluster.Tests.Harness;

/// <summary>What the tests of a class share that break nothing: two nodes over a database of the shared PostgreSQL.</summary>
public sealed class TwoNodes : IAsyncLifetime
{
    private DaypassCluster? _cluster;
    private int _names;

    public DaypassCluster Cluster => _cluster!;

    /// <summary>A name that no other test of the class uses.</summary>
    public string Unique(string name) => $"{name}-{Interlocked.Increment(ref _names)}";

    public async Task InitializeAsync()
    {
        // Where PostgreSQL is missing, every test of the class says so for itself.
        if (PostgresServer.Programs is not null)
            _cluster = await DaypassCluster.StartAsync(await PostgresServer.SharedAsync(), 2);
    }

    public async Task DisposeAsync()
    {
        if (_cluster is not null)
            await _cluster.DisposeAsync();
    }
}
