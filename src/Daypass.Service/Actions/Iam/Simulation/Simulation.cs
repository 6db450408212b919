using Daypass.Names;
using Daypass.Policies;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Simulation;

/// <summary>
/// The simulator: who calls, with what keys, under which policies. It decides nothing itself; each question goes to the engine that decides
/// live calls, and the answers are read off its trace.
/// </summary>
internal sealed record Simulation
{
    public required SimulatedCaller Caller { get; init; }

    /// <summary>The keys of every question.</summary>
    public required RequestContext Context { get; init; }

    /// <summary>The policies of every question; those of resources are put in for each.</summary>
    public required PolicySet Policies { get; init; }

    /// <summary>Hangs on every resource.</summary>
    public Policy? ResourcePolicy { get; init; }

    /// <summary>Who owns resources whose ARN does not say.</summary>
    public AccountId? Owner { get; init; }

    /// <summary>Decides who may assume the roles among the resources; without it no trust policy is simulated, as with AWS.</summary>
    public ITrustSource? Trust { get; init; }

    public bool Explains { get; init; }

    /// <summary>May the caller do this to that?</summary>
    public Verdict Ask(string action, string resource) => Ask(Trust?.Find(action, resource, OwnerOf(resource)) ?? new Permission(action, resource, OwnerOf(resource))
    {
        ResourcePolicies = ResourcePolicy is null ? [] : [ResourcePolicy],
    });

    /// <summary>May the caller do what an action of the API asks for?</summary>
    public Verdict Ask(Permission permission)
    {
        // Without an owner's word to wait for, everything is as if the caller's account owned it.
        var owner = permission.ResourcePolicies.Count == 0 && !permission.IsTrust ? Caller.Principal.Account : permission.Owner;
        var policies = permission.ResourcePolicies.Count == 0 ? Policies : Policies with { Resource = permission.ResourcePolicies };
        var request = new AccessRequest(Caller.Principal, permission.Action, permission.Resource, owner, ProjectKeys.WithDefault(With(permission), permission.Action, Caller.Principal.Account), permission.IsTrust);
        return new Verdict(permission.Resource, PolicyEvaluator.Explain(request, policies), Explains);
    }

    private AccountId OwnerOf(string resource) => Arn.AccountIn(resource) ?? Owner ?? Caller.Principal.Account;

    /// <summary>The keys that the question brings are defaults, too: what was given in the request counts more.</summary>
    private RequestContext With(Permission permission)
    {
        if (permission.Keys.Count == 0 && permission.ListKeys.Count == 0)
            return Context;
        var context = new RequestContext(Context);
        foreach (var (key, value) in permission.Keys.Where(pair => !Context.TryGet(pair.Key, out _)))
            context.Set(key, value);
        foreach (var (key, values) in permission.ListKeys.Where(pair => !Context.TryGet(pair.Key, out _)))
            context.SetList(key, values);
        return context;
    }
}
