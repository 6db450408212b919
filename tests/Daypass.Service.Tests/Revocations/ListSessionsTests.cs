using System.Text.Json.Nodes;
using Daypass.Service.Actions.Daypass.Sessions;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;
using Daypass.Service.Tests.Support;
using static Daypass.Service.Tests.Revocations.RevocationWorld;
using Key = (string Id, string Secret, string? Token);

namespace Daypass.Service.Tests.Revocations;

/// <summary>What is live is shown, and nothing else.</summary>
public sealed class ListSessionsTests : IAsyncLifetime
{
    private RevocationWorld _world = null!;
    private Key _alice;
    private Key _own;
    private Key _first;
    private Key _second;

    // alice's key -> her session -> first (here) -> second (there)
    public async Task InitializeAsync()
    {
        _world = await RevocationWorld.StartAsync();
        _alice = await _world.AddUserAsync(Here, "alice");
        await _world.AddRoleAsync(Here, "first");
        await _world.AddRoleAsync(There, "second");
        _own = await _world.SessionTokenAsync(_alice);
        _first = await _world.AssumeAsync(_own, Here, "first", "alice");
        _second = await _world.AssumeAsync(_first, There, "second");
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task What_is_live_is_shown_newest_first_with_the_chain_it_came_through()
    {
        var sessions = await ListAsync(_world.Admin);
        Assert.Equal([_second.Id, _first.Id, _own.Id], sessions.Select(session => (string)session["AccessKeyId"]!));
        var first = sessions[1];
        Assert.Equal("arn:aws:sts::123456789012:assumed-role/first/session", (string?)first["Arn"]);
        Assert.Equal(("AssumedRole", "alice", "127.0.0.1", "AssumeRole"), ((string?)first["Kind"], (string?)first["SourceIdentity"], (string?)first["SourceIpAddress"], (string?)first["EventName"]));
        var now = _world.Time.Now.ToUnixTimeSeconds();
        Assert.Equal((now, now + 3600), ((long)first["IssuedAt"]!, (long)first["ExpiresAt"]!));
        Assert.Equal(
            ["AccessKey " + _alice.Id + " " + UserArn(Here, "alice"), "Session " + _own.Id + " " + UserArn(Here, "alice")],
            first["Chain"]!.AsArray().Select(link => $"{link!["Kind"]} {link["AccessKeyId"]} {link["PrincipalArn"]}"));
    }

    [Fact]
    public async Task An_account_sees_its_own_and_what_its_own_began_elsewhere_and_of_others_no_names()
    {
        var there = Assert.Single(await ListAsync(_world.AdminThere));
        Assert.Equal(_second.Id, (string?)there["AccessKeyId"]);
        Assert.All(there["Chain"]!.AsArray(), link => Assert.Null(link!["PrincipalArn"]));
        Assert.Equal($"{Here}", (string?)there["Chain"]![0]!["Account"]);
    }

    [Theory]
    [InlineData("expired")]
    [InlineData("revoked")]
    [InlineData("the role is deleted")]
    [InlineData("the key is deactivated")]
    public async Task What_is_over_is_shown_no_more(string how)
    {
        switch (how)
        {
            case "expired":
                _world.Time.Now += TimeSpan.FromHours(1);
                break;
            case "revoked":
                await _world.RevokeAsync(("PrincipalArn", RoleArn(Here, "first")));
                break;
            case "the role is deleted":
                await _world.Bench.Directories.CommitAsync(new Commit { Id = "delete", Set = SetId.Of(Here), Deletes = [DocumentKinds.Role.Key("first")] }, default);
                break;
            default:
                await _world.PutAsync(Here, DocumentKinds.AccessKey, (await _world.Bench.HomeAsync()).FindAccessKey(_alice.Id)! with { IsActive = false });
                break;
        }
        Assert.Equal(how == "the key is deactivated" ? [] : [_own.Id], (await ListAsync(_world.Admin)).Select(session => (string)session["AccessKeyId"]!));
    }

    [Fact]
    public async Task A_filter_shows_what_a_revocation_of_the_same_would_end()
    {
        var bob = await _world.AddUserAsync(Here, "bob");
        var bobs = await _world.AssumeAsync(bob, Here, "first", "bob");
        (string, string)[] filters =
        [
            ("AccessKeyId", _alice.Id), ("AccessKeyId", _first.Id), ("PrincipalArn", UserArn(Here, "bob")), ("PrincipalArn", RoleArn(Here, "first")), ("SourceIdentity", "alice"),
        ];
        var all = new Dictionary<string, Key> { [_own.Id] = _own, [_first.Id] = _first, [_second.Id] = _second, [bobs.Id] = bobs };
        foreach (var filter in filters.Reverse())
        {
            var shown = (await ListAsync(_world.Admin, filter)).Select(session => (string)session["AccessKeyId"]!).ToHashSet();
            var live = new HashSet<string>();
            foreach (var (id, key) in all)
            {
                if (await _world.LivesAsync(key))
                    live.Add(id);
            }
            await _world.RevokeAsync(filter);
            foreach (var id in live)
                Assert.Equal(shown.Contains(id), !await _world.LivesAsync(all[id]));
        }
    }

    [Theory]
    [InlineData("PrincipalArn", "arn:aws:iam::123456789012:role/nobody", "NoSuchEntity")]
    [InlineData("PrincipalArn", "arn:aws:iam::222222222222:role/second", "AccessDenied")]
    [InlineData("NextToken", "made up", "ValidationError")]
    [InlineData("MaxResults", "51", "ValidationError")]
    public async Task What_cannot_be_looked_for_is_refused(string parameter, string value, string code) =>
        Assert.Equal(code, (await _world.RefusalAsync(_world.Admin, "ListSessions", (parameter, value))).Code);

    [Fact]
    public async Task Who_may_see_the_sessions_of_one_role_sees_no_others()
    {
        var helper = await _world.AddUserAsync(Here, "helper", $$"""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"daypass:ListSessions","Resource":"{{RoleArn(Here, "first")}}"} }""");
        Assert.Equal(2, (await ListAsync(helper, ("PrincipalArn", RoleArn(Here, "first")))).Count);
        Assert.Equal("AccessDenied", (await _world.RefusalAsync(helper, "ListSessions")).Code);
        Assert.Equal("AccessDenied", (await _world.RefusalAsync(helper, "ListSessions", ("SourceIdentity", "alice"))).Code);
    }

    [Fact]
    public async Task Pages_go_through_all_of_them_once_and_each_looks_at_no_more_than_its_size()
    {
        for (var i = 0; i < 20; i++)
            await _world.AssumeAsync(_alice, Here, "first");
        var (seen, token, pages) = (new List<string>(), (string?)null, 0);
        do
        {
            (string, string)[] next = token is null ? [] : [("NextToken", token)];
            var answer = (ListSessions.Response)await _world.GoodAsync(_world.Admin, "ListSessions", [("MaxResults", "5"), .. next]);
            Assert.InRange(answer.Sessions.Count, 0, 5);
            seen.AddRange(answer.Sessions.Select(session => session.AccessKeyId));
            (token, pages) = (answer.NextToken, pages + 1);
        }
        while (token is not null);
        Assert.Equal((23, 23, 5), (seen.Count, seen.Distinct().Count(), pages));
    }

    [Fact]
    public async Task A_token_of_one_filter_does_not_go_on_with_another()
    {
        var answer = (ListSessions.Response)await _world.GoodAsync(_world.Admin, "ListSessions", ("MaxResults", "1"));
        Assert.Equal("ValidationError", (await _world.RefusalAsync(_world.Admin, "ListSessions", ("SourceIdentity", "alice"), ("NextToken", answer.NextToken!))).Code);
    }

    [Fact]
    public async Task No_secret_and_no_token_is_shown()
    {
        var text = string.Concat((await ListAsync(_world.Admin)).Select(session => session.ToJsonString()));
        Assert.DoesNotContain(_first.Secret, text, StringComparison.Ordinal);
        Assert.DoesNotContain(_first.Token!, text, StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<JsonNode>> ListAsync(Key caller, params (string, string)[] filter) =>
        [.. Shown.Of(await _world.GoodAsync(caller, "ListSessions", filter))["Sessions"]!.AsArray().OfType<JsonNode>()];
}
