using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Stores;

namespace Daypass.Service.Tests.Directories;

/// <summary>
/// Loads, looks at the feed, own commits, evictions, failures and restores at random moments of one another: what a node says it has caught
/// up with, it has, and nothing of another life.
/// </summary>
public sealed class CacheRaceTests
{
    private const int Accounts = 4;
    private const int Steps = 150;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task A_node_that_has_caught_up_holds_exactly_what_the_store_holds(int seed)
    {
        using var world = new SharedStore();
        AccountId[] accounts = [.. Enumerable.Range(0, Accounts).Select(number => AccountId.Of(300_000_000_000 + number))];
        foreach (var account in accounts)
            await world.RegisterAsync(account);
        var registered = world.Memory.Commits;
        DirectoryCache[] nodes = [await world.StartAsync(new DirectoryOptions { MemoryBudget = 0 }), await world.StartAsync()];
        var chance = new Random(seed);
        // The store's answers come late, each by another amount, and sometimes not at all.
        world.Memory.OnCall = _ => Late(chance);

        for (var step = 0; step < Steps; step++)
        {
            var (node, account) = (nodes[Next(chance, nodes.Length)], accounts[Next(chance, Accounts)]);
            List<Task> work = [.. Enumerable.Range(0, 1 + Next(chance, 5)).Select(_ => DoAsync(world, node, nodes, accounts[Next(chance, Accounts)], chance, registered))];
            await world.Time.UntilAsync(Task.WhenAll(work));
            if (step % 5 == 0)
                await CheckAsync(world, node, account);
        }
    }

    private static async Task DoAsync(SharedStore world, DirectoryCache node, DirectoryCache[] nodes, AccountId account, Random chance, int registered)
    {
        try
        {
            switch (Next(chance, 12))
            {
                case < 4:
                    await node.GetAsync(account, default);
                    node.MarkUsed(account);
                    break;
                case < 8:
                    var name = $"user{Next(chance, 1_000_000)}";
                    await node.CommitAsync(world.CommitOf(name, account), default);
                    break;
                case 8:
                    await node.View.ReadSinceAsync(world.Time.GetTimestamp());
                    break;
                case 9:
                    Array.ForEach(nodes, each => each.Sweep());
                    break;
                case 10:
                    world.Time.Advance(Next(chance, 20_000));
                    break;
                default:
                    if (Next(chance, 4) == 0)
                        world.Memory.GoBack(Math.Max(registered, world.Memory.Commits - Next(chance, 5)), Next(chance, 2) == 0 ? $"epoch{Next(chance, 1_000_000)}" : null);
                    break;
            }
        }
        catch (StoreUnavailableException)
        {
            // What fails may fail; what is said to be known must be so.
        }
    }

    // What was given up may still happen behind it, so a difference must last to count.
    private static async Task CheckAsync(SharedStore world, DirectoryCache node, AccountId account)
    {
        var late = world.Memory.OnCall;
        world.Memory.OnCall = _ => Task.CompletedTask;
        for (var tries = 1; ; tries++)
        {
            var (held, stored) = await CompareAsync(world, node, account);
            if (tries == 5)
                Assert.Equal(stored, held);
            if (held is not null && held.SequenceEqual(stored))
                break;
        }
        world.Memory.OnCall = late;
    }

    private static async Task<(IReadOnlyList<Expectation>? Held, IReadOnlyList<Expectation> Stored)> CompareAsync(SharedStore world, DirectoryCache node, AccountId account)
    {
        var read = node.View.ReadSinceAsync(world.Time.GetTimestamp());
        await world.Time.UntilAsync(read);
        var stored = (await world.Memory.LoadAsync(SetId.Of(account), default))?.Documents ?? [];
        IReadOnlyList<Expectation> expected =
        [
            .. stored.Where(document => document.Key.Kind == DocumentKinds.User.Name).OrderBy(document => document.Key.Name, StringComparer.Ordinal)
                .Select(document => new Expectation(document.Key, document.Revision)),
        ];
        try
        {
            var held = (await node.GetAsync(account, default))!.Documents;
            return ([.. held.All(DocumentKinds.User).Select(DocumentKinds.User.KeyOf).Select(key => new Expectation(key, held.RevisionOf(key)))], expected);
        }
        catch (StoreUnavailableException)
        {
            return (null, expected);
        }
    }

    private static async Task Late(Random chance)
    {
        for (var yields = Next(chance, 8); yields > 0; yields--)
            await Task.Yield();
        if (Next(chance, 12) == 0)
            throw new StoreUnavailableException("The store is away.");
    }

    private static int Next(Random chance, int limit)
    {
        lock (chance)
            return chance.Next(limit);
    }
}
