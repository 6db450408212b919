namespace Daypass.Policies.Validation;

/// <summary>Every kind of finding; docs/reference/policy-checks.md is made from this table.</summary>
internal static class Issues
{
    private const FindingType Error = FindingType.Error;
    private const FindingType SecurityWarning = FindingType.SecurityWarning;
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

    // Principals.
    public static readonly Issue InvalidPrincipalFormat = Define("INVALID_PRINCIPAL_FORMAT", Error, "A principal names nobody: it is no account, ARN of a user, role or session, or `*`.");
    public static readonly Issue InvalidPrincipalKey = Define("INVALID_PRINCIPAL_KEY", Error, "There is no such kind of principal.");
    public static readonly Issue UnsupportedWildcardInPrincipal = Define("UNSUPPORTED_WILDCARD_IN_PRINCIPAL", Error, "A wildcard stands for a principal only alone.");
    public static readonly Issue RoleTrustPolicyUnsupportedWildcardInPrincipal = Define("ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL", Error, "A wildcard in a principal of a trust policy that cannot have one.");
    public static readonly Issue InvalidFederatedPrincipal = Define("INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY", Error, "A federated principal is no identity provider.");
    public static readonly Issue InvalidServicePrincipalFormat = Define("INVALID_SERVICE_PRINCIPAL_FORMAT", Error, "A service principal is no name.");
    public static readonly Issue MismatchedActionForPrincipal = Define("MISMATCHED_ACTION_FOR_PRINCIPAL", Error, "In a trust policy, a principal cannot call any of the actions, or an action cannot be called by any of the principals.");
    public static readonly Issue InvalidRoleReference = Define("INVALID_ROLE_REFERENCE", Warning, "A role is named by its unique id.");
    public static readonly Issue InvalidUserReference = Define("INVALID_USER_REFERENCE", Warning, "A user is named by its unique id.");
    public static readonly Issue EmptyObjectPrincipal = Define("EMPTY_OBJECT_PRINCIPAL", Suggestion, "A principal element has nothing in it.");
    public static readonly Issue EmptyArrayPrincipal = Define("EMPTY_ARRAY_PRINCIPAL", Suggestion, "A list of principals has nothing in it.");

    // Actions and resources.
    public static readonly Issue InvalidAction = Define("INVALID_ACTION", Error, "There is no such action.");
    public static readonly Issue InvalidServiceInAction = Define("INVALID_SERVICE_IN_ACTION", Error, "The part of an action before the colon is no name of a service.");
    public static readonly Issue TooManyWildcards = Define("TOO_MANY_WILDCARDS", Error, "A pattern has more runs of `*` than are read.");
    public static readonly Issue InvalidArnPrefix = Define("INVALID_ARN_PREFIX", Error, "A resource, or a value that is compared as an ARN, does not begin with `arn:`.");
    public static readonly Issue InvalidPartition = Define("INVALID_PARTITION", Error, "There is no such partition.");
    public static readonly Issue MissingArnField = Define("MISSING_ARN_FIELD", Error, "An ARN names no service, or has too few fields to be compared.");
    public static readonly Issue ShortArn = Define("MISSING_ARN_FIELD", Warning, "The ARN of a resource has fewer than six fields; the others count as `*`.");
    public static readonly Issue InvalidService = Define("INVALID_SERVICE", Error, "The service of an ARN has wildcards.");
    public static readonly Issue InvalidArnServiceCase = Define("INVALID_ARN_SERVICE_CASE", Error, "The service of an ARN is in upper case, and matches nothing.");
    public static readonly Issue ArnRegionNotAllowed = Define("ARN_REGION_NOT_ALLOWED", Error, "A resource of a kind without region names one.");
    public static readonly Issue MissingArnRegion = Define("MISSING_ARN_REGION", Error, "A resource of a kind with region names none.");
    public static readonly Issue InvalidArnRegion = Define("INVALID_ARN_REGION", Error, "The region of an ARN is no name of one.");
    public static readonly Issue ArnAccountNotAllowed = Define("ARN_ACCOUNT_NOT_ALLOWED", Error, "A resource of a kind without account names one.");
    public static readonly Issue InvalidArnAccount = Define("INVALID_ARN_ACCOUNT", Error, "The account of an ARN is no account id.");
    public static readonly Issue InvalidArnResource = Define("INVALID_ARN_RESOURCE", Error, "The service has no resources of this form.");

