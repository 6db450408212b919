using System.Collections.Frozen;

namespace Daypass.Policies.Validation.Services;

/// <summary>The services whose actions are known. Of others nothing is said: an installation protects services of its own.</summary>
internal static class ServiceTable
{
    private static readonly FrozenDictionary<string, Lazy<ServiceFacts>> Services = new (string Name, string Text)[]
    {
        ("access-analyzer", AccessAnalyzerFacts.Text),
        ("cloudtrail", CloudTrailFacts.Text),
        ("daypass", DaypassFacts.Text),
        ("iam", IamFacts.Text),
        ("organizations", OrganizationsFacts.Text),
        ("rolesanywhere", RolesAnywhereFacts.Text),
        ("s3", S3Facts.Text),
        ("sts", StsFacts.Text),
    }.ToFrozenDictionary(entry => entry.Name, entry => new Lazy<ServiceFacts>(() => ServiceFacts.Read(entry.Name, entry.Text)), StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<ServiceFacts> All => Services.Values.Select(facts => facts.Value);

    /// <summary>The service of this prefix in any letter case, or null.</summary>
    public static ServiceFacts? Find(string prefix) => Services.TryGetValue(prefix, out var facts) ? facts.Value : null;
}
