using System.Net;
using System.Text.Json.Nodes;

namespace Daypass.Cli.Tests.Login;

/// <summary>Answers that are not the provider's, or not to this question: nothing is done with them.</summary>
public sealed class OidcLoginAttacks : IAsyncLifetime
{
    private LoginWorld _world = null!;

    public async Task InitializeAsync() => _world = await LoginWorld.StartAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Theory]
    [InlineData("code=EVIL&state=guessed", HttpStatusCode.Forbidden)]
    [InlineData("code=EVIL", HttpStatusCode.Forbidden)]
    [InlineData("error=access_denied", HttpStatusCode.Forbidden)]
    [InlineData("code=EVIL&state={state}&state=x", HttpStatusCode.Forbidden)]
    [InlineData("code=EVIL&state=", HttpStatusCode.Forbidden)]
    public async Task A_visit_without_the_state_is_turned_away_and_the_sign_in_goes_on(string query, HttpStatusCode status)
    {
        var (running, question) = await _world.BeginAsync(_world.Command());
        var visit = await LoginWorld.VisitAsync(question.AnswerWith(query));
        Assert.Equal(status, visit.Status);
        Assert.Empty(_world.Provider.Grants);
        await LoginWorld.VisitAsync(question.Answer(_world.Provider));
        Assert.Equal(0, await running);
        Assert.Equal("CODE-EXAMPLE", Assert.Single(_world.Provider.Grants)["code"]);
    }

    [Fact]
    public async Task Another_path_another_host_and_another_method_are_nobodys()
    {
        var (running, question) = await _world.BeginAsync(_world.Command());
        var good = question.Answer(_world.Provider);
        Assert.Equal(HttpStatusCode.NotFound, (await LoginWorld.VisitAsync(good.Replace("/callback", "/favicon.ico", StringComparison.Ordinal))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await LoginWorld.VisitAsync(good.Replace("/callback", "/callback/", StringComparison.Ordinal))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await LoginWorld.VisitAsync(good, request => request.Headers.Host = "evil.example.com")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await LoginWorld.VisitAsync(good, request => request.Method = HttpMethod.Post)).Status);
        Assert.Empty(_world.Provider.Grants);
        Assert.Equal(HttpStatusCode.OK, (await LoginWorld.VisitAsync(good)).Status);
        Assert.Equal(0, await running);
    }

    [Fact]
    public async Task Only_the_first_answer_counts_and_then_nobody_listens()
    {
        var (running, question) = await _world.BeginAsync(_world.Command());
        var first = question.Answer(_world.Provider);
        Assert.Equal(HttpStatusCode.OK, (await LoginWorld.VisitAsync(first)).Status);
        Assert.Equal(0, await running);
        await Assert.ThrowsAsync<HttpRequestException>(() => LoginWorld.VisitAsync(first));
        Assert.Single(_world.Provider.Grants);
    }

    [Fact]
    public async Task The_page_that_the_browser_comes_back_to_repeats_nothing_and_runs_nothing()
    {
        var (running, question) = await _world.BeginAsync(_world.Command());
        var page = await LoginWorld.VisitAsync(question.AnswerWith("state=x&code=<script>alert(1)</script>"));
        Assert.DoesNotContain("script", page.Body, StringComparison.Ordinal);
        Assert.Equal("no-store", page.Response.Headers.CacheControl!.ToString());
        Assert.Contains("default-src 'none'", page.Response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        await LoginWorld.VisitAsync(question.Answer(_world.Provider));
        Assert.Equal(0, await running);
    }

    [Theory]
    [InlineData("code=c&state={state}&iss=https://evil.example.com", "not of this provider")]
    [InlineData("code=c&state={state}", "not of this provider")]
    [InlineData("error=access_denied&state={state}&iss=https://evil.example.com", "not of this provider")]
    [InlineData("state={state}&iss={own}", "without a code")]
    [InlineData("code=&state={state}&iss={own}", "without a code")]
    [InlineData("error=access_denied&error_description=%1b]0;owned%07no&state={state}&iss={own}", "The provider refuses: access_denied (]0;ownedno)")]
    public async Task An_answer_that_is_not_the_providers_or_no_code_ends_it(string query, string said)
    {
        var (running, question) = await _world.BeginAsync(_world.Command());
        await LoginWorld.VisitAsync(question.AnswerWith(query.Replace("{own}", Uri.EscapeDataString(_world.Provider.Url), StringComparison.Ordinal)));
        await RefusedAsync(running, said);
        Assert.Empty(_world.Provider.Grants);
    }

    public static TheoryData<string, string?, string> ForeignTokens => new()
    {
        { "nonce", "another", "its nonce is not ours" },
        { "nonce", null, "its nonce is not ours" },
        { "aud", "another", "for another client" },
        { "aud", null, "for another client" },
        { "azp", "another", "for another client" },
        { "iss", "https://evil.example.com", "of another issuer" },
        { "sub", null, "of nobody" },
    };

    [Theory, MemberData(nameof(ForeignTokens))]
    public async Task A_code_that_was_injected_gives_a_token_that_is_not_shown_to_anybody(string claim, string? value, string said)
    {
        _world.Provider.Claims = claims => claims[claim] = value;
        var (running, question) = await _world.BeginAsync(_world.Command());
        await LoginWorld.VisitAsync(question.Answer(_world.Provider));
        await RefusedAsync(running, said);
        Assert.Empty(_world.Provider.Sessions);
    }

    [Theory]
    [InlineData(400, """{"error":"invalid_grant","error_description":"\u001b[2Jgone"}""", "The provider refuses: invalid_grant ([2Jgone)")]
    [InlineData(500, "<html>", "without a JSON object")]
    [InlineData(200, """{"access_token":"x"}""", "gave no ID token")]
    [InlineData(200, """{"id_token":"x.y.z"}""", "gave no ID token")]
    [InlineData(302, "{}", "HTTP 302")]
    public async Task What_is_no_token_is_said_to_be_none(int status, string body, string said)
    {
        _world.Provider.Refuses = _ => (status, body);
        var (running, question) = await _world.BeginAsync(_world.Command());
        await LoginWorld.VisitAsync(question.Answer(_world.Provider));
        await RefusedAsync(running, said);
    }

    [Theory]
    [InlineData("issuer", "https://evil.example.com", "of another issuer")]
    [InlineData("authorization_endpoint", "http://idp.example.com/a", "begins with https://")]
    [InlineData("authorization_endpoint", "javascript:alert(1)", "begins with https://")]
    [InlineData("authorization_endpoint", "file:///etc/passwd", "begins with https://")]
    [InlineData("token_endpoint", "http://idp.example.com/t", "begins with https://")]
    [InlineData("token_endpoint", null, "names no token_endpoint")]
    public async Task A_document_of_another_or_with_unsafe_addresses_opens_no_browser(string member, string? value, string said)
    {
        _world.Provider.Document = document => document[member] = value is null ? null : JsonValue.Create(value);
        await RefusedAsync(_world.Terminal.RunAsync(_world.Command()), said);
        Assert.DoesNotContain("browser opens", _world.Terminal.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--issuer", "https://idp.example.com", "--client-id", "laptop")]
    [InlineData("--saml", "--provider", "arn:aws:iam::111122223333:saml-provider/corp")]
    public async Task Nobody_signs_in_for_a_server_that_everybody_on_the_way_can_listen_to(params string[] provider) =>
        await RefusedAsync(_world.Terminal.RunAsync(["login", "--profile", "corp", .. provider, "--role-arn", "arn:aws:iam::111122223333:role/people", "--endpoint-url", "http://sts.example.com"]), "--endpoint-url is no address that begins with https://");

    [Fact]
    public async Task What_the_server_refuses_is_said_and_no_profile_is_written()
    {
        _world.Provider.ServerRefuses = true;
        var (running, question) = await _world.BeginAsync(_world.Command());
        await LoginWorld.VisitAsync(question.Answer(_world.Provider));
        await RefusedAsync(running, "(AccessDenied)", 254);
    }

    private async Task RefusedAsync(Task<int> running, string said, int exitCode = 1)
    {
        Assert.Equal(exitCode, await running);
        Assert.Contains(said, _world.Terminal.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', _world.Terminal.Error);
        Assert.False(File.Exists(_world.Config) || Directory.Exists(Path.Combine(_world.Terminal.Home, ".cache")));
    }
}
