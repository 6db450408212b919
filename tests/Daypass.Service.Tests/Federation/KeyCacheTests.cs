using Daypass.Service.Federation;
using Daypass.Service.Federation.Oidc;

namespace Daypass.Service.Tests.Federation;

/// <summary>The issuers' keys in memory: how often they are asked for, and how long they are good. Waits are on conditions; the clock is the test's.</summary>
public class KeyCacheTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task Keys_are_fetched_once_for_all_who_come_together()
    {
        await using var world = await FederationWorld.StartAsync();
        var gate = new TaskCompletionSource();
        world.Network.Put(world.Issuer.Url + "/keys", async _ =>
        {
            await gate.Task;
            return System.Text.Encoding.UTF8.GetBytes(world.Issuer.KeySet);
        });
        var token = world.Issuer.Token();
        var calls = Enumerable.Range(0, 20).Select(_ => Task.Run(() => world.AssumeAsync(token))).ToList();
        while (world.Network.CountOf(world.Issuer) == 0)
            await Task.Yield();
        gate.SetResult();
        Assert.All(await Task.WhenAll(calls), answer => Assert.Null(answer.Error));
        Assert.Equal(1, world.Network.CountOf(world.Issuer));
        await world.GetAsync(token);
        Assert.Equal(1, world.Network.CountOf(world.Issuer));
    }

    [Fact]
    public async Task A_new_key_is_found_at_once_and_a_withdrawn_one_goes_with_it()
    {
        await using var world = await FederationWorld.StartAsync();
        await world.GetAsync(world.Issuer.Token());
        world.Issuer.Keys[0] = TestIssuer.RsaJwk("new", TestIssuer.OtherRsa);
        await world.GetAsync(TestIssuer.SignedBy(TestIssuer.OtherRsa, """{"alg":"RS256","kid":"new"}""", world.Issuer.Claims().ToJsonString()));
        Assert.Equal(2, world.Network.CountOf(world.Issuer));
        Assert.Equal("InvalidIdentityToken", (await world.RefusalAsync(world.Issuer.Token())).Code);
    }

    [Fact]
    public async Task Invented_key_ids_reach_the_issuer_at_a_rate_and_the_same_one_not_twice()
    {
        await using var world = await FederationWorld.StartAsync();
        await world.GetAsync(world.Issuer.Token());
        for (var i = 0; i < 3; i++)
            await world.RefusalAsync(TestIssuer.Sign("RS256", "invented", world.Issuer.Claims()));
        Assert.Equal(2, world.Network.CountOf(world.Issuer));
        for (var i = 0; i < 40; i++)
            await world.RefusalAsync(TestIssuer.Sign("RS256", $"invented{i}", world.Issuer.Claims()));
        Assert.InRange(world.Network.CountOf(world.Issuer), 3, 6);
        // And nobody else is any slower for it.
        await world.GetAsync(world.Issuer.Token());
        world.Advance(TimeSpan.FromSeconds(6));
        world.Issuer.Keys[0] = TestIssuer.RsaJwk("new", TestIssuer.OtherRsa);
        await world.GetAsync(TestIssuer.SignedBy(TestIssuer.OtherRsa, """{"alg":"RS256","kid":"new"}""", world.Issuer.Claims().ToJsonString()));
    }

    [Fact]
    public async Task An_outage_of_the_issuer_stops_nobody_until_its_keys_are_too_old()
    {
        await using var world = await FederationWorld.StartAsync();
        await world.GetAsync(world.Issuer.Token());
        world.Network.Fail(world.Issuer, FetchFault.Unreachable);
        for (var i = 0; i < 3; i++)
        {
            world.Advance(Hour);
            await world.GetAsync(world.Issuer.Token());
        }
        world.Advance(Hour);
        Assert.Equal("IDPCommunicationError", (await world.RefusalAsync(world.Issuer.Token())).Code);
        world.Network.Serve(world.Issuer);
        world.Advance(TimeSpan.FromMinutes(1));
        await world.GetAsync(world.Issuer.Token());
    }

    [Fact]
    public async Task A_key_withdrawn_during_a_quiet_night_lets_nobody_in_in_the_morning()
    {
        await using var world = await FederationWorld.StartAsync();
        await world.GetAsync(world.Issuer.Token());
        world.Issuer.Keys.RemoveAt(0);
        world.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal("InvalidIdentityToken", (await world.RefusalAsync(world.Issuer.Token())).Code);
    }

    [Theory]
    [InlineData(nameof(FetchFault.Unreachable), "IDPCommunicationError", "could not be reached")]
    [InlineData(nameof(FetchFault.Untrusted), "InvalidIdentityToken", "HTTPS certificate doesn't match")]
    [InlineData(nameof(FetchFault.Unusable), "InvalidIdentityToken", "Couldn't retrieve verification key")]
    public async Task A_failed_fetch_has_AWSs_words_and_is_not_tried_again_at_once(string fault, string code, string words)
    {
        await using var world = await FederationWorld.StartAsync();
        world.Network.Fail(world.Issuer, Enum.Parse<FetchFault>(fault));
        for (var i = 0; i < 5; i++)
        {
            var refused = await world.RefusalAsync(world.Issuer.Token());
            Assert.Equal(code, refused.Code);
            Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        }
        Assert.InRange(world.Network.Fetched[world.Issuer.Url + "/.well-known/openid-configuration"], 1, 2);
    }

    [Fact]
    public async Task An_issuer_that_hangs_is_given_up_and_slows_no_other()
    {
        await using var world = await FederationWorld.StartAsync();
        var slow = new TestIssuer("slow.example.com", world.Issuer.Now);
        world.Network.Serve(slow);
        // It heeds nothing, not even that it is told to stop.
        world.Network.Put(slow.Url + "/keys", _ => new TaskCompletionSource<byte[]>().Task);
        await world.RegisterAsync(slow);
        var waiting = Task.Run(() => world.AssumeAsync(slow.Token()));
        while (world.Network.CountOf(slow) == 0)
            await Task.Yield();
        await world.GetAsync(world.Issuer.Token());
        Assert.False(waiting.IsCompleted);
        while (!waiting.IsCompleted)
        {
            world.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1);
        }
        Assert.Equal("IDPCommunicationError", (await waiting).Error?.Code);
    }

    // By counts, not by the clock: of those who wait for it there is one fetch, those beyond its room go at once, and others never wait.
    [Fact]
    public async Task A_provider_that_hangs_has_one_fetch_and_a_bounded_crowd_and_others_do_not_notice()
    {
        await using var world = await FederationWorld.StartAsync();
        await world.GetAsync(world.Issuer.Token());
        var slow = new TestIssuer("slow.example.com", world.Issuer.Now);
        world.Network.Serve(slow);
        world.Network.Put(slow.Url + "/keys", _ => new TaskCompletionSource<byte[]>().Task);
        await world.RegisterAsync(slow);
        var options = new IssuerKeyOptions();
        var crowd = Enumerable.Range(0, options.MaxWaiting).Select(_ => world.AssumeAsync(slow.Token())).ToList();
        while (world.Network.CountOf(slow) == 0)
            await Task.Yield();
        // One more than there is room for: turned away at once, while all the others still wait.
        Assert.NotNull((await world.AssumeAsync(slow.Token())).Error);
        for (var call = 0; call < 20; call++)
            await world.GetAsync(world.Issuer.Token());
        Assert.All(crowd, waiting => Assert.False(waiting.IsCompleted));
        Assert.Equal((1, 1), (world.Network.CountOf(slow), world.Network.CountOf(world.Issuer)));
        while (!Task.WhenAll(crowd).IsCompleted)
        {
            world.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1);
        }
        Assert.All(crowd, given => Assert.Equal("IDPCommunicationError", given.Result.Error?.Code));
        Assert.InRange(world.Network.CountOf(slow), 1, 2);
    }

    [Fact]
    public async Task Keys_that_one_accounts_authority_vouched_for_do_not_serve_a_provider_that_has_another()
    {
        await using var world = await FederationWorld.StartAsync();
        await world.GetAsync(world.Issuer.Token());
        await world.RegisterAsync(world.Issuer, provider => provider with { Thumbprints = [new string('a', 40)] });
        await world.GetAsync(world.Issuer.Token());
        Assert.Equal(2, world.Network.CountOf(world.Issuer));
    }

    public static TheoryData<string, string> BadDocuments => new()
    {
        { "/.well-known/openid-configuration", "<html>not found</html>" },
        { "/.well-known/openid-configuration", "" },
        { "/.well-known/openid-configuration", """{"issuer":"https://evil.example.com","jwks_uri":"https://idp.example.com/keys"}""" },
        { "/.well-known/openid-configuration", """{"issuer":"https://idp.example.com/","jwks_uri":"https://idp.example.com/keys"}""" },
        { "/.well-known/openid-configuration", """{"issuer":"https://idp.example.com","issuer":"https://idp.example.com","jwks_uri":"https://idp.example.com/keys"}""" },
        { "/.well-known/openid-configuration", """{"issuer":"https://idp.example.com","jwks_uri":"http://idp.example.com/keys"}""" },
        { "/.well-known/openid-configuration", """{"issuer":"https://idp.example.com","jwks_uri":"file:///etc/passwd"}""" },
        { "/.well-known/openid-configuration", """{"issuer":"https://idp.example.com","jwks_uri":"https://user:pw@idp.example.com/keys"}""" },
        { "/.well-known/openid-configuration", """{"issuer":"https://idp.example.com","jwks_uri":"gopher://idp.example.com/keys"}""" },
        { "/.well-known/openid-configuration", """{"issuer":"https://idp.example.com","jwks_uri":["https://idp.example.com/keys"]}""" },
        { "/.well-known/openid-configuration", """{"issuer":"https://idp.example.com"}""" },
        { "/.well-known/openid-configuration", new string('[', 50_000) },
        { "/.well-known/openid-configuration", """{"issuer":"https://idp.example.com","jwks_uri":"https://idp.example.com/keys#x"}""" },
        { "/.well-known/openid-configuration", """{"issuer":"https://IDP.example.com","jwks_uri":"https://idp.example.com/keys"}""" },
        { "/keys", "{\"keys\":" + new string('[', 50_000) },
        { "/keys", """{"keys":[],"keys":[]}""" },
        { "/keys", $$"""{"keys":[{{string.Join(',', Enumerable.Repeat("""{"kty":"oct","k":"AA"}""", 10_000))}}]}""" },
        { "/keys", $$"""{"keys":[{"kty":"RSA","kid":"rsa","n":"{{new string('A', 200_000)}}","e":"AQAB"}]}""" },
        { "/keys", $$"""{"keys":[{"kty":"RSA","kid":"rsa","n":"AQAB","e":"AQAB","d":"AQAB"}]}""" },
        { "/keys", "<html/>" },
        { "/keys", "{}" },
        { "/keys", """{"keys":{}}""" },
        { "/keys", $$"""{"keys":[{{string.Join(',', Enumerable.Repeat("{}", 201))}}]}""" },
        { "/keys", new string(' ', 300_000) },
    };

    [Theory, MemberData(nameof(BadDocuments))]
    public async Task A_document_that_is_none_gives_no_keys(string path, string text)
    {
        await using var world = await FederationWorld.StartAsync();
        world.Network.Put(world.Issuer.Url + path, () => text);
        var refused = await world.RefusalAsync(world.Issuer.Token());
        Assert.Equal("InvalidIdentityToken", refused.Code);
        Assert.Contains("Couldn't retrieve verification key", refused.Message, StringComparison.Ordinal);
        Assert.Empty(world.Bench.Failures);
    }

    [Fact]
    public async Task Broken_keys_beside_a_good_one_do_no_harm()
    {
        await using var world = await FederationWorld.StartAsync();
        world.Network.Put(world.Issuer.Url + "/keys", () => world.Issuer.KeySet.Replace("{\"keys\":[", """{"keys":[1,null,{"kty":"OKP","crv":"Ed25519","x":"AA"},{"kty":"RSA","n":"??","e":"AQAB"},{"kid":7,"kty":"EC"},""", StringComparison.Ordinal));
        await world.GetAsync(world.Issuer.Token());
    }
}
