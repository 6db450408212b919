namespace Daypass.Policies.Comparing;

/// <summary>The answers in words.</summary>
internal static class Verdict
{
    private const int NoStatement = -1;

    public static Comparison Passed { get; } = new(true, [], null);

    public static Comparison Refused(string why) => new(false, [new(why, NoStatement, null)], null);

    public static Comparison Of(Finding finding, PolicyDocument policy, string access)
    {
        if (!finding.IsOpen)
            return Passed;
        var reasons = finding.Possible.Union(finding.Certain).Order().Select(index => Reason(index, policy.Statements[index].Sid, access, finding)).ToList();
        if (finding.IsUnfinished && finding.Example is null)
            reasons.Add(new("The policy is too complex to prove that there is no such access.", NoStatement, null));
        return new(false, reasons, finding.Example);
    }

    private static ComparisonReason Reason(int index, string? sid, string access, Finding finding)
    {
        var place = string.IsNullOrEmpty(sid) ? $"in the statement with index: {index}." : $"in the statement with sid: {sid}.";
        var isCertain = finding.Certain.Contains(index);
        return new(isCertain ? $"{access} {place}" : $"{access} is possible, though no example was found, {place}", index, sid);
    }
}
