using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Daypass.Testing;

namespace Daypass.Server.Tests.Keys;

/// <summary>
/// Two servers over one PostgreSQL database, sixteen clients that issue at one and use at the other; meanwhile every key is exchanged: those
/// of sessions, those of secrets, and the master key. No request fails.
/// </summary>
public sealed class RotationUnderLoadTests : IAsyncLifetime
{
    private const int Clients = 16;
    private readonly string _folder = Directory.CreateTempSubdirectory("daypass-keys-").FullName;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<string> _failures = [];
    private DaypassServer[] _nodes = [];
    private int _requests;

    private string MasterKeyFile => Path.Combine(_folder, "master.key");

    public async Task InitializeAsync()
    {
        WriteMasterKeys([NewKey()]);
        string[] arguments =
        [
            "--store", await (await PostgresServer.SharedAsync()).CreateDatabaseAsync(), "--init", "--master-key-file", MasterKeyFile,
            "--refusals-per-source", "0", "--writes-per-account", "0",
        ];
        _nodes = [await DaypassServer.StartAsync(arguments), await DaypassServer.StartAsync(arguments)];
    }

    public async Task DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        _stop.Dispose();
    }

    [Fact]
    public async Task Every_key_is_exchanged_and_no_request_fails()
    {
        var role = await RoleAsync();
        var load = Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(() => LoadAsync(client, role), CancellationToken.None)));
        var before = await KeysAsync();
        await RotateAsync("session");
        await RotateAsync("secret");
        await ExchangeMasterKeyAsync();
        await Task.Delay(1500, CancellationToken.None);
        await UntilAsync(() => Task.FromResult(load.IsCompleted || _requests > 20 * Clients));
        await _stop.CancelAsync();
        await load;

        Assert.Empty(_failures.Take(5));
        Assert.True(_requests > 20 * Clients, $"The load was too small to mean anything: {_requests} requests.");
        var after = await KeysAsync();
        Assert.Equal(4, after.Count);
        Assert.All(before, key => Assert.Equal("DecryptOnly", after[key.Key].State));
        Assert.Single(after.Values.Select(key => key.MasterKey).Distinct());
        Assert.Empty(before.Values.Select(key => key.MasterKey).Intersect(after.Values.Select(key => key.MasterKey)));
        // The new master key alone is enough from here on.
        Assert.Equal(0, await _nodes[1].StopAsync());
        await _nodes[1].RestartAsync();
        Assert.Equal(HttpStatusCode.OK, (await _nodes[1].Administrator.StsAsync("GetCallerIdentity")).Status);
    }

    private async Task LoadAsync(int client, string role)
    {
        while (!_stop.IsCancellationRequested)
        {
            var (issuer, user) = (_nodes[client % 2], _nodes[(client + 1) % 2]);
            var issued = await OkAsync(issuer.Administrator.StsAsync("AssumeRole", ("RoleArn", role), ("RoleSessionName", $"client{client.ToString(CultureInfo.InvariantCulture)}")));
            if (issued is not null)
                await OkAsync(new SigningClient(user.Endpoint, "", "").With(issued.Result.GetProperty("Credentials")).StsAsync("GetCallerIdentity"));
        }
    }

    private async Task<ApiReply?> OkAsync(Task<ApiReply> call)
    {
        var reply = await call;
        Interlocked.Increment(ref _requests);
        if (reply.Status == HttpStatusCode.OK)
            return reply;
        _failures.Add($"{reply.Status} {reply.Body}");
        return null;
    }

    private async Task RotateAsync(string purpose)
    {
        var reply = await _nodes[0].Administrator.DaypassAsync("RotateKeys", ("Purpose", purpose));
        Assert.True(reply.Status == HttpStatusCode.OK, reply.Body);
        var id = reply.Result.GetProperty("Key").GetProperty("KeyId").GetString()!;
        await UntilAsync(async () => (await KeysAsync())[id].State == "Active");
    }

    private async Task ExchangeMasterKeyAsync()
    {
        var (old, fresh) = (File.ReadAllLines(MasterKeyFile)[0], NewKey());
        WriteMasterKeys([fresh, old]);
        var reply = await _nodes[0].Administrator.DaypassAsync("RewrapKeys");
        Assert.True(reply.Status == HttpStatusCode.OK, reply.Body);
        Assert.Equal(4, reply.Result.GetProperty("Rewrapped").GetInt32());
        WriteMasterKeys([fresh]);
    }

    // A busy machine may make the node take the database for away, and say so: a list is made again.
    private async Task<Dictionary<string, (string State, string MasterKey)>> KeysAsync()
    {
        ApiReply? reply = null;
        await UntilAsync(async () => (reply = await _nodes[0].Administrator.DaypassAsync("ListKeys")).Status == HttpStatusCode.OK);
        return reply!.Result.GetProperty("Keys").EnumerateArray().ToDictionary(key => Text(key, "KeyId"), key => (Text(key, "State"), Text(key, "MasterKey")));
    }

    private async Task<string> RoleAsync()
    {
        var trust = $$"""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"{{DaypassServer.Account}}"},"Action":"sts:AssumeRole"} }""";
        var reply = await _nodes[0].Administrator.IamAsync("CreateRole", ("RoleName", "worker"), ("AssumeRolePolicyDocument", trust));
        Assert.True(reply.Status == HttpStatusCode.OK, reply.Body);
        return reply.Result.GetProperty("Role").GetProperty("Arn").GetString()!;
    }

    // As an operator does: whole under another name, then in its place.
    private void WriteMasterKeys(string[] keys)
    {
        var next = MasterKeyFile + ".next";
        File.WriteAllLines(next, keys);
        File.SetUnixFileMode(next, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.Move(next, MasterKeyFile, overwrite: true);
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        while (!await isSo())
            await Task.Delay(250, limit.Token);
    }

    private static string Text(JsonElement key, string name) => key.GetProperty(name).GetString()!;

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
}
