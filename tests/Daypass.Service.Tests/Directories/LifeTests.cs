using Daypass.Service.Directories;
using Daypass.Service.Stores;

namespace Daypass.Service.Tests.Directories;

/// <summary>Restores and failovers that lost commits: nothing of one life of the store is mixed with another (docs/decisions/0011).</summary>
public sealed class LifeTests : IDisposable
{
    private readonly SharedStore _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("restored")]
    [InlineData(null)]
    public async Task What_a_store_has_lost_is_gone_here_too(string? epoch)
    {
        var node = await _world.StartAsync();
        var kept = _world.Memory.Commits;
        await _world.WriteAsync("revoked");
        Assert.True(await node.KnowsAsync("revoked"));
        await node.ReadyAsync(_world.Time);
        var resets = 0;
        node.Reset += () => resets++;

        _world.Memory.GoBack(kept, epoch);
        // As many as were lost, and one more: sequences alone would tell nothing.
        await _world.WriteAsync("ada");
        await _world.WriteAsync("bob");
        await node.ReadyAsync(_world.Time);

        Assert.False(await node.KnowsAsync("revoked"));
        Assert.True(await node.KnowsAsync("ada"));
        Assert.True(await node.KnowsAsync("bob"));
        Assert.Equal(1, resets);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(3, false)]
    [InlineData(1, true)]
    [InlineData(3, true)]
    public async Task What_was_loaded_before_the_feed_told_it_and_is_lost_is_gone_here_too(int written, bool isSameAccount)
    {
        var node = await _world.StartAsync();
        var kept = _world.Memory.Commits;
        await _world.WriteAsync("revoked");
        Assert.True(await node.KnowsAsync("revoked"));
        Assert.Equal(kept, node.AppliedSequence);

        // A failover to a server that had not got it: nothing that the feed has told is lost.
        _world.Memory.GoBack(kept);
        for (var i = 1; i <= written; i++)
            await _world.WriteAsync($"new{i}", isSameAccount ? SharedStore.First : SharedStore.Second);
        _world.Time.Advance(1001);
        await node.ReadyAsync(_world.Time);

        Assert.False(await node.KnowsAsync("revoked"));
        for (var i = 1; i <= written; i++)
            Assert.True(await node.KnowsAsync($"new{i}", isSameAccount ? SharedStore.First : SharedStore.Second));
    }

    [Fact]
    public async Task An_account_that_a_store_has_lost_is_not_an_empty_one()
    {
        var node = await _world.StartAsync();
        var kept = _world.Memory.Commits;
        await _world.WriteAsync("ada");
        _world.Time.Advance(1001);
        await node.ReadyAsync(_world.Time);
        _world.Memory.GoBack(kept);
        var life = node.Life;
        await node.KnowsAsync("ada");
        Assert.NotSame(life, node.Life);
    }

    [Fact]
    public async Task While_the_new_life_cannot_be_read_nothing_is_decided_by_the_old_one()
    {
        var node = await _world.StartAsync();
        await node.KnowsAsync("ada");
        _world.Memory.GoBack(_world.Memory.Commits, "restored");
        _world.Memory.OnCall = call => call == "feed" ? Task.CompletedTask : ViewTimeTests.Away(call);
        _world.Time.Advance(1001);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => node.ReadyAsync(_world.Time));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => node.ReadyAsync(_world.Time));

        _world.Memory.OnCall = _ => Task.CompletedTask;
        Assert.True(await node.View.ReadSinceAsync(_world.Time.GetTimestamp()));
        await node.ReadyAsync(_world.Time);
    }

    [Fact]
    public async Task What_was_found_in_the_old_life_serves_no_decision_in_the_new_one()
    {
        var node = await _world.StartAsync();
        var old = node.Life;
        Assert.True(node.Serves(old, _world.Time.GetTimestamp(), _world.Time.GetUtcNow()));
        _world.Memory.GoBack(_world.Memory.Commits, "restored");
        _world.Time.Advance(1001);
        await node.ReadyAsync(_world.Time);
        Assert.False(node.Serves(old, _world.Time.GetTimestamp(), _world.Time.GetUtcNow()));
        Assert.True(node.Serves(node.Life, _world.Time.GetTimestamp(), _world.Time.GetUtcNow()));
        Assert.Equal(CommitOutcome.Conflict, (await node.CommitAsync(_world.CommitOf("ada"), old, TimeSpan.FromSeconds(1))).Outcome);
    }

    [Fact]
    public async Task A_load_that_began_in_the_old_life_does_not_get_into_the_new_one()
    {
        var node = await _world.StartAsync();
        var kept = _world.Memory.Commits;
        await _world.WriteAsync("revoked");
        await node.ReadyAsync(_world.Time);
        var isLoaded = new TaskCompletionSource();
        var mayReturn = new TaskCompletionSource();
        _world.Memory.OnCall = call =>
        {
            if (call != "loaded" || !isLoaded.TrySetResult())
                return Task.CompletedTask;
            return mayReturn.Task;
        };
        var loading = node.KnowsAsync("revoked");
        await isLoaded.Task;
        _world.Memory.GoBack(kept, "restored");
        _world.Time.Advance(1001);
        await node.ReadyAsync(_world.Time);
        mayReturn.SetResult();

        Assert.False(await loading);
        Assert.False(await node.KnowsAsync("revoked"));
    }

    [Fact]
    public async Task A_load_that_finds_another_life_makes_the_node_begin_it()
    {
        var node = await _world.StartAsync();
        _world.Memory.GoBack(_world.Memory.Commits, "restored");
        await _world.WriteAsync("ada");
        Assert.True(await node.KnowsAsync("ada"));
        Assert.Equal("restored", node.Life.Epoch);
    }
}
