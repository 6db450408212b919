using System.Text.Json;
using Daypass.Cluster.Tests.Harness;

namespace Daypass.Cluster.Tests.Model;

/// <summary>What the trail tells and what a node shows, as facts, to be held against the model and each other.</summary>
internal static class History
{
    private static readonly Dictionary<string, Func<JsonElement, Rules.Effect>> Effects = new()
    {
        ["CreateUser"] = request => Rules.CreateUser(User(request)),
        ["DeleteUser"] = request => Rules.DeleteUser(User(request)),
        ["CreateAccessKey"] = request => Rules.CreateAccessKey(User(request)),
        ["UpdateAccessKey"] = request => Rules.UpdateAccessKey(User(request), Text(request, "accessKeyId"), Text(request, "status")),
        ["DeleteAccessKey"] = request => Rules.DeleteAccessKey(User(request), Text(request, "accessKeyId")),
        ["PutUserPolicy"] = request => Rules.PutUserPolicy(User(request), Text(request, "policyDocument").Contains("Deny", StringComparison.Ordinal) ? Rules.Deny : Rules.Allow),
        ["DeleteUserPolicy"] = request => Rules.DeleteUserPolicy(User(request)),
        ["AttachUserPolicy"] = request => Rules.AttachUserPolicy(User(request)),
        ["DetachUserPolicy"] = request => Rules.DetachUserPolicy(User(request)),
        ["CreateRole"] = request => Rules.CreateRole(Role(request)),
        ["DeleteRole"] = request => Rules.DeleteRole(Role(request)),
        ["PutRolePolicy"] = request => Rules.PutRolePolicy(Role(request)),
        ["DeleteRolePolicy"] = request => Rules.DeleteRolePolicy(Role(request)),
    };

    /// <summary>Plays the writes of an actor that the trail has through the model, in the order of their commits: each must have been possible when it was done. (A write that changed nothing has no commit.)</summary>
    public static Facts Replay(IEnumerable<StoredEvent> trail, string prefix)
    {
        var facts = Facts.None;
        foreach (var item in trail.Where(item => item is { Node: 0, ErrorCode: null } && Effects.ContainsKey(item.EventName)))
        {
            var request = item.Record.GetProperty("requestParameters");
            if (!Name(request).StartsWith(prefix, StringComparison.Ordinal))
                continue;
            var done = Effects[item.EventName](request)(facts, IdIn(item)).Where(branch => branch.Code == Rules.Ok).ToList();
            Assert.True(done.Count == 1, $"The trail has {item.EventName} of {Name(request)}, which was not possible: {facts}");
            facts = done[0].Next;
        }
        return facts;
    }

    /// <summary>What a node shows of an actor's users and roles.</summary>
    public static async Task<Facts> ShownAsync(ClusterNode node, Actor actor)
    {
        var facts = Facts.None;
        foreach (var user in actor.Users)
        {
            if (!await ExistsAsync(node, "GetUser", ("UserName", user)))
                continue;
            facts = facts.With(Rules.User(user), "");
            foreach (var key in (await node.Administrator.MustAsync("ListAccessKeys", ("UserName", user))).GetProperty("AccessKeyMetadata").EnumerateArray())
                facts = facts.With(Rules.Key(user, Text(key, "AccessKeyId")), Text(key, "Status"));
            foreach (var _ in (await node.Administrator.MustAsync("ListUserPolicies", ("UserName", user))).GetProperty("PolicyNames").EnumerateArray())
                facts = facts.With(Rules.Inline(user), await WhatAsync(node, user));
            foreach (var _ in (await node.Administrator.MustAsync("ListAttachedUserPolicies", ("UserName", user))).GetProperty("AttachedPolicies").EnumerateArray())
                facts = facts.With(Rules.Attached(user), "");
        }
        foreach (var role in actor.Roles)
        {
            if (!await ExistsAsync(node, "GetRole", ("RoleName", role)))
                continue;
            facts = facts.With(Rules.Role(role), Text((await node.Administrator.MustAsync("GetRole", ("RoleName", role))).GetProperty("Role"), "RoleId"));
            if ((await node.Administrator.MustAsync("ListRolePolicies", ("RoleName", role))).GetProperty("PolicyNames").GetArrayLength() > 0)
                facts = facts.With(Rules.RoleInline(role), Rules.Allow);
        }
        return facts;
    }

    /// <summary>Whether this is what is so, when some ids of it were never told.</summary>
    public static bool Matches(Facts possible, Facts shown) => Blank(possible, shown) == Blank(shown, possible);

    // An id that only one side knows is any id.
    private static string Blank(Facts facts, Facts other) => string.Join(' ', facts.Text.Split(' ').Select(fact =>
        fact.StartsWith("key:", StringComparison.Ordinal) && !other.Has(fact.Split('=')[0]) ? fact[..(fact.LastIndexOf(':') + 1)] + "*"
        : fact.StartsWith("role:", StringComparison.Ordinal) && (fact.Contains("=?", StringComparison.Ordinal) || other.Find(fact.Split('=')[0])?.StartsWith('?') == true) ? fact.Split('=')[0]
        : fact).Order(StringComparer.Ordinal));

    private static async Task<string> WhatAsync(ClusterNode node, string user)
    {
        var policy = await node.Administrator.MustAsync("GetUserPolicy", ("UserName", user), ("PolicyName", "p"));
        return policy.GetProperty("PolicyDocument").GetString()!.Contains("Deny", StringComparison.Ordinal) ? Rules.Deny : Rules.Allow;
    }

    private static async Task<bool> ExistsAsync(ClusterNode node, string action, (string Name, string Value) parameter)
    {
        var answer = await Answer.OfAsync(Calls.AnsweredAsync(() => node.Administrator.IamAsync(action, parameter)));
        Assert.True(answer.Code is Rules.Ok or "NoSuchEntity", answer.ToString());
        return answer.Fate == Fate.Done;
    }

    private static string IdIn(StoredEvent item) => item.EventName switch
    {
        "CreateAccessKey" => Text(item.Record.GetProperty("responseElements").GetProperty("accessKey"), "accessKeyId"),
        "CreateRole" => Text(item.Record.GetProperty("responseElements").GetProperty("role"), "roleId"),
        _ => "",
    };

    private static string User(JsonElement request) => Text(request, "userName");

    private static string Role(JsonElement request) => Text(request, "roleName");

    private static string Name(JsonElement request) => request.TryGetProperty("userName", out var user) ? user.GetString()! : request.TryGetProperty("roleName", out var role) ? role.GetString()! : "";

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
