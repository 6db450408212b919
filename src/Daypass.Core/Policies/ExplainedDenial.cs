using System.Text;
using Daypass.Names;
using Daypass.Policies.Explaining;
using Daypass.Tokens;

namespace Daypass.Policies;

/// <summary>
/// A denial explained to each side that may know: one text for the caller's account and one for the resource owner's, or one for both if
/// they are the same. What a side is told follows from its own policies and the request alone, so it is the same text whatever the
/// other side has: not even whether the resource exists can be read from it.
/// </summary>
/// <param name="Caller">The caller's account; unset for callers that have none.</param>
/// <param name="Owner">The account of the resource's owner.</param>
/// <param name="CallerText">For the caller's account: the JSON of <see cref="Trace.ToDecodedMessage"/>; null if there is none.</param>
/// <param name="OwnerText">For the owner's account, if it is another one; else null.</param>
public sealed record ExplainedDenial(AccountId Caller, AccountId Owner, string? CallerText, string? OwnerText)
{
    /// <summary>What is left of a text when the names in the request alone are longer than the room.</summary>
    public const string TooLong = """{"allowed":false,"omitted":true}""";

    // The shortest statement: its index, line and column, and that it lacks the action.
    private static readonly DecodedMessage.Measure InMessage = new(AuthorizationMessage.TextSize, LeastPerStatement: 9);

    /// <summary>Explains a request that <see cref="PolicyEvaluator.Evaluate"/> denied.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="policies">What it was decided by.</param>
    /// <param name="known">
    /// The condition keys that the caller's account may see although the resource is another account's: those of the caller and of the
    /// request, none that tell of the resource (its tags, its owner).
    /// </param>
    /// <param name="maxBytes">
    /// The room for all texts together, as <see cref="AuthorizationMessage.TextSize"/> counts, at least 128; <see cref="Trace.ToDecodedMessage"/> says what
    /// gives way.
    /// </param>
    public static ExplainedDenial Of(AccessRequest request, PolicySet policies, RequestContext known, int maxBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBytes, 128);
        var (caller, owner) = (request.Principal.Account, request.ResourceAccount);
        if (caller.IsSet && caller == owner)
            return new(caller, owner, Fit(PolicyEvaluator.Explain(request, policies), TraceView.All, maxBytes), null);
        return new(
            caller, owner,
            caller.IsSet ? Fit(Sides.OfCaller(request, policies, known), TraceView.Caller, maxBytes / 2) : null,
            owner.IsSet ? Fit(Sides.OfOwner(request, policies), TraceView.Owner, maxBytes / 2) : null);
    }

    /// <summary>What an account may read; null for accounts that are neither side.</summary>
    public string? TextFor(AccountId reader) => !reader.IsSet ? null : reader == Caller ? CallerText : reader == Owner ? OwnerText : null;

    // Whether a text is there must not depend on policies, so there always is one.
    private static string Fit(Trace trace, TraceView view, int maxBytes) =>
        DecodedMessage.Write(trace, view, maxBytes, InMessage) is var text && AuthorizationMessage.TextSize(Encoding.UTF8.GetBytes(text)) <= maxBytes ? text : TooLong;
}
