using Daypass.Policies;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;

namespace Daypass.Service.Actions.Iam.Simulation;

/// <summary>A member of <c>PolicyExclusionList</c>: policies of the entity that are left out, by type, by ARN, or one inline policy.</summary>
/// <param name="Type"><c>inline</c>, <c>aws-managed</c>, <c>user-managed</c>, <c>permission-boundary</c>, <c>scp</c> or <c>rcp</c>.</param>
/// <param name="Arn">Of a managed policy; one <c>*</c> is allowed.</param>
/// <param name="Inline">An inline policy.</param>
internal sealed record PolicyExclusion(string? Type, string? Arn, InlineExclusion? Inline)
{
    private const string Name = "PolicyExclusionList";

    public static IReadOnlyList<PolicyExclusion> Read(Parameters wire) => [.. wire.Members(Name).Select(member => Read(wire, member))];

    /// <summary>Whether the policy is left out. ARNs may leave the path out, as AWS's simulator compares them.</summary>
    public bool Covers(HeldPolicy held)
    {
        if (held.Policy.Arn is not { } arn)
            return Type == "inline" || Inline?.Covers(held) is true;
        var isOfAws = arn.StartsWith("arn:aws:iam::aws:", StringComparison.Ordinal);
        return Type == (isOfAws ? "aws-managed" : "user-managed") || (Arn is not null && (IsMatch(Arn, arn) || IsMatch(Arn, WithoutPath(arn))));
    }

    public bool CoversBoundary => Type == "permission-boundary";

    /// <summary>Whether a text fits a pattern with at most one <c>*</c>.</summary>
    internal static bool IsMatch(string pattern, string text)
    {
        var star = pattern.IndexOf('*', StringComparison.Ordinal);
        return star < 0
            ? pattern == text
            : text.Length >= pattern.Length - 1 && text.StartsWith(pattern[..star], StringComparison.Ordinal) && text.EndsWith(pattern[(star + 1)..], StringComparison.Ordinal);
    }

    private static PolicyExclusion Read(Parameters wire, string member)
    {
        var exclusion = new PolicyExclusion(
            wire.Word(member + ".PolicyType", "inline", "aws-managed", "user-managed", "permission-boundary", "scp", "rcp"),
            wire.Text(member + ".PolicyArn", TextRules.Arn),
            InlineExclusion.Read(wire, member + ".InlinePolicyIdentifier"));
        return (exclusion.Type, exclusion.Arn, exclusion.Inline) switch
        {
            (not null, null, null) or (null, null, not null) => exclusion,
            (null, { } arn, null) => arn.AsSpan().Count('*') <= 1 ? exclusion : throw Errors.InvalidInput($"{member}.PolicyArn may have one '*'."),
            _ => throw Errors.InvalidInput($"{member} must have exactly one of PolicyType, PolicyArn and InlinePolicyIdentifier."),
        };
    }

    private static string WithoutPath(string arn) => string.Concat(arn.AsSpan(0, arn.IndexOf('/', StringComparison.Ordinal) + 1), SimulatedPolicies.NameOf(arn));
}

/// <summary>One inline policy, or that of each entity whose name fits: a pattern with one <c>*</c>.</summary>
internal sealed record InlineExclusion(string PolicyName, string AttachmentType, string AttachmentName)
{
    private static readonly TextRule Pattern = TextRule.Of(1, 128);

    public static InlineExclusion? Read(Parameters wire, string prefix)
    {
        var (policy, type, name) = (
            wire.Text(prefix + ".PolicyName", TextRules.PolicyName), wire.Word(prefix + ".AttachmentType", "user", "group", "role"), wire.Text(prefix + ".AttachmentName", Pattern));
        if (policy is null && type is null && name is null)
            return null;
        if (policy is null || type is null || name is null || name.AsSpan().Count('*') > 1)
            throw Errors.InvalidInput($"{prefix} must have a PolicyName, an AttachmentType and an AttachmentName, which may have one '*'.");
        return new InlineExclusion(policy, type, name);
    }

    public bool Covers(HeldPolicy held) => held.Policy.Arn is null
        && SimulatedPolicies.NounOf(held.Holder) == AttachmentType
        && PolicyExclusion.IsMatch(AttachmentName, held.Holder.Name)
        && held.Policy.Id == $"{AttachmentType}_{held.Holder.Name}_{PolicyName}";
}
