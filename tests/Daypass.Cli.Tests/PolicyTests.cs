using System.Text.Json.Nodes;

namespace Daypass.Cli.Tests;

/// <summary><c>daypass policy check</c>: without a server, without credentials, in lines that editors can follow.</summary>
public sealed class PolicyTests : IDisposable
{
    private const string Good = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/k"}]}""";

    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task An_error_is_a_line_with_its_place_and_an_exit_code()
    {
        _host.WriteFile("p.json", Good.Replace("\"s3:Get", "\n \"s3:Git", StringComparison.Ordinal));
        Assert.Equal(1, await _host.RunAsync("policy", "check", "p.json"));
        Assert.Equal("p.json:2:6: ERROR INVALID_ACTION The service s3 has no action 'GitObject'. Did you mean GetObject?\n", _host.Output);
    }

    [Fact]
    public async Task A_warning_is_told_and_is_no_failure()
    {
        _host.WriteFile("p.json", Good.Replace("s3:GetObject", "iam:PassRole", StringComparison.Ordinal).Replace("arn:aws:s3:::b/k", "*", StringComparison.Ordinal));
        Assert.Equal(0, await _host.RunAsync("policy", "check", "p.json"));
        Assert.StartsWith("p.json:1:65: SECURITY_WARNING PASS_ROLE_WITH_STAR_IN_RESOURCE ", _host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_are_looked_at_as_the_type_that_is_asked_for()
    {
        _host.WriteFile("a.json", Good);
        _host.WriteFile("b.json", Good);
        Assert.Equal(0, await _host.RunAsync("policy", "check", "a.json", "b.json"));
        Assert.Equal("", _host.Output);
        Assert.Equal(1, await _host.RunAsync("policy", "check", "a.json", "b.json", "--type", "trust"));
        Assert.Contains("b.json:1:", _host.Output, StringComparison.Ordinal);
        Assert.Contains("ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE", _host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_has_the_shape_of_the_API()
    {
        _host.WriteFile("p.json", Good.Replace("GetObject", "GitObject", StringComparison.Ordinal));
        Assert.Equal(1, await _host.RunAsync("policy", "check", "p.json", "--output", "json"));
        var finding = JsonNode.Parse(_host.Output)!["files"]![0]!["findings"]![0]!;
        Assert.Equal("ERROR", (string?)finding["findingType"]);
        var location = finding["locations"]![0]!;
        Assert.Equal("""[{"value":"Statement"},{"index":0},{"value":"Action"},{"substring":{"start":3,"length":9}}]""", location["path"]!.ToJsonString());
        Assert.Equal("""{"line":1,"column":68,"offset":68}""", location["span"]!["start"]!.ToJsonString());
    }

    [Fact]
    public async Task Who_forgot_to_say_that_it_is_a_trust_policy_is_told_how()
    {
        _host.WriteFile("trust.json", """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"sts:AssumeRole"}]}""");
        Assert.Equal(1, await _host.RunAsync("policy", "check", "trust.json"));
        Assert.Contains("trust.json was read as an identity policy, and it names principals.", _host.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("policy", "Usage: daypass policy check FILE")]
    [InlineData("policy check", "Usage: daypass policy check FILE")]
    [InlineData("policy check p.json", "p.json cannot be read")]
    [InlineData("policy check p.json --type role", "--type is one of identity, trust")]
    [InlineData("policy check p.json --output table", "--output is text or json, not 'table'.")]
    public async Task What_is_missing_is_said(string command, string error)
    {
        Assert.Equal(1, await _host.RunAsync(command.Split(' ')));
        Assert.Contains(error, _host.Error, StringComparison.Ordinal);
    }
}
