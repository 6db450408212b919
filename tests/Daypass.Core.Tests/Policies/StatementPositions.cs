using Daypass.Policies;

namespace Daypass.Core.Tests.Policies;

/// <summary>Where statements begin and end, as recorded from AWS's simulator.</summary>
public sealed class StatementPositions
{
    [Fact]
    public void An_indented_document_gives_the_positions_that_AWS_gives()
    {
        const string text = """
            {
              "Version": "2012-10-17",
              "Statement": [
                {
                  "Effect": "Allow",
                  "Action": "*",
                  "Resource": "*"
                }
              ]
            }
            """;
        var statement = PolicyDocument.Parse(text, PolicyType.Identity).Statements[0];
        Assert.Equal((3, 17), (statement.Start.Line, statement.Start.Column));
        Assert.Equal((8, 6), (statement.End.Line, statement.End.Column));
    }

    [Fact]
    public void A_document_on_one_line_gives_the_place_of_the_brace()
    {
        const string text = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"s3:*","Resource":"*"}]}""";
        var statements = PolicyDocument.Parse(text, PolicyType.Identity).Statements;
        Assert.All(statements, statement => Assert.Equal('{', text[statement.Start.Offset]));
        Assert.All(statements, statement => Assert.Equal('}', text[statement.End.Offset - 1]));
        Assert.Equal(statements[0].End.Offset + 1, statements[1].Start.Offset);
    }

    [Fact]
    public void Letters_outside_of_ASCII_count_as_one_column()
    {
        const string text = "{\"Id\":\"\u00e4\u00f6\u00fc\",\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\"}}";
        var statement = PolicyDocument.Parse(text, PolicyType.Identity).Statements[0];
        Assert.Equal(text.IndexOf("{\"Effect", StringComparison.Ordinal) + 1, statement.Start.Column);
        Assert.Equal(text.Length, statement.End.Column);
    }
}