    // Variables.
    public static readonly Issue MissingBraceInVariable = Define("MISSING_BRACE_IN_VARIABLE", Error, "A variable is not closed.");
    public static readonly Issue EmptyVariable = Define("EMPTY_VARIABLE", Error, "A variable has no name.");
    public static readonly Issue MissingQuoteInVariable = Define("MISSING_QUOTE_IN_VARIABLE", Error, "The default of a variable does not stand in single quotes.");
    public static readonly Issue UnsupportedSpaceInVariable = Define("UNSUPPORTED_SPACE_IN_VARIABLE", Error, "A space in the name of a variable, or not one before its default.");
    public static readonly Issue UnsupportedSymbolInVariable = Define("UNSUPPORTED_SYMBOL_IN_VARIABLE", Error, "A symbol in the name of a variable that no key has.");
    public static readonly Issue VariableUnsupportedInElement = Define("VARIABLE_UNSUPPORTED_IN_ELEMENT", Error, "A variable where none counts.");
    public static readonly Issue VariableUnsupportedInVersion = Define("VARIABLE_UNSUPPORTED_IN_VERSION", Error, "A variable in a policy of a version without variables.");
    public static readonly Issue InvalidVariableForOperator = Define("INVALID_VARIABLE_FOR_OPERATOR", Error, "A variable under an operator that takes none.");
    public static readonly Issue VariableOfMultivaluedKey = Define("VARIABLE_OF_MULTIVALUED_KEY", Warning, "A variable of a key with several values never has a value.");

