using Daypass.Service.Directories;
using Daypass.Service.Stores;
using Daypass.Service.Tests.Support;
using Xunit.Abstractions;

namespace Daypass.Service.Tests.Directories;

/// <summary>Many writers at many nodes want the same document: all get through, nothing is lost, nobody waits for ever.</summary>
public sealed class HotAccountTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Sixty_four_writers_at_four_nodes_write_to_one_account_and_none_is_turned_away()
    {
        var store = new MemoryStore();
        var nodes = new[] { await PipelineBench.StartAsync(store: store), await JoinAsync(store), await JoinAsync(store), await JoinAsync(store) };
        // A store that takes its time, as one beyond a network does.
        store.OnCall = call => Task.Delay(call == "commit" ? 3 : 1);
        var longest = TimeSpan.Zero;

        // Each rests on how many users there are, so each is in the way of all others.
        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(writer => Task.Run(async () =>
        {
            var began = TimeProvider.System.GetTimestamp();
            var answer = await nodes[writer % 4].CallAsync("CreateUser", ("UserName", $"user{writer}"));
            lock (store)
                longest = longest > TimeProvider.System.GetElapsedTime(began) ? longest : TimeProvider.System.GetElapsedTime(began);
            return answer;
        })));

        Assert.All(answers, answer => Assert.Null(answer.Error));
        store.OnCall = _ => Task.CompletedTask;
        Assert.Null((await nodes[3].CallAsync("ListUsers")).Error);
        Assert.Equal(65, (await nodes[3].HomeAsync()).Documents.Count(DocumentKinds.User));
        output.WriteLine($"{longest.TotalMilliseconds:0} ms for the slowest");
        Assert.InRange(longest.TotalSeconds, 0, 8);
        foreach (var node in nodes)
        {
            Assert.Equal(0, node.Directories.Writers.Count);
            await node.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_line_of_writers_is_there_only_while_somebody_stands_in_it()
    {
        using var world = new SharedStore();
        var node = await world.StartAsync();
        var set = SetId.Of(SharedStore.First);
        Assert.False(node.Writers.HasLine(set));
        var first = await node.Writers.EnterAsync(set, TimeSpan.FromSeconds(1), default);
        Assert.True(node.Writers.HasLine(set));
        var late = node.Writers.EnterAsync(set, TimeSpan.FromSeconds(1), default).AsTask();
        await world.Time.UntilAsync(late);
        Assert.Null(await late);
        first!.Dispose();
        Assert.Equal(0, node.Writers.Count);
    }

    private static Task<PipelineBench> JoinAsync(MemoryStore store) => PipelineBench.JoinAsync(store);
}
