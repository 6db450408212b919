using System.Collections.Concurrent;
using System.Text.Json;
using Daypass.Cluster.Tests.Harness;
using Daypass.Testing;
using static Daypass.Cluster.Tests.Model.Rules;

namespace Daypass.Cluster.Tests.Model;

/// <summary>
/// One client with its own users and roles: does something at random at a random node, one thing after the other, and holds every answer against
/// the model. Others do the same beside it, in the same account.
/// </summary>
internal sealed class Actor(int number, DaypassCluster cluster, Health health, Random chance)
{
    private const int MostOpenWrites = 3;
    private const int LogLines = 40;

    /// <summary>A little less than the five seconds, as the node begins to count later than whoever cut it off.</summary>
    private static readonly TimeSpan LongHiccup = TimeSpan.FromSeconds(4);
    private static readonly string[] Denials = ["AccessDenied", "InvalidClientTokenId", "ExpiredToken"];
    private readonly Queue<string> _log = [];
    private readonly List<(string User, string Id, string Secret)> _keys = [];
    private readonly List<Rules.Session> _sessions = [];

    public string Prefix => $"a{number}-";

    public Possible Possible { get; } = new();

    /// <summary>Request ids of calls that were answered, with their action and the error code, OK if there is none.</summary>
    public ConcurrentQueue<(string RequestId, string Action, string Code)> Answers { get; } = new();

    public int Steps { get; private set; }

    public int Unknown { get; private set; }

    /// <summary>Of these, how many at a node that nothing disturbed: where the machine is too slow, nodes take the store for away.</summary>
    public int UnknownWhileWell { get; private set; }

    public string[] Users => [.. Enumerable.Range(0, 2).Select(i => $"{Prefix}user{i}")];

    public string[] Roles => [$"{Prefix}role0"];

    /// <summary>The policy that is attached and detached.</summary>
    public static string PolicyArn => $"arn:aws:iam::{DaypassServer.Account}:policy/model";

