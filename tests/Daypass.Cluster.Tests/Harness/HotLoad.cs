using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Daypass.Testing;

namespace Daypass.Cluster.Tests.Harness;

/// <summary>
/// What must go on while the store is away: each worker assumes a role at one node, uses the session at the next, and leases for it at the next.
/// All of it on accounts that both nodes have in memory. Every answer is kept.
/// </summary>
internal sealed class HotLoad
{
    private readonly DaypassCluster _cluster;
    private readonly ConcurrentDictionary<int, int> _down = new();

    private HotLoad(DaypassCluster cluster, string role) => (_cluster, Role) = (cluster, role);

    public string Role { get; }

    /// <summary>All that was answered with 200, by worker, in the order of the answers.</summary>
    public ConcurrentDictionary<int, ConcurrentQueue<(int Node, string Action, string RequestId)>> Acknowledged { get; } = new();

    /// <summary>All that was not, while the node that was asked was running.</summary>
    public ConcurrentQueue<string> Failures { get; } = new();

    public ConcurrentBag<TimeSpan> Times { get; } = [];

    public int Count => Acknowledged.Values.Sum(queue => queue.Count);

    public static async Task<HotLoad> PrepareAsync(DaypassCluster cluster, string role)
    {
        await cluster.A.CreateRoleAsync(role, Documents.Allow("photos:*"));
        await Calls.RegisterServiceAsync(cluster.A.Administrator);
        var load = new HotLoad(cluster, role);
        // Every node has the account in memory before anything breaks; one that has just started on a busy machine may ask for a second try.
        for (var tries = 0; tries == 0 || (tries < 20 && !load.Failures.IsEmpty); tries++)
        {
            load.Failures.Clear();
            for (var i = 0; i < cluster.Nodes.Count; i++)
                await load.StepAsync(i, 0, CancellationToken.None);
        }
        Assert.Empty(load.Failures);
        return load;
    }

    /// <summary>A node that a test has killed may fail to answer until it is up again.</summary>
    public void ExpectDown(ClusterNode node) => _down.AddOrUpdate(node.Number, 1, (_, count) => count + 1);

    public void ExpectUp(ClusterNode node) => _down.AddOrUpdate(node.Number, 0, (_, count) => count - 1);

    public async Task StepAsync(int worker, int number, CancellationToken cancellationToken)
    {
        var nodes = Enumerable.Range(worker + number, 3).Select(index => _cluster.Nodes[index % _cluster.Nodes.Count]).ToList();
        if (await CallAsync(worker, nodes[0], "AssumeRole", nodes[0].Administrator.AssumeAsync(Role, $"w{worker}")) is not { } answer)
            return;
        var session = nodes[1].With(answer.Result.GetProperty("Credentials"));
        await CallAsync(worker, nodes[1], "GetCallerIdentity", session.WhoAsync());
        var lease = await CallAsync(worker, nodes[2], "AcquireLeases", nodes[2].Administrator.LeaseAsync(session));
        if (lease is not null && !lease.IsGranted())
            Failures.Enqueue($"no lease: {lease.Body}");
        // Many callers, and yet not all of the machine: the nodes have to be able to answer at once.
        await Task.Delay(15, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>The events of all answers are in the trail, exactly once, and those of one worker at one node in the order of their answers.</summary>
    public void Verify(IReadOnlyList<StoredEvent> trail)
    {
        Trail.HasOnceEach(trail, Acknowledged.Values.SelectMany(queue => queue).Select(call => call.RequestId));
        Trail.IsInOrder(trail);
        var places = trail.Where(item => item.RequestId.Length > 0).GroupBy(item => item.RequestId).ToDictionary(group => group.Key, group => group.First());
        foreach (var call in Acknowledged.Values.SelectMany(queue => queue))
            Assert.Equal(call.Action, places[call.RequestId].EventName);
        foreach (var calls in Acknowledged.Values.SelectMany(queue => queue.GroupBy(call => call.Node)))
        {
            // A node that was restarted keeps its journal, and so its number.
            var order = calls.Select(call => places[call.RequestId].Id).ToList();
            Assert.Equal(order.Order(), order);
        }
    }

    private async Task<ApiReply?> CallAsync(int worker, ClusterNode node, string action, Task<ApiReply> call)
    {
        var answer = await Answer.OfAsync(call);
        Times.Add(answer.Took);
        if (answer.Fate == Fate.Done)
            Acknowledged.GetOrAdd(worker, _ => new()).Enqueue((node.Number, action, answer.RequestId));
        else if (answer.Reply is not null || _down.GetValueOrDefault(node.Number) == 0)
            Failures.Enqueue($"{action} at node {node.Number}: {answer}");
        return answer.Fate == Fate.Done ? answer.Reply : null;
    }
}
