namespace Daypass.Policies;

/// <summary>The engine's answer.</summary>
/// <param name="IsAllowed">Whether the request may go on.</param>
/// <param name="Reason">Why it may not.</param>
/// <param name="DecidedBy">The type of policy that allowed or denied; null when nothing but the caller's being root decided.</param>
/// <param name="Policy">The policy whose statement matched; null for implicit denials.</param>
/// <param name="Statement">The statement that matched; null for implicit denials.</param>
public readonly record struct Decision(bool IsAllowed, DenialReason Reason, PolicyType? DecidedBy, Policy? Policy, Statement? Statement)
{
    /// <summary>
    /// The end of AWS's AccessDenied sentence (IAM guide, "Troubleshoot access denied error messages"), such as
    /// <c>because no identity-based policy allows the s3:PutObject action</c>; empty when the request is allowed.
    /// </summary>
    /// <param name="action">The action as the message shall print it.</param>
    /// <param name="includeArn">Whether to name the denying policy: only if caller and owner share account or organization.</param>
    public string Because(string action, bool includeArn = false) => Reason switch
    {
        DenialReason.None => "",
        DenialReason.ExplicitDeny => $"with an explicit deny in {NameOf(DecidedBy)}{(includeArn && Policy?.Arn is { } arn ? $": {arn}" : "")}",
        _ => $"because no {Missing(Reason)} allows the {action} action",
    };

    private static string NameOf(PolicyType? type) => type switch
    {
        PolicyType.Trust => "the role trust policy",
        PolicyType.Session => "a session policy",
        PolicyType.Boundary => "a permissions boundary",
        PolicyType.Resource => "a resource-based policy",
        PolicyType.ServiceControl => "a service control policy",
        PolicyType.ResourceControl => "a resource control policy",
        _ => "an identity-based policy",
    };

    private static string Missing(DenialReason reason) => reason switch
    {
        DenialReason.NoResourcePolicyAllows => "resource-based policy",
        DenialReason.NoTrustPolicyAllows => "role trust policy",
        DenialReason.NoBoundaryAllows => "permissions boundary",
        DenialReason.NoSessionPolicyAllows => "session policy",
        DenialReason.NoServiceControlPolicyAllows => "service control policy",
        DenialReason.NoResourceControlPolicyAllows => "resource control policy",
        _ => "identity-based policy",
    };
}
