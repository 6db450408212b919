using System.Net;
using System.Text.Json;
using Daypass.Testing;

namespace Daypass.Server.Tests.Backups;

/// <summary>A restore must not be a way for a revoked credential to come back to life.</summary>
public sealed class RevokedCredentials : IAsyncLifetime
{
    private const string Trust = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"sts:AssumeRole"}]}""";
    private readonly string _backup = Path.Combine(Path.GetTempPath(), $"daypass-{Guid.NewGuid():N}.backup");
    private DaypassServer _server = null!;
    private SigningClient _kept = null!;
    private SigningClient _deleted = null!;
    private SigningClient _deactivated = null!;

    // Three users with a key each; then a backup; then two of the keys are revoked.
    public async Task InitializeAsync()
    {
        _server = await DaypassServer.StartAsync("--movable-clock", "--refusals-per-source", "0");
        await OkAsync(_server.Administrator.IamAsync("CreateRole", ("RoleName", "reader"), ("AssumeRolePolicyDocument", Trust)));
        (_kept, _deleted, _deactivated) = (await UserAsync("kept"), await UserAsync("deleted"), await UserAsync("deactivated"));
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        File.Delete(_backup);
    }

    [Fact]
    public async Task By_default_nothing_of_before_works_and_the_administrators_new_key_does()
    {
        var (before, roleBefore) = (await SessionAsync(_kept), await RoleSessionAsync());
        await BackUpAsync();
        var (after, roleAfter) = (await SessionAsync(_kept), await RoleSessionAsync());
        await RevokeAsync();
        await OkAsync(_server.Administrator.IamAsync("DeleteRole", ("RoleName", "reader")));
        Assert.Equal("InvalidClientTokenId", await WhoAsync(roleBefore));

        var output = await StoreProgram.RestoreAsync(_server, _backup);
        foreach (var credential in (SigningClient[])[before, roleBefore, after, roleAfter, _kept, _deleted, _deactivated, _server.Administrator])
            Assert.Equal("InvalidClientTokenId", await WhoAsync(credential));
        Assert.Contains("none that were issued before this restore is accepted", output, StringComparison.Ordinal);
        Assert.Contains("all 4 that were active in the backup are inactive now", output, StringComparison.Ordinal);

        var administrator = StoreProgram.Administrator(_server);
        Assert.Equal("OK", await WhoAsync(administrator));
        await OkAsync(administrator.IamAsync("UpdateAccessKey", ("UserName", "kept"), ("AccessKeyId", _kept.AccessKeyId), ("Status", "Active")));
        Assert.Equal("OK", await WhoAsync(_kept));
        Assert.Equal("OK", await WhoAsync(await SessionAsync(_kept)));
        Assert.Equal("InvalidClientTokenId", await WhoAsync(before));
        Assert.Equal("OK", await WhoAsync(administrator.With((await administrator.StsAsync("AssumeRole", ("RoleArn", $"arn:aws:iam::{DaypassServer.Account}:role/reader"), ("RoleSessionName", "new"))).Result.GetProperty("Credentials"))));
        Assert.Equal(1, await EventsAsync(administrator, "RestoreStore"));
    }

    [Fact]
    public async Task Tokens_for_others_are_signed_with_a_new_key_and_the_old_one_is_published_no_more()
    {
        await OkAsync(_server.Administrator.IamAsync("EnableOutboundWebIdentityFederation"));
        (string, string)[] asked = [("Audience.member.1", "https://api.example.com"), ("SigningAlgorithm", "ES384")];
        var before = (await _server.Administrator.StsAsync("GetWebIdentityToken", asked)).Result.GetProperty("WebIdentityToken").GetString()!;
        await BackUpAsync();
        await StoreProgram.RestoreAsync(_server, _backup, "--keep-access-keys");
        using var http = new HttpClient();
        var keySet = new Uri(_server.Endpoint, $"/web-identity/{DaypassServer.Account}/.well-known/jwks.json");
        Assert.DoesNotContain(KeyOf(before), await http.GetStringAsync(keySet), StringComparison.Ordinal);
        var after = (await _server.Administrator.StsAsync("GetWebIdentityToken", asked)).Result.GetProperty("WebIdentityToken").GetString()!;
        Assert.NotEqual(KeyOf(before), KeyOf(after));
        Assert.Contains(KeyOf(after), await http.GetStringAsync(keySet), StringComparison.Ordinal);
    }

    private static string KeyOf(string token) =>
        JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[0])).RootElement.GetProperty("kid").GetString()!;

    [Fact]
    public async Task A_clock_that_was_moved_or_a_second_restore_lets_no_session_pass()
    {
        await BackUpAsync();
        await AdvanceAsync(_server.Administrator, 86_400);
        var ofTheFuture = await SessionAsync(_kept);
        await StoreProgram.RestoreAsync(_server, _backup, "--keep-access-keys");
        Assert.Equal("InvalidClientTokenId", await WhoAsync(ofTheFuture));
        var ofTheSecondLife = await SessionAsync(_kept);
        Assert.Equal("OK", await WhoAsync(ofTheSecondLife));
        await StoreProgram.RestoreAsync(_server, _backup, "--keep-access-keys");
        Assert.Equal("InvalidClientTokenId", await WhoAsync(ofTheSecondLife));
        Assert.Equal("InvalidClientTokenId", await WhoAsync(ofTheFuture));
        Assert.Equal("OK", await WhoAsync(_kept));
    }

    [Fact]
    public async Task Sessions_of_before_the_backup_are_kept_when_that_is_asked_for_and_later_ones_are_not()
    {
        var before = await SessionAsync(_kept);
        await AdvanceAsync(_server.Administrator, 3600);
        var justBefore = await SessionAsync(_kept);
        // A write is in the store, and with it the trail's newest time, when it is answered.
        await UserAsync("another");
        await BackUpAsync();
        var after = await SessionAsync(_kept);
        await AdvanceAsync(_server.Administrator, 3600);
        var muchLater = await SessionAsync(_kept);
        await StoreProgram.RestoreAsync(_server, _backup, "--keep-sessions", "before-backup", "--keep-access-keys");
        Assert.Equal("OK", await WhoAsync(before));
        foreach (var session in (SigningClient[])[justBefore, after, muchLater])
            Assert.Equal("InvalidClientTokenId", await WhoAsync(session));
        Assert.Equal("OK", await WhoAsync(await SessionAsync(_kept)));
    }

    [Fact]
    public async Task All_is_kept_when_that_is_asked_for()
    {
        var before = await SessionAsync(_kept);
        await BackUpAsync();
        var after = await SessionAsync(_kept);
        await RevokeAsync();
        await StoreProgram.RestoreAsync(_server, _backup, "--keep-sessions", "all", "--keep-access-keys");
        foreach (var credential in (SigningClient[])[before, after, _kept, _deleted, _deactivated, _server.Administrator])
            Assert.Equal("OK", await WhoAsync(credential));
    }

    [Fact]
    public async Task With_the_store_of_before_keys_are_as_they_were_there_and_policy_time_too()
    {
        await BackUpAsync();
        await RevokeAsync();
        await AdvanceAsync(_server.Administrator, 1000);
        var output = await StoreProgram.RestoreAsync(_server, _backup, "--previous", "THE-STORE-OF-BEFORE");
        Assert.Contains("of 4 that were active in the backup, 2 are inactive now", output, StringComparison.Ordinal);
        Assert.DoesNotContain("admin.credentials", output, StringComparison.Ordinal);
        Assert.Equal(("OK", "OK"), (await WhoAsync(_kept), await WhoAsync(_server.Administrator)));
        Assert.Equal(("InvalidClientTokenId", "InvalidClientTokenId"), (await WhoAsync(_deleted), await WhoAsync(_deactivated)));
        Assert.Equal(1000, (await _server.Administrator.DaypassAsync("GetClock")).Result.GetProperty("OffsetSeconds").GetInt64());
    }

    [Fact]
    public async Task A_sealing_key_that_was_revoked_after_the_backup_stays_so_whatever_is_kept_with_the_store_of_before()
    {
        var forgeable = await SessionAsync(_kept);
        await BackUpAsync();
        var revoked = new Dictionary<string, string>();
        foreach (var purpose in (string[])["session", "secret"])
        {
            revoked[purpose] = (await KeysAsync(purpose)).Single().GetProperty("KeyId").GetString()!;
            await OkAsync(_server.Administrator.DaypassAsync("RevokeKey", ("Purpose", purpose), ("KeyId", revoked[purpose])));
        }
        Assert.Equal("InvalidClientTokenId", await WhoAsync(forgeable));
        var output = await StoreProgram.RestoreAsync(_server, _backup, "--previous", "THE-STORE-OF-BEFORE", "--keep-sessions", "all");
        Assert.Contains("Sealing keys: 2 that the store of before had revoked", output, StringComparison.Ordinal);
        Assert.Equal("InvalidClientTokenId", await WhoAsync(forgeable));
        foreach (var purpose in (string[])["session", "secret"])
        {
            var keys = await KeysAsync(purpose);
            Assert.NotEqual("Active", keys.Single(key => key.GetProperty("KeyId").GetString() == revoked[purpose]).GetProperty("State").GetString());
            Assert.True(keys.Single(key => key.GetProperty("KeyId").GetString() == revoked[purpose]).TryGetProperty("RevokedTime", out _));
            Assert.Single(keys, key => key.GetProperty("State").GetString() == "Active");
        }
        Assert.Equal(("OK", "OK"), (await WhoAsync(_kept), await WhoAsync(await SessionAsync(_kept))));
    }

    [Fact]
    public async Task Sessions_that_were_revoked_before_the_backup_stay_so_and_what_is_issued_after_the_restore_works()
    {
        var (revoked, kept) = (await RoleSessionAsync(), await SessionAsync(_kept));
        await RevokeSessionsAsync();
        var renewed = await RoleSessionAsync();
        await BackUpAsync();
        await StoreProgram.RestoreAsync(_server, _backup, "--keep-sessions", "all", "--keep-access-keys");
        Assert.Equal(("ExpiredToken", "OK", "OK"), (await WhoAsync(revoked), await WhoAsync(renewed), await WhoAsync(kept)));
        await RevokeSessionsAsync();
        Assert.Equal(("ExpiredToken", "OK"), (await WhoAsync(renewed), await WhoAsync(await RoleSessionAsync())));
    }

    [Fact]
    public async Task Sessions_that_were_revoked_after_the_backup_do_not_come_back_with_the_store_of_before()
    {
        var revoked = await RoleSessionAsync();
        var kept = await SessionAsync(_kept);
        await BackUpAsync();
        await RevokeSessionsAsync();
        Assert.Equal("ExpiredToken", await WhoAsync(revoked));
        var output = await StoreProgram.RestoreAsync(_server, _backup, "--previous", "THE-STORE-OF-BEFORE", "--keep-sessions", "all");
        Assert.Contains("all are accepted until they end, but for those that the store of before had revoked", output, StringComparison.Ordinal);
        Assert.Equal(("ExpiredToken", "OK"), (await WhoAsync(revoked), await WhoAsync(kept)));
        Assert.Single((await _server.Administrator.DaypassAsync("ListRevocations")).Result.GetProperty("Revocations").EnumerateArray());
    }

    private Task RevokeSessionsAsync() => OkAsync(_server.Administrator.DaypassAsync("RevokeSessions", ("PrincipalArn", $"arn:aws:iam::{DaypassServer.Account}:role/reader")));

    private async Task<List<JsonElement>> KeysAsync(string purpose) =>
        [.. (await _server.Administrator.DaypassAsync("ListKeys")).Result.GetProperty("Keys").EnumerateArray().Where(key => key.GetProperty("Purpose").GetString() == purpose)];

    private async Task BackUpAsync() => await StoreProgram.RunAsync("backup", "--to", _backup, "--data-dir", _server.DataDirectory);

    private async Task<SigningClient> UserAsync(string name)
    {
        await OkAsync(_server.Administrator.IamAsync("CreateUser", ("UserName", name)));
        var key = (await _server.Administrator.IamAsync("CreateAccessKey", ("UserName", name))).Result.GetProperty("AccessKey");
        return _server.Client(key.GetProperty("AccessKeyId").GetString()!, key.GetProperty("SecretAccessKey").GetString()!);
    }

    private async Task RevokeAsync()
    {
        await OkAsync(_server.Administrator.IamAsync("DeleteAccessKey", ("UserName", "deleted"), ("AccessKeyId", _deleted.AccessKeyId)));
        await OkAsync(_server.Administrator.IamAsync("UpdateAccessKey", ("UserName", "deactivated"), ("AccessKeyId", _deactivated.AccessKeyId), ("Status", "Inactive")));
    }

    private static async Task<SigningClient> SessionAsync(SigningClient client) =>
        client.With((await client.StsAsync("GetSessionToken", ("DurationSeconds", "43200"))).Result.GetProperty("Credentials"));

    private async Task<SigningClient> RoleSessionAsync() => _server.Administrator.With(
        (await _server.Administrator.StsAsync("AssumeRole", ("RoleArn", $"arn:aws:iam::{DaypassServer.Account}:role/reader"), ("RoleSessionName", "old"))).Result.GetProperty("Credentials"));

    private static Task AdvanceAsync(SigningClient administrator, int seconds) =>
        OkAsync(administrator.DaypassAsync("AdvanceClock", ("Seconds", seconds.ToString(System.Globalization.CultureInfo.InvariantCulture))));

    private static async Task OkAsync(Task<ApiReply> call)
    {
        var reply = await call;
        Assert.True(reply.Status == HttpStatusCode.OK, reply.Body);
    }

    private static async Task<string> WhoAsync(SigningClient client)
    {
        var reply = await client.StsAsync("GetCallerIdentity");
        return reply.Status == HttpStatusCode.OK ? "OK" : reply.ErrorCode!;
    }

    private static async Task<int> EventsAsync(SigningClient client, string name)
    {
        var body = $$"""{"LookupAttributes":[{"AttributeKey":"EventName","AttributeValue":"{{name}}"}]}""";
        var reply = await client.JsonAsync("cloudtrail", "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents", body);
        return JsonDocument.Parse(reply.Body).RootElement.GetProperty("Events").GetArrayLength();
    }
}
