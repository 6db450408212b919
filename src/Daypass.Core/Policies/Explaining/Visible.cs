namespace Daypass.Policies.Explaining;

/// <summary>What of a trace a view shows. What is withheld is withheld whole: not even whether a set said anything.</summary>
internal readonly struct Visible(Trace trace, TraceView view)
{
    private bool IsWhole => view == TraceView.All || trace.IsSameAccount;

    /// <summary>Whether something is withheld.</summary>
    public bool IsPartial => !IsWhole;

    public IEnumerable<TracedSet> Sets => trace.Sets.Where(IsShown);

    public TracedStatement? Decisive => If(trace.Decisive);

    public TracedStatement? Nearest => If(trace.Nearest);

    /// <summary>Whether the type of policy that decided may be told.</summary>
    public bool IsReasonShown => IsWhole || trace.Decision.DecidedBy is not { } type || IsShown(new TracedSet(type, null, []));

    private TracedStatement? If(TracedStatement? traced) => IsReasonShown ? traced : null;

    private bool IsShown(TracedSet set) => IsWhole || set.IsOfCaller == (view == TraceView.Caller);
}
