using System.Diagnostics;
using System.Globalization;
using Daypass.Testing;
using Microsoft.Data.Sqlite;

namespace Daypass.Server.Tests.Trails;

/// <summary>
/// Somebody who can write to the database changes the trail behind the server's back, and <c>daypass trail verify</c> says what and where. The
/// events are CreateUser's: of user1 to user4 in the first digest, of user5 to user8 in the second.
/// </summary>
public sealed class TamperingTests : IAsyncLifetime
{
    private DaypassServer _server = null!;
    private readonly string _folder = Directory.CreateTempSubdirectory("daypass-tamper-").FullName;

    public async Task InitializeAsync()
    {
        _server = await DaypassServer.StartAsync();
        for (var digest = 0; digest < 2; digest++)
        {
            for (var user = 1; user <= 4; user++)
            {
                var reply = await _server.Administrator.IamAsync("CreateUser", ("UserName", string.Create(CultureInfo.InvariantCulture, $"user{4 * digest + user}")));
                Assert.Equal(System.Net.HttpStatusCode.OK, reply.Status);
            }
            Assert.Equal((0, "", ""), await ClientAsync("trail", "seal"));
        }
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    // The ids of the rows of a user's event.
    private const string Of = "(SELECT id FROM audit_records WHERE CAST(record AS TEXT) LIKE '%\"userName\":\"USER\"%' LIMIT 1)";

    private static string Event(string user) => Of.Replace("USER", user, StringComparison.Ordinal);

    public static TheoryData<string, string, string> Damages => new()
    {
        { "one letter of a record", $"UPDATE audit_records SET record = CAST(replace(CAST(record AS TEXT), 'user2', 'user9') AS BLOB) WHERE id = {Event("user2")}", " changed" },
        { "a record with its index row", $"DELETE FROM audit_records WHERE id = {Event("user3")}", "1 record removed" },
        { "the index row alone", $"DELETE FROM audit_events WHERE id = {Event("user6")}", "1 record removed" },
        { "the account of an event", $"UPDATE audit_events SET account = 999988887777 WHERE id = {Event("user6")}", "1 record removed" },
        {
            "the places of two events",
            $"""
            CREATE TEMP TABLE two AS SELECT {Event("user1")} AS a, {Event("user2")} AS b;
            UPDATE audit_records SET id = -1 WHERE id = (SELECT a FROM two); UPDATE audit_records SET id = (SELECT a FROM two) WHERE id = (SELECT b FROM two);
            UPDATE audit_records SET id = (SELECT b FROM two) WHERE id = -1
            """,
            "stand in another order"
        },
        {
            "an event that never was, among the oldest",
            """
            INSERT INTO audit_records SELECT -5, node, sequence, record FROM audit_records LIMIT 1;
            INSERT INTO audit_events SELECT account, time, -5, 'forged', event_name, event_source, username, access_key_id, read_only, resources FROM audit_events WHERE account = 111122223333 LIMIT 1
            """,
            "1 record added"
        },
        { "a digest", "UPDATE audit_digests SET content = CAST(replace(CAST(content AS TEXT), '\"retentionDays\":', '\"retentionDays\":1') AS BLOB) WHERE number = 1", "the signature does not hold" },
        { "a signature", "UPDATE audit_digests SET signature = (SELECT signature FROM audit_digests WHERE number = 2) WHERE number = 1", "the signature does not hold" },
        { "the first digest", "DELETE FROM audit_digests WHERE number = 1", "the chain does not begin here" },
        { "a whole account's events", "DELETE FROM audit_events", "the log file is missing" },
    };

    [Theory, MemberData(nameof(Damages))]
    public async Task What_was_done_to_the_store_is_found(string what, string sql, string finding)
    {
        var (code, output, errors) = await ClientAsync("trail", "verify");
        Assert.True(code == 0, $"before {what}: {output}{errors}");
        Execute(sql);
        (code, output, errors) = await ClientAsync("trail", "verify");
        Assert.True(code == 1 && output.Contains(finding, StringComparison.Ordinal), $"{what}: {code} {output}{errors}");
    }

    [Fact]
    public async Task A_chain_whose_end_was_cut_off_is_found_by_who_has_noted_the_newest_signature()
    {
        var newest = Text("SELECT signature FROM audit_digests WHERE number = 2");
        Execute($"DELETE FROM audit_digests WHERE number = 2; DELETE FROM audit_events WHERE id > (SELECT until FROM audit_digests WHERE number = 1)");
        Assert.Equal(0, (await ClientAsync("trail", "verify", "--as-sealed")).Code);
        var (code, output, _) = await ClientAsync("trail", "verify", "--as-sealed", "--head", newest[..32]);
        Assert.Equal(1, code);
        Assert.Contains("no digest has the signature " + newest[..32], output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_exported_before_is_not_overwritten_with_what_the_store_says_now()
    {
        var export = Path.Combine(_folder, "export");
        Assert.Equal(0, (await ClientAsync("trail", "export", "--to", export)).Code);
        Execute("UPDATE audit_digests SET signature = 'abcd' WHERE number = 2");
        var (code, output, _) = await ClientAsync("trail", "export", "--to", export, "--as-sealed");
        Assert.Equal(1, code);
        Assert.Contains("another digest was exported under this name before", output, StringComparison.Ordinal);
        (code, output, _) = await ClientAsync("trail", "verify", export, "--public-keys", Path.Combine(export, "public-keys.json"));
        Assert.True(code == 0, output);
    }

    private string Database => Path.Combine(_server.DataDirectory, "daypass.db");

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=false;Default Timeout=30");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.NotEqual(0, command.ExecuteNonQuery());
    }

    private string Text(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=false;Default Timeout=30");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (string)command.ExecuteScalar()!;
    }

    private async Task<(int Code, string Output, string Errors)> ClientAsync(params string[] words)
    {
        var start = new ProcessStartInfo("dotnet", [Checkout.ClientProgram, .. words]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["AWS_ACCESS_KEY_ID"] = DaypassServer.AccessKeyId;
        start.Environment["AWS_SECRET_ACCESS_KEY"] = DaypassServer.Secret;
        start.Environment["AWS_REGION"] = "us-east-1";
        start.Environment["DAYPASS_ENDPOINT_URL"] = _server.Endpoint.ToString();
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }
}
