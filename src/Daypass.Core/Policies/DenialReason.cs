namespace Daypass.Policies;

/// <summary>Which policy type made a request fail. Only one is named, even if several would have denied.</summary>
public enum DenialReason
{
    /// <summary>The request is allowed.</summary>
    None,

    /// <summary>A statement with effect Deny matched.</summary>
    ExplicitDeny,

    /// <summary>No identity policy allows.</summary>
    NoIdentityPolicyAllows,

    /// <summary>No resource policy allows.</summary>
    NoResourcePolicyAllows,

    /// <summary>The role's trust policy does not allow.</summary>
    NoTrustPolicyAllows,

    /// <summary>The permissions boundary does not allow.</summary>
    NoBoundaryAllows,

    /// <summary>No session policy allows, or none was passed where one is needed.</summary>
    NoSessionPolicyAllows,

    /// <summary>Some level of service control policies does not allow.</summary>
    NoServiceControlPolicyAllows,

    /// <summary>Some level of resource control policies does not allow.</summary>
    NoResourceControlPolicyAllows,
}
