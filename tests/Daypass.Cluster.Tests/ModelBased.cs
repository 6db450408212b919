using System.Globalization;
using Daypass.Cluster.Tests.Harness;
using Daypass.Cluster.Tests.Model;
using Xunit.Abstractions;

namespace Daypass.Cluster.Tests;

/// <summary>
/// Random operations at random nodes with random faults, against a plain model that knows what may be so. Every answer is one that the model
/// allows, and at the end the trail, every node and the model tell the same history. DAYPASS_MODEL_SECONDS makes it longer, DAYPASS_MODEL_SEED
/// repeats a run's choices.
/// </summary>
public sealed class ModelBased(ITestOutputHelper output)
{
    private const int Nodes = 3;
    private const int Actors = 8;

    [ClusterFact]
    public async Task Every_answer_is_one_that_the_model_allows_and_the_trail_is_the_history()
    {
        var time = TimeSpan.FromSeconds(Setting("DAYPASS_MODEL_SECONDS") ?? 15);
        var seed = Setting("DAYPASS_MODEL_SEED") ?? Random.Shared.Next();
        output.Figure($"model: seed {seed}, {time.TotalSeconds} s, {Actors} actors at {Nodes} nodes");
        await using var world = await OwnPostgres.StartAsync(Nodes);
        await world.Cluster.A.Administrator.MustAsync("CreatePolicy", ("PolicyName", "model"), ("PolicyDocument", Documents.Allow("*")));
        var health = new Health(Nodes);
        List<Actor> actors = [.. Enumerable.Range(0, Actors).Select(i => new Actor(i, world.Cluster, health, new Random(seed + i)))];
        var faults = new Faults(world.Cluster, health, new Random(seed - 1));
        using var stop = new CancellationTokenSource();
        var breaking = faults.RunAsync(stop.Token);
        try
        {
            await using var load = Load.Start(Actors, (worker, _, cancellationToken) => actors[worker].StepAsync(cancellationToken));
            await load.RunAsync(time);
            await stop.CancelAsync();
            await breaking;
            await load.StopAsync();
        }
        finally
        {
            await stop.CancelAsync();
            await breaking;
            output.Figure($"model: {actors.Sum(actor => actor.Steps)} steps, {actors.Sum(actor => actor.Unknown)} of unknown outcome ({actors.Sum(actor => actor.UnknownWhileWell)} of them at nodes that nothing disturbed), {faults.Done.Count} faults");
            output.WriteLine(string.Join('\n', faults.Done));
        }
        await VerifyAsync(world.Cluster, actors);
    }

    private static async Task VerifyAsync(DaypassCluster cluster, List<Actor> actors)
    {
        await Task.Delay(TimeSpan.FromSeconds(2));
        var trail = await Trail.ReadAsync(cluster);
        Trail.IsInOrder(trail);
        await Trail.FeedHasNoHolesAsync(cluster);
        Trail.HasOnceEach(trail, actors.SelectMany(actor => actor.Answers).Where(answer => answer.Code == Rules.Ok || IsOfKnownCaller(answer.Code)).Select(answer => answer.RequestId));
        // A 503 may have two: that it was answered so, and that it was done all the same.
        var codes = trail.ToLookup(item => item.RequestId, item => item.ErrorCode ?? Rules.Ok);
        foreach (var answer in actors.SelectMany(actor => actor.Answers).Where(answer => answer.Code != "ServiceUnavailable"))
            Assert.True(codes[answer.RequestId].All(code => code == answer.Code), $"{answer.Action} {answer.RequestId} was answered {answer.Code}, and the trail says {string.Join(", ", codes[answer.RequestId])}.");
        foreach (var actor in actors)
        {
            var history = History.Replay(trail, actor.Prefix);
            Assert.True(actor.Possible.Now.Any(facts => History.Matches(facts, history)), $"The trail ends in\n{history}\nbut what may be so is\n{string.Join('\n', actor.Possible.Now.Take(10))}\n{actor.Log}");
            foreach (var node in cluster.Nodes)
                Assert.Equal(history.Text, (await History.ShownAsync(node, actor)).Text);
        }
    }

    // Who is not known by name is summed up, not recorded.
    private static bool IsOfKnownCaller(string code) => code is "AccessDenied" or "NoSuchEntity" or "EntityAlreadyExists" or "DeleteConflict" or "LimitExceeded";

    private static int? Setting(string name) => int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : null;
}
