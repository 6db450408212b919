using System.Net;
using Daypass.Service.Tests.Federation.Saml;
using Daypass.Testing;

namespace Daypass.Server.Tests.SignIn;

/// <summary>One response of a company's provider that offers roles of two accounts, in each of which the company has registered it.</summary>
public sealed class SamlTwoAccounts : IAsyncLifetime
{
    private const string Other = "other";
    private DaypassServer _server = null!;
    private SamlPageWorld _world = null!;
    private SigningClient _second = null!;
    private string _account = "";

    public async Task InitializeAsync()
    {
        _server = await DaypassServer.StartAsync();
        _world = await SamlPageWorld.PrepareAsync(_server);
        _second = await SecondAccount.MakeAsync(_server);
        _account = await SecondAccount.IdOfAsync(_second);
        await RegisterAsync("corp", TestSaml.Metadata(TestSaml.Key));
        foreach (var (name, path) in new[] { ("reader", "/"), ("billing", "/finance/") })
            await PutRoleAsync(name, path);
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    private string Provider => $"arn:aws:iam::{_account}:saml-provider/corp";

    [Fact]
    public async Task The_page_has_the_roles_of_each_account_under_its_name()
    {
        await SignInWorld.OkAsync(_second.IamAsync("CreateAccountAlias", ("AccountAlias", "example-second")));
        var sections = Sections(await _world.ArriveAsync(SamlPageWorld.Sign(Draft())));
        Assert.Equal([DaypassServer.Account, _account], sections.Keys);
        Assert.Equal(["reader", "team/admin"], sections[DaypassServer.Account].Roles);
        Assert.Equal(["finance/billing", "reader"], sections[_account].Roles.Order(StringComparer.Ordinal));
        Assert.Contains($"Account {DaypassServer.Account}</h2>", sections[DaypassServer.Account].Body, StringComparison.Ordinal);
        Assert.Contains($"example-second <span class=\"quiet\">{_account}</span></h2>", sections[_account].Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_role_of_the_second_account_is_handed_to_the_program_that_waits_whoever_was_asked(bool isFirstAsked)
    {
        var begun = await _world.BeginAsync(("provider", isFirstAsked ? SamlPageWorld.Provider : Provider), ("port", "4711"), ("challenge", SamlPageWorld.Challenge));
        var page = await _world.ArriveAsync(SamlPageWorld.Sign(Draft(), SamlPageWorld.RequestOf(begun.Location!).Attribute("ID")!.Value));
        var chosen = await ChooseAsync(page, $"arn:aws:iam::{_account}:role/finance/billing", Provider);
        Assert.StartsWith("http://127.0.0.1:4711/?code=", chosen.Location, StringComparison.Ordinal);
        Assert.Equal($"arn:aws:sts::{_account}:assumed-role/billing/alice", await _world.WhoIsAsync(await _world.RedeemAsync(chosen.Location!)));
    }

    [Fact]
    public async Task A_program_that_names_a_role_of_the_second_account_shows_that_alone_and_not_its_namesake()
    {
        var page = await _world.ArriveAsync(SamlPageWorld.Sign(Draft(), await _world.BeginForProgramAsync(role: $"arn:aws:iam::{_account}:role/reader")));
        var (account, (_, roles)) = Assert.Single(Sections(page));
        Assert.Equal(_account, account);
        Assert.Equal(["reader"], roles);
        var chosen = await ChooseAsync(page, $"arn:aws:iam::{_account}:role/reader", Provider);
        Assert.Equal($"arn:aws:sts::{_account}:assumed-role/reader/alice", await _world.WhoIsAsync(await _world.RedeemAsync(chosen.Location!)));
    }

    [Fact]
    public async Task A_role_of_one_account_is_not_had_by_the_provider_of_the_other()
    {
        var page = await _world.ArriveAsync(SamlPageWorld.Sign(Draft()));
        Assert.Equal(HttpStatusCode.Forbidden, (await ChooseAsync(page, $"arn:aws:iam::{_account}:role/reader", SamlPageWorld.Provider)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await ChooseAsync(page, SamlPageWorld.RoleArn("reader"), Provider)).Status);
    }

    [Fact]
    public async Task An_account_whose_provider_did_not_sign_the_response_shows_nothing_and_hides_no_other()
    {
        await RegisterAsync(Other, TestSaml.Metadata(TestSaml.OtherKey));
        var offers = new[] { $"{SamlPageWorld.RoleArn("reader")},{SamlPageWorld.Provider}", $"arn:aws:iam::{_account}:role/reader,arn:aws:iam::{_account}:saml-provider/{Other}" };
        foreach (var order in new[] { offers, [.. offers.Reverse()] })
        {
            var sections = Sections(await _world.ArriveAsync(SamlPageWorld.Sign(_world.Draft().With("Role", order))));
            Assert.Equal([DaypassServer.Account], sections.Keys);
        }
    }

    private Draft Draft() => _world.Draft().With("Role", [
        .. new[] { "reader", "team/admin", "closed" }.Select(role => $"{SamlPageWorld.RoleArn(role)},{SamlPageWorld.Provider}"),
        .. new[] { "reader", "finance/billing", "missing" }.Select(role => $"arn:aws:iam::{_account}:role/{role},{Provider}"),
        // Neither account's role by its own provider.
        $"arn:aws:iam::{_account}:role/reader,{SamlPageWorld.Provider}",
    ]);

    private Task RegisterAsync(string name, string metadata) =>
        SignInWorld.OkAsync(_second.IamAsync("CreateSAMLProvider", ("Name", name), ("SAMLMetadataDocument", metadata.Replace("HTTP-POST", "HTTP-Redirect", StringComparison.Ordinal))));

    private Task PutRoleAsync(string name, string path) => SignInWorld.OkAsync(_second.IamAsync("CreateRole", ("RoleName", name), ("Path", path), ("AssumeRolePolicyDocument", $$"""
        {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Federated":["{{Provider}}","arn:aws:iam::{{_account}}:saml-provider/{{Other}}"]},"Action":"sts:AssumeRoleWithSAML"} }
        """)));

    private Task<PageAnswer> ChooseAsync(PageAnswer page, string role, string provider) =>
        _world.PostAsync("/saml/session", [("SAMLResponse", page.Hidden("SAMLResponse")), ("RelayState", page.Hidden("RelayState")), ("role", $"{role},{provider}")]);

    private static Dictionary<string, (string Body, IReadOnlyList<string> Roles)> Sections(PageAnswer page) => page.Body.Split("<section ").Skip(1)
        .Select(section => (Account: section.Split("<h2 id=\"a")[1][..12], Body: section)).ToDictionary(section => section.Account, section => (section.Body, (page with { Body = section.Body }).Roles));
}
