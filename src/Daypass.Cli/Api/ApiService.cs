namespace Daypass.Cli.Api;

/// <summary>An API of Daypass and how it is spoken: AWS Query has a version, AWS JSON a target prefix, REST neither.</summary>
internal sealed record ApiService(string Name, string Title, string Version, string Target)
{
    public static readonly IReadOnlyList<ApiService> All =
    [
        new("sts", "temporary credentials", "2011-06-15", ""),
        new("iam", "users, groups, roles, policies, access keys", "2010-05-08", ""),
        new("organizations", "further accounts", "", "AWSOrganizationsV20161128"),
        new("cloudtrail", "who did what", "", "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101"),
        new("accessanalyzer", "policies looked over and compared before they are used", "", "") { SigningName = "access-analyzer" },
        new("rolesanywhere", "roles for workloads that have certificates", "", ""),
        new("daypass", "protected services, nodes, keys, the clock", "2026-11-22", ""),
    ];

    /// <summary>The service in the scope of signatures, where that is not the name that is typed.</summary>
    public string SigningName { get; init; } = Name;

    public bool IsRest => Version.Length == 0 && Target.Length == 0;

    public bool IsQuery => Version.Length > 0;

    /// <summary>What is known of this API's actions; others can be called as well, without help.</summary>
    public IReadOnlyDictionary<string, ApiAction> Actions => ApiTables.ActionsOf(Name);
}
