using System.Text.Json;
using Daypass.Testing;

namespace Daypass.Server.Tests.Seen;

public sealed class LogTests
{
    [Fact]
    public async Task Json_lines_are_one_object_each_with_time_level_event_and_message()
    {
        await using var server = await DaypassServer.StartAsync("--log-format", "json", "--log-level", "debug");
        var refused = await server.Client("AKIAEXAMPLEEXAMPLE22", "EXAMPLE").StsAsync("GetCallerIdentity");
        Assert.Equal(0, await server.StopAsync());
        var lines = server.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.All(lines, line => Assert.All((string[])["time", "level", "event", "message"], name => Assert.Equal(JsonValueKind.String, line.GetProperty(name).ValueKind)));
        Assert.Equal(["Started", "FirstStart", "Stopping", "Stopped"], lines.Where(line => line.GetProperty("level").GetString() != "debug").Select(line => line.GetProperty("event").GetString()));
        var refusal = lines.Single(line => line.GetProperty("event").GetString() == "RequestRefused");
        Assert.Equal(refused.Headers["x-amzn-RequestId"], refusal.GetProperty("requestId").GetString());
        Assert.Equal("InvalidClientTokenId", refusal.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Refusals_are_not_logged_unless_asked_for()
    {
        await using var server = await DaypassServer.StartAsync("--log-format", "json");
        await server.Client("AKIAEXAMPLEEXAMPLE22", "EXAMPLE").StsAsync("GetCallerIdentity");
        Assert.Equal(0, await server.StopAsync());
        Assert.DoesNotContain("RequestRefused", server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_of_text_name_the_event_as_the_guide_does_and_a_new_master_key_with_its_fingerprint()
    {
        await using var server = await DaypassServer.StartAsync();
        var file = server.DataDirectory + ".master.key";
        var (next, old) = (file + ".next", await File.ReadAllTextAsync(file));
        await File.WriteAllTextAsync(next, Convert.ToBase64String([.. Enumerable.Range(1, 32).Select(each => (byte)each)]) + "\n" + old);
        File.SetUnixFileMode(next, UnixFileMode.UserRead);
        File.Move(next, file, overwrite: true);
        await WaitAsync(() => server.Output.Contains(" info MasterKeyChanged: The master key file has changed: it holds 2, and keys are sealed under ", StringComparison.Ordinal));
        Assert.Equal(0, await server.StopAsync());
        Assert.Contains(" info Stopped: Stopped\n", server.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("json")]
    [InlineData("text")]
    public async Task The_log_of_a_busy_server_has_no_secret_in_it(string format)
    {
        await using var server = await DaypassServer.StartAsync("--log-format", format, "--log-level", "debug");
        var secrets = new List<string> { DaypassServer.Secret };
        var admin = server.Administrator;
        await admin.IamAsync("CreateUser", ("UserName", "alice"));
        var key = (await admin.IamAsync("CreateAccessKey", ("UserName", "alice"))).Result.GetProperty("AccessKey");
        var session = (await admin.StsAsync("GetSessionToken")).Result.GetProperty("Credentials");
        secrets.Add(key.GetProperty("SecretAccessKey").GetString()!);
        secrets.Add(session.GetProperty("SecretAccessKey").GetString()!);
        secrets.Add(session.GetProperty("SessionToken").GetString()!);
        var user = server.Client(key.GetProperty("AccessKeyId").GetString()!, secrets[1]);
        foreach (var caller in (SigningClient[])[admin, user, admin.With(session), server.Client(session.GetProperty("AccessKeyId").GetString()!, secrets[2], secrets[3] + "x")])
        {
            await caller.StsAsync("GetCallerIdentity");
            await caller.IamAsync("DeleteUser", ("UserName", "nobody"));
            await caller.StsAsync("AssumeRole", ("RoleArn", "arn:aws:iam::123456789012:role/none"), ("RoleSessionName", secrets[1]), ("ExternalId", secrets[2]), ("TokenCode", "123456"));
            await caller.IamAsync(secrets[1]);
        }
        Assert.Equal(0, await server.StopAsync());
        Assert.Contains("RequestRefused", server.Output, StringComparison.Ordinal);
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, server.Output, StringComparison.Ordinal));
    }

    private static async Task WaitAsync(Func<bool> isThere)
    {
        for (var tries = 0; !isThere(); tries++)
        {
            Assert.True(tries < 1200, "Nothing came in two minutes.");
            await Task.Delay(100);
        }
    }
}
