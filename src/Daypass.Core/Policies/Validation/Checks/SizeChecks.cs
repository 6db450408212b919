using Daypass.Policies.Parsing;

namespace Daypass.Policies.Validation.Checks;

/// <summary>Whether the document is longer than what may be stored (IAM guide, "IAM and STS quotas"; Organizations guide, "Quotas").</summary>
internal static class SizeChecks
{
    private const int ManagedPolicy = 6144;
    private const int TrustPolicy = 2048;
    private const int SessionPolicy = 2048;
    private const int OrganizationPolicy = 5120;
    private const int ResourcePolicy = 20_480;

    public static void Run(PolicyDraft policy, Findings findings)
    {
        var quota = policy.Options.MaxSize ?? QuotaOf(policy.Type);
        var size = PolicyDocument.Measure(policy.Source.Text);
        if (size > quota)
            findings.Add(IssueOf(policy.Type), policy.Root, $"The policy has {size} characters without white space; {quota} are allowed.");
    }

    private static int QuotaOf(PolicyType type) => type switch
    {
        PolicyType.Identity or PolicyType.Boundary => ManagedPolicy,
        PolicyType.Trust => TrustPolicy,
        PolicyType.Session => SessionPolicy,
        PolicyType.Resource => ResourcePolicy,
        _ => OrganizationPolicy,
    };

    private static Issue IssueOf(PolicyType type) => type switch
    {
        PolicyType.ServiceControl => Issues.PolicySizeExceedsScpQuota,
        PolicyType.ResourceControl => Issues.PolicySizeExceedsRcpQuota,
        PolicyType.Trust or PolicyType.Resource => Issues.PolicySizeExceedsResourcePolicyQuota,
        _ => Issues.PolicySizeExceedsIdentityPolicyQuota,
    };
}
