using Daypass.Policies;
using Daypass.Service.Audit;
using Daypass.Service.Tests.Support;
using Daypass.Tokens;
using static Daypass.Service.Tests.Audit.Records.ChainWorld;

namespace Daypass.Service.Tests.Audit.Records;

/// <summary>What LookupEvents finds a call by: user name, key and resources, for every shape of caller.</summary>
public sealed class UsernameTests
{
    [Fact]
    public async Task An_event_is_found_by_the_name_and_key_of_who_called_in_the_callers_own_trail_only()
    {
        await using var world = await StartAsync();
        var session = KeyOf(await world.OkAsync(world.Admin, "GetSessionToken"));
        var bob = KeyOf(await world.OkAsync(world.Admin, "GetFederationToken", ("Name", "bob")));
        await world.OkAsync(bob, "GetCallerIdentity");
        var partner = await world.AssumeAsync(session, Other, "partner");
        await world.OkAsync(partner, "ListUsers");
        await world.Bench.TrailAsync();
        Assert.Equal(
            [
                ($"{Home} GetSessionToken", "admin", "ADMINKEYEXAMPLE1"),
                ($"{Home} GetFederationToken", "admin", "ADMINKEYEXAMPLE1"),
                ($"{Home} GetCallerIdentity", "bob", bob.Id),
                ($"{Home} AssumeRole", "admin", session.Id),
                ($"{Other} AssumeRole", "", ""),
                ($"{Other} ListUsers", "partner-session", partner.Id),
            ],
            world.Bench.Store.Trail.Select(found => ($"{found.Account} {found.EventName}", found.Username, found.AccessKeyId)));
    }

    [Fact]
    public async Task What_a_call_issued_is_among_its_resources_in_every_trail_and_not_in_the_record()
    {
        await using var world = await StartAsync();
        var partner = await world.AssumeAsync(world.Admin, Other, "partner");
        var session = KeyOf(await world.OkAsync(world.Admin, "GetSessionToken"));
        var key = (await world.OkAsync(world.Admin, "CreateAccessKey"))["AccessKey"].Text("AccessKeyId");
        var records = await world.Bench.TrailAsync();
        Assert.Equal(
            new[] { partner.Id, partner.Id, session.Id, key }.Order(StringComparer.Ordinal),
            world.Bench.Store.Trail.Select(found => found.Resources.Single(resource => resource.Type == "AWS::IAM::AccessKey").Name).Order(StringComparer.Ordinal));
        Assert.All(records.Where(record => record.Text("eventName") == "AssumeRole"), record =>
            Assert.Equal("""[{"accountId":"210987654321","type":"AWS::IAM::Role","ARN":"arn:aws:iam::210987654321:role/partner"}]""", record["resources"]!.ToJsonString()));
        Assert.Null(records.Single(record => record.Text("eventName") == "GetSessionToken")["resources"]);
    }

    [Fact]
    public void A_root_session_is_called_root()
    {
        var bench = new ActionBench();
        var root = bench.Caller with { Principal = Principal.Root(ActionBench.HomeAccount), User = null, Session = AuditCalls.Session(bench) with { Kind = SessionKind.AssumedRoot } };
        Assert.Equal("root", AuditIdentity.UsernameOf(root, ActionBench.HomeAccount));
        Assert.Equal("", AuditIdentity.UsernameOf(root, Other));
    }
}
