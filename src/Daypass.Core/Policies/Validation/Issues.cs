namespace Daypass.Policies.Validation;

/// <summary>Every kind of finding; docs/reference/policy-checks.md is made from this table.</summary>
internal static class Issues
{
    private const FindingType Error = FindingType.Error;
    private const FindingType Warning = FindingType.Warning;
    private const FindingType Suggestion = FindingType.Suggestion;

    private static readonly List<Issue> Defined = [];

    // The text and its form.
    public static readonly Issue JsonSyntaxError = Define("JSON_SYNTAX_ERROR", Error, "The text is no JSON, or an object has one name twice.");
    public static readonly Issue TooLong = Define("POLICY_DOCUMENT_TOO_LONG", Error, "The text is longer than any that is read.");
    public static readonly Issue DataTypeMismatch = Define("DATA_TYPE_MISMATCH", Error, "A text, list or object stands where another is needed.");
    public static readonly Issue InvalidPolicyElement = Define("INVALID_POLICY_ELEMENT", Error, "There is no element of that name; letter case counts.");
    public static readonly Issue InvalidVersion = Define("INVALID_VERSION", Error, "The version is not one that this type of policy takes.");
    public static readonly Issue MissingRequiredVersion = Define("MISSING_VERSION", Error, "There is no version, and this type of policy needs one.");
    public static readonly Issue MissingVersion = Define("MISSING_VERSION", Warning, "There is no version: the old rules apply, which know no variables.");
    public static readonly Issue MissingStatement = Define("MISSING_STATEMENT", Error, "There is no statement.");
    public static readonly Issue MissingEffect = Define("MISSING_EFFECT", Error, "A statement has no effect.");
    public static readonly Issue InvalidEffect = Define("INVALID_EFFECT", Error, "The effect is neither Allow nor Deny; letter case counts.");
    public static readonly Issue MissingAction = Define("MISSING_ACTION", Error, "A statement has no actions.");
    public static readonly Issue MissingResource = Define("MISSING_RESOURCE", Error, "A statement has no resources, and this type of policy needs them.");
    public static readonly Issue MissingPrincipal = Define("MISSING_PRINCIPAL", Error, "A statement has no principal, and this type of policy names one.");
    public static readonly Issue UnsupportedElementCombination = Define("UNSUPPORTED_ELEMENT_COMBINATION", Error, "An element and its opposite stand in one statement.");
    public static readonly Issue UniqueSidsRequired = Define("UNIQUE_SIDS_REQUIRED", Error, "Two statements have the same Sid.");
    public static readonly Issue UnsupportedSid = Define("UNSUPPORTED_SID", Error, "A Sid has characters other than letters and digits, which IAM does not take.");
    public static readonly Issue EmptySidValue = Define("EMPTY_SID_VALUE", Suggestion, "A Sid is empty.");

    // What the type of policy takes.
    public static readonly Issue UnsupportedPrincipal = Define("UNSUPPORTED_PRINCIPAL", Error, "A policy of this type belongs to its principal and cannot name one.");
    public static readonly Issue ScpSyntaxErrorPrincipal = Define("SCP_SYNTAX_ERROR_PRINCIPAL", Error, "A service control policy names no principals.");
    public static readonly Issue RoleTrustPolicySyntaxErrorNotPrincipal = Define("ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL", Error, "A trust policy takes no NotPrincipal.");
    public static readonly Issue RoleTrustPolicySyntaxErrorResource = Define("ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE", Error, "A trust policy takes no resources: its resource is the role.");
    public static readonly Issue UnsupportedActionInPolicy = Define("UNSUPPORTED_ACTION_IN_POLICY", Error, "The action is not one that this type of policy takes.");
    public static readonly Issue RcpSyntaxErrorNotPrincipal = Define("RCP_SYNTAX_ERROR_NOTPRINCIPAL", Error, "A resource control policy takes no NotPrincipal.");
    public static readonly Issue RcpSyntaxErrorNotAction = Define("RCP_SYNTAX_ERROR_NOTACTION", Error, "A resource control policy takes no NotAction.");
    public static readonly Issue RcpSyntaxErrorAllow = Define("RCP_SYNTAX_ERROR_ALLOW", Error, "A resource control policy only denies.");
    public static readonly Issue RcpSyntaxErrorActionWildcard = Define("RCP_SYNTAX_ERROR_ACTION_WILDCARD", Error, "A resource control policy cannot deny all actions of all services.");
    public static readonly Issue RcpSyntaxErrorPrincipal = Define("RCP_SYNTAX_ERROR_PRINCIPAL", Error, "The principal of a resource control policy is everybody.");
    public static readonly Issue PolicySizeExceedsScpQuota = Define("POLICY_SIZE_EXCEEDS_SCP_QUOTA", Error, "The policy is longer than a service control policy may be.");
    public static readonly Issue PolicySizeExceedsRcpQuota = Define("POLICY_SIZE_EXCEEDS_RCP_QUOTA", Error, "The policy is longer than a resource control policy may be.");
    public static readonly Issue PolicySizeExceedsIdentityPolicyQuota = Define("POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA", Warning, "The policy is longer than a managed policy, or one passed with a session, may be.");
    public static readonly Issue PolicySizeExceedsResourcePolicyQuota = Define("POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA", Warning, "The policy is longer than a resource policy of its kind may be.");

    // The validator itself.
    public static readonly Issue Refused = Define("POLICY_REFUSED", Error, "The parser refuses the policy for a reason that has no check of its own.");
    public static readonly Issue FindingsNotShown = Define("FINDINGS_NOT_SHOWN", Warning, "There are more findings than are told.");

    public static IReadOnlyList<Issue> All => Defined;

    private static Issue Define(string code, FindingType type, string meaning)
    {
        var issue = new Issue(code, type, meaning);
        Defined.Add(issue);
        return issue;
    }
}
