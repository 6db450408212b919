using System.Net;
using System.Text.Json;
using Daypass.Server.Tests.Wire;
using Daypass.Testing;

namespace Daypass.Server.Tests.SignIn;

/// <summary>The console federation endpoint: who gets a sign-in token, for how long, and what signing in shows and records.</summary>
public sealed class SignInTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private readonly SignInWorld _world = new(fixture.Server);

    [Fact]
    public async Task A_person_signs_in_as_the_session_of_a_role()
    {
        var role = await _world.RoleAsync("Viewer", 43200);
        var session = await _world.AssumeAsync(role, null, ("SourceIdentity", "alice@example.com"));
        var issued = await _world.GetTokenAsync(session, ("SessionDuration", "43200"));
        Assert.Equal("application/json", issued.Headers["Content-Type"]);
        var page = await _world.LoginAsync(issued.Token, ("Destination", new Uri(_world.Server.Endpoint, "/health?a=1&b=2").ToString()));
        Assert.Equal((HttpStatusCode.OK, "text/html; charset=utf-8"), (page.Status, page.Headers["Content-Type"]));
        Assert.Contains("<td>arn:aws:sts::111122223333:assumed-role/Viewer/alice</td>", page.Body, StringComparison.Ordinal);
        Assert.Contains("<td>Viewer</td>", page.Body, StringComparison.Ordinal);
        Assert.Contains("<td>alice@example.com</td>", page.Body, StringComparison.Ordinal);
        Assert.Contains("/health?a=1&amp;b=2\">", page.Body, StringComparison.Ordinal);

        var got = Assert.Single(await _world.RecordsAsync("GetSigninToken"), record => IsOf(record, session));
        var login = Assert.Single(await _world.RecordsAsync("ConsoleLogin"), record => IsOf(record, session));
        Assert.All([got, login], record =>
        {
            Assert.Equal(("signin.amazonaws.com", "AwsConsoleSignIn"), (record.GetProperty("eventSource").GetString(), record.GetProperty("eventType").GetString()));
            Assert.Equal("AssumedRole", record.GetProperty("userIdentity").GetProperty("type").GetString());
            Assert.Equal(("No", "No"), (record.GetProperty("additionalEventData").GetProperty("MFAUsed").GetString(), record.GetProperty("additionalEventData").GetProperty("MobileVersion").GetString()));
            Assert.False(record.GetProperty("readOnly").GetBoolean());
        });
        Assert.Equal("""{"GetSigninToken":"Success"}""", got.GetProperty("responseElements").GetRawText());
        Assert.Equal("""{"ConsoleLogin":"Success"}""", login.GetProperty("responseElements").GetRawText());
        Assert.EndsWith("/health", login.GetProperty("additionalEventData").GetProperty("LoginTo").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_the_same_as_a_form()
    {
        var session = await _world.AssumeAsync(await _world.RoleAsync("Poster"));
        var issued = await _world.PostAsync(("Action", "getSigninToken"), ("Session", SignInWorld.SessionOf(session)));
        Assert.Equal(HttpStatusCode.OK, (await _world.PostAsync(("Action", "login"), ("SigninToken", issued.Token))).Status);
    }

    [Fact]
    public async Task A_federated_user_signs_in_and_names_no_duration()
    {
        var federated = (await _world.Server.Administrator.StsAsync("GetFederationToken", ("Name", "bob"))).Result.GetProperty("Credentials");
        Assert.Equal("InvalidParameterValue", (await _world.GetTokenAsync(federated, ("SessionDuration", "900"))).Code);
        var page = await _world.LoginAsync((await _world.GetTokenAsync(federated)).Token);
        Assert.Contains("federated-user/bob", page.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("899", "ValidationError")]
    [InlineData("43201", "ValidationError")]
    [InlineData("3601", "InvalidParameterValue")]
    [InlineData("soon", "MalformedInput")]
    public async Task A_duration_has_its_limits_and_those_of_the_role(string seconds, string code)
    {
        var session = await _world.AssumeAsync(await _world.RoleAsync($"Limited{seconds}"));
        Assert.Equal((HttpStatusCode.BadRequest, code), await _world.GetTokenAsync(session, ("SessionDuration", seconds)) is var answer ? (answer.Status, answer.Code) : default);
    }

    [Fact]
    public async Task Chained_sessions_sign_in_for_as_long_as_they_live_and_no_longer()
    {
        var (first, second) = (await _world.RoleAsync("First", 43200), await _world.RoleAsync("Second", 43200));
        var chained = await _world.AssumeAsync(second, _world.Server.Administrator.With(await _world.AssumeAsync(first)));
        Assert.Equal("InvalidParameterValue", (await _world.GetTokenAsync(chained, ("SessionDuration", "900"))).Code);
        var page = await _world.LoginAsync((await _world.GetTokenAsync(chained)).Token);
        var until = chained.GetProperty("Expiration").GetDouble();
        Assert.Contains(DateTimeOffset.FromUnixTimeSeconds((long)until).ToString("yyyy-MM-dd HH:mm:ss 'UTC'", System.Globalization.CultureInfo.InvariantCulture), page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sessions_of_users_and_long_term_keys_cannot_sign_in()
    {
        var session = (await _world.Server.Administrator.StsAsync("GetSessionToken")).Result.GetProperty("Credentials");
        Assert.Equal((HttpStatusCode.Forbidden, "AccessDenied"), await _world.GetTokenAsync(session) is var answer ? (answer.Status, answer.Code) : default);
        var longTerm = await _world.GetAsync(("Action", "getSigninToken"), ("Session", SignInWorld.Session(DaypassServer.AccessKeyId, DaypassServer.Secret, "")));
        Assert.Equal("InvalidClientTokenId", longTerm.Code);
    }

    [Fact]
    public async Task Pages_hold_nothing_that_runs_or_comes_from_elsewhere_and_set_no_cookie()
    {
        var session = await _world.AssumeAsync(await _world.RoleAsync("Plain"));
        SignInAnswer[] answers = [await _world.LoginAsync((await _world.GetTokenAsync(session)).Token), await _world.LoginAsync("none"), await _world.GetTokenAsync(session)];
        Assert.All(answers, answer =>
        {
            Assert.Equal("default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'", answer.Headers["Content-Security-Policy"]);
            Assert.Equal(("no-store", "nosniff", "DENY", "no-referrer"), (answer.Headers["Cache-Control"], answer.Headers["X-Content-Type-Options"], answer.Headers["X-Frame-Options"], answer.Headers["Referrer-Policy"]));
            Assert.False(answer.Headers.ContainsKey("Set-Cookie") || answer.Headers.ContainsKey("Location"));
        });
    }

    private static bool IsOf(JsonElement record, JsonElement session) => record.GetProperty("userIdentity").GetProperty("accessKeyId").GetString() == session.GetProperty("AccessKeyId").GetString();
}
