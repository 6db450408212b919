using System.Net;
using System.Text.Json;
using Daypass.Server.Tests.Wire;
using Daypass.Service.SignIn;
using Daypass.Service.Tests.Federation.Saml;
using Daypass.Testing;

namespace Daypass.Server.Tests.SignIn;

/// <summary>What others might bring to the sign-in pages, or make a person's browser bring.</summary>
public sealed class SamlPageAttacks(ServerFixture fixture) : IClassFixture<ServerFixture>, IAsyncLifetime
{
    private const string Script = "<script>alert(1)</script>";
    private SamlPageWorld _world = null!;

    public async Task InitializeAsync() => _world = await SamlPageWorld.PrepareAsync(fixture.Server);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_session_that_a_stranger_chose_does_not_reach_a_program_that_waits_for_another()
    {
        // The stranger's own sign-in, pushed at the port where somebody else's program listens.
        var chosen = await _world.ChooseAsync(await _world.ArriveAsync(SamlPageWorld.Sign(_world.Draft(), await _world.BeginForProgramAsync(SamlPageWorld.ChallengeOf("STRANGER-EXAMPLE")))), "reader");
        Assert.Equal(HttpStatusCode.BadRequest, (await _world.RedeemAsync(chosen.Location!)).Status);
        Assert.DoesNotContain(SamlPageWorld.Challenge, chosen.Location, StringComparison.Ordinal);
    }

