namespace Daypass.Policies.Explaining;

/// <summary>Finds the Allow statement that came nearest; the rule is that of <see cref="Trace.Nearest"/>.</summary>
internal static class Nearness
{
    public static TracedStatement? Find(Trace trace)
    {
        if (trace.Decision.Reason is DenialReason.None or DenialReason.ExplicitDeny)
            return null;
        return Blamed(trace)
            .SelectMany(set => set.Policies)
            .SelectMany(policy => policy.Statements)
            .Where(traced => !traced.Statement.IsDeny && !traced.IsMatch)
            .MinBy(traced => (traced.FitsAction ? 0 : 1, traced.Shortfalls.Count));
    }

    /// <summary>An organization is blamed for its first level that says nothing.</summary>
    private static IEnumerable<TracedSet> Blamed(Trace trace)
    {
        var sets = trace.Sets.Where(set => set.Type == trace.Decision.DecidedBy);
        return trace.Decision.DecidedBy is PolicyType.ServiceControl or PolicyType.ResourceControl
            ? sets.Where(set => set.Outcome == TracedOutcome.Silent).Take(1)
            : sets;
    }
}
