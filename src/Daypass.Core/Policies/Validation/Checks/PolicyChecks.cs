namespace Daypass.Policies.Validation.Checks;

/// <summary>Looks at a whole policy for one family of faults, and tells all it finds.</summary>
internal delegate void PolicyCheck(PolicyDraft policy, Findings findings);

/// <summary>The table of contents: every family of checks. <see cref="JsonChecks"/> come before, since without JSON there is no policy.</summary>
internal static class PolicyChecks
{
    public static readonly PolicyCheck[] All =
    [
        StructureChecks.Run,
        StatementChecks.Run,
        LegalityChecks.Run,
        PrincipalChecks.Run,
        TrustChecks.Run,
        ActionChecks.Run,
        ArnChecks.Run,
        VariableChecks.Run,
        ConditionFormChecks.Run,
        ConditionKeyChecks.Run,
        ConditionValueChecks.Run,
        UrnValueChecks.Run,
        SizeChecks.Run,
        AccessChecks.Run,
        FederationChecks.Run,
        PassRoleChecks.Run,
        EscalationChecks.Run,
        TagChecks.Run,
        TargetChecks.Run,
        RedundancyChecks.Run,
        RedundantStatementChecks.Run,
        RedundantValueChecks.Run,
    ];
}
