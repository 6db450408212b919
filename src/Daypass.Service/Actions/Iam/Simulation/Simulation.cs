using Daypass.Names;
using Daypass.Policies;

namespace Daypass.Service.Actions.Iam.Simulation;

/// <summary>
/// The simulator: who calls, with what keys, under which policies. It decides nothing itself; each question goes to the engine that decides
/// live calls, and the answers are read off its trace.
/// </summary>
internal sealed record Simulation
{
    // What a role's trust policy decides (STS); other actions never look at it.
    private static readonly string[] Assumptions = ["sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity", "sts:SetSourceIdentity", "sts:TagSession"];

    public required SimulatedCaller Caller { get; init; }

    /// <summary>The keys of every question.</summary>
    public required RequestContext Context { get; init; }

    /// <summary>The policies of every question; those of resources are put in for each.</summary>
    public required PolicySet Policies { get; init; }

    /// <summary>Hangs on every resource.</summary>
    public Policy? ResourcePolicy { get; init; }

    /// <summary>Who owns resources whose ARN does not say.</summary>
    public AccountId? Owner { get; init; }

    /// <summary>The trust policies that decide who may assume the roles among the resources; null when none is simulated, as with AWS.</summary>
    public Func<string, Trusted?>? Trust { get; init; }

    public bool Explains { get; init; }

    public static bool IsAssumption(string action) => Assumptions.Contains(action, StringComparer.OrdinalIgnoreCase);

    public Verdict Ask(string action, string resource)
    {
        var trusted = IsAssumption(action) ? Trust?.Invoke(resource) : null;
        var onResource = trusted?.Policy ?? ResourcePolicy;
        var policies = onResource is null ? Policies : Policies with { Resource = [onResource] };
        var owner = onResource is null ? Caller.Principal.Account : OwnerOf(resource);
        var request = new AccessRequest(Caller.Principal, action, resource, owner, With(trusted), IsTrust: trusted is not null);
        return new Verdict(resource, PolicyEvaluator.Explain(request, policies), Explains);
    }

    /// <summary>Without a resource policy there is no owner's word to wait for, so everything is as if the caller's account owned it.</summary>
    private AccountId OwnerOf(string resource) => Arn.AccountIn(resource) ?? Owner ?? Caller.Principal.Account;

    private RequestContext With(Trusted? trusted)
    {
        if (trusted is not { Keys.Count: > 0 })
            return Context;
        var context = new RequestContext(Context);
        foreach (var (key, value) in trusted.Keys)
        {
            if (!Context.TryGet(key, out _))
                context.Set(key, value);
        }
        return context;
    }
}

/// <summary>A role's trust policy, and the condition keys that the role brings into the question.</summary>
internal sealed record Trusted(Policy Policy, IReadOnlyList<KeyValuePair<string, string>> Keys);
