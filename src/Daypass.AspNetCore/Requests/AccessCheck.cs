using Daypass.AspNetCore.Leases;
using Daypass.AspNetCore.Reporting;
using Daypass.Names;
using Daypass.Policies;
using Microsoft.Extensions.Options;

namespace Daypass.AspNetCore.Requests;

/// <summary>Decides whether a caller may do something, by the policies of its lease and that of the resource. No call is made for it.</summary>
internal sealed class AccessCheck
{
    // What a service knows better than Daypass: the tags of its own resources and of its requests.
    private static readonly string[] ServiceKeys = ["aws:ResourceTag/", "aws:RequestTag/", "aws:TagKeys"];

    // What Daypass and this library fill. A caller that could set these could be anybody, anywhere.
    private static readonly string[] ReservedPrefixes = ["aws:", "saml:", "sts:", "ucs:"];

    private static readonly RequestContext AnonymousKeys = KeysOfAnonymous();

    private readonly DaypassOptions _options;
    private readonly CredentialLeases _leases;
    private readonly EventRecorder _recorder;
    private readonly TimeProvider _time;
    private readonly string _actionPrefix;

    public AccessCheck(IOptions<DaypassOptions> options, CredentialLeases leases, EventRecorder recorder, TimeProvider time)
    {
        _options = options.Value;
        _leases = leases;
        _recorder = recorder;
        _time = time;
        _actionPrefix = _options.Service + ":";
    }

    /// <summary>Null when the action is allowed, else what the caller is told.</summary>
    public ValueTask<DaypassRefusal?> CheckAsync(HttpContext http, in Asked asked)
    {
        RefuseMisuse(asked.Action, asked.ResourcePolicy);
        var caller = http.Features.Get<DaypassCaller>() ?? throw new InvalidOperationException("The request has not passed the middleware of UseDaypass.");
        var pending = caller.Lease is { } lease ? _leases.RefreshAsync(lease, http.RequestAborted) : default;
        return pending.IsCompletedSuccessfully ? new(Conclude(http, caller, pending.Result, asked)) : ConcludeLaterAsync(pending, http, caller, asked);
    }

    private async ValueTask<DaypassRefusal?> ConcludeLaterAsync(ValueTask<DaypassRefusal?> pending, HttpContext http, DaypassCaller caller, Asked asked) =>
        Conclude(http, caller, await pending, asked);

    private DaypassRefusal? Conclude(HttpContext http, DaypassCaller caller, DaypassRefusal? lapsed, in Asked asked)
    {
        var account = caller.Lease?.Grant.Terms.Principal.Account ?? default;
        var owner = asked.Owner ?? (asked.Resource == "*" ? account : _leases.Owner);
        var refusal = lapsed ?? Decide(caller, asked.Action, asked.Resource, owner, asked.ConditionKeys, asked.ResourcePolicy);
        return asked.IsRecorded ? _recorder.Note(http, caller, asked.Action, asked.Resource, owner, refusal) : refusal;
    }

    private DaypassRefusal? Decide(DaypassCaller caller, string action, string resource, AccountId ownerAccount, IReadOnlyDictionary<string, string>? keys, Policy? resourcePolicy)
    {
        // The lease as it is now: a renewal since the request came may have brought other policies.
        var terms = caller.Lease?.Grant.Terms;
        var principal = terms?.Principal ?? Principal.Anonymous;
        var context = KeysOf(caller, terms, ownerAccount);
        AddServiceKeys(context, keys, terms);
        var policies = terms?.Policies ?? new PolicySet();
        if (resourcePolicy is not null)
            policies = policies with { Resource = [resourcePolicy] };
        var request = new AccessRequest(principal, action, resource, ownerAccount, context);
        var decision = PolicyEvaluator.Evaluate(request, policies);
        return decision.IsAllowed ? null : Refusals.AccessDenied(Sentence(principal, action, resource, ownerAccount, decision), Explaining(request, policies, terms));
    }

    // Off the way of those who are allowed: the closure is made in here.
    private Func<string>? Explaining(AccessRequest request, PolicySet policies, LeaseTerms? terms)
    {
        if (_options.HasPlainDenials || terms?.Explanation is null)
            return null;
        var moment = terms.PolicyTime(_time.GetUtcNow());
        return () => DenialMessage.Of(request, policies, terms, moment);
    }

    // To callers of other accounts only the sentence's first half: why is the owner's business.
    private string Sentence(Principal principal, string action, string resource, AccountId owner, in Decision decision)
    {
        var because = principal.Account.IsSet && principal.Account == owner ? " " + decision.Because(action, includeArn: true) : "";
        return _options.IsS3
            ? $"User: {principal.Arn} is not authorized to perform: {action} on resource: \"{resource}\"{because}"
            : $"User: {principal.Arn} is not authorized to perform: {action} on resource: {resource}{because}";
    }

    private RequestContext KeysOf(DaypassCaller caller, LeaseTerms? terms, AccountId owner)
    {
        var now = _time.GetUtcNow();
        var policyTime = terms?.PolicyTime(now) ?? now;
        var context = new RequestContext(terms?.Keys ?? AnonymousKeys);
        caller.Facts.AddTo(context, policyTime, _options.Region);
        if (owner.IsSet)
            context.Set("aws:ResourceAccount", owner.ToString());
        if (caller.ProjectId is { } project)
            context.Set(PolicyDocument.ProjectKey, project);
        if (terms?.MfaAt is { } mfaAt)
            context.Set("aws:MultiFactorAuthAge", Math.Max(0, policyTime.ToUnixTimeSeconds() - mfaAt).ToString(System.Globalization.CultureInfo.InvariantCulture));
        return context;
    }

    private static void AddServiceKeys(RequestContext context, IReadOnlyDictionary<string, string>? keys, LeaseTerms? terms)
    {
        if (keys is null)
            return;
        foreach (var (key, value) in keys)
        {
            if (IsReserved(key) || terms?.Keys.TryGet(key, out _) is true)
                throw new ArgumentException($"The condition key '{key}' is filled by Daypass and cannot be given.", nameof(keys));
            context.Set(key, value);
        }
    }

    private static bool IsReserved(string key) =>
        Array.Exists(ReservedPrefixes, prefix => key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
        && !Array.Exists(ServiceKeys, allowed => key.StartsWith(allowed, StringComparison.OrdinalIgnoreCase));

    private void RefuseMisuse(string action, Policy? resourcePolicy)
    {
        // A lease holds only what can concern this service: about others it would say "no" where policies say "yes", and the reverse.
        if (!action.StartsWith(_actionPrefix, StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException($"The action '{action}' is not one of the service '{_options.Service}'.", nameof(action));
        if (resourcePolicy is { Document.Type: not PolicyType.Resource })
            throw new ArgumentException("The policy must be parsed as a resource policy.", nameof(resourcePolicy));
    }

    private static RequestContext KeysOfAnonymous()
    {
        var keys = new RequestContext();
        keys.Set("aws:PrincipalType", "Anonymous");
        keys.Set("aws:userid", "anonymous");
        return keys;
    }
}
