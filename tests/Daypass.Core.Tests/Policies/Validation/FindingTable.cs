using Daypass.Policies;
using Daypass.Policies.Validation;

namespace Daypass.Core.Tests.Policies.Validation;

/// <summary>What the tables of findings share: documents in single quotes, and statements put into documents.</summary>
internal static class FindingTable
{
    public const string Good = "'Effect':'Allow','Action':'s3:GetObject','Resource':'arn:aws:s3:::b/k'";

    public static IReadOnlyList<PolicyFinding> Validate(PolicyType type, string document, PolicyValidationOptions? options = null) =>
        PolicyValidator.Validate(Requests.Json(document), type, options);

    public static string[] CodesOf(PolicyType type, string document, PolicyValidationOptions? options = null) =>
        [.. Validate(type, document, options).Select(finding => finding.IssueCode)];

    /// <summary>The faulty document has the finding, and the sound one has not.</summary>
    public static void AssertOnly(PolicyType type, string code, string faulty, string sound)
    {
        Assert.Contains(code, CodesOf(type, faulty));
        Assert.DoesNotContain(code, CodesOf(type, sound));
    }

    public static string Document(params string[] statements) => $"{{'Version':'2012-10-17','Statement':[{string.Join(',', statements.Select(statement => $"{{{statement}}}"))}]}}";
}
