namespace Daypass.Service.Directories;

/// <summary>The policies that every account has and none can change: AWS's and uproject's. Both have an AdministratorAccess; their ARNs differ.</summary>
internal static class SystemPolicies
{
    public static ManagedPolicy? Find(string arn) => AwsManagedPolicies.Find(arn) ?? UprojectManagedPolicies.Find(arn);
}
