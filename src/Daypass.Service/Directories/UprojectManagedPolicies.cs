using System.Security.Cryptography;
using System.Text;
using Daypass.Names;
using Daypass.Policies;

namespace Daypass.Service.Directories;

/// <summary>
/// The system policies of uproject, by ARN. The documents are ours; what they allow is what their names promise, and the products' are made of a
/// table of products and one of verbs.
/// </summary>
internal static class UprojectManagedPolicies
{
    private static readonly DateTimeOffset Made = new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);

    // What this installation itself does belongs to the account and to no project. AdministratorAccess brings none of it: what lets people in is IAMFullAccess.
    private static readonly string[] OfTheAccount = ["iam", "sts", "organizations", "cloudtrail", "access-analyzer", "rolesanywhere", "daypass"];

    private static readonly (string Name, string Product, string ScopeType)[] Products =
    [
        ("UHost", "uhost", PolicyScopes.Required),
        ("UPHost", "uphost", PolicyScopes.Required),
        ("UDisk", "udisk", PolicyScopes.Required),
        ("UNet", "unet", PolicyScopes.Required),
        ("ULB", "ulb", PolicyScopes.Required),
        ("VPC", "vpc", PolicyScopes.Required),
        ("IPSecVPN", "ipsecvpn", PolicyScopes.Required),
        ("UDPN", "udpn", PolicyScopes.Required),
        ("UCDN", "ucdn", PolicyScopes.Required),
        ("UFile", "ufile", PolicyScopes.Required),
        ("UFS", "ufs", PolicyScopes.Required),
        ("UDB", "udb", PolicyScopes.Required),
        ("UMem", "umem", PolicyScopes.Required),
        ("UK8S", "uk8s", PolicyScopes.Required),
        ("UHub", "uhub", PolicyScopes.Required),
        ("UDNS", "udns", PolicyScopes.Required),
        ("CloudWatch", "cloudwatch", PolicyScopes.Required),
        ("UBill", "ubill", PolicyScopes.Unrestricted),
    ];

    private static readonly (string Family, string What, string[] Verbs)[] Families =
    [
        ("FullAccess", "Everything in", [""]),
        ("ReadOnlyAccess", "Reading in", ["Check", "Describe", "Get", "List", "Query", "Search"]),
        ("CreateOnlyAccess", "Making something in", ["Add", "Allocate", "Apply", "Clone", "Copy", "Create", "Import", "Upload"]),
        ("UpdateOnlyAccess", "Changing what there is in",
        [
            "Associate", "Attach", "Bind", "Disable", "Disassociate", "Detach", "Enable", "Modify", "Move", "Poweroff", "Reboot", "Reinstall", "Rename", "Reset", "Resize", "Restart", "Resume",
            "Set", "Start", "Stop", "Suspend", "Switch", "UnBind", "Update", "Upgrade",
        ]),
        ("DeleteOnlyAccess", "Ending what there is in", ["Delete", "Release", "Remove", "Terminate"]),
    ];

    private static readonly Dictionary<string, ManagedPolicy> ByArn = ((IEnumerable<ManagedPolicy>)
    [
        Policy("AdministratorAccess", PolicyScopes.Required, "Everything in all products, but not the account's identities.", "NotAction", OfTheAccount.Select(service => service + ":*")),
        Policy("IAMFullAccess", PolicyScopes.Empty, "Everything in IAM: users, groups, roles, policies and projects.", "Action", ["iam:*"]),
        Policy("IAMReadOnlyAccess", PolicyScopes.Empty, "Reading in IAM.", "Action", ["iam:Get*", "iam:List*"]),
        Policy("STSFullAccess", PolicyScopes.Empty, "Everything in STS.", "Action", ["sts:*"]),
        Policy("STSCreateOnlyAccess", PolicyScopes.Empty, "Assuming roles that trust the caller.", "Action", ["sts:AssumeRole"]),
        .. Products.SelectMany(product => Families.Select(family => Policy(
            product.Name + family.Family, product.ScopeType, $"{family.What} {product.Name}.", "Action", family.Verbs.Select(verb => $"{product.Product}:{verb}*")))),
    ]).ToDictionary(policy => policy.ArnIn(Urn.Cloud).ToString(), StringComparer.Ordinal);

    /// <summary>All of them in ordinal order of their names.</summary>
    public static IReadOnlyList<ManagedPolicy> All { get; } = [.. ByArn.Values.OrderBy(policy => policy.Name, StringComparer.Ordinal)];

    public static ManagedPolicy? Find(string arn) => ByArn.GetValueOrDefault(arn);

    private static ManagedPolicy Policy(string name, string scopeType, string description, string element, IEnumerable<string> actions) => new()
    {
        Name = name,
        Path = "/",
        // A policy keeps its id for ever, so it comes of the name.
        Id = UniqueId.Create(UniqueId.ManagedPolicy, SHA256.HashData(Encoding.UTF8.GetBytes("uproject/" + name)).AsSpan(0, UniqueId.RandomLength)),
        Created = Made,
        Updated = Made,
        Description = description,
        ScopeType = scopeType,
        DefaultVersion = "v1",
        Versions = [new PolicyVersion("v1", Made, Document(element, actions), PolicySyntax.Uproject.Mark)],
    };

    private static string Document(string element, IEnumerable<string> actions) =>
        $"{{\"Version\":\"1\",\"Statement\":[{{\"Effect\":\"Allow\",\"{element}\":[{string.Join(',', actions.Select(action => $"\"{action}\""))}],\"Resource\":[\"*\"]}}]}}";
}
