using Daypass.Testing;

namespace Daypass.Storage.Tests.Postgres;

/// <summary>The tool that the tests of this folder stand on.</summary>
public sealed class PostgresServerTests
{
    [Fact]
    public async Task A_server_is_stopped_and_started_again_on_what_it_has()
    {
        await using var server = await PostgresServer.StartAsync();
        await server.ExecuteAsync("postgres", "CREATE TABLE kept AS SELECT 7 AS n");
        await server.StopAsync(immediately: true);
        await server.StartAgainAsync();
        Assert.Equal("7", (await server.ExecuteAsync("postgres", "SELECT n FROM kept")).Trim());
    }
}
