using Daypass.Policies.Explaining;
using Daypass.Policies.Matching;

namespace Daypass.Policies;

/// <summary>
/// Decides requests (IAM guide, "Policy evaluation logic"). Pure, without allocation for ordinary requests. The order of policies
/// never changes whether a request is allowed, only which statement is named.
/// </summary>
public static class PolicyEvaluator
{
    private const int StackBuffer = 128;

    /// <summary>Decides a request by every policy that applies to it. Denies whatever no policy allows.</summary>
    public static Decision Evaluate(AccessRequest request, PolicySet policies)
    {
        var length = request.Action.Length;
        Span<char> action = length <= StackBuffer ? stackalloc char[StackBuffer] : new char[length];
        ActionPattern.Lower(request.Action, action);
        var evaluation = new Evaluation(new Subject(request, action[..length], policies.Boundary is not null), policies);
        return evaluation.Decide();
    }

    /// <summary>
    /// Decides a request and tells why in full. Costs far more than <see cref="Evaluate"/>: for refusals that somebody looks into, and for
    /// simulation.
    /// </summary>
    public static Trace Explain(AccessRequest request, PolicySet policies)
    {
        var subject = new Subject(request, ActionPattern.Lower(request.Action), policies.Boundary is not null);
        return new Explanation(subject, policies).Explain();
    }
}
