using System.Net;
using Daypass.Cli.Login;
using Daypass.Service.SignIn;

namespace Daypass.Cli.Tests.Login;

/// <summary><c>daypass login --saml</c>: where the browser is sent, what it must bring back, and what is asked for it.</summary>
public sealed class SamlLoginTests : IAsyncLifetime
{
    private const string Provider = "arn:aws:iam::111122223333:saml-provider/corp";
    private const string Role = "arn:aws:iam::111122223333:role/team/admin";
    private LoginWorld _world = null!;

    private string[] Command => ["login", "--profile", "corp", "--saml", "--provider", Provider, "--endpoint-url", _world.Provider.Url];

    public async Task InitializeAsync() => _world = await LoginWorld.StartAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task The_server_sends_the_browser_on_and_its_code_is_redeemed_with_the_secret()
    {
        var (running, question) = await _world.BeginAsync(Command);
        Assert.StartsWith(_world.Provider.Url + "/saml/login?", question.Address.ToString(), StringComparison.Ordinal);
        Assert.Equal((Provider, null), (question["provider"], question["role"]));
        Assert.Equal(HttpStatusCode.OK, (await LoginWorld.VisitAsync(Back(question))).Status);
        Assert.Equal(0, await running);
        var redeemed = Assert.Single(_world.Provider.Redeemed);
        Assert.Equal(("CODE-EXAMPLE", question["challenge"]), (redeemed["code"], Callback.ChallengeOf(redeemed["verifier"])));
        Assert.True(HandOver.IsProvenBy(question["challenge"]!, redeemed["verifier"]));
        Assert.Contains("Signed in as arn:aws:sts::111122223333:assumed-role/admin/alice until ", _world.Terminal.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("renewed as needed", _world.Terminal.Output, StringComparison.Ordinal);
        Assert.Equal(0, await _world.RenewAsync());
        Assert.Contains("\"ASIAEXAMPLESAML\"", _world.Terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_provider_begins_its_RelayState_is_one_that_the_server_reads()
    {
        var (running, question) = await _world.BeginAsync("login", "--profile", "corp", "--provider-url", "https://idp.example.com/start?app=1", "--role-arn", Role, "--endpoint-url", _world.Provider.Url);
        Assert.StartsWith("https://idp.example.com/start?app=1&RelayState=daypass.", question.Address.ToString(), StringComparison.Ordinal);
        var handOver = HandOver.TryParse(question["RelayState"])!;
        Assert.InRange(question["RelayState"]!.Length, 1, 80);
        Assert.Equal((HandOver.MarkOf(Role), question["RelayState"]), (handOver.RoleMark, handOver.ToRelayState()));
        Assert.Equal(HttpStatusCode.OK, (await LoginWorld.VisitAsync(handOver.AddressWith("CODE-EXAMPLE"))).Status);
        Assert.Equal(0, await running);
        Assert.True(HandOver.IsProvenBy(handOver.Challenge, Assert.Single(_world.Provider.Redeemed)["verifier"]));
    }

    [Fact]
    public async Task A_role_that_is_named_is_asked_for()
    {
        var (running, question) = await _world.BeginAsync([.. Command, "--role-arn", Role]);
        Assert.Equal(Role, question["role"]);
        var shown = new HandOver(int.Parse(question["port"]!, System.Globalization.CultureInfo.InvariantCulture), question["challenge"]!, null).CheckCode();
        Assert.Contains($"The page will show the code {shown}.", _world.Terminal.Error, StringComparison.Ordinal);
        await LoginWorld.VisitAsync(Back(question));
        Assert.Equal(0, await running);
    }

    [Theory]
    [InlineData("code=EVIL&state=guessed")]
    [InlineData("code=EVIL")]
    [InlineData("code=EVIL&state={challenge}&state=x")]
    public async Task A_session_that_another_page_pushes_is_not_taken(string query)
    {
        var (running, question) = await _world.BeginAsync(Command);
        Assert.Equal(HttpStatusCode.Forbidden, (await LoginWorld.VisitAsync($"http://127.0.0.1:{question["port"]}/?{query.Replace("{challenge}", question["challenge"], StringComparison.Ordinal)}")).Status);
        Assert.Empty(_world.Provider.Redeemed);
        await LoginWorld.VisitAsync(Back(question));
        Assert.Equal(0, await running);
    }

    [Fact]
    public async Task When_it_is_over_the_person_is_told_to_come_again()
    {
        var clock = new HeldClock(TimeProvider.System.GetUtcNow());
        _world.Terminal.Clock = clock;
        var (running, question) = await _world.BeginAsync(Command);
        await LoginWorld.VisitAsync(Back(question));
        Assert.Equal(0, await running);
        clock.Now += TimeSpan.FromSeconds(3560);
        Assert.Equal(0, await _world.RenewAsync());
        clock.Now += TimeSpan.FromMinutes(1);
        Assert.Equal(1, await _world.RenewAsync());
        Assert.EndsWith("daypass: The session of 'corp' is over; to sign in again, run daypass login --profile corp (SAML renews nothing without you)\n", _world.Terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_server_refuses_is_said_and_nothing_is_written()
    {
        _world.Provider.ServerRefuses = true;
        var (running, question) = await _world.BeginAsync(Command);
        await LoginWorld.VisitAsync(Back(question));
        Assert.Equal(254, await running);
        Assert.Contains("(InvalidSigninToken)", _world.Terminal.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_world.Config));
    }

    [Theory]
    [InlineData("--device")]
    [InlineData("--duration 1h")]
    [InlineData("--session-name me")]
    public async Task What_SAML_does_not_know_is_refused_before_anybody_is_asked(string options)
    {
        Assert.Equal(1, await _world.Terminal.RunAsync([.. Command, .. options.Split(' ')]));
        Assert.Contains("OpenID providers", _world.Terminal.Error, StringComparison.Ordinal);
    }

    private static string Back(LoginWorld.Question question) => new HandOver(int.Parse(question["port"]!, System.Globalization.CultureInfo.InvariantCulture), question["challenge"]!, null).AddressWith("CODE-EXAMPLE");
}
