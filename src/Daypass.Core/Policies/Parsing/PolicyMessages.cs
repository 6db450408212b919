namespace Daypass.Policies.Parsing;

/// <summary>The texts AWS gives with <c>MalformedPolicyDocument</c>.</summary>
internal static class PolicyMessages
{
    public const string InvalidJson = "This policy contains invalid Json";
    public const string Syntax = "Syntax errors in policy.";
    public const string Legacy = "The policy failed legacy parsing";
    public const string SidsNotUnique = "Statement IDs (SID) in a single policy must be unique.";
    public const string SidNotAlphanumeric = "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*";
    public const string NoActions = "Policy statement must contain actions.";
    public const string NoResources = "Policy statement must contain resources.";
    public const string NoVendor = "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.";
    public const string TwoColons = "Actions/Condition can contain only one colon.";
    public const string VendorNotQualified = "Resource vendor must be fully qualified and cannot contain regexes.";
    public const string TrustActions = "Trust Policy statement actions can only be sts:AssumeRole, sts:AssumeRoleWithSAML,  and sts:AssumeRoleWithWebIdentity";
    public const string MissingPrincipal = "Missing required field Principal";
    public const string OrganizationType = "The provided policy document does not meet the requirements of the specified policy type.";

    public const string IamPath =
        "IAM resource path must either be \"*\" or start with user/, federated-user/, role/, group/, instance-profile/, mfa/, "
        + "server-certificate/, policy/, sms-mfa/, saml-provider/, oidc-provider/, report/, access-report/.";

    public static string TooLong => $"Cannot exceed quota for PolicySize: {PolicyChoices.MaxLength}";

    public static string Version(string newest) => $"Policy document must be version {newest} or greater.";

    public static string Prohibited(string element) => $"Has prohibited field {element}";

    public static string BadVendor(string vendor) => $"Vendor {vendor} is not valid";

    public static string NotArn(string resource) => $"Resource {resource} must be in ARN format or \"*\".";

    public static string NotUrn(string resource) => $"Resource {resource} must be in URN format or \"*\".";

    public static string BadPartition(string partition, string resource) => $"Partition \"{partition}\" is not valid for resource \"{resource}\".";

    public static string IamRegion(string resource) => $"IAM resource {resource} cannot contain region information.";

    public static string Region(string resource) => $"Resource {resource} can not contain region information.";

    public static string BadPrincipal(string type, string principal) => $"Invalid principal in policy: \"{type}\":\"{principal}\"";
}
