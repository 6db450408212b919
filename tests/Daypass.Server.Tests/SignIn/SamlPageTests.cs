using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using Daypass.Server.Tests.Wire;
using Daypass.Service.SignIn;
using Daypass.Service.Tests.Federation.Saml;
using Daypass.Testing;

namespace Daypass.Server.Tests.SignIn;

/// <summary>A person of a SAML provider signs in: what is asked, what is offered, and how the chosen session gets to them.</summary>
public sealed class SamlPageTests(ServerFixture fixture) : IClassFixture<ServerFixture>, IAsyncLifetime
{
    private SamlPageWorld _world = null!;

    public async Task InitializeAsync() => _world = await SamlPageWorld.PrepareAsync(fixture.Server);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task The_page_lists_what_is_offered_as_far_as_it_is_there_and_lets_the_person_in()
    {
        var page = await _world.ArriveAsync(SamlPageWorld.Sign(_world.Draft()));
        Assert.Equal((HttpStatusCode.OK, "text/html; charset=utf-8"), (page.Status, page.Headers["Content-Type"]));
        Assert.Equal(["reader", "team/admin"], page.Roles);
        Assert.Contains($"Account {DaypassServer.Account}", page.Body, StringComparison.Ordinal);
        Assert.Contains("<strong>alice@example.com</strong>", page.Body, StringComparison.Ordinal);
        Assert.Equal(["reader"], (await _world.ArriveAsync(SamlPageWorld.Sign(_world.Draft() with { Subject = "carol@example.com" }))).Roles);
        var offered = Assert.Single((await new SignInWorld(_world.Server).RecordsAsync("ListOfferedRoles")).Take(1));
        Assert.Equal(("signin.amazonaws.com", "SAMLUser"), (offered.GetProperty("eventSource").GetString(), offered.GetProperty("userIdentity").GetProperty("type").GetString()));
    }

