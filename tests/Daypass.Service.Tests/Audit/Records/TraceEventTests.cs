using System.Text.Json.Nodes;
using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Stores;
using Daypass.Service.Tests.Support;
using static Daypass.Service.Tests.Audit.Records.ChainWorld;

namespace Daypass.Service.Tests.Audit.Records;

/// <summary>From any event the whole chain back to the person, and of other accounts no more than one's own records tell.</summary>
public sealed class TraceEventTests : IAsyncLifetime
{
    private ChainWorld _world = null!;

    public async Task InitializeAsync() => _world = await StartAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task An_event_of_a_long_term_key_leads_to_its_user_at_once()
    {
        await _world.OkAsync(_world.Admin, "ListUsers");
        var chain = await _world.TraceAsync(Home, "ListUsers");
        Equal("""[{"AccountId":"123456789012","Type":"IAMUser","PrincipalId":"AIDAEXAMPLE","Arn":"arn:aws:iam::123456789012:user/admin","UserName":"admin","AccessKeyId":"ADMINKEYEXAMPLE1"}]""", chain["Links"]!);
        Assert.True(chain["IsComplete"]!.GetValue<bool>());
        Assert.Equal("ListUsers", chain["Event"].Text("EventName"));
    }

    [Fact]
    public async Task Each_hop_within_an_account_is_told_with_the_event_that_issued_it()
    {
        var first = await _world.AssumeAsync(_world.Admin, Home, "first", ("SourceIdentity", "alice"));
        await _world.OkAsync(first, "ListUsers");
        var (chain, issue) = (await _world.TraceAsync(Home, "ListUsers"), await _world.NewestAsync(Home, "AssumeRole"));
        Assert.Equal(["admin", null], chain["Links"]!.AsArray().Select(link => link!["UserName"]?.GetValue<string>()));
        var last = chain["Links"]![1];
        Assert.Equal(
            ("AssumedRole", "AROAEXAMPLEFIRST:first-session", "arn:aws:sts::123456789012:assumed-role/first/first-session", first.Id, issue.Text("eventID"), "AssumeRole", "alice"),
            (last.Text("Type"), last.Text("PrincipalId"), last.Text("Arn"), last.Text("AccessKeyId"), last.Text("IssuedByEventId"), last.Text("IssuedByEventName"), last.Text("SourceIdentity")));
        Assert.Equal("alice", chain.Text("SourceIdentity"));
        // It was set by the call, and not yet the user's.
        Assert.Null(chain["Links"]![0]!["SourceIdentity"]);
        Assert.False(last!["MfaAuthenticated"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Three_roles_away_across_accounts_the_owner_of_the_last_sees_its_own_hops_and_ids_of_the_rest()
    {
        var first = await _world.AssumeAsync(_world.Admin, Home, "first", ("SourceIdentity", "alice"));
        var partner = await _world.AssumeAsync(first, Other, "partner");
        var inner = await _world.AssumeAsync(partner, Other, "inner");
        await _world.OkAsync(inner, "ListUsers");

        var chain = await _world.TraceAsync(Other, "ListUsers");
        var links = chain["Links"]!.AsArray();
        Equal("""{"AccountId":"123456789012","Type":"AWSAccount","PrincipalId":"AIDAEXAMPLE"}""", links[0]!);
        Assert.Equal(["AccountId", "Type", "PrincipalId", "IssuedTime"], links[1]!.AsObject().Select(member => member.Key));
        Assert.Equal(("123456789012", "AROAEXAMPLEFIRST:first-session"), (links[1].Text("AccountId"), links[1].Text("PrincipalId")));
        Assert.Equal(["partner-session", "inner-session"], links.Skip(2).Select(link => link.Text("PrincipalId").Split(':')[1]));
        Assert.Equal([partner.Id, inner.Id], links.Skip(2).Select(link => link.Text("AccessKeyId")));
        Assert.Equal("alice", chain.Text("SourceIdentity"));
        Assert.True(chain["IsComplete"]!.GetValue<bool>());

        // What it tells to ask the other account for.
        var (own, theirs) = (await IssueAsync(Other, partner.Id), await IssueAsync(Home, partner.Id));
        Assert.Equal((own.Text("eventID"), theirs.Text("sharedEventID")), (links[2].Text("IssuedByEventId"), links[2].Text("IssuedBySharedEventId")));
        foreach (var secret in new[] { "ADMINKEYEXAMPLE1", "user/admin", "assumed-role/first", first.Id, theirs.Text("eventID"), (await IssueAsync(Home, first.Id)).Text("eventID") })
            Assert.DoesNotContain(secret, chain.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_between_sees_neither_names_nor_keys_of_the_one_before_it()
    {
        var first = await _world.AssumeAsync(_world.Admin, Home, "first");
        var partner = await _world.AssumeAsync(first, Other, "partner");
        var far = await _world.AssumeAsync(partner, Third, "far");
        await _world.OkAsync(far, "ListUsers");

        var links = (await _world.TraceAsync(Third, "ListUsers"))["Links"]!.AsArray();
        Assert.Equal(["AIDAEXAMPLE", "AROAEXAMPLEFIRST", "AROAEXAMPLEPARTNER:partner-session", "AROAEXAMPLEFAR:far-session"], links.Each("PrincipalId"));
        Assert.Equal(["123456789012", "123456789012", "210987654321", "333344445555"], links.Each("AccountId"));
        Assert.Equal([null, null, null, far.Id], links.Select(link => link!["AccessKeyId"]?.GetValue<string>()));
        Assert.Equal(["AWSAccount", "AWSAccount", "AWSAccount", "AssumedRole"], links.Each("Type"));
    }

    [Fact]
    public async Task Whoever_comes_back_to_the_first_account_is_traced_through_the_other_by_the_own_records_on_both_sides()
    {
        var partner = await _world.AssumeAsync(_world.Admin, Other, "partner");
        var back = await _world.AssumeAsync(partner, Home, "back");
        await _world.OkAsync(back, "ListUsers");

        var links = (await _world.TraceAsync(Home, "ListUsers"))["Links"]!.AsArray();
        Assert.Equal("admin", links[0].Text("UserName"));
        // The session in the other account was issued to a call of this one, whose record names it.
        Assert.Equal(
            ("AWSAccount", "AROAEXAMPLEPARTNER:partner-session", "arn:aws:sts::210987654321:assumed-role/partner/partner-session", partner.Id, (await IssueAsync(Home, partner.Id)).Text("eventID")),
            (links[1].Text("Type"), links[1].Text("PrincipalId"), links[1].Text("Arn"), links[1].Text("AccessKeyId"), links[1].Text("IssuedByEventId")));
        Assert.Equal((back.Id, (await IssueAsync(Home, back.Id)).Text("eventID")), (links[2].Text("AccessKeyId"), links[2].Text("IssuedByEventId")));
    }

    [Fact]
    public async Task The_owners_record_of_a_strangers_call_leads_to_the_strangers_account()
    {
        await _world.AssumeAsync(await _world.AssumeAsync(_world.Admin, Home, "first"), Other, "partner", ("SourceIdentity", "alice"));
        var chain = await _world.TraceAsync(Other, "AssumeRole");
        Assert.Equal(["AIDAEXAMPLE", "AROAEXAMPLEFIRST:first-session"], chain["Links"]!.Each("PrincipalId"));
        Assert.All(chain["Links"]!.AsArray(), link => Assert.Null(link!["AccessKeyId"]));
        Assert.Equal("alice", chain.Text("SourceIdentity"));
    }

    [Fact]
    public async Task A_session_of_a_user_and_a_federated_user_lead_to_the_user()
    {
        var session = KeyOf(await _world.OkAsync(_world.Admin, "GetSessionToken"));
        await _world.OkAsync(await _world.AssumeAsync(session, Home, "first"), "ListUsers");
        var chain = await _world.TraceAsync(Home, "ListUsers");
        Assert.Equal(["IAMUser", "IAMUser", "AssumedRole"], chain["Links"]!.Each("Type"));
        Assert.Equal(["GetSessionToken", "AssumeRole"], chain["Links"]!.AsArray().Skip(1).Select(link => link.Text("IssuedByEventName")));

        var federated = KeyOf(await _world.OkAsync(_world.Admin, "GetFederationToken", ("Name", "bob"), ("Policy", """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}""")));
        await _world.OkAsync(federated, "GetCallerIdentity");
        Assert.Equal(["IAMUser", "FederatedUser"], (await _world.TraceAsync(Home, "GetCallerIdentity"))["Links"]!.Each("Type"));
    }

    [Fact]
    public async Task A_refused_call_is_traced_as_any_other()
    {
        var first = await _world.AssumeAsync(_world.Admin, Home, "first");
        await _world.Bench.CallAsync(first, "GetUser", ("UserName", "nobody"));
        var chain = await _world.TraceAsync(Home, "GetUser");
        Assert.Equal(("NoSuchEntity", 2), (chain["Event"].Text("ErrorCode"), chain["Links"]!.AsArray().Count));
    }

    [Fact]
    public async Task Where_the_issuing_event_is_gone_the_chain_ends_and_says_so()
    {
        var first = await _world.AssumeAsync(_world.Admin, Home, "first");
        await _world.OkAsync(first, "ListUsers");
        var id = (await _world.NewestAsync(Home, "ListUsers")).Text("eventID");
        _world.Bench.Store.Forget(found => found.EventName == "AssumeRole");
        var chain = await _world.OkAsync(_world.Admin, "TraceEvent", ("EventId", id));
        Assert.Equal([first.Id], chain["Links"]!.Each("AccessKeyId"));
        Assert.False(chain["IsComplete"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Where_the_callers_own_record_is_gone_no_more_is_told_than_the_owners_says()
    {
        await _world.OkAsync(await _world.AssumeAsync(_world.Admin, Other, "partner"), "ListUsers");
        await _world.Bench.TrailAsync();
        _world.Bench.Store.Forget(found => found.Account == Home);
        var chain = await _world.TraceAsync(Other, "ListUsers");
        Assert.Equal(["AIDAEXAMPLE", "AROAEXAMPLEPARTNER:partner-session"], chain["Links"]!.Each("PrincipalId"));
        Assert.False(chain["IsComplete"]!.GetValue<bool>());
    }

    [Fact]
    public async Task An_event_of_another_accounts_trail_does_not_exist()
    {
        await _world.OkAsync(_world.Admin, "ListUsers");
        var id = (await _world.NewestAsync(Home, "ListUsers")).Text("eventID");
        var answer = await _world.Bench.CallAsync(_world.ReaderOf(Other), "TraceEvent", ("EventId", id));
        Assert.Equal(("NoSuchEntity", $"The trail of this account has no event {id}."), (answer.Error!.Code, answer.Error.Message));
    }

    [Theory]
    [InlineData("daypass:TraceEvent", "cloudtrail:LookupEvents")]
    [InlineData("cloudtrail:LookupEvents", "daypass:TraceEvent")]
    public async Task Who_may_not_read_the_trail_may_not_trace_either(string allowed, string lacking)
    {
        await _world.Bench.PutAsync(SetId.Of(Home), DocumentKinds.User, (await _world.Bench.HomeAsync()).FindUser("admin")! with
        {
            Attached = [], Inline = [new InlinePolicy("only", $$"""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"{{allowed}}","Resource":"*"} }""")],
        });
        var refusal = (await _world.Bench.CallAsync("TraceEvent", ("EventId", "e"))).Error!;
        Assert.Equal("AccessDenied", refusal.Code);
        Assert.Contains(lacking, refusal.Message, StringComparison.Ordinal);
    }

    // The record of the call that issued this key, in an account's trail.
    private async Task<JsonNode> IssueAsync(AccountId account, string key) => (await _world.Bench.TrailAsync())
        .Single(record => record.Text("recipientAccountId") == $"{account}" && record["responseElements"]?["credentials"]?["accessKeyId"]?.GetValue<string>() == key);

    private static void Equal(string expected, JsonNode actual) => Assert.Equal(JsonNode.Parse(expected)!.ToJsonString(), actual.ToJsonString());
}
