using System.Text.Json;

namespace Daypass.Compat.Tests.Harness;

/// <summary>Policy documents, as an administrator would write them.</summary>
internal static class Documents
{
    public static string Allow(string action, string resource) => Of([Statement("Allow", [action], [resource])]);

    public static string Allow(string[] actions, string[] resources) => Of([Statement("Allow", actions, resources)]);

    /// <summary>A trust policy for one principal, and for those who know the external id if there is one.</summary>
    public static string Trust(string principalArn, string? externalId = null)
    {
        var statement = new Dictionary<string, object> { ["Effect"] = "Allow", ["Principal"] = new { AWS = principalArn }, ["Action"] = "sts:AssumeRole" };
        if (externalId is not null)
            statement["Condition"] = new { StringEquals = new Dictionary<string, string> { ["sts:ExternalId"] = externalId } };
        return Of([statement]);
    }

    /// <summary>A trust policy for one principal who may mark its sessions with tags and a source identity.</summary>
    public static string TrustWithMarks(string principalArn) =>
        Of([new { Effect = "Allow", Principal = new { AWS = principalArn }, Action = new[] { "sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity" } }]);

    private static Dictionary<string, object> Statement(string effect, string[] actions, string[] resources) =>
        new() { ["Effect"] = effect, ["Action"] = actions, ["Resource"] = resources };

    private static string Of(IReadOnlyList<object> statements) => JsonSerializer.Serialize(new { Version = "2012-10-17", Statement = statements });
}
