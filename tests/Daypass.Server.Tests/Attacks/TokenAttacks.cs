using System.Net;
using System.Text.Json;
using Daypass.Server.Tests.Wire;
using Daypass.Testing;

namespace Daypass.Server.Tests.Attacks;

/// <summary>Session tokens that were damaged, swapped, dropped or made up: one answer for all of them, and it is no.</summary>
public sealed class TokenAttacks(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private readonly DaypassServer _server = fixture.Server;

    [Fact]
    public async Task Every_damage_to_a_token_gets_the_same_answer()
    {
        var session = await SessionAsync();
        var token = session.GetProperty("SessionToken").GetString()!;
        List<string> damaged = [token[..^1], token[..^4], token[..(token.Length / 2)], token[..4], token + "A", token + "AAAA", " " + token[1..], token + "=", token.Replace('+', '-') + "====", token.ToLowerInvariant()];
        for (var i = 0; i < token.Length; i += 7)
            damaged.Add(token[..i] + (token[i] == 'B' ? 'C' : 'B') + token[(i + 1)..]);

        var answers = await Task.WhenAll(damaged.Select(one => With(session, one).StsAsync("GetCallerIdentity")));

        Assert.Equal([(HttpStatusCode.Forbidden, "InvalidClientTokenId", "The security token included in the request is invalid")], answers.Select(answer => (answer.Status, answer.ErrorCode, answer.ErrorMessage)).Distinct());
        Assert.Equal(HttpStatusCode.OK, (await With(session, token).StsAsync("GetCallerIdentity")).Status);
    }

    [Fact]
    public async Task A_token_works_with_its_own_key_only()
    {
        var (one, two) = (await SessionAsync(), await SessionAsync());
        var (first, second) = (one.GetProperty("SessionToken").GetString()!, two.GetProperty("SessionToken").GetString()!);
        Assert.Equal("InvalidClientTokenId", (await With(one, second).StsAsync("GetCallerIdentity")).ErrorCode);
        Assert.Equal("InvalidClientTokenId", (await With(two, first).StsAsync("GetCallerIdentity")).ErrorCode);
        Assert.Equal("InvalidClientTokenId", (await With(one, null).StsAsync("GetCallerIdentity")).ErrorCode);
        Assert.Equal("InvalidClientTokenId", (await _server.Client(DaypassServer.AccessKeyId, DaypassServer.Secret, first).StsAsync("GetCallerIdentity")).ErrorCode);
        Assert.Equal("SignatureDoesNotMatch", (await _server.Client(one.GetProperty("AccessKeyId").GetString()!, DaypassServer.Secret, first).StsAsync("GetCallerIdentity")).ErrorCode);
    }

    [Fact]
    public async Task A_token_of_another_installation_is_none()
    {
        await using var other = await DaypassServer.StartAsync();
        var session = (await other.Administrator.StsAsync("GetSessionToken")).Result.GetProperty("Credentials");
        Assert.Equal(HttpStatusCode.OK, (await other.Administrator.With(session).StsAsync("GetCallerIdentity")).Status);
        Assert.Equal("InvalidClientTokenId", (await _server.Administrator.With(session).StsAsync("GetCallerIdentity")).ErrorCode);
    }

    [Fact]
    public async Task A_token_that_grew_beyond_every_limit_is_refused_before_any_work()
    {
        var session = await SessionAsync();
        Assert.Equal("InvalidClientTokenId", (await With(session, new string('A', 20_000)).StsAsync("GetCallerIdentity")).ErrorCode);
    }

    [Fact]
    public async Task Sessions_outlive_a_kill_and_no_nonce_comes_again_behind_it()
    {
        await using var server = await DaypassServer.StartAsync();
        var nonces = new HashSet<string>();
        var sessions = new List<JsonElement>();
        for (var life = 0; life < 3; life++)
        {
            for (var i = 0; i < 50; i++)
            {
                sessions.Add((await server.Administrator.StsAsync("GetSessionToken")).Result.GetProperty("Credentials"));
                Assert.True(nonces.Add(Convert.ToHexString(Convert.FromBase64String(sessions[^1].GetProperty("SessionToken").GetString()!), 5, 24)));
            }
            server.Kill();
            await server.RestartAsync();
        }
        foreach (var session in sessions.Where((_, at) => at % 10 == 0))
            Assert.Equal(HttpStatusCode.OK, (await server.Administrator.With(session).StsAsync("GetCallerIdentity")).Status);
    }

    private async Task<JsonElement> SessionAsync() => (await _server.Administrator.StsAsync("GetSessionToken")).Result.GetProperty("Credentials");

    private SigningClient With(JsonElement session, string? token) =>
        _server.Client(session.GetProperty("AccessKeyId").GetString()!, session.GetProperty("SecretAccessKey").GetString()!, token);
}
