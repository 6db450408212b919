using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Daypass.Cluster.Tests.Harness;
using Daypass.Testing;
using Xunit.Abstractions;

namespace Daypass.Cluster.Tests;

/// <summary>Four nodes write to one account, sixteen writers at each: nobody waits for ever, nothing is overwritten, and every rule of the account holds.</summary>
public sealed class HotAccounts(HotAccounts.FourNodes world, ITestOutputHelper output) : IClassFixture<HotAccounts.FourNodes>
{
    private const int Writers = 64;

    /// <summary>The longest that a write may wait for the 63 others, before this counts as starved.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public sealed class FourNodes : IAsyncLifetime
    {
        private DaypassCluster? _cluster;

        public DaypassCluster Cluster => _cluster!;

        public async Task InitializeAsync()
        {
            if (PostgresServer.Programs is not null)
                _cluster = await DaypassCluster.StartAsync(await PostgresServer.SharedAsync(), 4);
        }

        public async Task DisposeAsync()
        {
            if (_cluster is not null)
                await _cluster.DisposeAsync();
        }
    }

    [ClusterFact]
    public async Task Exactly_one_of_64_creates_a_name()
    {
        var answers = await AllAsync((node, _) => node.Administrator.IamAsync("CreateUser", ("UserName", "contested")));
        Count(answers, 1, "EntityAlreadyExists");
    }

    [ClusterFact]
    public async Task A_user_gets_two_access_keys_and_no_third()
    {
        await world.Cluster.A.Administrator.MustAsync("CreateUser", ("UserName", "keyed"));
        Count(await AllAsync((node, _) => node.Administrator.IamAsync("CreateAccessKey", ("UserName", "keyed"))), 2, "LimitExceeded");
        await SameEverywhereAsync("ListAccessKeys", "UserName", "keyed", "AccessKeyMetadata", 2);
    }

    [ClusterFact]
    public async Task A_policy_gets_five_versions_and_no_sixth()
    {
        var arn = (await world.Cluster.A.Administrator.MustAsync("CreatePolicy", ("PolicyName", "versioned"), ("PolicyDocument", Documents.Allow("s3:Get0")))).GetProperty("Policy").GetProperty("Arn").GetString()!;
        var answers = await AllAsync((node, i) => node.Administrator.IamAsync("CreatePolicyVersion", ("PolicyArn", arn), ("PolicyDocument", Documents.Allow($"s3:Get{i}"))));
        Count(answers, 4, "LimitExceeded");
        var ids = answers.Where(answer => answer.Fate == Fate.Done).Select(answer => answer.Reply!.Result.GetProperty("PolicyVersion").GetProperty("VersionId").GetString()).ToList();
        Assert.Empty(ids.Except(["v2", "v3", "v4", "v5"]));
        Assert.Equal(ids.Count, ids.Distinct().Count());
        await SameEverywhereAsync("ListPolicyVersions", "PolicyArn", arn, "Versions", 5);
    }

    [ClusterFact]
    public async Task A_user_is_in_ten_groups_and_in_no_eleventh()
    {
        await world.Cluster.A.Administrator.MustAsync("CreateUser", ("UserName", "sociable"));
        await AllAsync((node, i) => node.Administrator.IamAsync("CreateGroup", ("GroupName", $"circle{i}")));
        Count(await AllAsync((node, i) => node.Administrator.IamAsync("AddUserToGroup", ("GroupName", $"circle{i}"), ("UserName", "sociable"))), 10, "LimitExceeded");
        await SameEverywhereAsync("ListGroupsForUser", "UserName", "sociable", "Groups", 10);
    }

    [ClusterFact]
    public async Task A_role_has_the_fifty_tags_that_were_acknowledged_and_no_other()
    {
        await world.Cluster.A.CreateRoleAsync("tagged");
        var answers = await AllAsync((node, i) => node.Administrator.IamAsync("TagRole", ("RoleName", "tagged"), ("Tags.member.1.Key", $"tag{i}"), ("Tags.member.1.Value", $"{i}")));
        Count(answers, 50, "LimitExceeded");
        var acknowledged = answers.Select((answer, i) => (answer, i)).Where(pair => pair.answer.Fate == Fate.Done).Select(pair => $"tag{pair.i}").ToList();
        foreach (var node in world.Cluster.Nodes)
        {
            var there = (await node.Administrator.MustAsync("ListRoleTags", ("RoleName", "tagged"), ("MaxItems", "100"))).GetProperty("Tags").EnumerateArray().Select(tag => tag.GetProperty("Key").GetString()!).ToList();
            Assert.Equal(50, there.Distinct().Count());
            Assert.Empty(acknowledged.Except(there));
        }
    }

    [ClusterFact]
    public async Task Everybody_gets_into_a_group_that_all_enter_at_once()
    {
        await world.Cluster.A.Administrator.MustAsync("CreateGroup", ("GroupName", "crowd"));
        Count(await AllAsync((node, i) => node.Administrator.IamAsync("CreateUser", ("UserName", $"one-of-the-crowd{i}"))), Writers, "");
        Count(await AllAsync((node, i) => node.Administrator.IamAsync("AddUserToGroup", ("GroupName", "crowd"), ("UserName", $"one-of-the-crowd{i}"))), Writers, "");
        await SameEverywhereAsync("GetGroup", "GroupName", "crowd", "Users", Writers);
    }

