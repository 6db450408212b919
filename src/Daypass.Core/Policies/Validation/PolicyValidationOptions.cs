namespace Daypass.Policies.Validation;

/// <summary>What <see cref="PolicyValidator"/> may be told about a policy besides its type.</summary>
public sealed record PolicyValidationOptions
{
    /// <summary>The <see cref="ResourceType"/> that makes a resource policy a role's trust policy.</summary>
    public const string TrustPolicyResourceType = "AWS::IAM::AssumeRolePolicyDocument";

    /// <summary>
    /// What a resource policy is attached to, as <c>accessanalyzer:ValidatePolicy</c> names it: <c>AWS::IAM::AssumeRolePolicyDocument</c>,
    /// <c>AWS::S3::Bucket</c> and so on. Null, and a type that is not known, mean any resource.
    /// </summary>
    public string? ResourceType { get; init; }

    /// <summary>The language of the text. The names of one with URNs are looked at as the ARNs that they stand for.</summary>
    public PolicySyntax Syntax { get; init; } = PolicySyntax.Aws;

    /// <summary>
    /// The most characters the policy may have, counted as IAM counts them (white space outside of texts is free). Null means AWS's quota
    /// for the type.
    /// </summary>
    public int? MaxSize { get; init; }

    /// <summary>The most findings of one <see cref="FindingType"/> that are told, at least 1; one more says that there are others.</summary>
    public int MaxFindingsPerType { get; init; } = 250;
}
