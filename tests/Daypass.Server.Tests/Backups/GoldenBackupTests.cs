using Daypass.Testing;

namespace Daypass.Server.Tests.Backups;

/// <summary>A backup of the first format, made by the first version that had one. It is never made again: every later version must restore it.</summary>
public sealed class GoldenBackupTests
{
    [Fact]
    public async Task The_first_formats_backup_restores_for_ever()
    {
        var folder = Directory.CreateTempSubdirectory("daypass-golden-").FullName;
        var (data, key) = (Path.Combine(folder, "data"), Path.Combine(folder, "data.master.key"));
        await File.WriteAllTextAsync(key, Convert.ToBase64String("EXAMPLE-EXAMPLE-EXAMPLE-EXAMPLE!"u8));
        File.SetUnixFileMode(key, UnixFileMode.UserRead);
        await StoreProgram.RunAsync("restore", Path.Combine(Checkout.Root, "tests/Daypass.Server.Tests/Backups/Golden/format-1.backup"), "--data-dir", data, "--keep-access-keys");

        await using (var program = ChildProgram.Start(Checkout.ServerProgram, ["--data-dir", data, "--urls", "http://127.0.0.1:0"]))
        {
            var url = (await program.WaitForAsync(" is ready on ", TimeSpan.FromMinutes(3))).Split(" is ready on ")[1].Split(' ')[0];
            var administrator = new SigningClient(new Uri(url), DaypassServer.AccessKeyId, DaypassServer.Secret);
            var users = (await administrator.IamAsync("ListUsers")).Result.GetProperty("Users");
            Assert.Equal(["Bob", "admin"], users.EnumerateArray().Select(user => user.GetProperty("UserName").GetString()).Order(StringComparer.Ordinal));
            Assert.Equal("reader", (await administrator.IamAsync("GetRole", ("RoleName", "reader"))).Result.GetProperty("Role").GetProperty("RoleName").GetString());
            var trail = await administrator.JsonAsync("cloudtrail", "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents", "{}");
            foreach (var name in (string[])["CreateUser", "DeleteUser", "CreateRole", "GetCallerIdentity", "RestoreStore"])
                Assert.Contains($"\"EventName\":\"{name}\"", trail.Body, StringComparison.Ordinal);
            await program.StopAsync();
        }
        Directory.Delete(folder, recursive: true);
    }
}