    // Conditions.
    public static readonly Issue InvalidConditionOperator = Define("INVALID_CONDITION_OPERATOR", Error, "There is no such condition operator.");
    public static readonly Issue NullWithIfExists = Define("NULL_WITH_IF_EXISTS", Error, "The operator Null takes no IfExists.");
    public static readonly Issue DuplicateKeysWithDifferentCase = Define("DUPLICATE_KEYS_WITH_DIFFERENT_CASE", Error, "One condition key stands twice under an operator, in different letter case.");
    public static readonly Issue InvalidConditionKeyFormat = Define("INVALID_CONDITION_KEY_FORMAT", Error, "A condition key has no service before a colon.");
    public static readonly Issue InvalidGlobalConditionKey = Define("INVALID_GLOBAL_CONDITION_KEY", Error, "There is no such global condition key.");
    public static readonly Issue UnsupportedGlobalConditionKey = Define("UNSUPPORTED_GLOBAL_CONDITION_KEY", Error, "A global condition key that is never there.");
    public static readonly Issue InvalidServiceConditionKey = Define("INVALID_SERVICE_CONDITION_KEY", Error, "The service has no such condition key.");
    public static readonly Issue UnsupportedConditionKeyForService = Define("UNSUPPORTED_CONDITION_KEY_FOR_SERVICE", Error, "A condition key of another service than those of the actions.");
    public static readonly Issue MissingTagKeyInCondition = Define("MISSING_TAG_KEY_IN_CONDITION", Error, "A condition key of tags without the name of a tag.");
    public static readonly Issue MissingQualifier = Define("MISSING_QUALIFIER", Error, "A condition key with several values without ForAllValues or ForAnyValue.");
    public static readonly Issue InvalidConditionMultipleBoolean = Define("INVALID_CONDITION_MULTIPLE_BOOLEAN", Error, "Several values under Bool or Null.");
    public static readonly Issue TypeMismatchBoolean = Define("TYPE_MISMATCH_BOOLEAN", Error, "A value that is compared as true or false is neither.");
    public static readonly Issue TypeMismatchDate = Define("TYPE_MISMATCH_DATE", Error, "A value that is compared as a date is none.");
    public static readonly Issue TypeMismatchIpRange = Define("TYPE_MISMATCH_IP_RANGE", Error, "A value that is compared as a CIDR range is none.");
    public static readonly Issue TypeMismatchNumber = Define("TYPE_MISMATCH_NUMBER", Error, "A value that is compared as a number is none.");
    public static readonly Issue TypeMismatchString = Define("TYPE_MISMATCH_STRING", Error, "A value that is compared as base64 is none.");
    public static readonly Issue TypeMismatch = Define("TYPE_MISMATCH", Warning, "The operator does not fit the type of the condition key.");
    public static readonly Issue WildcardWithoutLikeOperator = Define("WILDCARD_WITHOUT_LIKE_OPERATOR", Warning, "A wildcard under an operator that takes it for an ordinary character.");
    public static readonly Issue UrnComparedAsText = Define("URN_COMPARED_AS_TEXT", Warning, "A URN under an operator that compares texts, for a condition key whose values are ARNs: they are never equal.");
    public static readonly Issue InvalidDateValue = Define("INVALID_DATE_VALUE", Warning, "A date as seconds since 1970.");
    public static readonly Issue NullWithQualifier = Define("NULL_WITH_QUALIFIER", Suggestion, "Null with ForAllValues or ForAnyValue is always the same.");
    public static readonly Issue EmptyObjectCondition = Define("EMPTY_OBJECT_CONDITION", Suggestion, "A condition has nothing in it and is always met.");
    public static readonly Issue EmptyArrayCondition = Define("EMPTY_ARRAY_CONDITION", Suggestion, "A condition key without values.");
    public static readonly Issue EmptyArrayConditionForAllValues = Define("EMPTY_ARRAY_CONDITION_FORALLVALUES", Suggestion, "A condition key without values under ForAllValues.");
    public static readonly Issue EmptyArrayConditionForAnyValue = Define("EMPTY_ARRAY_CONDITION_FORANYVALUE", Suggestion, "A condition key without values under ForAnyValue.");
    public static readonly Issue EmptyArrayConditionIfExists = Define("EMPTY_ARRAY_CONDITION_IFEXISTS", Suggestion, "A condition key without values under IfExists.");
    public static readonly Issue ImproveIpRange = Define("IMPROVE_IP_RANGE", Suggestion, "A CIDR range has bits behind its prefix, which do not count.");