    // A page, an untrusted program in a container that has a port of this machine, or another user of it, sends the person's browser on a sign-in of its own making; the
    // provider knows the person and asks nothing. In a hidden frame, too: what redirects is stopped by no frame-ancestors.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_link_of_a_strangers_making_gives_nothing_that_the_person_did_not_click_for(bool beginsHere)
    {
        var before = await _world.IssuedAsync("reader");
        var role = SamlPageWorld.RoleArn("reader");
        var stranger = SamlPageWorld.ChallengeOf("STRANGER-EXAMPLE");
        var at = beginsHere
            ? await _world.ArriveAsync(SamlPageWorld.Sign(_world.Draft(), await _world.BeginForProgramAsync(stranger, role)))
            : await _world.ArriveAsync(SamlPageWorld.Sign(_world.Draft()), new HandOver(4711, stranger, HandOver.MarkOf(role)).ToRelayState());
        Assert.Equal((HttpStatusCode.OK, null), (at.Status, at.Location));
        Assert.Equal(before, await _world.IssuedAsync("reader"));
        Assert.Contains("If you did not start it", at.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(new HandOver(4711, SamlPageWorld.Challenge, null).CheckCode(), at.Body, StringComparison.Ordinal);
        Assert.Equal("DENY", at.Headers["X-Frame-Options"]);
        Assert.Contains("frame-ancestors 'none'", at.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        // Nor can its page click in the person's stead.
        var clicked = await _world.ChooseAsync(at, "reader", request => request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", "cross-site"));
        Assert.Equal((HttpStatusCode.Forbidden, null), (clicked.Status, clicked.Location));
        Assert.Equal(before, await _world.IssuedAsync("reader"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("EXAMPLE-verifier-of-the-program-that-waits-2")]
    [InlineData("{challenge}")]
    public async Task A_code_without_its_secret_is_worth_nothing_and_stays_good_for_its_owner(string verifier)
    {
        var location = await HandedOverAsync();
        var answer = await _world.RedeemAsync(location, verifier.Replace("{challenge}", SamlPageWorld.Challenge, StringComparison.Ordinal));
        Assert.Equal((HttpStatusCode.BadRequest, "InvalidSigninToken"), (answer.Status, JsonDocument.Parse(answer.Body).RootElement.GetProperty("Error").GetString()));
        Assert.Equal(HttpStatusCode.OK, (await _world.RedeemAsync(location)).Status);
    }

    [Fact]
    public async Task A_code_is_redeemed_once_whoever_comes_with_it()
    {
        var location = await HandedOverAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _world.RedeemAsync(location)));
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
    }

    [Fact]
    public async Task Every_edit_of_a_code_gets_the_same_answer()
    {
        var code = (await HandedOverAsync()).Split("code=")[1].Split('&')[0];
        List<string> edited = ["", "x", code[..^1], code + "A", code + "=", " " + code, code[..(code.Length / 2)], new string('A', 20_000)];
        for (var i = 0; i < code.Length; i += 61)
            edited.Add(code[..i] + (code[i] == 'B' ? 'C' : 'B') + code[(i + 1)..]);
        edited.AddRange("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".Where(last => last != code[^1]).Select(last => code[..^1] + last));
        foreach (var one in edited)
            Assert.Equal("InvalidSigninToken", JsonDocument.Parse((await _world.RedeemCodeAsync(one)).Body).RootElement.GetProperty("Error").GetString());
        Assert.Equal(HttpStatusCode.OK, (await _world.RedeemCodeAsync(code)).Status);
    }

    [Fact]
    public async Task No_sealed_text_stands_for_another_kind()
    {
        var location = await HandedOverAsync();
        var request = (await _world.BeginForProgramAsync())[1..];
        var token = JsonDocument.Parse((await _world.RedeemAsync(location)).Body).RootElement.GetProperty("SessionToken").GetString()!;
        Assert.All(await Task.WhenAll(_world.RedeemCodeAsync(request), _world.RedeemCodeAsync(token)), answer => Assert.Equal(HttpStatusCode.BadRequest, answer.Status));
        var code = (await HandedOverAsync()).Split("code=")[1].Split('&')[0];
        Refused(await _world.ArriveAsync(SamlPageWorld.Sign(_world.Draft(), "_" + code[..200])), "answers a request that was not made here");
        var signIn = await new SignInWorld(_world.Server).LoginAsync(code);
        Assert.Equal("InvalidSigninToken", signIn.Code);
    }

    [Fact]
    public async Task A_session_that_was_revoked_in_between_is_handed_to_nobody()
    {
        var location = await HandedOverAsync();
        await SignInWorld.OkAsync(_world.Server.Administrator.DaypassAsync("RevokeSessions", ("PrincipalArn", SamlPageWorld.RoleArn("reader"))));
        var answer = await _world.RedeemAsync(location);
        Assert.Equal((HttpStatusCode.Forbidden, "ExpiredToken"), (answer.Status, JsonDocument.Parse(answer.Body).RootElement.GetProperty("Error").GetString()));
    }

    [Theory]
    [InlineData("_guessed")]
    [InlineData("")]
    [InlineData("_")]
    [InlineData("id-of-another-service")]
    public async Task An_answer_to_a_question_that_was_not_put_here_is_refused(string id)
    {
        var before = await _world.IssuedAsync("reader");
        var response = SamlPageWorld.Sign(_world.Draft(), id);
        Refused(await _world.ArriveAsync(response), "answers a request that was not made here");
        Refused(await PostChoiceAsync(response, "reader"), "answers a request that was not made here");
        Assert.Equal(before, await _world.IssuedAsync("reader"));
    }

    [Fact]
    public async Task An_answer_of_another_provider_than_was_asked_is_refused()
    {
        var own = TestSaml.Metadata("https://other.example.com/saml", "", TestSaml.OtherKey);
        await _world.RegisterAsync("other", own);
        var asked = await _world.BeginAsync(("provider", SamlPageWorld.Provider.Replace("/corp", "/other", StringComparison.Ordinal)));
        Refused(await _world.ArriveAsync(SamlPageWorld.Sign(_world.Draft(), SamlPageWorld.RequestOf(asked.Location!).Attribute("ID")!.Value)), "answers a request that was not made here");
    }

    [Fact]
    public async Task What_answers_a_question_of_ours_goes_where_the_question_said_whatever_RelayState_says()
    {
        var page = await _world.ArriveAsync(SamlPageWorld.Sign(_world.Draft(), await _world.BeginForProgramAsync()), $"daypass.6666.{SamlPageWorld.ChallengeOf("STRANGER-EXAMPLE")}");
        var response = page.Hidden("SAMLResponse");
        var chosen = await _world.PostAsync("/saml/session", [("SAMLResponse", response), ("RelayState", $"daypass.6666.{SamlPageWorld.ChallengeOf("STRANGER-EXAMPLE")}"), ("role", $"{SamlPageWorld.RoleArn("reader")},{SamlPageWorld.Provider}")]);
        Assert.StartsWith("http://127.0.0.1:4711/?", chosen.Location, StringComparison.Ordinal);
        Assert.EndsWith("&state=" + SamlPageWorld.Challenge, chosen.Location, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://evil.example.com/")]
    [InlineData("\"><script>alert(1)</script>")]
    [InlineData("daypass.0.{challenge}")]
    [InlineData("daypass.65536.{challenge}")]
    [InlineData("daypass.-1.{challenge}")]
    [InlineData("daypass. 1.{challenge}")]
    [InlineData("daypass.80@evil.example.com.{challenge}")]
    [InlineData("daypass.4711.{challenge}A")]
    [InlineData("daypass.4711.{challenge}.{challenge}")]
    [InlineData("daypass.4711.{challenge}&code=x")]
    [InlineData("daypass.4711.short")]
    [InlineData("daypass.4711.{challenge}.AAAAAAAAAAA.x")]
    [InlineData("Daypass.4711.{challenge}")]
    [InlineData("daypass.4711.\r\nSet-Cookie: a=b")]
    public async Task A_RelayState_that_is_not_ours_leads_nowhere_and_is_not_repeated(string relayState)
    {
        var sent = relayState.Replace("{challenge}", SamlPageWorld.Challenge, StringComparison.Ordinal);
        var page = await _world.ArriveAsync(SamlPageWorld.Sign(_world.Draft()), sent);
        Assert.Equal("", page.Hidden("RelayState"));
        Assert.DoesNotContain("evil", page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("script", page.Body, StringComparison.Ordinal);
        var chosen = await _world.PostAsync("/saml/session", [("SAMLResponse", page.Hidden("SAMLResponse")), ("RelayState", sent), ("role", $"{SamlPageWorld.RoleArn("reader")},{SamlPageWorld.Provider}")]);
        Assert.Equal((HttpStatusCode.OK, null), (chosen.Status, chosen.Location));
        Assert.False(chosen.Headers.ContainsKey("Set-Cookie"));
    }

    [Theory]
    [InlineData("port", "0")]
    [InlineData("port", "80@evil.example.com")]
    [InlineData("port", "99999")]
    [InlineData("port", "4711/")]
    [InlineData("port", "")]
    [InlineData("challenge", "")]
    [InlineData("challenge", "short")]
    [InlineData("challenge", "\"><script>alert(1)</script>")]
    [InlineData("provider", "https://evil.example.com/")]
    [InlineData("provider", "")]
    [InlineData("provider", "arn:aws:iam::111122223333:saml-provider/missing")]
    [InlineData("provider", "arn:aws:iam::999999999999:saml-provider/corp")]
    public async Task A_beginning_that_is_malformed_sends_nobody_anywhere(string name, string value)
    {
        Dictionary<string, string> parameters = new() { ["provider"] = SamlPageWorld.Provider, ["port"] = "4711", ["challenge"] = SamlPageWorld.Challenge };
        parameters[name] = value;
        var begun = await _world.BeginAsync([.. parameters.Select(pair => (pair.Key, pair.Value))]);
        Assert.Equal((HttpStatusCode.BadRequest, null), (begun.Status, begun.Location));
        Assert.DoesNotContain("evil", begun.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("script", begun.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("//evil.example.com")]
    [InlineData("https://user@idp.example.com/")]
    [InlineData("https://idp.example.com/&#13;&#10;Set-Cookie: a=b")]
    public async Task A_provider_whose_metadata_leads_off_the_Web_is_not_gone_to(string location)
    {
        var name = "odd" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(location)))[..8];
        await _world.RegisterAsync(name, TestSaml.Metadata(TestSaml.Key).Replace("https://idp.example.com/sso", location, StringComparison.Ordinal));
        var begun = await _world.BeginAsync(("provider", SamlPageWorld.Provider.Replace("/corp", "/" + name, StringComparison.Ordinal)));
        Assert.Equal((HttpStatusCode.BadRequest, null), (begun.Status, begun.Location));
    }

    [Fact]
    public async Task The_host_that_a_client_names_is_nowhere()
    {
        void Lie(HttpRequestMessage request)
        {
            request.Headers.Host = "evil.example.com";
            request.Headers.TryAddWithoutValidation("X-Forwarded-Host", "evil.example.com");
            request.Headers.TryAddWithoutValidation("Forwarded", "host=evil.example.com");
        }
        async Task<PageAnswer> GetAsync(string path)
        {
            var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_world.Server.Endpoint, path));
            Lie(request);
            return await SamlPageWorld.SendAsync(request);
        }
        var begun = await GetAsync($"/saml/login?provider={Uri.EscapeDataString(SamlPageWorld.Provider)}");
        Assert.DoesNotContain("evil", begun.Location, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", SamlPageWorld.RequestOf(begun.Location!).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("evil", (await GetAsync("/saml/metadata")).Body, StringComparison.Ordinal);
        var page = await _world.PostAsync("/saml", [("SAMLResponse", SamlPageWorld.Sign(_world.Draft()))], Lie);
        Assert.Equal(["reader", "team/admin"], page.Roles);
        Assert.DoesNotContain("evil", page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", (await _world.ChooseAsync(page, "reader", Lie)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_provider_calls_a_person_is_shown_as_text()
    {
        var page = await _world.ArriveAsync(SamlPageWorld.Sign(_world.Draft() with { Subject = "&lt;script&gt;alert(1)&lt;/script&gt;\" onclick='x" }));
        Assert.DoesNotContain(Script, page.Body, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot; onclick=&#39;x", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_role_is_called_in_a_path_or_an_offer_is_shown_as_text()
    {
        await _world.PutRoleAsync("quoted", "/a\"><script>alert(1)<b>/", "{}");
        var offer = SamlPageWorld.RoleArn("a\"><script>alert(1)<b>/quoted");
        var page = await _world.ArriveAsync(SamlPageWorld.Sign(_world.Draft().With("Role", $"{WebUtility.HtmlEncode(offer)},{SamlPageWorld.Provider}", $"arn:aws:iam::{DaypassServer.Account}:role/&lt;script&gt;,{SamlPageWorld.Provider}")));
        Assert.DoesNotContain("<script", page.Body, StringComparison.Ordinal);
        Assert.Single(page.Roles);
    }

    [Fact]
    public async Task No_page_can_be_framed_kept_or_made_to_run_or_load_anything()
    {
        var page = await _world.ArriveAsync(SamlPageWorld.Sign(_world.Draft()));
        PageAnswer[] answers =
        [
            page, await _world.ChooseAsync(page, "reader"), await _world.ArriveAsync("none"), await _world.BeginAsync(), await _world.BeginAsync(("provider", SamlPageWorld.Provider)), await _world.RedeemCodeAsync("x"),
            await SamlPageWorld.SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(_world.Server.Endpoint, "/saml"))), await SamlPageWorld.SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(_world.Server.Endpoint, "/saml/other"))),
        ];
        Assert.All(answers, answer =>
        {
            Assert.Contains("default-src 'none'; style-src 'sha256-", answer.Headers["Content-Security-Policy"], StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", answer.Headers["Content-Security-Policy"], StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", answer.Headers["Content-Security-Policy"], StringComparison.Ordinal);
            Assert.Equal(("no-store", "nosniff", "DENY", "same-origin"), (answer.Headers["Cache-Control"], answer.Headers["X-Content-Type-Options"], answer.Headers["X-Frame-Options"], answer.Headers["Referrer-Policy"]));
            Assert.False(answer.Headers.ContainsKey("Set-Cookie"));
            Assert.DoesNotContain("<script", answer.Body, StringComparison.Ordinal);
        });
        Assert.Contains("form-action 'self';", page.Headers["Content-Security-Policy"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Sec-Fetch-Site", "none")]
    [InlineData("Origin", "https://evil.example.com")]
    [InlineData("Origin", "null")]
    public async Task Another_site_chooses_for_nobody(string header, string value)
    {
        var page = await _world.ArriveAsync(SamlPageWorld.Sign(_world.Draft()));
        var before = await _world.IssuedAsync("reader");
        var chosen = await _world.ChooseAsync(page, "reader", request => request.Headers.TryAddWithoutValidation(header, value));
        Assert.Equal(HttpStatusCode.Forbidden, chosen.Status);
        Assert.Equal(before, await _world.IssuedAsync("reader"));
        Assert.Equal(HttpStatusCode.OK, (await _world.ChooseAsync(page, "reader", request => request.Headers.TryAddWithoutValidation("Origin", _world.Own))).Status);
    }

    [Theory]
    [InlineData("closed")]
    [InlineData("missing")]
    [InlineData("admin")]
    public async Task A_role_that_the_page_did_not_list_cannot_be_chosen(string role)
    {
        var page = await _world.ArriveAsync(SamlPageWorld.Sign(_world.Draft()));
        var chosen = await _world.ChooseAsync(page, role);
        Assert.Equal(HttpStatusCode.Forbidden, chosen.Status);
        Assert.Contains("Not authorized to perform sts:AssumeRoleWithSAML", chosen.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_changed_after_it_was_signed_or_signed_by_a_stranger_lists_nothing_and_gives_nothing()
    {
        var draft = _world.Draft();
        string[] forged =
        [
            TestSaml.Encode(draft.Xml()), TestSaml.Encode(TestSaml.SignAssertion(draft.Xml(), TestSaml.OtherKey)), TestSaml.Encode(TestSaml.SignAssertion(draft.Xml()).Replace("alice@example.com", "admin@example.com", StringComparison.Ordinal)),
            TestSaml.Encode(TestSaml.SignAssertion(draft.Xml()).Replace("<saml:SubjectConfirmationData ", $"<saml:SubjectConfirmationData InResponseTo=\"{await _world.BeginForProgramAsync()}\" ", StringComparison.Ordinal)),
            SamlPageWorld.Sign(draft with { Recipient = "https://evil.example.com/saml" }), SamlPageWorld.Sign(draft with { Audience = "https://evil.example.com" }), SamlPageWorld.Sign(draft with { Issued = TimeSpan.FromMinutes(-6) }),
            "none", "", new string('A', 200_000),
        ];
        foreach (var response in forged)
        {
            var page = await _world.ArriveAsync(response);
            Assert.Equal(HttpStatusCode.BadRequest, page.Status);
            Assert.Contains("You are not signed in", page.Body, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.BadRequest, (await PostChoiceAsync(response, "reader")).Status);
        }
    }

    [Fact]
    public async Task Other_methods_other_bodies_and_parameters_that_come_twice_are_refused()
    {
        var response = SamlPageWorld.Sign(_world.Draft());
        Assert.Equal(HttpStatusCode.BadRequest, (await _world.PostAsync("/saml", [("SAMLResponse", response), ("SAMLResponse", response)])).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await _world.PostAsync("/saml", [("RelayState", "x")])).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await SamlPageWorld.SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(_world.Server.Endpoint, "/saml")) { Content = new StringContent("{}") })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await _world.BeginAsync(("provider", SamlPageWorld.Provider), ("provider", "x"))).Status);
        foreach (var (method, path) in new[] { ("GET", "/saml"), ("HEAD", "/saml"), ("PUT", "/saml"), ("POST", "/saml/login"), ("GET", "/saml/session"), ("GET", "/saml/token"), ("POST", "/saml/metadata") })
            Assert.Equal(HttpStatusCode.MethodNotAllowed, (await SamlPageWorld.SendAsync(new HttpRequestMessage(new HttpMethod(method), new Uri(_world.Server.Endpoint, path)))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await SamlPageWorld.SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(_world.Server.Endpoint, "/saml/")))).Status);
    }

    [Fact]
    public async Task No_log_and_no_record_holds_what_was_posted_or_given()
    {
        await using var server = await DaypassServer.StartAsync("--log-level", "debug");
        var world = await SamlPageWorld.PrepareAsync(server);
        var response = SamlPageWorld.Sign(world.Draft(), await world.BeginForProgramAsync());
        var location = (await world.ChooseAsync(await world.ArriveAsync(response), "reader")).Location!;
        var redeemed = JsonDocument.Parse((await world.RedeemAsync(location)).Body).RootElement;
        await world.RedeemAsync(location);
        string[] secrets = [response[..64], location.Split("code=")[1][..64], SamlPageWorld.Verifier, redeemed.GetProperty("SecretAccessKey").GetString()!];
        var records = new List<JsonElement>();
        foreach (var name in new[] { "ListOfferedRoles", "AssumeRoleWithSAML", "RedeemHandOver" })
            records.AddRange(await new SignInWorld(server).RecordsAsync(name));
        Assert.True(records.Count >= 4);
        Assert.Equal(0, await server.StopAsync());
        Assert.Contains("InvalidSigninToken", server.Output, StringComparison.Ordinal);
        foreach (var secret in secrets)
        {
            Assert.DoesNotContain(secret, server.Output, StringComparison.Ordinal);
            Assert.DoesNotContain(records, record => record.GetRawText().Contains(secret, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_source_that_is_refused_too_often_is_turned_away_before_anything_is_proven()
    {
        await using var server = await DaypassServer.StartAsync("--refusals-per-source", "1");
        var world = await SamlPageWorld.PrepareAsync(server);
        var answers = new List<PageAnswer>();
        for (var i = 0; i < 40; i++)
            answers.Add(await world.ArriveAsync("none"));
        Assert.Contains(answers, answer => answer.Body.Contains("Throttling", StringComparison.Ordinal));
    }

    private async Task<string> HandedOverAsync() =>
        (await _world.ChooseAsync(await _world.ArriveAsync(SamlPageWorld.Sign(_world.Draft(), await _world.BeginForProgramAsync())), "reader")).Location!;

    private Task<PageAnswer> PostChoiceAsync(string response, string role) => _world.PostAsync("/saml/session", [("SAMLResponse", response), ("role", $"{SamlPageWorld.RoleArn(role)},{SamlPageWorld.Provider}")]);

    private static void Refused(PageAnswer answer, string because)
    {
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains(because, answer.Body, StringComparison.Ordinal);
    }
}
