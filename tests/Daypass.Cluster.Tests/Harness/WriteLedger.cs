using System.Collections.Concurrent;
using System.Text.Json;

namespace Daypass.Cluster.Tests.Harness;

/// <summary>Users that were created through any node while things broke, with what each caller knows of it, and the check of all of it at the end.</summary>
internal sealed class WriteLedger
{
    private readonly ConcurrentDictionary<string, Answer> _answers = new();

    public int Acknowledged => _answers.Values.Count(answer => answer.Fate == Fate.Done);

    public int Unknown => _answers.Values.Count(answer => answer.Fate == Fate.Unknown);

    public IEnumerable<TimeSpan> Times => _answers.Values.Where(answer => answer.Fate == Fate.Done).Select(answer => answer.Took);

    public TimeSpan Slowest => _answers.Values.Max(answer => answer.Took);

    public async Task<Answer> CreateUserAsync(ClusterNode node, string name)
    {
        var answer = await Answer.OfAsync(node.Administrator.IamAsync("CreateUser", ("UserName", name)));
        Assert.True(_answers.TryAdd(name, answer));
        return answer;
    }

    /// <summary>
    /// Every acknowledged user is there at every node, every refused one is not; the trail has exactly one event for each user that is there and
    /// none for the others; the feed has no holes.
    /// </summary>
    public async Task VerifyAsync(DaypassCluster cluster)
    {
        foreach (var node in cluster.Nodes)
            CompareWith(await UsersAsync(node), $"node {node.Number}");
        var there = await UsersAsync(cluster.A);
        var trail = await Trail.ReadAsync(cluster);
        Trail.HasOnceEach(trail, _answers.Values.Where(answer => answer.Fate == Fate.Done).Select(answer => answer.RequestId));
        Trail.IsInOrder(trail);
        var recorded = trail.Where(item => item is { EventName: "CreateUser", ErrorCode: null }).Select(item => item.Record.GetProperty("requestParameters").GetProperty("userName").GetString()!).ToList();
        Assert.Equal(recorded.Count, recorded.Distinct().Count());
        Assert.Empty(recorded.Where(_answers.ContainsKey).Except(there));
        Assert.Empty(there.Where(_answers.ContainsKey).Except(recorded));
        await Trail.FeedHasNoHolesAsync(cluster);
    }

    private void CompareWith(HashSet<string> there, string where)
    {
        var lost = _answers.Where(pair => pair.Value.Fate == Fate.Done && !there.Contains(pair.Key)).Select(pair => pair.Key).ToList();
        Assert.True(lost.Count == 0, $"{lost.Count} acknowledged users are not at {where}: {string.Join(", ", lost.Take(5))}");
        var ghosts = _answers.Where(pair => pair.Value.Fate is Fate.Refused or Fate.NotSent && there.Contains(pair.Key)).Select(pair => $"{pair.Key} ({pair.Value})").ToList();
        Assert.True(ghosts.Count == 0, $"{ghosts.Count} refused users are at {where}: {string.Join(", ", ghosts.Take(5))}");
        // A node may find no turn for a write within its eight seconds, says so, and has not done it.
        var refused = _answers.Where(pair => pair.Value.Fate == Fate.Refused && pair.Value.Code != "ConcurrentModification").ToList();
        Assert.True(refused.Count == 0, $"Nobody else writes these names, and yet: {string.Join("; ", refused.Take(5))}");
    }

    private static async Task<HashSet<string>> UsersAsync(ClusterNode node)
    {
        var users = new HashSet<string>();
        string? marker = null;
        do
        {
            JsonElement page = await node.Administrator.MustAsync("ListUsers", marker is null ? [("MaxItems", "1000")] : [("MaxItems", "1000"), ("Marker", marker)]);
            users.UnionWith(page.GetProperty("Users").EnumerateArray().Select(user => user.GetProperty("UserName").GetString()!));
            marker = page.TryGetProperty("Marker", out var next) ? next.GetString() : null;
        }
        while (marker is not null);
        return users;
    }
}
