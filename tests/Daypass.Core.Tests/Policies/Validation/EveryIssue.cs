using System.Globalization;
using System.Text;
using Daypass.Policies;
using Daypass.Policies.Validation;

namespace Daypass.Core.Tests.Policies.Validation;

/// <summary>The table of issues, the examples of the tests and the page of the reference say the same.</summary>
public sealed class EveryIssue
{
    /// <summary>Those that have a test of their own.</summary>
    private static readonly string[] Elsewhere =
    [
        "POLICY_DOCUMENT_TOO_LONG", "POLICY_REFUSED", "FINDINGS_NOT_SHOWN", "UNIQUE_SIDS_REQUIRED",
        "POLICY_SIZE_EXCEEDS_SCP_QUOTA", "POLICY_SIZE_EXCEEDS_RCP_QUOTA", "POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA", "POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA",
    ];

    private const string Head = """
        # Policy checks

        What `PolicyValidator` (in Daypass.Core), `accessanalyzer:ValidatePolicy` and `daypass policy check` can find in a policy. Codes are AWS's where AWS has one for the
        same thing (IAM guide, "Access Analyzer policy check reference"). An error is what does not work, or is refused when the policy is written; the others are advice.
        Actions, resources and condition keys are known for access-analyzer, cloudtrail, daypass, iam, organizations, rolesanywhere, s3 and sts; of other services nothing is said.
        This page is made from the code, and a test keeps it so.

        | Code | Type | Meaning |
        |---|---|---|

        """;

    private static IEnumerable<string> Shown =>
        ((IEnumerable<TheoryData<PolicyType, string, string, string>>)[FindingsOfForm.Documents, FindingsOfForm.Statements, FindingsOfNames.Principals, FindingsOfNames.Actions, FindingsOfNames.Resources,
            FindingsOfNames.Variables, FindingsOfNames.Documents, FindingsOfAccess.Grants, FindingsOfAccess.Federation, FindingsOfAccess.Redundancies, FindingsOfAccess.Documents])
        .SelectMany(table => table.Select(row => (string)((object[])row)[1])).Concat(FindingsOfConditions.Rows.Select(row => (string)((object[])row)[0]));

    [Fact]
    public void Every_issue_has_an_example_that_has_it_and_one_that_has_not() =>
        Assert.Equal(Issues.All.Select(issue => issue.Code).Distinct().Order(StringComparer.Ordinal), Shown.Concat(Elsewhere).Distinct().Order(StringComparer.Ordinal));

    /// <summary>DAYPASS_WRITE_DOCS=1 writes the page anew.</summary>
    [Fact]
    public void The_page_lists_every_issue_as_the_code_has_it()
    {
        var page = Path.Combine(Root(AppContext.BaseDirectory), "docs", "reference", "policy-checks.md");
        var rows = new StringBuilder(Head);
        var shown = new HashSet<string>(StringComparer.Ordinal);
        foreach (var issue in Issues.All.OrderBy(issue => issue.Code, StringComparer.Ordinal).ThenBy(issue => issue.Type))
        {
            // learnMoreLink points here.
            var anchor = shown.Add(issue.Code) ? $"<a id=\"{issue.Code.ToLowerInvariant()}\"></a>" : "";
            rows.Append(CultureInfo.InvariantCulture, $"| {anchor}`{issue.Code}` | {Words(issue.Type)} | {issue.Meaning} |\n");
        }
        if (Environment.GetEnvironmentVariable("DAYPASS_WRITE_DOCS") == "1")
            File.WriteAllText(page, rows.ToString());
        Assert.Equal(rows.ToString(), File.ReadAllText(page));
    }

    [Fact]
    public void A_code_is_upper_snake_and_has_a_meaning_of_one_line() => Assert.All(Issues.All, issue =>
    {
        Assert.All(issue.Code, character => Assert.True(char.IsAsciiLetterUpper(character) || character == '_'));
        Assert.EndsWith(".", issue.Meaning, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', issue.Meaning);
    });

    [Theory]
    [InlineData(PolicyType.Identity, 6144, "POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA")]
    [InlineData(PolicyType.Session, 2048, "POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA")]
    [InlineData(PolicyType.Trust, 2048, "POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA")]
    [InlineData(PolicyType.Resource, 20_480, "POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA")]
    [InlineData(PolicyType.ServiceControl, 5120, "POLICY_SIZE_EXCEEDS_SCP_QUOTA")]
    [InlineData(PolicyType.ResourceControl, 5120, "POLICY_SIZE_EXCEEDS_RCP_QUOTA")]
    public void A_policy_is_as_long_as_its_quota_and_no_longer(PolicyType type, int quota, string code)
    {
        string WithId(int size) => $"{{ 'Id' : '{new string('x', size - 9)}'}}";
        Assert.DoesNotContain(code, FindingTable.CodesOf(type, WithId(quota)));
        Assert.Contains(code, FindingTable.CodesOf(type, WithId(quota + 1)));
        Assert.DoesNotContain(code, FindingTable.CodesOf(type, WithId(quota + 1), new() { MaxSize = quota + 1 }));
        Assert.Contains(code, FindingTable.CodesOf(type, WithId(100), new() { MaxSize = 99 }));
    }

    private static string Words(FindingType type) => type == FindingType.SecurityWarning ? "security warning" : type.ToString().ToLowerInvariant();

    private static string Root(string folder) => File.Exists(Path.Combine(folder, "Daypass.slnx")) ? folder : Root(Path.GetDirectoryName(folder)!);
}
