using Daypass.Policies.Parsing;
using Daypass.Policies.Validation.Checks;

namespace Daypass.Policies.Validation;

/// <summary>
/// Looks a policy over before it is used: everything that is wrong with it, unwise in it or superfluous, each with its place
/// (IAM guide, "Access Analyzer policy check reference"). Pure and bounded: no text makes it throw, and none costs much more than to read it.
/// </summary>
public static class PolicyValidator
{
    /// <summary>
    /// All findings, in the order of the text. What <see cref="PolicyDocument.TryParse(string, PolicyType, out PolicyError?)"/> refuses has at least one
    /// <see cref="FindingType.Error"/>; a text without one can be parsed.
    /// </summary>
    /// <param name="text">The policy as supplied; any text, also a broken one.</param>
    /// <param name="type">Which grammar applies.</param>
    /// <param name="options">What else is known; null means the defaults.</param>
    public static IReadOnlyList<PolicyFinding> Validate(string text, PolicyType type, PolicyValidationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        options ??= new PolicyValidationOptions();
        if (type == PolicyType.Resource && options.ResourceType == PolicyValidationOptions.TrustPolicyResourceType)
            type = PolicyType.Trust;
        var source = new PolicySource(text);
        var findings = new Findings(source, options.MaxFindingsPerType);
        if (JsonChecks.TryRead(source, findings) is { } root)
            Run(new PolicyDraft(source, UrnTranslation.Of(root, options.Syntax, type, widens: false), type, options), findings);
        return findings.ToList();
    }

    private static void Run(PolicyDraft policy, Findings findings)
    {
        foreach (var check in PolicyChecks.All)
            check(policy, findings);
        // The checks know more than the parser, and the parser has the last word: whatever it refuses is an error.
        if (!findings.HasErrors && PolicyDocument.TryParse(policy.Source.Text, policy.Type, policy.Syntax, out var refusal) is null)
            findings.AddAt(Issues.Refused, refusal!.Position, refusal.Message);
    }
}
