namespace Daypass.Policies.Explaining;

/// <summary>The words of written traces. They are read by programs, so the names in the code may change and these may not.</summary>
internal static class TraceNames
{
    /// <summary>A denial whose reason is withheld: whether the other side denies in so many words is its own business.</summary>
    public const string Denied = "denied";

    public static string Of(PolicyType type) => type switch
    {
        PolicyType.Identity => "identity",
        PolicyType.Trust => "trust",
        PolicyType.Session => "session",
        PolicyType.Boundary => "boundary",
        PolicyType.Resource => "resource",
        PolicyType.ServiceControl => "serviceControl",
        _ => "resourceControl",
    };

    public static string Of(DenialReason reason) => reason switch
    {
        DenialReason.None => "allowed",
        DenialReason.ExplicitDeny => "explicitDeny",
        DenialReason.NoIdentityPolicyAllows => "noIdentityPolicyAllows",
        DenialReason.NoResourcePolicyAllows => "noResourcePolicyAllows",
        DenialReason.NoTrustPolicyAllows => "noTrustPolicyAllows",
        DenialReason.NoBoundaryAllows => "noBoundaryAllows",
        DenialReason.NoSessionPolicyAllows => "noSessionPolicyAllows",
        DenialReason.NoServiceControlPolicyAllows => "noServiceControlPolicyAllows",
        _ => "noResourceControlPolicyAllows",
    };

    public static string Of(TracedOutcome outcome) => outcome switch
    {
        TracedOutcome.Denies => "denies",
        TracedOutcome.Allows => "allows",
        _ => "silent",
    };

    public static string? Of(PrincipalMatch match) => match switch
    {
        PrincipalMatch.Account => "account",
        PrincipalMatch.Entity => "entity",
        PrincipalMatch.Direct => "direct",
        _ => null,
    };

    public static string Of(StatementElement element) => element switch
    {
        StatementElement.Principal => "principal",
        StatementElement.Action => "action",
        StatementElement.Resource => "resource",
        _ => "condition",
    };

    /// <summary>What allows or denies, in a decision's own word of AWS's simulator.</summary>
    public static string Of(Decision decision) =>
        decision.IsAllowed ? "allowed" : decision.Reason == DenialReason.ExplicitDeny ? "explicitDeny" : "implicitDeny";
}
