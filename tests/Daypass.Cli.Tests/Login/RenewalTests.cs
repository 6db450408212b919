namespace Daypass.Cli.Tests.Login;

/// <summary>What a profile does when its session nears its end: it is renewed without the person, or the person is told what to do.</summary>
public sealed class RenewalTests : IAsyncLifetime
{
    private readonly HeldClock _clock = new(TimeProvider.System.GetUtcNow());
    private LoginWorld _world = null!;

    public async Task InitializeAsync()
    {
        _world = await LoginWorld.StartAsync();
        _world.Provider.Clock = _world.Terminal.Clock = _clock;
        Assert.Equal(0, await _world.SignInAsync(_world.Command()));
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task Before_the_end_it_is_renewed_by_refresh_tokens_that_follow_one_another()
    {
        foreach (var (generation, used) in new[] { (2, "REFRESH-EXAMPLE-1"), (3, "REFRESH-EXAMPLE-2") })
        {
            _clock.Now += TimeSpan.FromMinutes(46);
            Assert.Equal(0, await _world.RenewAsync());
            Assert.Contains($"\"ASIAEXAMPLE{generation}\"", _world.Terminal.Output, StringComparison.Ordinal);
            Assert.Equal(("refresh_token", used), (_world.Provider.Grants.Last()["grant_type"], _world.Provider.Grants.Last()["refresh_token"]));
        }
    }

    [Fact]
    public async Task Programs_that_start_at_once_renew_once()
    {
        _clock.Now += TimeSpan.FromMinutes(59);
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => _world.RenewAsync())), code => Assert.Equal(0, code));
        Assert.Equal(2, _world.Provider.Grants.Count);
    }

    [Fact]
    public async Task While_the_session_lasts_a_provider_that_is_away_is_no_matter()
    {
        _world.Provider.Refuses = _ => (503, "{}");
        _clock.Now += TimeSpan.FromMinutes(59);
        Assert.Equal(0, await _world.RenewAsync());
        Assert.Contains("\"ASIAEXAMPLE1\"", _world.Terminal.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, """{"error":"invalid_grant"}""", "The provider refuses: invalid_grant")]
    [InlineData(503, "{}", "The provider refuses: HTTP 503")]
    [InlineData(200, "{}", "gave no ID token")]
    public async Task When_it_is_over_one_sentence_says_what_to_do(int status, string body, string because)
    {
        var before = _world.Terminal.Output;
        _world.Provider.Refuses = _ => (status, body);
        _clock.Now += TimeSpan.FromHours(2);
        Assert.Equal(1, await _world.RenewAsync());
        Assert.Equal(before, _world.Terminal.Output);
        var said = _world.Terminal.Error.TrimEnd('\n').Split('\n')[^1];
        Assert.StartsWith("daypass: The session of 'corp' is over; to sign in again, run daypass login --profile corp (", said, StringComparison.Ordinal);
        Assert.Contains(because, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_is_suddenly_another_persons_renews_nothing()
    {
        _world.Provider.Claims = claims => claims["sub"] = "mallory";
        _clock.Now += TimeSpan.FromHours(2);
        Assert.Equal(1, await _world.RenewAsync());
        Assert.Contains("of another person", _world.Terminal.Error, StringComparison.Ordinal);
        Assert.Single(_world.Provider.Sessions);
    }

    [Fact]
    public async Task The_next_refresh_token_is_kept_even_when_the_server_refuses()
    {
        _clock.Now += TimeSpan.FromHours(2);
        _world.Provider.ServerRefuses = true;
        Assert.Equal(1, await _world.RenewAsync());
        _world.Provider.ServerRefuses = false;
        Assert.Equal(0, await _world.RenewAsync());
        Assert.Equal("REFRESH-EXAMPLE-2", _world.Provider.Grants.Last()["refresh_token"]);
    }

    [Fact]
    public async Task What_others_could_have_written_or_another_wrote_is_nobodys()
    {
        var text = await File.ReadAllTextAsync(_world.KeptFile);
        File.SetUnixFileMode(_world.KeptFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherWrite);
        Assert.Equal(1, await _world.RenewAsync());
        File.SetUnixFileMode(_world.KeptFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Equal(0, await _world.RenewAsync());
        foreach (var damaged in new[] { "", "[]", "{}", text[..(text.Length / 2)], text.Replace("\"corp\"", "\"other\"", StringComparison.Ordinal), text.Replace("\"IssuedAt\":", "\"IssuedAt\":\"x\",\"y\":", StringComparison.Ordinal) })
        {
            await File.WriteAllTextAsync(_world.KeptFile, damaged);
            Assert.Equal(1, await _world.RenewAsync());
        }
    }

    [Fact]
    public async Task What_is_forgotten_is_gone_and_the_profile_says_so()
    {
        var file = _world.KeptFile;
        Assert.Equal(0, await _world.Terminal.RunAsync("login", "--profile", "corp", "--forget"));
        Assert.False(File.Exists(file));
        Assert.Equal(1, await _world.RenewAsync());
        Assert.EndsWith("Nobody is signed in as 'corp': run daypass login --profile corp\n", _world.Terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_profile_of_another_config_file_is_another_profile()
    {
        _world.Terminal.Variables["AWS_CONFIG_FILE"] = Path.Combine(_world.Terminal.Folder, "other-config");
        Assert.Equal(1, await _world.RenewAsync());
        Assert.Contains("Nobody is signed in as 'corp'", _world.Terminal.Error, StringComparison.Ordinal);
    }
}
