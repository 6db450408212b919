using Daypass.Testing;

namespace Daypass.Cluster.Tests.Harness;

/// <summary>Nodes over a PostgreSQL of their own, which a test may stop, freeze and kill. It keeps what it has acknowledged: fsync is on.</summary>
public sealed class OwnPostgres : IAsyncDisposable
{
    private OwnPostgres(PostgresServer postgres, DaypassCluster cluster) => (Postgres, Cluster) = (postgres, cluster);

    public PostgresServer Postgres { get; }

    public DaypassCluster Cluster { get; }

    public static async Task<OwnPostgres> StartAsync(int nodes, params string[] options)
    {
        var postgres = await PostgresServer.StartAsync();
        try
        {
            return new OwnPostgres(postgres, await DaypassCluster.StartAsync(postgres, nodes, options));
        }
        catch
        {
            await postgres.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Cluster.DisposeAsync();
        await Postgres.DisposeAsync();
    }

    /// <summary>Stops all processes of the server where they are, as a machine that hangs does.</summary>
    public void Suspend() => Signal("-STOP");

    public void Resume() => Signal("-CONT");

    private void Signal(string signal)
    {
        var postmaster = File.ReadLines(Path.Combine(Postgres.DataDirectory, "postmaster.pid")).First();
        // The postmaster last when it stops and first when it goes on: else it starts what is missing.
        System.Diagnostics.Process.Start("kill", [signal, postmaster]).WaitForExit();
        System.Diagnostics.Process.Start("pkill", [signal, "-P", postmaster]).WaitForExit();
    }
}
