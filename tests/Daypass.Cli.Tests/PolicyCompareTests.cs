namespace Daypass.Cli.Tests;

/// <summary><c>daypass policy compare</c>: in words, without a server.</summary>
public sealed class PolicyCompareTests : IDisposable
{
    private const string Old = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}]}""";

    private const string New = """
        {
          "Version": "2012-10-17",
          "Statement": [
            { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*" },
            { "Sid": "Write", "Effect": "Allow", "Action": "s3:Put*", "Resource": "arn:aws:s3:::reports/*", "Condition": { "StringLike": { "aws:PrincipalTag/team": "data-*" } } }
          ]
        }
        """;

    private readonly TestHost _host = new();

    public PolicyCompareTests()
    {
        _host.WriteFile("old.json", Old);
        _host.WriteFile("new.json", New);
    }

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task A_policy_that_allows_nothing_new_passes()
    {
        Assert.Equal(0, await _host.RunAsync("policy", "compare", "old.json", "old.json"));
        Assert.Equal("PASS: old.json allows nothing that old.json does not.\n", _host.Output);
    }

    [Fact]
    public async Task New_access_is_shown_by_its_statement_and_a_request()
    {
        Assert.Equal(1, await _host.RunAsync("policy", "compare", "new.json", "old.json"));
        Assert.Equal(
            """
            FAIL: new.json may allow what old.json does not.
              new.json:5: New access in the statement with sid: Write.
            For example this request is allowed by the new policy and not by the old one:
              arn:aws:iam::111122223333:user/example
              may s3:PutObject on arn:aws:s3:::reports/example
              with aws:PrincipalTag/team = "data-example"

            """,
            _host.Output);
    }

    [Fact]
    public async Task Trust_policies_are_compared_by_whom_they_trust()
    {
        static string Trust(string account) => $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":{{account}}},"Action":"sts:AssumeRole"}]}""";
        _host.WriteFile("one.json", Trust("\"111111111111\""));
        _host.WriteFile("two.json", Trust("""["111111111111","222222222222"]"""));
        Assert.Equal(0, await _host.RunAsync("policy", "compare", "one.json", "two.json", "--type", "trust"));
        Assert.Equal(1, await _host.RunAsync("policy", "compare", "two.json", "one.json", "--type", "trust"));
        Assert.Contains("arn:aws:iam::222222222222:", _host.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Usage: ", "policy", "compare", "old.json", "old.json", "--output", "json")]
    [InlineData("Usage: ", "policy", "compare", "old.json")]
    [InlineData("--type is one of identity, trust,", "policy", "compare", "old.json", "old.json", "--type", "bucket")]
    [InlineData("none.json cannot be read", "policy", "compare", "old.json", "none.json")]
    [InlineData("old.json:1:86:", "policy", "compare", "old.json", "old.json", "--type", "trust")]
    public async Task What_is_wrong_is_said_in_one_line(string message, params string[] words)
    {
        Assert.Equal(1, await _host.RunAsync(words));
        Assert.StartsWith($"daypass: {message}", _host.Error, StringComparison.Ordinal);
    }
}
