using System.Net;
using System.Text.Json;
using Daypass.Server.Tests.Attacks;
using Daypass.Server.Tests.Wire;
using Daypass.Testing;

namespace Daypass.Server.Tests.SignIn;

/// <summary>Sign-in tokens that were copied, kept, edited or made up, and links that would lead away or let something in.</summary>
public sealed class SignInAttacks(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private static int _roles;
    private readonly SignInWorld _world = new(fixture.Server);

    [Fact]
    public async Task A_token_signs_in_once_whoever_comes_with_it()
    {
        var token = await TokenAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _world.LoginAsync(token)));
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.OK), Refused);
        Refused(await _world.LoginAsync(token));
    }

    [Fact]
    public async Task Every_edit_of_a_token_gets_the_same_answer()
    {
        var token = await TokenAsync();
        List<string> edited = [token[..^1], token + "A", token + "=", " " + token, token + "%0a", token[..(token.Length / 2)], "", "x", new string('A', 8000), token.Replace('-', '+') + "~"];
        for (var i = 0; i < token.Length; i += 97)
            edited.Add(token[..i] + (token[i] == 'B' ? 'C' : 'B') + token[(i + 1)..]);
        // The last character has spare bits: another one may stand for the same bytes.
        edited.AddRange("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".Where(last => last != token[^1]).Select(last => token[..^1] + last));
        foreach (var one in edited)
            Refused(await _world.LoginAsync(one));
        Assert.Equal(HttpStatusCode.OK, (await _world.LoginAsync(token)).Status);
    }

    [Fact]
    public async Task A_token_of_another_installation_is_none()
    {
        await using var other = await DaypassServer.StartAsync();
        var there = new SignInWorld(other);
        var session = await there.AssumeAsync(await there.RoleAsync("Theirs"));
        Refused(await _world.LoginAsync((await there.GetTokenAsync(session)).Token));
        Assert.Equal("InvalidClientTokenId", (await _world.GetTokenAsync(session)).Code);
    }

    [Fact]
    public async Task A_session_token_is_no_sign_in_token_and_a_sign_in_token_is_no_session()
    {
        var session = await SessionAsync();
        Refused(await _world.LoginAsync(session.GetProperty("SessionToken").GetString()!));
        var token = (await _world.GetTokenAsync(session)).Token;
        var client = _world.Server.Client(session.GetProperty("AccessKeyId").GetString()!, session.GetProperty("SecretAccessKey").GetString()!, token);
        Assert.Equal("InvalidClientTokenId", (await client.StsAsync("GetCallerIdentity")).ErrorCode);
    }

    [Fact]
    public async Task A_session_is_shown_with_its_own_secret_or_not_at_all()
    {
        var (one, other) = (await SessionAsync(), await SessionAsync());
        string Part(JsonElement session, string name) => session.GetProperty(name).GetString()!;
        string[] sessions =
        [
            SignInWorld.Session(Part(one, "AccessKeyId"), Part(other, "SecretAccessKey"), Part(one, "SessionToken")),
            SignInWorld.Session(Part(one, "AccessKeyId"), "", Part(one, "SessionToken")),
            SignInWorld.Session(Part(other, "AccessKeyId"), Part(one, "SecretAccessKey"), Part(one, "SessionToken")),
            SignInWorld.Session(Part(one, "AccessKeyId"), Part(one, "SecretAccessKey"), Part(other, "SessionToken")),
            SignInWorld.Session("ASIAQEXAMPLEEXAMPLE2", Part(one, "SecretAccessKey"), Part(one, "SessionToken")),
        ];
        foreach (var session in sessions)
        {
            var answer = await _world.GetAsync(("Action", "getSigninToken"), ("Session", session));
            Assert.Equal((HttpStatusCode.Forbidden, "InvalidClientTokenId"), (answer.Status, answer.Code));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"sessionId":"a","sessionKey":"b"}""")]
    [InlineData("""{"sessionId":"a","sessionKey":"b","sessionToken":1}""")]
    [InlineData("""{"sessionId":"a","sessionKey":"b","sessionToken":"c","sessionKey":"d"}""")]
    [InlineData("""{"sessionId":"a","sessionKey":"b","sessionToken":{"x":{"y":{}}}}""")]
    [InlineData("""{"sessionId":"\ud800","sessionKey":"b","sessionToken":"c"}""")]
    public async Task What_is_no_session_is_refused_and_not_repeated(string session)
    {
        var answer = await _world.GetAsync(("Action", "getSigninToken"), ("Session", session));
        Assert.Equal((HttpStatusCode.BadRequest, "MalformedInput"), (answer.Status, answer.Code));
        Assert.Contains("sessionId, sessionKey and sessionToken, each once", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_oversized_is_refused_before_any_work()
    {
        var answer = await _world.PostAsync(("Action", "getSigninToken"), ("Session", SignInWorld.Session("a", "b", new string('c', 100_000))));
        Assert.Equal("MalformedInput", answer.Code);
        Assert.True(answer.Body.Length < 400);
        Refused(await _world.PostAsync(("Action", "login"), ("SigninToken", new string('A', 900_000))));
    }

    [Fact]
    public async Task A_session_that_was_revoked_in_between_signs_nobody_in()
    {
        var session = await SessionAsync();
        var token = (await _world.GetTokenAsync(session)).Token;
        await SignInWorld.OkAsync(_world.Server.Administrator.DaypassAsync("RevokeSessions", ("AccessKeyId", session.GetProperty("AccessKeyId").GetString()!)));
        var answer = await _world.LoginAsync(token);
        Assert.Equal((HttpStatusCode.Forbidden, "ExpiredToken"), (answer.Status, answer.Code));
        Assert.Equal("ExpiredToken", (await _world.GetTokenAsync(session)).Code);
        var refused = Assert.Single(await _world.RecordsAsync("ConsoleLogin"), record => record.GetProperty("userIdentity").GetProperty("accessKeyId").GetString() == session.GetProperty("AccessKeyId").GetString());
        Assert.Equal("ExpiredToken", refused.GetProperty("errorCode").GetString());
    }

    [Fact]
    public async Task A_session_of_a_role_that_was_deleted_in_between_signs_nobody_in()
    {
        var role = await _world.RoleAsync("Deleted");
        var token = (await _world.GetTokenAsync(await _world.AssumeAsync(role))).Token;
        await SignInWorld.OkAsync(_world.Server.Administrator.IamAsync("DetachRolePolicy", ("RoleName", "Deleted"), ("PolicyArn", "arn:aws:iam::aws:policy/AdministratorAccess")));
        await SignInWorld.OkAsync(_world.Server.Administrator.IamAsync("DeleteRole", ("RoleName", "Deleted")));
        Refused(await _world.LoginAsync(token));
    }

    [Fact]
    public async Task A_token_ends_after_fifteen_minutes_and_with_its_session()
    {
        await using var server = await DaypassServer.StartAsync("--movable-clock");
        var world = new SignInWorld(server);
        var role = await world.RoleAsync("Timed");
        var late = (await world.GetTokenAsync(await world.AssumeAsync(role))).Token;
        await world.AdvanceAsync(900);
        Refused(await world.LoginAsync(late));
        var session = await world.AssumeAsync(role, null, ("DurationSeconds", "900"));
        await world.AdvanceAsync(800);
        var token = (await world.GetTokenAsync(session)).Token;
        await world.AdvanceAsync(100);
        Assert.Equal("ExpiredToken", (await world.LoginAsync(token)).Code);
    }

    [Theory]
    [InlineData("https://evil.example.com/")]
    [InlineData("//evil.example.com/")]
    [InlineData("/\\evil.example.com/")]
    [InlineData("\\\\evil.example.com/")]
    [InlineData("/\t/evil.example.com/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("JaVaScRiPt:alert(1)")]
    [InlineData("java\nscript:alert(1)")]
    [InlineData(" javascript:alert(1)")]
    [InlineData("data:text/html,hello")]
    [InlineData("{own}@evil.example.com/")]
    [InlineData("{own}.evil.example.com/")]
    [InlineData("https://{host}/")]
    [InlineData("http://user@{host}/")]
    [InlineData("http://127.0.0.1:1/")]
    [InlineData("/\r\nSet-Cookie: a=b")]
    [InlineData("/\"onmouseover=\"alert(1)")]
    [InlineData("/<script>")]
    [InlineData("/\u2028")]
    public async Task A_destination_that_leads_away_is_refused_and_the_token_is_still_good(string destination)
    {
        var own = _world.Server.Endpoint.ToString().TrimEnd('/');
        var token = await TokenAsync();
        var answer = await _world.LoginAsync(token, ("Destination", destination.Replace("{own}", own, StringComparison.Ordinal).Replace("{host}", _world.Server.Endpoint.Authority, StringComparison.Ordinal)));
        Assert.Equal((HttpStatusCode.BadRequest, "InvalidParameterValue"), (answer.Status, answer.Code));
        Assert.False(answer.Headers.ContainsKey("Location") || answer.Headers.ContainsKey("Set-Cookie"));
        Assert.DoesNotContain("evil", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("alert", answer.Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await _world.LoginAsync(token, ("Destination", "/"))).Status);
    }

    [Fact]
    public async Task What_others_chose_is_shown_as_text()
    {
        var session = await _world.AssumeAsync(await RoleAsync(), null, ("SourceIdentity", "a=b,c@d"));
        var page = await _world.LoginAsync((await _world.GetTokenAsync(session)).Token, ("Issuer", "\"><script>alert(1)</script>"));
        Assert.DoesNotContain("script", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_log_and_no_record_holds_what_a_link_held()
    {
        await using var server = await DaypassServer.StartAsync("--log-level", "debug");
        var world = new SignInWorld(server);
        var session = await world.AssumeAsync(await world.RoleAsync("Logged"));
        var token = (await world.GetTokenAsync(session)).Token;
        await world.LoginAsync(token, ("Destination", "https://evil.example.com/?" + token));
        await world.LoginAsync(token);
        await world.LoginAsync(token);
        var records = (await world.RecordsAsync("GetSigninToken")).Concat(await world.RecordsAsync("ConsoleLogin")).Select(record => record.GetRawText()).ToList();
        Assert.True(records.Count >= 3, string.Join('\n', records));
        Assert.Equal(0, await server.StopAsync());
        Assert.Contains("InvalidSigninToken", server.Output, StringComparison.Ordinal);
        foreach (var secret in new[] { session.GetProperty("SecretAccessKey").GetString()!, session.GetProperty("SessionToken").GetString()!, token })
        {
            Assert.DoesNotContain(secret[..24], server.Output, StringComparison.Ordinal);
            Assert.DoesNotContain(records, record => record.Contains(secret[..24], StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Looking_ahead_uses_nothing_up()
    {
        var token = await TokenAsync();
        var url = new Uri(_world.Server.Endpoint, "/federation?Action=login&SigninToken=" + token);
        foreach (var header in new[] { "Sec-Purpose", "Purpose" })
        {
            var ahead = new HttpRequestMessage(HttpMethod.Get, url);
            ahead.Headers.Add(header, "prefetch");
            Assert.Equal(HttpStatusCode.Forbidden, (await SignInWorld.SendAsync(ahead)).Status);
        }
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await SignInWorld.SendAsync(new HttpRequestMessage(HttpMethod.Head, url))).Status);
        Assert.Equal(HttpStatusCode.OK, (await _world.LoginAsync(token)).Status);
    }

    [Fact]
    public async Task A_parameter_that_comes_twice_is_refused()
    {
        var token = await TokenAsync();
        Assert.Equal("MalformedInput", (await _world.LoginAsync(token, ("Destination", "/"), ("Destination", "/x"))).Code);
        Assert.Equal("MalformedInput", (await _world.LoginAsync(token, ("Action", "getSigninToken"))).Code);
        var both = new HttpRequestMessage(HttpMethod.Post, new Uri(_world.Server.Endpoint, "/federation?Action=login")) { Content = new FormUrlEncodedContent([new("Action", "getSigninToken")]) };
        Assert.Equal("MalformedInput", (await SignInWorld.SendAsync(both)).Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Login")]
    [InlineData("logout")]
    [InlineData("GetSigninToken")]
    public async Task Other_actions_are_none(string action) => Assert.Equal("InvalidParameterValue", (await _world.GetAsync(("Action", action))).Code);

    [Fact]
    public async Task The_api_does_not_know_the_two_calls()
    {
        foreach (var action in new[] { "GetSigninToken", "ConsoleLogin" })
            Assert.Equal("InvalidAction", (await _world.Server.Administrator.QueryAsync("signin", "", action)).ErrorCode);
    }

    private static void Refused(SignInAnswer answer) => Assert.Equal((HttpStatusCode.BadRequest, "InvalidSigninToken"), (answer.Status, answer.Code));

    private Task<string> RoleAsync() => _world.RoleAsync($"Attacked{Interlocked.Increment(ref _roles)}");

    private async Task<JsonElement> SessionAsync() => await _world.AssumeAsync(await RoleAsync());

    private async Task<string> TokenAsync() => (await _world.GetTokenAsync(await SessionAsync())).Token;
}
