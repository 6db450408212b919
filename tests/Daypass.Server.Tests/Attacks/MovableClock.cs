using System.Globalization;
using System.Net;
using Daypass.Testing;

namespace Daypass.Server.Tests.Attacks;

/// <summary>A clock that can be moved must not be a way around anything.</summary>
public sealed class MovableClock : IAsyncLifetime
{
    private DaypassServer _server = null!;

    public async Task InitializeAsync() => _server = await DaypassServer.StartAsync("--movable-clock", "--refusals-per-source", "0");

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Sessions_expire_by_it_on_the_second_and_signatures_do_not()
    {
        var session = (await _server.Administrator.StsAsync("GetSessionToken", ("DurationSeconds", "900"))).Result.GetProperty("Credentials");
        var caller = _server.Administrator.With(session);
        await AdvanceAsync(600);
        Assert.Equal(HttpStatusCode.OK, (await caller.StsAsync("GetCallerIdentity")).Status);
        await AdvanceAsync(300);
        Assert.Equal("ExpiredToken", (await caller.StsAsync("GetCallerIdentity")).ErrorCode);

        // Stock clients sign in real time, and what is signed in policy time is of the future.
        Assert.Equal(HttpStatusCode.OK, (await _server.Administrator.StsAsync("GetCallerIdentity")).Status);
        await AdvanceAsync(3600);
        var ahead = RawRequest.Get(_server.Endpoint, "/?Action=GetCallerIdentity&Version=2011-06-15").Presigned(_server.Administrator, at: TimeProvider.System.GetUtcNow().AddSeconds(4500));
        Assert.Contains("Signature not yet current", (await ahead.SendAsync(_server.Endpoint)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sessions_are_issued_and_dated_by_it()
    {
        await AdvanceAsync(86_400);
        var session = (await _server.Administrator.StsAsync("GetSessionToken", ("DurationSeconds", "900"))).Result.GetProperty("Credentials");
        Assert.Equal(HttpStatusCode.OK, (await _server.Administrator.With(session).StsAsync("GetCallerIdentity")).Status);
        var end = DateTimeOffset.FromUnixTimeSeconds(session.GetProperty("Expiration").GetInt64());
        Assert.InRange(end - TimeProvider.System.GetUtcNow(), TimeSpan.FromSeconds(86_400 + 880), TimeSpan.FromSeconds(86_400 + 901));
    }

    [Fact]
    public async Task It_survives_a_restart_and_a_kill_and_never_goes_back()
    {
        await AdvanceAsync(1000);
        Assert.Equal(0, await _server.StopAsync());
        await _server.RestartAsync();
        Assert.Equal(1000, await OffsetAsync());
        await AdvanceAsync(1);
        _server.Kill();
        await _server.RestartAsync();
        Assert.Equal(1001, await OffsetAsync());

        foreach (var step in (string[])["0", "-1", "-1000", "99999999999", "", "1.5"])
            Assert.Equal(HttpStatusCode.BadRequest, (await _server.Administrator.DaypassAsync("AdvanceClock", ("Seconds", step))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await _server.Administrator.DaypassAsync("AdvanceClock")).Status);
        Assert.Equal(1001, await OffsetAsync());
    }

    [Fact]
    public async Task It_ends_somewhere()
    {
        for (var year = 0; year < 10; year++)
            await AdvanceAsync(366 * 86_400);
        Assert.Equal("ValidationError", (await _server.Administrator.DaypassAsync("AdvanceClock", ("Seconds", "1"))).ErrorCode);
        Assert.Equal(HttpStatusCode.OK, (await _server.Administrator.StsAsync("GetSessionToken")).Status);
    }

    [Fact]
    public async Task Other_accounts_and_callers_without_the_right_do_not_move_it()
    {
        await _server.Administrator.IamAsync("CreateUser", ("UserName", "nobody"));
        var key = (await _server.Administrator.IamAsync("CreateAccessKey", ("UserName", "nobody"))).Result.GetProperty("AccessKey");
        var nobody = _server.Client(key.GetProperty("AccessKeyId").GetString()!, key.GetProperty("SecretAccessKey").GetString()!);
        Assert.Equal("AccessDenied", (await nobody.DaypassAsync("AdvanceClock", ("Seconds", "1"))).ErrorCode);

        var other = await OtherAccountAsync(_server);
        Assert.Equal(HttpStatusCode.OK, (await other.IamAsync("ListUsers")).Status);
        Assert.Equal("AccessDenied", (await other.DaypassAsync("AdvanceClock", ("Seconds", "1"))).ErrorCode);
        Assert.Equal(0, await OffsetAsync());
    }

    [Fact]
    public async Task A_server_without_the_flag_does_not_move_it()
    {
        await using var fixedServer = await DaypassServer.StartAsync();
        Assert.Equal("AccessDenied", (await fixedServer.Administrator.DaypassAsync("AdvanceClock", ("Seconds", "1"))).ErrorCode);
    }

    /// <summary>The administrator of a second account, in it through the role that the organization made.</summary>
    internal static Task<SigningClient> OtherAccountAsync(DaypassServer server) => SecondAccount.MakeAsync(server);

    private async Task AdvanceAsync(int seconds) =>
        Assert.Equal(HttpStatusCode.OK, (await _server.Administrator.DaypassAsync("AdvanceClock", ("Seconds", seconds.ToString(CultureInfo.InvariantCulture)))).Status);

    private async Task<long> OffsetAsync() => (await _server.Administrator.DaypassAsync("GetClock")).Result.GetProperty("OffsetSeconds").GetInt64();
}
