using Daypass.Leases;
using Daypass.Names;
using Daypass.Service.Actions.Daypass;
using Daypass.Service.Directories;
using Daypass.Service.Stores;
using static Daypass.Service.Tests.Revocations.RevocationWorld;
using Key = (string Id, string Secret, string? Token);

namespace Daypass.Service.Tests.Revocations;

/// <summary>What becomes of a chain when something on its way is deleted or deactivated, in whichever account.</summary>
public sealed class AncestryTests : IAsyncLifetime
{
    private RevocationWorld _world = null!;
    private Key _alice;
    private Key _first;
    private Key _second;

    // alice's key -> first (here) -> second (there)
    public async Task InitializeAsync()
    {
        _world = await RevocationWorld.StartAsync();
        _alice = await _world.AddUserAsync(Here, "alice");
        await _world.AddRoleAsync(Here, "first");
        await _world.AddRoleAsync(There, "second");
        _first = await _world.AssumeAsync(_alice, Here, "first");
        _second = await _world.AssumeAsync(_first, There, "second");
        await _world.AssertAsync(true, _first, _second);
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    public static TheoryData<string> Endings => ["the key is deleted", "the key is deactivated", "the user is deleted", "the user is made again", "the first role is deleted", "the first role is made again"];

    [Theory]
    [MemberData(nameof(Endings))]
    public async Task A_chain_ends_with_what_it_came_of_at_other_accounts_too(string what)
    {
        var home = await _world.Bench.HomeAsync();
        await (what switch
        {
            "the key is deleted" => DeleteAsync(DocumentKinds.AccessKey.Key(_alice.Id)),
            "the key is deactivated" => _world.PutAsync(Here, DocumentKinds.AccessKey, home.FindAccessKey(_alice.Id)! with { IsActive = false }),
            "the user is deleted" => DeleteAsync(DocumentKinds.User.Key("alice")),
            "the user is made again" => _world.PutAsync(Here, DocumentKinds.User, home.FindUser("alice")! with { Id = "AIDAANOTHER" }),
            "the first role is deleted" => DeleteAsync(DocumentKinds.Role.Key("first")),
            _ => _world.PutAsync(Here, DocumentKinds.Role, home.FindRole("first")! with { Id = "AROAANOTHER" }),
        });
        foreach (var session in (Key[])[_first, _second])
            Assert.Equal("InvalidClientTokenId", (await _world.RefusalAsync(session, "GetCallerIdentity")).Code);
    }

    [Fact]
    public async Task A_key_that_is_activated_again_brings_its_sessions_back()
    {
        var key = (await _world.Bench.HomeAsync()).FindAccessKey(_alice.Id)!;
        await _world.PutAsync(Here, DocumentKinds.AccessKey, key with { IsActive = false });
        await _world.RefusalAsync(_second, "GetCallerIdentity");
        await _world.PutAsync(Here, DocumentKinds.AccessKey, key);
        await _world.AssertAsync(true, _first, _second);
    }

    [Fact]
    public async Task A_lease_is_refused_when_what_its_session_came_of_in_another_account_is_gone()
    {
        await _world.GoodAsync(_world.AdminThere, "RegisterService", ("Name", "shop"), ("Region", "us-east-1"));
        Assert.Equal((LeaseProtocol.Granted, null), await LeaseAsync());
        await DeleteAsync(DocumentKinds.AccessKey.Key(_alice.Id));
        Assert.Equal((LeaseProtocol.Refused, "InvalidClientTokenId"), await LeaseAsync());
    }

    [Fact]
    public async Task A_lease_is_refused_when_the_session_or_what_it_came_of_is_revoked()
    {
        await _world.GoodAsync(_world.AdminThere, "RegisterService", ("Name", "shop"), ("Region", "us-east-1"));
        Assert.Equal((LeaseProtocol.Granted, null), await LeaseAsync());
        await _world.RevokeAsync(("PrincipalArn", UserArn(Here, "alice")));
        Assert.Equal((LeaseProtocol.Refused, "ExpiredToken"), await LeaseAsync());
    }

    [Theory]
    [InlineData("2026-11-22T12:00:00Z", false)]
    [InlineData("2026-11-22T12:00:01Z", true)]
    public async Task AWSs_own_way_a_policy_that_denies_by_the_tokens_issue_time_works(string before, bool isDenied)
    {
        await _world.AddRoleAsync(Here, "first", $$"""
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},
             {"Effect":"Deny","Action":"*","Resource":"*","Condition":{"DateLessThan":{"aws:TokenIssueTime":"{{before}}"} } }]}
            """);
        var error = (await _world.Bench.CallAsync(_first, "ListUsers")).Error;
        Assert.Equal(isDenied ? "AccessDenied" : null, error?.Code);
        // It is a policy: who the session is, it may still ask.
        await _world.AssertAsync(true, _first);
    }

    private async Task<(string Status, string? Code)> LeaseAsync()
    {
        var answer = (AcquireLeases.Response)await _world.GoodAsync(_world.AdminThere, "AcquireLeases", [.. Proofs.Of(_second, "shop", _world.Time.Now)]);
        return (answer.Leases.Single().Status, answer.Leases.Single().Code);
    }

    private Task DeleteAsync(DocumentKey key) => _world.Bench.Directories.CommitAsync(new Commit { Id = key.Name, Set = SetId.Of(Here), Deletes = [key] }, default).AsTask();
}
