using System.Net;
using Daypass.Testing;

namespace Daypass.Server.Tests.Backups;

/// <summary>An installation on its way through both engines, by the commands of the program.</summary>
public sealed class PostgresCommandTests
{
    [PostgresFact]
    public async Task An_installation_moves_to_PostgreSQL_and_back_and_nothing_of_it_is_lost()
    {
        await using var server = await DaypassServer.StartAsync();
        var session = server.Administrator.With((await server.Administrator.StsAsync("GetSessionToken")).Result.GetProperty("Credentials"));
        await server.StopAsync();
        var (database, backup, second, third) = (await (await PostgresServer.SharedAsync()).CreateDatabaseAsync(), server.DataDirectory + ".backup", server.DataDirectory + ".second", server.DataDirectory + ".third");
        var key = server.DataDirectory + ".master.key";

        Assert.Contains("both are the same", await StoreProgram.RunAsync("store", "copy", "--from", server.DataDirectory, "--to", database), StringComparison.Ordinal);
        Assert.Contains("is not empty", await StoreProgram.RefusedAsync("store", "copy", "--from", server.DataDirectory, "--to", database, "--keep-source"), StringComparison.Ordinal);
        Assert.Contains("1 account, ", await StoreProgram.RunAsync("backup", "--to", backup, "--store", database, "--master-key-file", key), StringComparison.Ordinal);
        Assert.Contains("is not empty", await StoreProgram.RefusedAsync("restore", backup, "--store", database, "--master-key-file", key), StringComparison.Ordinal);
        var other = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync();
        var restored = await StoreProgram.RunAsync("restore", backup, "--store", other, "--data-dir", third, "--master-key-file", key, "--previous", database);
        Assert.Contains("Start the nodes", restored, StringComparison.Ordinal);
        Assert.StartsWith($"Restored the database {other.Split('=')[^1]} on 127.0.0.1 from ", restored, StringComparison.Ordinal);
        Assert.Contains("both are the same", await StoreProgram.RunAsync("store", "copy", "--from", database, "--to", second), StringComparison.Ordinal);
        Assert.Contains("was moved to another one", await StoreProgram.RefusedAsync("store", "copy", "--from", database, "--to", third), StringComparison.Ordinal);

        Directory.Move(server.DataDirectory, server.DataDirectory + ".first");
        Directory.Move(second, server.DataDirectory);
        await server.RestartAsync();
        Assert.Equal(HttpStatusCode.OK, (await session.StsAsync("GetCallerIdentity")).Status);
        Assert.Equal(HttpStatusCode.OK, (await server.Administrator.IamAsync("CreateUser", ("UserName", "later"))).Status);

        // And what was restored into PostgreSQL, back on one machine: the key is active as it was in the store of before, the session is not.
        await server.StopAsync();
        Directory.Move(server.DataDirectory, server.DataDirectory + ".copied");
        await StoreProgram.RunAsync("store", "copy", "--from", other, "--to", server.DataDirectory);
        await server.RestartAsync();
        Assert.Equal(HttpStatusCode.OK, (await server.Administrator.StsAsync("GetCallerIdentity")).Status);
        Assert.Equal("InvalidClientTokenId", (await session.StsAsync("GetCallerIdentity")).ErrorCode);
    }

    /// <summary>Runs where Debian's PostgreSQL is installed.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class PostgresFactAttribute : FactAttribute
    {
        public PostgresFactAttribute() => Skip = PostgresServer.Programs is null ? "PostgreSQL is not installed." : null;
    }
}