    [Fact]
    public async Task A_choice_shows_the_session_once_and_the_trail_has_it()
    {
        var page = await _world.ArriveAsync(SamlPageWorld.Sign(_world.Draft().With("SessionDuration", "1800")));
        Assert.Contains("30 min", page.Body, StringComparison.Ordinal);
        var before = await _world.IssuedAsync("reader");
        var shown = await _world.ChooseAsync(page, "reader");
        Assert.Equal(HttpStatusCode.OK, shown.Status);
        Assert.Equal($"arn:aws:sts::{DaypassServer.Account}:assumed-role/reader/alice", await _world.WhoIsAsync(Part(shown, "AWS_ACCESS_KEY_ID"), Part(shown, "AWS_SECRET_ACCESS_KEY"), Part(shown, "AWS_SESSION_TOKEN")));
        Assert.Contains($"export AWS_ENDPOINT_URL='{_world.Own}'", WebUtility.HtmlDecode(shown.Body), StringComparison.Ordinal);
        var again = await _world.ChooseAsync(page, "reader");
        Assert.Equal(HttpStatusCode.BadRequest, again.Status);
        Assert.Contains("was used for this role before", again.Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await _world.ChooseAsync(page, "team/admin")).Status);
        Assert.Equal(before + 1, await _world.IssuedAsync("reader"));
    }

    [Fact]
    public async Task Nobody_is_sent_away_without_a_word_when_nothing_is_offered()
    {
        var page = await _world.ArriveAsync(SamlPageWorld.Sign(_world.Draft().With("Role", $"{SamlPageWorld.RoleArn("closed")},{SamlPageWorld.Provider}")));
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("offers you no role here that lets you in", page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("closed", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_begins_here_asks_the_provider_as_this_installation()
    {
        var begun = await _world.BeginAsync(("provider", SamlPageWorld.Provider));
        Assert.Equal(HttpStatusCode.Found, begun.Status);
        Assert.StartsWith("https://idp.example.com/sso?SAMLRequest=", begun.Location, StringComparison.Ordinal);
        var request = SamlPageWorld.RequestOf(begun.Location!);
        Assert.Equal("{urn:oasis:names:tc:SAML:2.0:protocol}AuthnRequest", request.Name.ToString());
        Assert.Equal((_world.Own + "/saml", "https://idp.example.com/sso", _world.Own + "/saml"),
            (request.Attribute("AssertionConsumerServiceURL")!.Value, request.Attribute("Destination")!.Value, request.Element(XName.Get("Issuer", "urn:oasis:names:tc:SAML:2.0:assertion"))!.Value));
        var page = await _world.ArriveAsync(SamlPageWorld.Sign(_world.Draft(), request.Attribute("ID")!.Value));
        Assert.Equal(["reader", "team/admin"], page.Roles);
        Assert.Equal("", page.Hidden("RelayState"));
    }

    [Fact]
    public async Task A_program_that_waits_gets_the_chosen_session_by_a_code_that_only_it_can_use_and_once()
    {
        var page = await _world.ArriveAsync(SamlPageWorld.Sign(_world.Draft(), await _world.BeginForProgramAsync()));
        Assert.Contains("<b>daypass login</b>", page.Body, StringComparison.Ordinal);
        Assert.Contains($"<b>{new HandOver(4711, SamlPageWorld.Challenge, null).CheckCode()}</b>", page.Body, StringComparison.Ordinal);
        var chosen = await _world.ChooseAsync(page, "team/admin");
        Assert.Equal(HttpStatusCode.SeeOther, chosen.Status);
        Assert.StartsWith("http://127.0.0.1:4711/?code=", chosen.Location, StringComparison.Ordinal);
        Assert.EndsWith("&state=" + SamlPageWorld.Challenge, chosen.Location, StringComparison.Ordinal);
        Assert.Equal("", chosen.Body);
        var redeemed = await _world.RedeemAsync(chosen.Location!);
        Assert.True(redeemed.Status == HttpStatusCode.OK, redeemed.Body);
        Assert.EndsWith(":assumed-role/admin/alice", await _world.WhoIsAsync(redeemed), StringComparison.Ordinal);
        Assert.InRange(int.Parse(JsonDocument.Parse(redeemed.Body).RootElement.GetProperty("ExpiresIn").GetString()!, System.Globalization.CultureInfo.InvariantCulture), 3500, 3600);
        Assert.Equal(HttpStatusCode.BadRequest, (await _world.RedeemAsync(chosen.Location!)).Status);
        var record = (await new SignInWorld(_world.Server).RecordsAsync("RedeemHandOver"))[0];
        Assert.DoesNotContain(JsonDocument.Parse(redeemed.Body).RootElement.GetProperty("SecretAccessKey").GetString()!, record.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_names_its_role_gets_it_with_one_click_if_it_is_offered()
    {
        var page = await _world.ArriveAsync(SamlPageWorld.Sign(_world.Draft(), await _world.BeginForProgramAsync(role: SamlPageWorld.RoleArn("reader"))));
        Assert.Equal(["reader"], page.Roles);
        var at = await _world.ChooseAsync(page, "reader");
        Assert.Equal(HttpStatusCode.SeeOther, at.Status);
        Assert.EndsWith(":assumed-role/reader/alice", await _world.WhoIsAsync(await _world.RedeemAsync(at.Location!)), StringComparison.Ordinal);
        var other = await _world.ArriveAsync(SamlPageWorld.Sign(_world.Draft(), await _world.BeginForProgramAsync(role: SamlPageWorld.RoleArn("closed"))));
        Assert.Equal(["reader", "team/admin"], other.Roles);
    }

    [Fact]
    public async Task Where_the_provider_begins_its_RelayState_says_who_waits()
    {
        var page = await _world.ArriveAsync(SamlPageWorld.Sign(_world.Draft()), $"daypass.4711.{SamlPageWorld.Challenge}");
        var chosen = await _world.ChooseAsync(page, "reader");
        Assert.StartsWith("http://127.0.0.1:4711/?code=", chosen.Location, StringComparison.Ordinal);
        Assert.EndsWith(":assumed-role/reader/alice", await _world.WhoIsAsync(await _world.RedeemAsync(chosen.Location!)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Providers_can_read_where_to_send_people()
    {
        var metadata = await SamlPageWorld.SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(_world.Server.Endpoint, "/saml/metadata")));
        var entity = XElement.Parse(metadata.Body);
        Assert.Equal(_world.Own + "/saml", entity.Attribute("entityID")!.Value);
        Assert.Contains($"Location=\"{_world.Own}/saml\"", metadata.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_is_called_by_its_alias()
    {
        await SignInWorld.OkAsync(_world.Server.Administrator.IamAsync("CreateAccountAlias", ("AccountAlias", "example-corp")));
        try
        {
            Assert.Contains("example-corp", (await _world.ArriveAsync(SamlPageWorld.Sign(_world.Draft()))).Body, StringComparison.Ordinal);
        }
        finally
        {
            await SignInWorld.OkAsync(_world.Server.Administrator.IamAsync("DeleteAccountAlias", ("AccountAlias", "example-corp")));
        }
    }

    private static string Part(PageAnswer page, string name) => WebUtility.HtmlDecode(page.Body).Split($"export {name}='")[1].Split('\'')[0];
}
