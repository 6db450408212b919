using Daypass.Policies.Validation;

namespace Daypass.Service.Pipeline;

/// <summary>The words that Access Analyzer's API has for how grave a finding is; the trail has them too.</summary>
internal static class FindingWords
{
    public static string Of(FindingType type) => type switch
    {
        FindingType.Error => "ERROR",
        FindingType.SecurityWarning => "SECURITY_WARNING",
        FindingType.Warning => "WARNING",
        _ => "SUGGESTION",
    };
}