    // What a policy gives away.
    public static readonly Issue AllowWithNotPrincipal = Define("ALLOW_WITH_NOT_PRINCIPAL", SecurityWarning, "Allow for everybody but some, also for those who sign nothing.");
    public static readonly Issue AllowsEveryone = Define("ALLOWS_EVERYONE", SecurityWarning, "Allow for everybody, without a condition that tells callers apart.");
    public static readonly Issue AllowNotActionWithStarInResource = Define("ALLOW_NOT_ACTION_WITH_STAR_IN_RESOURCE", SecurityWarning, "Allow of all actions but some on everything.");
    public static readonly Issue RestrictAccessToServicePrincipal = Define("RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL", SecurityWarning, "A resource policy lets a service act for anybody.");
    public static readonly Issue RecommendedConditionKeyForServicePrincipal = Define("RECOMMENDED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL", Suggestion, "A trust policy lets a service act for anybody.");
    public static readonly Issue ForAllValuesWithSingleValuedKey = Define("FORALLVALUES_WITH_SINGLE_VALUED_KEY", SecurityWarning, "Allow under ForAllValues on a key with one value: it is met without the key.");
    public static readonly Issue ForAllValuesWithoutNullCheck = Define("FORALLVALUES_WITHOUT_NULL_CHECK", SecurityWarning, "Allow under ForAllValues without a condition that the key be there: it is met without the key.");
    public static readonly Issue DenyWithMfaKeyWithoutIfExists = Define("DENY_WITH_MFA_KEY_WITHOUT_IF_EXISTS", SecurityWarning, "Deny without a second factor that does not deny long-term access keys.");
    public static readonly Issue AllowWithMfaKeyIfExists = Define("ALLOW_WITH_MFA_KEY_IF_EXISTS", SecurityWarning, "Allow with a second factor that allows long-term access keys without one.");
    public static readonly Issue OidcTrustWithoutTenant = Define("OIDC_TRUST_WITHOUT_TENANT", SecurityWarning, "Trust in an issuer that gives tokens to everybody, without saying whose.");
    public static readonly Issue OidcTrustByCodeAlone = Define("OIDC_TRUST_BY_CODE_ALONE", SecurityWarning, "Trust in an issuer that gives tokens to everybody, by whose code runs and not by who runs it.");
    public static readonly Issue OidcTrustWithoutCondition = Define("OIDC_TRUST_WITHOUT_CONDITION", SecurityWarning, "Trust in an issuer without a condition on its tokens.");
    public static readonly Issue SamlTrustWithoutCondition = Define("SAML_TRUST_WITHOUT_CONDITION", SecurityWarning, "Trust in a SAML provider without a condition on its assertions.");
    public static readonly Issue PassRoleWithNotResource = Define("PASS_ROLE_WITH_NOT_RESOURCE", SecurityWarning, "iam:PassRole for all roles but some.");
    public static readonly Issue PassRoleWithStarInActionAndNotResource = Define("PASS_ROLE_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE", SecurityWarning, "iam:PassRole, among other actions, for all roles but some.");
    public static readonly Issue PassRoleWithNotActionAndNotResource = Define("PASS_ROLE_WITH_NOT_ACTION_AND_NOT_RESOURCE", SecurityWarning, "iam:PassRole, by NotAction, for all roles but some.");
    public static readonly Issue PassRoleWithStarInResource = Define("PASS_ROLE_WITH_STAR_IN_RESOURCE", SecurityWarning, "iam:PassRole for any role.");
    public static readonly Issue PassRoleWithStarInActionAndResource = Define("PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE", SecurityWarning, "iam:PassRole, among other actions, for any role.");
    public static readonly Issue PassRoleWithStarInResourceAndNotAction = Define("PASS_ROLE_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION", SecurityWarning, "iam:PassRole, by NotAction, for any role.");
    public static readonly Issue PrivilegeEscalation = Define("PRIVILEGE_ESCALATION", SecurityWarning, "Rights that together are those of an administrator.");
    public static readonly Issue DenyWithUnsupportedTagConditionKeyForService = Define("DENY_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE", SecurityWarning, "Deny by tags of an action whose resources have none: it never denies.");
    public static readonly Issue DenyNotActionWithUnsupportedTagConditionKeyForService = Define("DENY_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE", SecurityWarning, "Deny by tags of all actions but some: those on resources without tags are not denied.");
    public static readonly Issue AllowWithUnsupportedTagConditionKeyForService = Define("ALLOW_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE", Suggestion, "Allow by tags of an action whose resources have none: it never allows.");
    public static readonly Issue AllowNotActionWithUnsupportedTagConditionKeyForService = Define("ALLOW_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE", Suggestion, "Allow by tags of all actions but some: those on resources without tags are not allowed.");
    public static readonly Issue ActionWithoutMatchingResource = Define("ACTION_WITHOUT_MATCHING_RESOURCE", Warning, "An action that is about none of the resources of its statement.");

    // What can be left out.
    public static readonly Issue RedundantAction = Define("REDUNDANT_ACTION", Suggestion, "An action that another entry covers.");
    public static readonly Issue RedundantResource = Define("REDUNDANT_RESOURCE", Suggestion, "A resource that another entry covers.");
    public static readonly Issue RedundantStatement = Define("REDUNDANT_STATEMENT", Suggestion, "A statement that another one covers.");
    public static readonly Issue RedundantConditionValue = Define("REDUNDANT_CONDITION_VALUE", Suggestion, "A condition value that another one covers.");
    public static readonly Issue RedundantConditionValueNum = Define("REDUNDANT_CONDITION_VALUE_NUM", Suggestion, "Several bounds for one number, of which one decides.");

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
