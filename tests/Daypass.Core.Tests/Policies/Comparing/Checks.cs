using Daypass.Policies;
using Daypass.Policies.Comparing;

namespace Daypass.Core.Tests.Policies.Comparing;

/// <summary>What the tests of comparing have in common: documents from shorthand, and the evaluator's word on counter-examples.</summary>
internal static class Checks
{
    private static readonly Policy Everything = Requests.Policy(PolicyType.Identity, "{'Effect':'Allow','Action':'*','Resource':'*'}");

    public static PolicyDocument Identity(params string[] statements) => Requests.Document(PolicyType.Identity, statements);

    public static PolicyDocument OnResource(params string[] statements) => Requests.Document(PolicyType.Resource, statements);

    public static string Allow(string action = "'s3:GetObject'", string resource = "'*'", string? condition = null) => Statement("Allow", action, resource, condition);

    public static string Deny(string action = "'s3:GetObject'", string resource = "'*'", string? condition = null) => Statement("Deny", action, resource, condition);

    public static string Statement(string effect, string action, string resource, string? condition) =>
        $"{{'Effect':'{effect}','Action':{action},'Resource':{resource}{(condition is null ? "" : $",'Condition':{condition}")}}}";

    public static bool IsAllowed(AccessRequest request, PolicyDocument document) => PolicyEvaluator.Evaluate(request, SetOf(document)).IsAllowed;

    /// <summary>Of a policy on a resource, what it allows to callers of other accounts whose own policies allow everything.</summary>
    public static PolicySet SetOf(PolicyDocument document) => document.Type is PolicyType.Resource or PolicyType.Trust
        ? new() { Resource = [new(document, "d", null)], Identity = [Everything], Session = [Everything] }
        : new() { Identity = [new(document, "d", null)] };

    public static void AssertPasses(PolicyDocument updated, PolicyDocument existing)
    {
        var comparison = PolicyComparer.CheckNoNewAccess(updated, existing);
        Assert.True(comparison.Passes, comparison.CounterExample is { } request ? Words(request) : string.Join(' ', comparison.Reasons.Select(reason => reason.Description)));
        Assert.Empty(comparison.Reasons);
        Assert.Null(comparison.CounterExample);
    }

    /// <summary>The counter-example, which the evaluator confirms.</summary>
    public static AccessRequest AssertFails(PolicyDocument updated, PolicyDocument existing)
    {
        var comparison = PolicyComparer.CheckNoNewAccess(updated, existing);
        Assert.False(comparison.Passes);
        Assert.NotEmpty(comparison.Reasons);
        var request = Assert.IsType<AccessRequest>(comparison.CounterExample);
        AssertConfirmed(request, updated, existing);
        return request;
    }

    public static void AssertConfirmed(AccessRequest request, PolicyDocument updated, PolicyDocument existing) =>
        Assert.True(IsAllowed(request, updated) && !IsAllowed(request, existing), Words(request));

    public static string Words(AccessRequest request) =>
        $"{request.Principal.Arn} {request.Action} {request.Resource} {string.Join(", ", request.Context.All.Select(key => $"{key.Key}={string.Join('|', key.Value.Values)}"))}";
}