    [ClusterFact]
    public async Task No_counter_goes_back_and_nobody_starves()
    {
        const int documents = 4;
        for (var i = 0; i < documents; i++)
            await world.Cluster.A.CreateRoleAsync($"counters{i}");
        var times = new ConcurrentBag<TimeSpan>();
        var counters = new int[Writers];
        var (conflicts, unavailable) = (0, 0);
        var begin = Stopwatch.GetTimestamp();
        await using (var load = Load.Start(Writers, async (worker, number, _) =>
        {
            var role = $"counters{worker % documents}";
            var node = world.Cluster.Nodes[(worker + number) % 4];
            Answer answer;
            while ((answer = await Answer.OfAsync(node.Administrator.IamAsync("TagRole", ("RoleName", role), ("Tags.member.1.Key", $"w{worker}"), ("Tags.member.1.Value", $"{counters[worker] + 1}")))) is { Code: "ConcurrentModification" or "ServiceUnavailable" })
                Interlocked.Increment(ref answer.Fate == Fate.Unknown ? ref unavailable : ref conflicts);
            Assert.True(answer.Fate == Fate.Done, answer.ToString());
            times.Add(answer.Took);
            counters[worker]++;
        }))
        {
            await load.RunAsync(TimeSpan.FromSeconds(5));
            await load.StopAsync();
        }
        var took = Stopwatch.GetElapsedTime(begin);
        output.Figure($"one account, 4 nodes x 16 writers to {documents} documents: {times.Count / took.TotalSeconds:0} writes/s, p50 {Report.Percentile(times, 0.5)} ms, p99 {Report.Percentile(times, 0.99)} ms, slowest {times.Max().TotalMilliseconds:0} ms; {conflicts} answered ConcurrentModification, {unavailable} answered 503; fewest of one writer {counters.Min()}, most {counters.Max()}");
        foreach (var node in world.Cluster.Nodes)
        {
            var tags = new Dictionary<string, string>();
            for (var i = 0; i < documents; i++)
            {
                foreach (var tag in (await node.Administrator.MustAsync("ListRoleTags", ("RoleName", $"counters{i}"), ("MaxItems", "100"))).GetProperty("Tags").EnumerateArray())
                    tags[tag.GetProperty("Key").GetString()!] = tag.GetProperty("Value").GetString()!;
            }
            Assert.Equal(counters.Select((count, worker) => $"w{worker}={count}").Where(text => !text.EndsWith("=0", StringComparison.Ordinal)).Order(), tags.Select(pair => $"{pair.Key}={pair.Value}").Order());
        }
        Assert.True(counters.Min() > 0, "A writer has starved.");
        Assert.True(times.Max() < Patience, $"A write has waited for {times.Max()}.");
        Assert.True(conflicts * 20 < times.Count, $"{conflicts} conflicts beside {times.Count} writes.");
    }

    [ClusterFact]
    public async Task Of_two_operators_who_write_one_document_both_are_served_or_one_has_to_try_again()
    {
        await world.Cluster.A.CreateRoleAsync("shared");
        var conflicts = 0;
        for (var round = 0; round < 40; round++)
        {
            var texts = Enumerable.Range(0, 4).Select(i => $"round {round} operator {i}").ToArray();
            await Task.WhenAll(texts.Select(async (text, i) =>
            {
                Answer answer;
                while ((answer = await Answer.OfAsync(world.Cluster.Nodes[i].Administrator.IamAsync("UpdateRoleDescription", ("RoleName", "shared"), ("Description", text)))).Code is "ConcurrentModification" or "ServiceUnavailable")
                    Interlocked.Increment(ref conflicts);
                Assert.True(answer.Fate == Fate.Done, answer.ToString());
            }));
            // Every one of them was written, one after the other; the last one stands, and it is the same one everywhere.
            await AssertSoonSameAsync("shared", texts);
        }
        output.Figure($"four operators, one document, 40 rounds: {conflicts} had to try again");
    }

    private async Task AssertSoonSameAsync(string role, string[] texts)
    {
        var seen = new List<string>();
        for (var attempt = 0; attempt < 100; attempt++)
        {
            seen = [];
            foreach (var node in world.Cluster.Nodes)
                seen.Add((await node.Administrator.MustAsync("GetRole", ("RoleName", role))).GetProperty("Role").GetProperty("Description").GetString()!);
            if (seen.Distinct().Count() == 1)
                break;
            await Task.Delay(10);
        }
        Assert.Contains(Assert.Single(seen.Distinct()), texts);
    }

    private async Task<List<Answer>> AllAsync(Func<ClusterNode, int, Task<ApiReply>> write)
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, Writers).Select(i => Task.Run(() => RetriedAsync(() => write(world.Cluster.Nodes[i % 4], i)))));
        return [.. answers];
    }

    /// <summary>As AWS's clients are told to.</summary>
    private static async Task<Answer> RetriedAsync(Func<Task<ApiReply>> write)
    {
        Answer answer;
        do
            answer = await Answer.OfAsync(write());
        while (answer.Code == "ConcurrentModification");
        return answer;
    }

    private static void Count(IReadOnlyList<Answer> answers, int done, string refusal)
    {
        Assert.All(answers, answer => Assert.True(answer.Fate is Fate.Done or Fate.Unknown || answer.Code == refusal, answer.ToString()));
        // A busy machine may leave one without an answer: it was done or not. What is there is counted beside this.
        Assert.InRange(done, answers.Count(answer => answer.Fate == Fate.Done), answers.Count(answer => answer.Fate is Fate.Done or Fate.Unknown));
    }

    private async Task SameEverywhereAsync(string action, string parameter, string value, string list, int count)
    {
        var seen = new List<string>();
        foreach (var node in world.Cluster.Nodes)
        {
            var items = (await node.Administrator.MustAsync(action, (parameter, value))).GetProperty(list);
            Assert.Equal(count, items.GetArrayLength());
            seen.Add(JsonSerializer.Serialize(items));
        }
        Assert.Single(seen.Distinct());
    }
}
