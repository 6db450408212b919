using System.Text.Json;
using Daypass.Policies.Explaining;

namespace Daypass.Policies;

/// <summary>
/// Why a request was decided as it was: every set of policies, every statement, and what each statement that did not apply lacked. Made
/// on demand by <see cref="PolicyEvaluator.Explain"/>, from the same checks as the decision.
/// </summary>
/// <param name="Request">What was asked.</param>
/// <param name="Decision">The answer, the same as that of <see cref="PolicyEvaluator.Evaluate"/>.</param>
/// <param name="Sets">The policies in groups: RCPs and SCPs by level, then resource, identity, boundary and session policies.</param>
public sealed record Trace(AccessRequest Request, Decision Decision, IReadOnlyList<TracedSet> Sets)
{
    /// <summary>The statement that decided; null for an implicit denial, and for what the root user may do anyway.</summary>
    public TracedStatement? Decisive => Statements.FirstOrDefault(IsDecisive);

    /// <summary>
    /// For an implicit denial, the Allow statement that came nearest to granting, among the policies of the type that is blamed: one that
    /// fits the action before one that does not, then the one that fails in the fewest elements (principal, action, resource, and
    /// each condition counts one), then the first. Null if there is none.
    /// </summary>
    public TracedStatement? Nearest => Nearness.Find(this);

    /// <summary>Every statement of every set, in order.</summary>
    public IEnumerable<TracedStatement> Statements => Sets.SelectMany(set => set.Policies).SelectMany(policy => policy.Statements);

    /// <summary>Whether the caller's account owns the resource.</summary>
    public bool IsSameAccount => Request.Principal.Account.IsSet && Request.Principal.Account == Request.ResourceAccount;

    /// <summary>The trace for people: a few lines of text, ending with LF.</summary>
    /// <param name="view">Whose policies may be shown.</param>
    public string ToText(TraceView view = TraceView.All) => new TraceText(this, view).Write();

    /// <summary>The trace as one JSON object; the names in it are stable.</summary>
    /// <param name="writer">Where to write; it is not flushed.</param>
    /// <param name="view">Whose policies may be shown.</param>
    /// <param name="detail">How many statements are listed.</param>
    public void WriteTo(Utf8JsonWriter writer, TraceView view = TraceView.All, TraceDetail detail = TraceDetail.All) =>
        new TraceJson(this, view, detail, writer).Write();

    /// <summary>
    /// The <c>DecodedMessage</c> of <c>sts:DecodeAuthorizationMessage</c>: AWS's members (STS API reference), and this trace as the member
    /// <c>trace</c>. What does not fit is left out from its least telling end: statements for other actions first, then all but the
    /// deciding and the nearest, then the request's condition keys, then the trace, then the matched statements.
    /// </summary>
    /// <param name="view">Whose policies may be shown.</param>
    /// <param name="maxBytes">The longest text wanted, in bytes of UTF-8; the shortest form is written even if it is longer.</param>
    public string ToDecodedMessage(TraceView view = TraceView.All, int maxBytes = int.MaxValue) => DecodedMessage.Write(this, view, maxBytes, DecodedMessage.Plain);

    internal bool IsDecisive(TracedStatement traced) =>
        ReferenceEquals(traced.Statement, Decision.Statement) && ReferenceEquals(traced.Policy, Decision.Policy);
}
