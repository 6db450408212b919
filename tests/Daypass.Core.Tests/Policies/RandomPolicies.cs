using Daypass.Policies;

namespace Daypass.Core.Tests.Policies;

/// <summary>Random policies and requests over a small vocabulary, so that they meet often. The seed makes a run repeatable.</summary>
internal sealed class RandomPolicies(int seed)
{
    private static readonly string[] Actions = ["*", "s3:*", "S3:Get*", "s3:GetObject", "s3:Put?bject", "ec2:*", "ec2:Run*", "sqs:SendMessage", "*:*", "s3:"];
    private static readonly string[] Resources = ["*", "arn:aws:s3:::b/*", "arn:aws:s3:::b/k", "arn:aws:s3:::*", "arn:aws:sqs", "arn:aws:s3:::b/${aws:username}", "arn:*:ec2:*:*:instance/*"];
    private static readonly string[] Principals = ["'*'", "{'AWS':'111111111111'}", $"{{'AWS':'{Requests.UserArn}'}}", $"{{'AWS':['{Requests.RoleArn}','222222222222']}}", $"{{'AWS':'{Requests.SessionArn}'}}"];

    private static readonly string[] Conditions =
    [
        "", "", "", ",'Condition':{'StringEquals':{'aws:username':'bob'}}", ",'Condition':{'StringNotEquals':{'aws:username':'bob'}}",
        ",'Condition':{'Null':{'aws:TagKeys':'true'}}", ",'Condition':{'ForAnyValue:StringLike':{'aws:TagKeys':['a*','b']}}",
    ];

    private static readonly Principal[] Callers = [Requests.User, Requests.Session, Requests.Federated, Requests.Root, Principal.Anonymous];
    private static readonly string[] AskedActions = ["s3:GetObject", "s3:PutObject", "ec2:RunInstances", "sqs:SendMessage"];
    private static readonly string[] AskedResources = ["*", "arn:aws:s3:::b/k", "arn:aws:s3:::b/bob", "arn:aws:s3:::c", "arn:aws:ec2:r:111111111111:instance/i"];
    private static readonly string[][] Contexts = [[], ["aws:username=bob"], ["aws:username=eve", "aws:TagKeys=[a,c]"], ["aws:TagKeys=[]"]];

    private readonly Random _random = new(seed);

    public AccessRequest Request() => Requests.Request(
        One(Callers), One(AskedActions), One(AskedResources), _random.Next(4) == 0 ? Requests.Other : Requests.Account, Requests.Context(One(Contexts)));

    public PolicySet Set() => new()
    {
        Identity = Some(PolicyType.Identity),
        Boundary = _random.Next(3) == 0 ? Policy(PolicyType.Boundary) : null,
        Session = _random.Next(3) == 0 ? Some(PolicyType.Session) : null,
        Resource = Some(PolicyType.Resource),
        ServiceControl = _random.Next(3) == 0 ? [Some(PolicyType.ServiceControl), Some(PolicyType.ServiceControl)] : [],
    };

    public Policy Policy(PolicyType type) => Requests.Policy(type, [.. Enumerable.Range(0, _random.Next(1, 5)).Select(_ => Statement(type))]);

    public string Statement(PolicyType type, string? effect = null)
    {
        var principal = type == PolicyType.Resource ? $"'{(_random.Next(6) == 0 ? "NotPrincipal" : "Principal")}':{One(Principals)}," : "";
        var action = _random.Next(4) == 0 ? "NotAction" : "Action";
        var resource = _random.Next(5) == 0 ? "NotResource" : "Resource";
        effect ??= _random.Next(4) == 0 ? "Deny" : "Allow";
        return $"{{'Effect':'{effect}',{principal}'{action}':{List(Actions)},'{resource}':{List(Resources)}{One(Conditions)}}}";
    }

    /// <summary>The same policies, and the same statements in each, in another order.</summary>
    public PolicySet Shuffle(PolicySet set) => new()
    {
        Identity = Shuffle(set.Identity)!,
        Boundary = set.Boundary is null ? null : Shuffle(set.Boundary),
        Session = Shuffle(set.Session),
        Resource = Shuffle(set.Resource)!,
        ServiceControl = [.. set.ServiceControl.Select(level => Shuffle(level)!).Reverse()],
    };

    public static PolicySet Map(PolicySet set, Func<Policy, Policy> change) => new()
    {
        Identity = [.. set.Identity.Select(change)],
        Boundary = set.Boundary is null ? null : change(set.Boundary),
        Session = set.Session is null ? null : [.. set.Session.Select(change)],
        Resource = [.. set.Resource.Select(change)],
        ServiceControl = [.. set.ServiceControl.Select(level => (IReadOnlyList<Policy>)[.. level.Select(change)])],
    };

    private IReadOnlyList<Policy>? Shuffle(IReadOnlyList<Policy>? policies)
    {
        if (policies is null)
            return null;
        var shuffled = policies.Select(Shuffle).ToArray();
        _random.Shuffle(shuffled);
        return shuffled;
    }

    private Policy Shuffle(Policy policy)
    {
        var statements = policy.Document.Statements.Select(statement => policy.Document.Text[statement.Raw]).ToArray();
        _random.Shuffle(statements);
        return policy with { Document = Requests.Document(policy.Document.Type, statements) };
    }

    private Policy[] Some(PolicyType type) => [.. Enumerable.Range(0, _random.Next(0, 3)).Select(_ => Policy(type))];

    private string List(string[] from) => $"['{string.Join("','", Enumerable.Range(0, _random.Next(1, 3)).Select(_ => One(from)))}']";

    private T One<T>(T[] from) => from[_random.Next(from.Length)];
}
