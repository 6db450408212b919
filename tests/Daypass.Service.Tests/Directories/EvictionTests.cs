using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Stores;

namespace Daypass.Service.Tests.Directories;

/// <summary>Which accounts stay in memory.</summary>
public sealed class EvictionTests : IDisposable
{
    private readonly SharedStore _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task The_least_recently_used_accounts_go_when_all_take_more_than_the_budget()
    {
        var (node, accounts) = await StartAsync(20, budget: 10);
        foreach (var account in accounts)
        {
            await UseAsync(node, account);
            Pass(node, seconds: 20);
        }
        await UseAsync(node, accounts[0]);
        Pass(node, seconds: 20);
        Assert.InRange(node.Bytes, 1, Size(node) * 10);
        Assert.NotNull(node.Life.Find(accounts[0]));
        Assert.NotNull(node.Life.Find(accounts[^1]));
        Assert.Null(node.Life.Find(accounts[1]));
        Assert.Null(node.Life.Find(accounts[8]));
        Assert.InRange(node.Evicted, 10, 18);
    }

    [Fact]
    public async Task Accounts_that_a_stranger_names_push_nobody_out()
    {
        var (node, accounts) = await StartAsync(40, budget: 10);
        foreach (var account in accounts[..8])
            await UseAsync(node, account);
        Pass(node, seconds: 60);
        foreach (var account in accounts[8..])
            await node.GetAsync(account, default);
        Pass(node, seconds: 1);
        Assert.All(accounts[..8], account => Assert.NotNull(node.Life.Find(account)));
        Assert.InRange(node.Bytes, Size(node) * 8, Size(node) * 10);
    }

    [Fact]
    public async Task An_account_that_nobody_needed_for_an_hour_goes()
    {
        var (node, accounts) = await StartAsync(2, budget: 100);
        await UseAsync(node, accounts[0]);
        await UseAsync(node, accounts[1]);
        Pass(node, seconds: 3000);
        await UseAsync(node, accounts[1]);
        Pass(node, seconds: 700);
        Assert.Null(node.Life.Find(accounts[0]));
        Assert.NotNull(node.Life.Find(accounts[1]));
    }

    [Fact]
    public async Task While_the_store_is_away_nothing_goes_and_what_is_not_here_is_refused_at_once()
    {
        var (node, accounts) = await StartAsync(4, budget: 1);
        foreach (var account in accounts[..3])
            await UseAsync(node, account);
        _world.Memory.OnCall = ViewTimeTests.Away;
        _world.Time.Advance(1001);
        await node.ReadyAsync(_world.Time);
        Pass(node, seconds: 7200);
        Assert.All(accounts[..3], account => Assert.NotNull(node.Life.Find(account)));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => node.GetAsync(accounts[3], default).AsTask());
    }

    [Fact]
    public async Task An_account_bigger_than_the_whole_budget_is_loaded_once_and_serves()
    {
        var (node, accounts) = await StartAsync(3, budget: 0);
        var before = _world.Memory.Loads;
        for (var second = 0; second < 30; second++)
        {
            foreach (var account in accounts)
                await UseAsync(node, account);
            Pass(node, seconds: 1);
        }
        // Two that do not fit together do not load each other out at every call.
        Assert.Equal(before + 3, _world.Memory.Loads);
    }

    [Fact]
    public async Task An_account_that_went_comes_back_with_all_that_was_written_meanwhile()
    {
        var (node, accounts) = await StartAsync(1, budget: 100);
        await UseAsync(node, accounts[0]);
        Pass(node, seconds: 4000);
        Assert.Null(node.Life.Find(accounts[0]));
        await _world.WriteAsync("ada", accounts[0]);
        await node.ReadyAsync(_world.Time);
        Assert.True(await node.KnowsAsync("ada", accounts[0]));
    }

    private static async Task UseAsync(DirectoryCache node, AccountId account)
    {
        Assert.NotNull(await node.GetAsync(account, default));
        node.MarkUsed(account);
    }

    private void Pass(DirectoryCache node, int seconds)
    {
        _world.Time.Advance(TimeSpan.FromSeconds(seconds));
        node.Sweep();
    }

    private static long Size(DirectoryCache node) => node.Life.Accounts.First().Value.Bytes;

    // A budget in accounts, all of one size.
    private async Task<(DirectoryCache Node, AccountId[] Accounts)> StartAsync(int count, int budget)
    {
        AccountId[] accounts = [.. Enumerable.Range(0, count).Select(number => AccountId.Of(200_000_000_000 + number))];
        foreach (var account in accounts)
        {
            await _world.RegisterAsync(account);
            await _world.WriteAsync("first", account);
        }
        using var scale = new DirectoryCache(_world.Memory, _world.Time);
        await scale.StartAsync(default);
        await scale.GetAsync(accounts[0], default);
        return (await _world.StartAsync(new DirectoryOptions { MemoryBudget = budget * scale.Bytes }), accounts);
    }
}
