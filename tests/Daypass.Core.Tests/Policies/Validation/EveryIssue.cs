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

    private static IEnumerable<string> Shown =>
        ((IEnumerable<TheoryData<PolicyType, string, string, string>>)[FindingsOfForm.Documents, FindingsOfForm.Statements, FindingsOfNames.Principals, FindingsOfNames.Actions, FindingsOfNames.Resources,
            FindingsOfNames.Variables, FindingsOfNames.Documents, FindingsOfAccess.Grants, FindingsOfAccess.Federation, FindingsOfAccess.Redundancies, FindingsOfAccess.Documents])
        .SelectMany(table => table.Select(row => (string)((object[])row)[1])).Concat(FindingsOfConditions.Rows.Select(row => (string)((object[])row)[0]));

    [Fact]
    public void Every_issue_has_an_example_that_has_it_and_one_that_has_not() =>
        Assert.Equal(Issues.All.Select(issue => issue.Code).Distinct().Order(StringComparer.Ordinal), Shown.Concat(Elsewhere).Distinct().Order(StringComparer.Ordinal));

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
}
