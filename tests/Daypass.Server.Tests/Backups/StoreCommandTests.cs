using System.Net;
using Daypass.Testing;

namespace Daypass.Server.Tests.Backups;

/// <summary>The commands as an operator runs them: real processes, real files.</summary>
public sealed class StoreCommandTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("daypass-backup-").FullName;
    private DaypassServer _server = null!;

    private string Backup => Path.Combine(_folder, "backup");

    private string Target => Path.Combine(_folder, "target");

    private string MasterKey => _server.DataDirectory + ".master.key";

    public async Task InitializeAsync() => _server = await DaypassServer.StartAsync();

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_backup_of_a_running_server_tells_what_is_in_it_and_where_the_key_is()
    {
        var output = await StoreProgram.RunAsync("backup", "--to", Backup, "--data-dir", _server.DataDirectory);
        Assert.Contains("1 account, ", output, StringComparison.Ordinal);
        Assert.Contains($"keep a copy of {MasterKey}", output, StringComparison.Ordinal);
        Assert.StartsWith("daypass-backup 1\n{\"product\":", await File.ReadAllTextAsync(Backup), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await _server.Administrator.IamAsync("ListUsers")).Status);
    }

    [Fact]
    public async Task What_cannot_be_done_is_refused_in_one_sentence_and_nothing_is_written()
    {
        await StoreProgram.RunAsync("backup", "--to", Backup, "--data-dir", _server.DataDirectory);
        var otherKey = Path.Combine(_folder, "other.master.key");
        await File.WriteAllTextAsync(otherKey, Convert.ToBase64String("EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE!"u8) + "\n");
        File.SetUnixFileMode(otherKey, UnixFileMode.UserRead);
        Assert.Contains("exists already", await StoreProgram.RefusedAsync("backup", "--to", Backup, "--data-dir", _server.DataDirectory), StringComparison.Ordinal);
        Assert.Contains("is not the one", await StoreProgram.RefusedAsync("backup", "--to", Backup + "2", "--data-dir", _server.DataDirectory, "--master-key-file", otherKey), StringComparison.Ordinal);
        Assert.Contains("There is no store", await StoreProgram.RefusedAsync("backup", "--to", Backup + "2", "--data-dir", Target, "--master-key-file", MasterKey), StringComparison.Ordinal);
        Assert.Contains("is missing", await StoreProgram.RefusedAsync("restore", Backup, "--data-dir", Target), StringComparison.Ordinal);
        Assert.Contains("another master key", await StoreProgram.RefusedAsync("restore", Backup, "--data-dir", Target, "--master-key-file", otherKey), StringComparison.Ordinal);
        Assert.Contains("Another Daypass server", await StoreProgram.RefusedAsync("restore", Backup, "--data-dir", _server.DataDirectory, "--master-key-file", MasterKey), StringComparison.Ordinal);
        Assert.Contains("two answers to one question", await StoreProgram.RefusedAsync("restore", Backup, "--data-dir", Target, "--previous", "x", "--keep-access-keys"), StringComparison.Ordinal);
        Assert.Contains("no user 'nobody'", await StoreProgram.RefusedAsync("restore", Backup, "--data-dir", Target, "--master-key-file", MasterKey, "--administrator", "nobody"), StringComparison.Ordinal);
        Assert.Contains("is not an argument", await StoreProgram.RefusedAsync("restore", Backup, "--unknown"), StringComparison.Ordinal);
        Assert.DoesNotContain("EXAMPLE", await StoreProgram.RefusedAsync("store", "copy", "Host=db.example.com;Password=EXAMPLE"), StringComparison.Ordinal);
        Assert.Contains("Another Daypass server", await StoreProgram.RefusedAsync("store", "copy", "--from", _server.DataDirectory, "--to", Target), StringComparison.Ordinal);
        Assert.False(File.Exists(Backup + "2"));
        Assert.False(File.Exists(Path.Combine(Target, "daypass.db")));
    }

    [Fact]
    public async Task A_restored_store_is_backed_up_and_restored_again()
    {
        await StoreProgram.RunAsync("backup", "--to", Backup, "--data-dir", _server.DataDirectory);
        await StoreProgram.RestoreAsync(_server, Backup);
        Assert.Equal(HttpStatusCode.OK, (await StoreProgram.Administrator(_server).IamAsync("CreateUser", ("UserName", "second-life"))).Status);
        await StoreProgram.RunAsync("backup", "--to", Backup + "2", "--data-dir", _server.DataDirectory);
        await StoreProgram.RestoreAsync(_server, Backup + "2");
        var administrator = StoreProgram.Administrator(_server);
        Assert.Equal(HttpStatusCode.OK, (await administrator.IamAsync("GetUser", ("UserName", "second-life"))).Status);
        var trail = await administrator.JsonAsync("cloudtrail", "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents", "{}");
        Assert.Equal(3, trail.Body.Split("\"EventName\":\"RestoreStore\"").Length);
    }

    [Fact]
    public async Task A_damaged_backup_is_refused_before_anything_is_written()
    {
        await StoreProgram.RunAsync("backup", "--to", Backup, "--data-dir", _server.DataDirectory);
        var whole = await File.ReadAllBytesAsync(Backup);
        foreach (var at in (int[])[whole.Length / 2, whole.Length - 1])
        {
            var damaged = whole.ToArray();
            damaged[at] ^= 1;
            await File.WriteAllBytesAsync(Backup, damaged);
            Assert.Contains("torn or was changed", await StoreProgram.RefusedAsync("restore", Backup, "--data-dir", Target, "--master-key-file", MasterKey), StringComparison.Ordinal);
            Assert.False(Directory.Exists(Target));
        }
    }

    [Fact]
    public async Task A_restore_that_is_killed_leaves_the_whole_store_or_none_and_no_server_starts_on_half_of_one()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async writer =>
        {
            for (var i = 0; i < 25; i++)
                await _server.Administrator.IamAsync("CreateUser", ("UserName", $"u{writer}-{i}"));
        }));
        await StoreProgram.RunAsync("backup", "--to", Backup, "--data-dir", _server.DataDirectory);
        var chance = new Random(20261122);
        for (var round = 0; round < 10; round++)
        {
            var target = $"{Target}{round}";
            await using (var restore = ChildProgram.Start(Checkout.ServerProgram, ["restore", Backup, "--data-dir", target, "--master-key-file", MasterKey]))
            {
                // As soon as it begins to write, or a moment later.
                while (!restore.HasExited && !Directory.Exists(target))
                    await Task.Delay(1);
                await Task.Delay(chance.Next(0, 60));
                restore.Kill();
            }
            if (!File.Exists(Path.Combine(target, "daypass.db")))
            {
                if (File.Exists(Path.Combine(target, "daypass.db.unfinished")))
                    Assert.Contains("was cut off", await StoreProgram.RefusedAsync("--data-dir", target, "--master-key-file", MasterKey, "--urls", "http://127.0.0.1:0"), StringComparison.Ordinal);
                await StoreProgram.RunAsync("restore", Backup, "--data-dir", target, "--master-key-file", MasterKey);
            }
            Assert.Contains($" 1 account, ", await StoreProgram.RunAsync("backup", "--to", $"{Backup}{round}", "--data-dir", target, "--master-key-file", MasterKey), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_moved_store_starts_nowhere_until_it_is_taken_back_and_its_copy_goes_on_as_it_was()
    {
        var session = _server.Administrator.With((await _server.Administrator.StsAsync("GetSessionToken")).Result.GetProperty("Credentials"));
        var revoked = _server.Administrator.With((await _server.Administrator.StsAsync("GetSessionToken")).Result.GetProperty("Credentials"));
        Assert.Equal(HttpStatusCode.OK, (await _server.Administrator.DaypassAsync("RevokeSessions", ("AccessKeyId", revoked.AccessKeyId))).Status);
        await _server.StopAsync();
        var output = await StoreProgram.RunAsync("store", "copy", "--from", _server.DataDirectory, "--to", Target);
        Assert.Contains("and both are the same", output, StringComparison.Ordinal);
        Assert.Contains("This store was moved to the data directory", await StoreProgram.RefusedAsync("--data-dir", _server.DataDirectory), StringComparison.Ordinal);
        Assert.Contains("was moved to another one", await StoreProgram.RefusedAsync("store", "copy", "--from", _server.DataDirectory, "--to", Target + "2"), StringComparison.Ordinal);
        await StoreProgram.RunAsync("store", "reopen", "--data-dir", _server.DataDirectory);
        Assert.Contains("is not marked", await StoreProgram.RefusedAsync("store", "reopen", "--data-dir", _server.DataDirectory), StringComparison.Ordinal);

        // The copy, in the place of the first.
        Directory.Move(_server.DataDirectory, _server.DataDirectory + ".first");
        Directory.Move(Target, _server.DataDirectory);
        await _server.RestartAsync();
        Assert.Equal(HttpStatusCode.OK, (await session.StsAsync("GetCallerIdentity")).Status);
        Assert.Equal("ExpiredToken", (await revoked.StsAsync("GetCallerIdentity")).ErrorCode);
        Assert.Equal(HttpStatusCode.OK, (await _server.Administrator.IamAsync("CreateUser", ("UserName", "later"))).Status);
    }

    [Fact]
    public async Task Events_that_only_the_journal_has_follow_into_the_restored_store_once()
    {
        await StoreProgram.RunAsync("backup", "--to", Backup, "--data-dir", _server.DataDirectory);
        var requests = new List<string>();
        for (var i = 0; i < 20; i++)
            requests.Add((await _server.Administrator.StsAsync("GetSessionToken")).Headers["x-amzn-RequestId"]);
        // The journal of the dead server is all that there is of these calls, whether or not its store had them.
        _server.Kill();
        Directory.CreateDirectory(Target);
        Directory.Move(Path.Combine(_server.DataDirectory, "journal"), Path.Combine(Target, "journal"));
        await StoreProgram.RunAsync("restore", Backup, "--data-dir", Target, "--master-key-file", MasterKey, "--keep-access-keys");
        Directory.Move(_server.DataDirectory, _server.DataDirectory + ".first");
        Directory.Move(Target, _server.DataDirectory);
        await _server.RestartAsync();
        var body = """{"LookupAttributes":[{"AttributeKey":"EventName","AttributeValue":"GetSessionToken"}]}""";
        var reply = await _server.Administrator.JsonAsync("cloudtrail", "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents", body);
        Assert.All(requests, request => Assert.Equal(2, reply.Body.Split(request).Length));
    }
}
