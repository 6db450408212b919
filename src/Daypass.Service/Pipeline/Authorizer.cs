using Daypass.Policies;

namespace Daypass.Service.Pipeline;

/// <summary>Step 5: puts an action's question to the policy engine, with all policy types of all sets concerned.</summary>
internal static class Authorizer
{
    /// <exception cref="ApiException">AccessDenied, with the kind of policy that stands in the way.</exception>
    public static void Require(Scene scene, Question question)
    {
        if (question.Permissions.Count == 0)
            return;
        var common = RequestKeys.Of(scene);
        foreach (var permission in question.Permissions)
        {
            var (request, policies) = Put(scene, permission, common);
            var decision = PolicyEvaluator.Evaluate(request, policies);
            if (!decision.IsAllowed)
                throw scene.Caller.Federation is not null
                    ? Errors.NotAuthorized(permission.Action, new Denial(scene, permission, common, request, policies, decision))
                    : Errors.AccessDenied(scene.Caller.Arn, permission.Action, permission.Resource, Because(scene, permission, decision), new Denial(scene, permission, common, request, policies, decision));
        }
    }

    public static Decision Decide(Scene scene, Permission permission, RequestContext common)
    {
        var (request, policies) = Put(scene, permission, common);
        return PolicyEvaluator.Evaluate(request, policies);
    }

    /// <summary>The same with every statement's part in it.</summary>
    public static Trace Explain(Scene scene, Permission permission, RequestContext common)
    {
        var (request, policies) = Put(scene, permission, common);
        return PolicyEvaluator.Explain(request, policies);
    }

    private static (AccessRequest Request, PolicySet Policies) Put(Scene scene, Permission permission, RequestContext common)
    {
        var caller = scene.Caller;
        var policies = new PolicySet
        {
            Identity = caller.Policies.Identity,
            Boundary = caller.Policies.Boundary,
            Session = caller.SessionPolicies,
            Resource = permission.ResourcePolicies,
        };
        return (new AccessRequest(caller.Principal, permission.Action, permission.Resource, permission.Owner, With(permission, common), permission.IsTrust), policies);
    }

    private static RequestContext With(Permission permission, RequestContext common)
    {
        if (permission.Keys.Count == 0 && permission.ListKeys.Count == 0)
            return common;
        var context = new RequestContext(common);
        foreach (var (key, value) in permission.Keys)
            context.Set(key, value);
        foreach (var (key, values) in permission.ListKeys)
            context.SetList(key, values);
        return context;
    }

    // What stands in another account's policies is nobody's business here: across accounts only the base sentence.
    private static string Because(Scene scene, Permission permission, Decision decision) =>
        permission.ExplainsDenial && permission.Owner == scene.Caller.Account ? decision.Because(permission.Action, includeArn: true) : "";
}
