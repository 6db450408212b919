using Daypass.Policies;
using Daypass.Policies.Validation;

namespace Daypass.Core.Tests.Policies.Validation;

/// <summary>A finding points at exactly what it is about, by path and by place in the text.</summary>
public sealed class Locations
{
    private const string Text = """
        {
          "Version": "2012-10-17",
          "Statement": [
            {
              "Effect": "Allow",
              "Action": ["s3:GetObject", "s3:PutObjcet"],
              "Resource": "arn:aws:s3:::b/k",
              "Colour": 1,
              "Condition": { "StringEquals": { "aws:username": "b\u002A" } }
            }
          ]
        }
        """;

    [Theory]
    [InlineData("INVALID_ACTION", "PutObjcet", "Statement", 0, "Action", 1, "3+9")]
    [InlineData("INVALID_POLICY_ELEMENT", "\"Colour\"", "Statement", 0, "@Colour")]
    [InlineData("WILDCARD_WITHOUT_LIKE_OPERATOR", "\\u002A", "Statement", 0, "Condition", "StringEquals", "aws:username", "1+1")]
    public void A_part_is_shown_by_its_path_and_its_place(string code, string part, params object[] path)
    {
        var finding = Assert.Single(PolicyValidator.Validate(Text, PolicyType.Identity), finding => finding.IssueCode == code);
        var location = finding.Locations[0];
        Assert.Equal(part, Text[location.Start.Offset..location.End.Offset]);
        Assert.Equal(path.Select(step => step.ToString()), location.Path.Select(Show));
    }

    [Fact]
    public void Lines_and_columns_count_from_one_and_agree_with_the_offset()
    {
        var lines = Text.Split('\n');
        foreach (var position in PolicyValidator.Validate(Text, PolicyType.Identity).SelectMany(finding => finding.Locations).SelectMany(location => new[] { location.Start, location.End }))
            Assert.Equal(position.Offset, lines.Take(position.Line - 1).Sum(line => line.Length + 1) + position.Column - 1);
    }

    [Fact]
    public void Findings_come_in_the_order_of_the_text()
    {
        var offsets = PolicyValidator.Validate(Text, PolicyType.Identity).Select(finding => finding.Locations[0].Start.Offset).ToList();
        Assert.True(offsets.Count >= 3);
        Assert.Equal(offsets.Order(), offsets);
    }

    [Theory]
    [InlineData("{\"Version\":\"2012-10-17\",}", 25)]
    [InlineData("{\"Version\" \"2012-10-17\"}", 12)]
    [InlineData("", 1)]
    public void What_is_no_JSON_has_one_finding_where_it_breaks(string text, int column)
    {
        var finding = Assert.Single(PolicyValidator.Validate(text, PolicyType.Identity));
        Assert.Equal("JSON_SYNTAX_ERROR", finding.IssueCode);
        Assert.Equal(column, finding.Locations[0].Start.Column);
        Assert.Empty(finding.Locations[0].Path);
    }

    [Fact]
    public void A_name_with_quotes_and_letters_outside_of_ASCII_is_found_whole()
    {
        const string text = "{\"Version\":\"2012-10-17\",\"Statement\":[],\"\u00e4\\\\\\\"\u00f6\" :\n 1}";
        var finding = Assert.Single(PolicyValidator.Validate(text, PolicyType.Identity), finding => finding.IssueCode == "INVALID_POLICY_ELEMENT");
        Assert.Equal("\"\u00e4\\\\\\\"\u00f6\"", text[finding.Locations[0].Start.Offset..finding.Locations[0].End.Offset]);
        Assert.Equal("\u00e4\\\"\u00f6", finding.Locations[0].Path[0].Key);
    }

    [Fact]
    public void A_name_that_comes_twice_is_shown_at_the_name() =>
        Assert.Equal("Effect", Assert.Single(FindingTable.Validate(PolicyType.Identity, FindingTable.Document(FindingTable.Good + ",'Effect':'Deny'"))).Locations[0].Path[^1].Key);

    private static string Show(PathElement step) => step switch
    {
        { Index: { } index } => $"{index}",
        { Key: { } key } => $"@{key}",
        { Substring: var (start, length) } => $"{start}+{length}",
        _ => step.Value!,
    };
}
