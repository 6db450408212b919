using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Revocations;
using Daypass.Service.Stores;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Revocations;

/// <summary>Revocations are kept as long as there can be a session that they end, and no longer.</summary>
public sealed class PurgeTests : IAsyncLifetime
{
    private RevocationWorld _world = null!;

    public async Task InitializeAsync() => _world = await RevocationWorld.StartAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    private InstallationDirectory Installation => _world.Bench.Directories.Installation;

    [Fact]
    public async Task What_nothing_can_be_left_for_goes_and_the_rest_stays()
    {
        await PutAsync(1200, _world.Time.Now);
        _world.Time.Now += TimeSpan.FromMinutes(10);
        await _world.RevokeAsync(("AllSessions", "true"));
        _world.Time.Now += RevocationPurge.KeptFor - TimeSpan.FromMinutes(10);
        await PurgeAsync();
        Assert.Equal(1201, Installation.Documents.Count(DocumentKinds.Revocation));
        _world.Time.Now += TimeSpan.FromSeconds(1);
        await PurgeAsync();
        Assert.Equal("All", Assert.Single(Installation.Documents.All(DocumentKinds.Revocation)).Kind);
    }

    [Fact]
    public void It_is_kept_for_longer_than_any_session_that_it_ends_can_live() =>
        Assert.True(RevocationPurge.KeptFor > TimeSpan.FromHours(36 + 24), "36 hours are the longest session, 24 the longest that a node issues without having heard of it.");

    [Fact]
    public async Task A_clock_that_is_moved_hurries_nothing_away()
    {
        await PutAsync(1, _world.Time.Now);
        await _world.Bench.PutAsync(SetId.Installation, DocumentKinds.Clock, new ClockOffset(30 * 24 * 3600));
        await PurgeAsync();
        Assert.Equal(1, Installation.Documents.Count(DocumentKinds.Revocation));
    }

    [Fact]
    public async Task What_is_purged_is_looked_up_no_more()
    {
        var alice = await _world.AddUserAsync(RevocationWorld.Here, "alice");
        await _world.AddRoleAsync(RevocationWorld.Here, "first");
        var session = await _world.AssumeAsync(alice, RevocationWorld.Here, "first");
        await _world.RevokeAsync(("AccessKeyId", session.Id));
        await _world.AssertAsync(false, session);
        var claims = _world.Bench.Vault.OpenSession(session.Token!, session.Id)!;
        Assert.NotNull(Installation.Revocations.Find(session.Id, claims));
        _world.Time.Now += RevocationPurge.KeptFor + TimeSpan.FromSeconds(1);
        await PurgeAsync();
        Assert.Null(Installation.Revocations.Find(session.Id, claims));
    }

    [Fact]
    public async Task A_node_that_starts_anew_knows_them_all()
    {
        var alice = await _world.AddUserAsync(RevocationWorld.Here, "alice");
        await _world.AddRoleAsync(RevocationWorld.Here, "first");
        var before = await _world.AssumeAsync(alice, RevocationWorld.Here, "first");
        await _world.RevokeAsync(("PrincipalArn", RevocationWorld.RoleArn(RevocationWorld.Here, "first")));
        var after = await _world.AssumeAsync(alice, RevocationWorld.Here, "first");
        await using var second = await PipelineBench.JoinAsync(_world.Bench.Store, time: _world.Time);
        Assert.Equal("ExpiredToken", (await second.CallAsync(before, "GetCallerIdentity")).Error?.Code);
        Assert.Null((await second.CallAsync(after, "GetCallerIdentity")).Error);
    }

    private Task PurgeAsync() => new RevocationPurge(_world.Bench.Directories, new SeededEntropy(99), _world.Time).RunDueAsync(default);

    private async Task PutAsync(int count, DateTimeOffset at)
    {
        var puts = Enumerable.Range(0, count).Select(i => DocumentsOfTests.Of(AccountId.Of(123456789012), $"ASIAEXAMPLE{i}", at)).Select(one => new Put(DocumentKinds.Revocation.KeyOf(one), DocumentKinds.Revocation.Write(one)));
        await _world.Bench.Directories.CommitAsync(new Commit { Id = $"put {count}", Set = SetId.Installation, Puts = [.. puts] }, default);
    }
}
