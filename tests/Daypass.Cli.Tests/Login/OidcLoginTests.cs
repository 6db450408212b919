using System.Text.Json;
using Daypass.Cli.Login;

namespace Daypass.Cli.Tests.Login;

/// <summary><c>daypass login</c> at an OpenID provider: what is asked, what is written, and that it renews.</summary>
public sealed class OidcLoginTests : IAsyncLifetime
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private LoginWorld _world = null!;

    public async Task InitializeAsync() => _world = await LoginWorld.StartAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task A_person_signs_in_and_the_profile_gives_the_session()
    {
        var (running, question) = await _world.BeginAsync(_world.Command());
        Assert.StartsWith($"{_world.Provider.Url}/authorize?tenant=1&", question.Address.ToString(), StringComparison.Ordinal);
        Assert.Equal(("code", "laptop", "openid email offline_access", "S256", "consent"), (question["response_type"], question["client_id"], question["scope"], question["code_challenge_method"], question["prompt"]));
        Assert.All([question["state"], question["nonce"]], secret => Assert.Equal(43, secret!.Length));
        Assert.StartsWith("http://127.0.0.1:", question["redirect_uri"], StringComparison.Ordinal);
        var page = await LoginWorld.VisitAsync(question.Answer(_world.Provider));
        Assert.Contains("Back to the terminal", page.Body, StringComparison.Ordinal);
        Assert.Equal(0, await running);

        var grant = Assert.Single(_world.Provider.Grants);
        Assert.Equal(("authorization_code", "CODE-EXAMPLE", question["redirect_uri"], "laptop"), (grant["grant_type"], grant["code"], grant["redirect_uri"], grant["client_id"]));
        Assert.Equal(question["code_challenge"], Callback.ChallengeOf(grant["code_verifier"]));
        var asked = Assert.Single(_world.Provider.Sessions);
        Assert.Equal(("AssumeRoleWithWebIdentity", "arn:aws:iam::111122223333:role/people", "alice-x@example.com"), (asked["Action"], asked["RoleArn"], asked["RoleSessionName"]));
        Assert.Contains("Signed in as arn:aws:sts::111122223333:assumed-role/people/alice-x@example.com until ", _world.Terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_profile_has_no_secret_and_what_is_kept_is_its_owners_alone()
    {
        Assert.Equal(0, await _world.SignInAsync(_world.Command()));
        var config = await File.ReadAllTextAsync(_world.Config);
        Assert.StartsWith("[profile corp]\ncredential_process = ", config, StringComparison.Ordinal);
        Assert.EndsWith($" login --profile corp --renew\nendpoint_url = {_world.Provider.Url}\nregion = us-east-1\n", config, StringComparison.Ordinal);
        Assert.DoesNotContain("EXAMPLE", config, StringComparison.Ordinal);
        Assert.Equal((Private, Private), (File.GetUnixFileMode(_world.Config), File.GetUnixFileMode(_world.KeptFile)));
        Assert.DoesNotContain("SECRETEXAMPLE", _world.Terminal.Output + _world.Terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_profile_runs_prints_the_session_and_nothing_else_without_asking_anybody()
    {
        Assert.Equal(0, await _world.SignInAsync(_world.Command()));
        var before = _world.Terminal.Output.Length;
        Assert.Equal(0, await _world.RenewAsync());
        var printed = JsonDocument.Parse(_world.Terminal.Output[before..]).RootElement;
        Assert.Equal(["Version", "AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration"], printed.EnumerateObject().Select(member => member.Name));
        Assert.Equal("ASIAEXAMPLE1", printed.GetProperty("AccessKeyId").GetString());
        Assert.Single(_world.Provider.Grants);
    }

    [Fact]
    public async Task The_second_sign_in_needs_the_profiles_name_only()
    {
        Assert.Equal(0, await _world.SignInAsync(_world.Command("--duration", "30m", "--session-name", "desk")));
        Assert.Equal(0, await _world.SignInAsync("login", "--profile", "corp"));
        Assert.All(_world.Provider.Sessions, asked => Assert.Equal(("1800", "desk"), (asked["DurationSeconds"], asked["RoleSessionName"])));
        Assert.Equal(2, _world.Provider.Sessions.Count);
        Assert.Single(await File.ReadAllLinesAsync(_world.Config), line => line == "[profile corp]");
    }

    [Fact]
    public async Task A_registered_port_and_path_are_the_ones_that_are_used()
    {
        var port = Daypass.Testing.Ports.Take();
        var (running, question) = await _world.BeginAsync(_world.Command("--redirect-uri", $"http://localhost:{port}/back"));
        Assert.Equal($"http://localhost:{port}/back", question["redirect_uri"]);
        await LoginWorld.VisitAsync(question.Answer(_world.Provider));
        Assert.Equal(0, await running);
    }

    [Fact]
    public async Task A_code_that_is_typed_on_another_machine_signs_in_as_well()
    {
        var pending = 2;
        _world.Provider.Refuses = _ => pending-- > 0 ? (400, """{"error":"authorization_pending"}""") : null;
        Assert.Equal(0, await _world.Terminal.RunAsync(_world.Command("--device")));
        Assert.Equal(3, _world.Provider.Grants.Count);
        Assert.All(_world.Provider.Grants, grant => Assert.Equal("DEVICE-EXAMPLE", grant["device_code"]));
        Assert.Contains($"Go to {_world.Provider.Url}/verify with a browser on any machine, and type the code AB[31mCD", _world.Terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_that_cannot_be_opened_is_no_hindrance()
    {
        _world.Terminal.Variables["BROWSER"] = "/nowhere/browser";
        _world.Terminal.Variables["PATH"] = "/nowhere";
        var running = _world.Terminal.RunAsync(_world.Command());
        string? address;
        while ((address = _world.Terminal.Error.Split('\n').FirstOrDefault(line => line.StartsWith(_world.Provider.Url, StringComparison.Ordinal) && _world.Terminal.Error.EndsWith('\n'))) is null)
            await Task.Delay(10);
        var question = new LoginWorld.Question(new Uri(address));
        _world.Provider.Nonce = question["nonce"];
        await LoginWorld.VisitAsync(question.Answer(_world.Provider));
        Assert.Equal(0, await running);
    }

    [Fact]
    public async Task A_clients_secret_is_read_from_a_file_that_is_its_owners_alone()
    {
        var file = _world.Terminal.WriteFile("secret", "SECRET-EXAMPLE\n");
        File.SetUnixFileMode(file, Private | UnixFileMode.GroupRead);
        var (running, question) = await _world.BeginAsync(_world.Command("--client-secret-file", file));
        await LoginWorld.VisitAsync(question.Answer(_world.Provider));
        Assert.Equal(1, await running);
        File.SetUnixFileMode(file, Private);
        Assert.Equal(0, await _world.SignInAsync(_world.Command("--client-secret-file", file)));
        Assert.Equal("SECRET-EXAMPLE", Assert.Single(_world.Provider.Grants)["client_secret"]);
    }

    [Theory]
    [InlineData("login", "--profile NAME is needed")]
    [InlineData("login --profile x", "Nobody has signed in as 'x'")]
    [InlineData("login --profile x --renew", "run daypass login --profile x")]
    [InlineData("login --profile a;b --issuer https://i --client-id c --role-arn r", "A profile's name here")]
    [InlineData("login --profile x --issuer https://i", "--issuer needs --client-id")]
    [InlineData("login --profile x --client-id c", "--client-id needs --issuer")]
    [InlineData("login --profile x --issuer https://i --client-id c", "--role-arn ARN is needed")]
    [InlineData("login --profile x --issuer http://i.example.com --client-id c --role-arn r", "begins with https://")]
    [InlineData("login --profile x --issuer https://i --client-id c --role-arn r", "--role-arn takes an ARN such as arn:aws:iam::111122223333:role/name, not 'r'.")]
    [InlineData("login --profile x --saml --provider corp", "--provider takes an ARN such as arn:aws:iam::111122223333:saml-provider/name, not 'corp'.")]
    [InlineData("login --profile x --issuer https://i --client-id c --role-arn r --saml", "give those of one")]
    [InlineData("login --profile x --saml", "--saml needs either")]
    [InlineData("login --profile x --saml --provider p --provider-url https://u", "--saml needs either")]
    [InlineData("login --profile x --provider-url javascript:alert(1)", "begins with https://")]
    public async Task What_cannot_be_is_refused_before_anybody_is_asked(string command, string said)
    {
        Assert.Equal(1, await _world.Terminal.RunAsync(command.Split(' ')));
        Assert.Contains(said, _world.Terminal.Error, StringComparison.Ordinal);
        Assert.Equal("", _world.Terminal.Output);
    }
}
