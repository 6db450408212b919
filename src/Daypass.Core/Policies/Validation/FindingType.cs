namespace Daypass.Policies.Validation;

/// <summary>What a finding means for the policy (IAM guide, "Access Analyzer policy validation").</summary>
public enum FindingType
{
    /// <summary>A part of the policy does not work. What <see cref="PolicyDocument.TryParse(string, PolicyType, out PolicyError?)"/> refuses is always one.</summary>
    Error,

    /// <summary>The policy works and gives more than is wise.</summary>
    SecurityWarning,

    /// <summary>The policy works and may not do what was meant.</summary>
    Warning,

    /// <summary>A part of the policy has no effect, or says something twice.</summary>
    Suggestion,
}
