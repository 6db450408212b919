using Daypass.Policies;
using Daypass.Policies.Validation;

namespace Daypass.Core.Tests.Policies.Validation;

/// <summary>Texts made to cost much: they cost little, and what there is to tell is bounded.</summary>
public sealed class HostilePolicies
{
    private const int Room = 125_000;

    /// <summary>A statement, and what stands for @ in it as often as there is room, # being a number.</summary>
    public static TheoryData<string, string> Repeated => new()
    {
        { "'Effect':'Allow','Resource':'*','Action':[@'x']", "\"iam:Foo#\"," },
        { "'Effect':'Allow','Resource':'*','Action':[@'x']", "\"*#\"," },
        { "'Effect':'Allow','Resource':'*','Action':[@'x']", "\"s3:*#?\"," },
        { "'Effect':'Allow','Action':'iam:CreateUser','Resource':[@'*x']", "\"arn:aws:iam::*:user/*#\"," },
        { "'Effect':'Allow','Action':'iam:CreateUser','Resource':[@'*x']", "\"#\"," },
        { "'Effect':'Allow','Action':'s3:GetObject','Resource':'arn:aws:s3:::b/@'", "${a,b}" },
        { "'Effect':'Allow','Action':'s3:GetObject','Resource':'arn:aws:s3:::b/@'", "${" },
        { "'Effect':'Allow','Action':'s3:GetObject','Resource':'arn:aws:s3:::b/@'", "?" },
        { "'Effect':'Allow','Action':'s3:GetObject','Resource':'*','Condition':{'ForAllValues:StringEquals':{@'a:b':'c'}}", "\"a:#\":1," },
        { "'Effect':'Allow','Action':'s3:GetObject','Resource':'*','Condition':{'StringLike':{'aws:usernam':[@'c']}}", "\"*#\"," },
        { "'Effect':'Allow','Action':'s3:GetObject','Resource':'*','Condition':{@'Null':{'a:b':'true'}}", "\"StringEqual#\":{}," },
        { "'Effect':'Allow','Action':'s3:GetObject','Resource':'*','Principal':{'AWS':[@'*']}", "\"*#\"," },
        { "'Effect':'Allow','Action':['sts:AssumeRole'],'Principal':{'Federated':[@'*']}", "\"gitlab.com\"," },
        { "'Effect':'Allow',@'Action':'s3:GetObject'", "\"Acton#\":1," },
        { "'Effect':'Allow',@'Action':'s3:GetObject'", "\"Action\":1," },
    };

    [Theory]
    [MemberData(nameof(Repeated))]
    public void No_list_costs_much_or_tells_without_end(string statement, string piece)
    {
        var text = Requests.Json(FindingTable.Document(statement.Replace("@", Fill(piece, Room - statement.Length), StringComparison.Ordinal)));
        foreach (var type in (PolicyType[])[PolicyType.Identity, PolicyType.Trust, PolicyType.Resource])
            AssertBounded(text, type);
    }

    [Fact]
    public void Thousands_of_statements_are_looked_at_in_time()
    {
        AssertBounded(Requests.Json(FindingTable.Document([.. Enumerable.Range(0, 1_700).Select(i => $"'Effect':'Allow','Action':'s3:Get*','Resource':'arn:aws:s3:::{i}*'")])), PolicyType.Identity);
        AssertBounded(Requests.Json(FindingTable.Document([.. Enumerable.Range(0, 9_000).Select(_ => "'Sid':'a'")])), PolicyType.Identity);
    }

    [Fact]
    public void A_document_that_is_too_long_is_one_finding()
    {
        var finding = Assert.Single(PolicyValidator.Validate("{" + new string(' ', 10_000_000) + "}", PolicyType.Identity));
        Assert.Equal("POLICY_DOCUMENT_TOO_LONG", finding.IssueCode);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{\"a\":")]
    public void Deep_nesting_is_one_finding(string level) =>
        Assert.Equal("JSON_SYNTAX_ERROR", Assert.Single(PolicyValidator.Validate(string.Concat(Enumerable.Repeat(level, 20_000)), PolicyType.Identity)).IssueCode);

    [Fact]
    public void Suggestions_without_end_do_not_hide_an_error()
    {
        var statement = $"'Effect':'Allow','Resource':'*','Action':[{string.Concat(Enumerable.Repeat("'s3:GetObject',", 500))}'s3:GetObject']";
        var findings = FindingTable.Validate(PolicyType.Identity, FindingTable.Document(statement, "'Effect':'Maybe'"), new() { MaxFindingsPerType = 10 });
        Assert.Equal(10, findings.Count(finding => finding.Type == FindingType.Suggestion));
        Assert.Contains(findings, finding => finding.IssueCode == "INVALID_EFFECT");
        Assert.Equal("FINDINGS_NOT_SHOWN", findings[^1].IssueCode);
        Assert.StartsWith("490 ", findings[^1].Details, StringComparison.Ordinal);
    }

    [Fact]
    public void Details_are_one_short_line_whatever_the_policy_says()
    {
        var odd = "x\\n\\u2028\\u001b" + new string('y', 5_000);
        var findings = FindingTable.Validate(PolicyType.Trust, FindingTable.Document($"'Effect':'{odd}','{odd}':1,'Action':'{odd}','Resource':'{odd}','Principal':{{'{odd}':'{odd}','AWS':'{odd}'}},'Condition':{{'{odd}':{{'aws:{odd}':'{odd}'}}}}"));
        Assert.True(findings.Count >= 7);
        Assert.All(findings, finding => Assert.True(finding.Details.Length < 500 && !finding.Details.Any(character => char.IsControl(character) || character == '\u2028'), finding.Details));
    }

    private static void AssertBounded(string text, PolicyType type)
    {
        Assert.True(text.Length <= 131_072);
        var findings = PolicyValidator.Validate(text, type);
        Assert.NotEmpty(findings);
        Assert.True(findings.Count <= 1_001, $"{findings.Count}");
    }

    private static string Fill(string piece, int length)
    {
        var text = new System.Text.StringBuilder();
        for (var i = 0; text.Length + piece.Length + 6 < length; i++)
            text.Append(piece.Replace("#", i.ToString("x", System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal));
        return text.ToString();
    }
}