    public async Task StepAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Steps++;
        Possible.Settle(health.SettledBefore(), health.Now);
        Possible.Forget(health.Now - TimeSpan.FromSeconds(60));
        var node = cluster.Any(chance);
        if (chance.Next(2) == 0 || Possible.OpenWrites >= MostOpenWrites)
            await UseAsync(node);
        else
            await WriteAsync(node);
    }

    /// <summary>The last things that it did, for a failure's message.</summary>
    public string Log => string.Join('\n', _log);

    private Task WriteAsync(ClusterNode node)
    {
        var (user, role) = (Users[chance.Next(Users.Length)], Roles[chance.Next(Roles.Length)]);
        var mine = _keys.Where(key => key.User == user).Select(key => key.Id).DefaultIfEmpty("AKIAEXAMPLEEXAMPLE00").ToList();
        var key = mine[chance.Next(mine.Count)];
        return chance.Next(16) switch
        {
            0 or 1 => DoAsync(node, Rules.CreateUser(user), "CreateUser", ("UserName", user)),
            2 => DoAsync(node, Rules.DeleteUser(user), "DeleteUser", ("UserName", user)),
            3 or 4 => DoAsync(node, Rules.CreateAccessKey(user), "CreateAccessKey", ("UserName", user)),
            5 => ToggleAsync(node, user, key),
            6 => DoAsync(node, Rules.DeleteAccessKey(user, key), "DeleteAccessKey", ("UserName", user), ("AccessKeyId", key)),
            7 => DoAsync(node, Rules.PutUserPolicy(user, Allow), "PutUserPolicy", ("UserName", user), ("PolicyName", "p"), ("PolicyDocument", Documents.Allow("*"))),
            8 => DoAsync(node, Rules.PutUserPolicy(user, Deny), "PutUserPolicy", ("UserName", user), ("PolicyName", "p"), ("PolicyDocument", Documents.Deny("*"))),
            9 => DoAsync(node, Rules.DeleteUserPolicy(user), "DeleteUserPolicy", ("UserName", user), ("PolicyName", "p")),
            10 => DoAsync(node, Rules.AttachUserPolicy(user), "AttachUserPolicy", ("UserName", user), ("PolicyArn", PolicyArn)),
            11 => DoAsync(node, Rules.DetachUserPolicy(user), "DetachUserPolicy", ("UserName", user), ("PolicyArn", PolicyArn)),
            12 => DoAsync(node, Rules.CreateRole(role), "CreateRole", ("RoleName", role), ("AssumeRolePolicyDocument", Documents.Trust)),
            13 => DoAsync(node, Rules.DeleteRole(role), "DeleteRole", ("RoleName", role)),
            14 => DoAsync(node, Rules.PutRolePolicy(role), "PutRolePolicy", ("RoleName", role), ("PolicyName", "p"), ("PolicyDocument", Documents.Allow("*"))),
            _ => chance.Next(3) == 0 ? TidyAsync(node, user) : DoAsync(node, Rules.DeleteRolePolicy(role), "DeleteRolePolicy", ("RoleName", role), ("PolicyName", "p")),
        };
    }

    private Task ToggleAsync(ClusterNode node, string user, string key)
    {
        var status = chance.Next(2) == 0 ? "Active" : "Inactive";
        return DoAsync(node, Rules.UpdateAccessKey(user, key, status), "UpdateAccessKey", ("UserName", user), ("AccessKeyId", key), ("Status", status));
    }

    /// <summary>Deletes keys that nobody was told of: their creation had no answer.</summary>
    private async Task TidyAsync(ClusterNode node, string user)
    {
        var answer = await CallAsync(node, "ListAccessKeys", node.Administrator.IamAsync("ListAccessKeys", ("UserName", user)));
        if (answer.Fate != Fate.Done)
            return;
        foreach (var key in answer.Reply!.Result.GetProperty("AccessKeyMetadata").EnumerateArray().Select(item => item.GetProperty("AccessKeyId").GetString()!))
        {
            if (_keys.All(known => known.Id != key))
                await DoAsync(node, Rules.DeleteAccessKey(user, key), "DeleteAccessKey", ("UserName", user), ("AccessKeyId", key));
        }
    }

    private Task UseAsync(ClusterNode node)
    {
        if (_sessions.Count > 0 && chance.Next(3) == 0)
        {
            // Mostly the newest: the old ones are as dead as they were.
            var session = _sessions[Math.Max(0, _sessions.Count - 1 - chance.Next(3))];
            var bearer = node.With(session.Credentials);
            return chance.Next(2) == 0
                ? CheckAsync(node, "GetCallerIdentity", bearer.WhoAsync(), facts => SessionIsGood(facts, session))
                : CheckAsync(node, "GetAccountSummary", bearer.IamAsync("GetAccountSummary"), facts => SessionMay(facts, session));
        }
        if (_keys.Count == 0)
            return Task.CompletedTask;
        var key = _keys[Math.Max(0, _keys.Count - 1 - chance.Next(4))];
        var client = node.Server.Client(key.Id, key.Secret);
        var role = Roles[chance.Next(Roles.Length)];
        return chance.Next(3) switch
        {
            0 => CheckAsync(node, "GetCallerIdentity", client.WhoAsync(), facts => KeyIsGood(facts, key.User, key.Id)),
            1 => CheckAsync(node, "GetAccountSummary", client.IamAsync("GetAccountSummary"), facts => UserMay(facts, key.User, key.Id)),
            _ => AssumeAsync(node, client, key, role),
        };
    }

    private async Task AssumeAsync(ClusterNode node, SigningClient client, (string User, string Id, string Secret) key, string role)
    {
        var answer = await CheckAsync(node, "AssumeRole", client.AssumeAsync(role, "model"), facts => UserAssumes(facts, key.User, key.Id, role));
        if (answer.Fate == Fate.Done)
            _sessions.Add(new(key.User, key.Id, role, answer.Reply!.Result.GetProperty("AssumedRoleUser").GetProperty("AssumedRoleId").GetString()!.Split(':')[0], answer.Reply.Result.GetProperty("Credentials")));
    }

    /// <summary>A write: its answer must be one that some possible state gives, and only those states stay possible.</summary>
    private async Task DoAsync(ClusterNode node, Effect effect, string action, params (string Name, string Value)[] parameters)
    {
        var begin = health.Now;
        var answer = await CallAsync(node, action, node.Administrator.IamAsync(action, parameters), string.Join(' ', parameters.Select(parameter => parameter.Value.Length < 40 ? parameter.Value : "...")));
        if (answer.Fate == Fate.Unknown)
            Possible.Lost(effect, health.Now);
        if (answer.Fate is Fate.Unknown or Fate.NotSent || answer.Code is "ConcurrentModification")
            return;
        var before = string.Join("\n  or ", Possible.Now.Take(10));
        Require(Possible.Answered(effect, answer.Code, IdIn(action, answer), health.Now), $"{action} at node {node.Number} answered {answer}\nbut what may be so is\n     {before}");
        if (action == "CreateAccessKey" && answer.Fate == Fate.Done)
            Keep(answer.Reply!.Result.GetProperty("AccessKey"));
    }

    /// <summary>
    /// A use: what is granted must be good now, or have been so when the node last had to know; what is denied must be bad now; and what was good
    /// all the time must not fail, whatever is broken behind the node.
    /// </summary>
    private async Task<Answer> CheckAsync(ClusterNode node, string action, Task<ApiReply> call, Func<Facts, bool?> isGood)
    {
        var begin = health.Now;
        var answer = await CallAsync(node, action, call);
        var believed = Possible.Since(health.BelievesSince(node.Number, begin)).ToList();
        if (answer.Fate == Fate.Done)
            Require(believed.Any(facts => isGood(facts) != false), $"{action} at node {node.Number} was granted, and is not in anything that may have been so in time:\n     {string.Join("\n  or ", believed.Take(10))}");
        else if (answer.Fate == Fate.Refused)
            RequireDenial(node, action, answer, isGood, begin, believed);
        else
            Require(!health.IsUp(node.Number, begin, health.Now) || believed.Any(facts => isGood(facts) != true), $"{action} at node {node.Number} got {answer}, and it was good all the time");
        return answer;
    }

    // A node that has not been able to ask for five seconds says no on what it knows (AccessDenied), but never that a key does not exist.
    private void RequireDenial(ClusterNode node, string action, Answer answer, Func<Facts, bool?> isGood, TimeSpan begin, List<Facts> believed)
    {
        var grounds = answer.Code == "AccessDenied" && health.BelievesSince(node.Number, begin) < begin - LongHiccup ? believed : [.. Possible.Now];
        Require(Denials.Contains(answer.Code) && grounds.Any(facts => isGood(facts) != true), $"{action} at node {node.Number} answered {answer}\nbut it is good in all that may be so:\n     {string.Join("\n  or ", grounds.Take(10))}");
    }

    private async Task<Answer> CallAsync(ClusterNode node, string action, Task<ApiReply> call, string of = "")
    {
        var begin = health.Now;
        var answer = await Answer.OfAsync(call);
        if (answer.Reply is not null)
            Answers.Enqueue((answer.RequestId, action, answer.Code));
        Unknown += answer.Fate == Fate.Unknown ? 1 : 0;
        UnknownWhileWell += answer.Fate == Fate.Unknown && health.IsWell(node.Number, begin, health.Now) ? 1 : 0;
        _log.Enqueue($"{begin.TotalSeconds:0.000} s +{answer.Took.TotalMilliseconds:0} ms, node {node.Number}: {action} {of}: {answer.Code}");
        if (_log.Count > LogLines)
            _log.Dequeue();
        return answer;
    }

    private void Require(bool isSo, string message)
    {
        if (!isSo)
            throw new Xunit.Sdk.XunitException($"At {health.Now.TotalSeconds:0.000} s: {message}\nBefore that:\n{Log}");
    }

    private void Keep(JsonElement key) => _keys.Add((key.GetProperty("UserName").GetString()!, key.GetProperty("AccessKeyId").GetString()!, key.GetProperty("SecretAccessKey").GetString()!));

    private static string IdIn(string action, Answer answer) => answer.Fate != Fate.Done ? "" : action switch
    {
        "CreateAccessKey" => answer.Reply!.Result.GetProperty("AccessKey").GetProperty("AccessKeyId").GetString()!,
        "CreateRole" => answer.Reply!.Result.GetProperty("Role").GetProperty("RoleId").GetString()!,
        _ => "",
    };
}
