using System.Text.Json.Nodes;

namespace Daypass.Cli.Tests;

/// <summary><c>daypass simulate</c>: what it sends, and what people see.</summary>
public sealed class SimulateTests : IAsyncLifetime, IDisposable
{
    private const string Alice = "arn:aws:iam::123456789012:user/alice";
    private const string Role = "arn:aws:iam::123456789012:role/r";
    private readonly TestHost _host = new();
    private EchoServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await EchoServer.StartAsync();
        _host.WithKey();
        _host.Variables["DAYPASS_ENDPOINT_URL"] = _server.Url;
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task The_table_says_what_was_decided_and_why()
    {
        Answer("""
            {"EvaluationResults":[
              {"EvalActionName":"s3:GetObject","EvalResourceName":"*","EvalDecision":"explicitDeny","ResourceSpecificResults":[
                {"EvalResourceName":"arn:aws:s3:::b/a","EvalResourceDecision":"allowed","Explanation":"Allowed: A\ndecided by P (statement 1)\nidentity: allows\n"},
                {"EvalResourceName":"arn:aws:s3:::b/c","EvalResourceDecision":"explicitDeny","Explanation":"Denied: A\nwith an explicit deny in an identity-based policy\ndecided by Q (statement 2)\nidentity: denies\n"}]},
              {"EvalActionName":"s3:PutObject","EvalResourceName":"*","EvalDecision":"implicitDeny","MissingContextValues":["test:team","test:x"],"Explanation":"Denied: A\nbecause no policy allows\nnearest: P\nidentity: silent\n"}],
             "IsTruncated":false}
            """);
        Assert.Equal(0, await _host.RunAsync("simulate", "--principal", Alice, "--action", "s3:GetObject", "s3:PutObject"));
        Assert.Equal(
            """
            ACTION        RESOURCE          DECISION      WHY
            s3:GetObject  arn:aws:s3:::b/a  allowed       decided by P (statement 1)
            s3:GetObject  arn:aws:s3:::b/c  explicitDeny  with an explicit deny in an identity-based policy; decided by Q (statement 2)
            s3:PutObject  *                 implicitDeny  because no policy allows; nearest: P; not given: test:team, test:x

            """.ReplaceLineEndings("\n"),
            _host.Output);
    }

    [Fact]
    public async Task Explained_it_goes_on_with_every_trace()
    {
        Answer("""{"EvaluationResults":[{"EvalActionName":"s3:GetObject","EvalResourceName":"*","EvalDecision":"allowed","Explanation":"Allowed: A\nidentity: allows\n"}]}""");
        Assert.Equal(0, await _host.RunAsync("simulate", "--principal", Alice, "--action", "s3:GetObject", "--explain"));
        Assert.EndsWith("\n\nAllowed: A\nidentity: allows\n", _host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_action_that_its_service_does_not_have_is_pointed_out()
    {
        Answer("""{"EvaluationResults":[{"EvalActionName":"s3:GetObjekt","EvalResourceName":"*","EvalDecision":"implicitDeny","Explanation":"Denied: A\nbecause no policy allows\n"}]}""");
        Assert.Equal(0, await _host.RunAsync("simulate", "--principal", Alice, "--action", "s3:GetObjekt", "s3:GetObject", "reports:Anything"));
        Assert.Equal("daypass: The service s3 has no action 'GetObjekt'. Did you mean GetObject?\n", _host.Error);
    }

    [Fact]
    public async Task A_chain_is_shown_up_to_the_role_that_refuses()
    {
        Answer("""
            {"EvaluationResults":[{"EvalActionName":"s3:GetObject","EvalResourceName":"*","EvalDecision":"implicitDeny","Explanation":"Denied: A\n"}],
             "RoleChainResults":[{"RoleArn":"R1","EvalDecision":"allowed","Explanation":"Allowed: A\ndecided by T\n"},{"RoleArn":"R2","EvalDecision":"implicitDeny","Explanation":"Denied: A\nbecause no role trust policy allows\n"}],
             "FailedRoleArn":"R2"}
            """);
        Assert.Equal(0, await _host.RunAsync("simulate", "--principal", Alice, "--action", "s3:GetObject", "--assume", "R1", "R2"));
        Assert.Equal(
            """
            ACTION          RESOURCE  DECISION      WHY
            sts:AssumeRole  R1        allowed       decided by T
            sts:AssumeRole  R2        implicitDeny  because no role trust policy allows

            """.ReplaceLineEndings("\n"),
            _host.Output);
    }

    [Fact]
    public async Task What_was_typed_is_what_is_sent()
    {
        Answer("""{"EvaluationResults":[]}""");
        var file = _host.WriteFile("limit.json", "{}");
        Assert.Equal(0, await _host.RunAsync(
            "simulate", "--principal", Alice, "--action", "sts:AssumeRole", "--resource", Role, "--context", "test:a=1=2", "test:b=[x,y]", "--assume", "R1", "R2",
            "--session-policy", "file://" + file, "--policy", "{\"a\":1}", "--trust", "--output", "json"));
        Assert.Equal(
            "Action=SimulatePrincipalPolicy&Version=2010-05-08&PolicySourceArn=arn:aws:iam::123456789012:user/alice&Explain=true&ActionNames.member.1=sts:AssumeRole&ResourceArns.member.1=arn:aws:iam::123456789012:role/r" +
            "&RoleChain.member.1=R1&RoleChain.member.2=R2&PolicyInputList.member.1={\"a\":1}&SessionPolicyInputList.member.1={}" +
            "&ContextEntries.member.1.ContextKeyName=test:a&ContextEntries.member.1.ContextKeyType=string&ContextEntries.member.1.ContextKeyValues.member.1=1=2" +
            "&ContextEntries.member.2.ContextKeyName=test:b&ContextEntries.member.2.ContextKeyType=stringList&ContextEntries.member.2.ContextKeyValues.member.1=x&ContextEntries.member.2.ContextKeyValues.member.2=y" +
            "&UseTrustPolicies=true",
            Uri.UnescapeDataString(_server.Last!.Body));
        Assert.Contains("\"EvaluationResults\": []", _host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_is_a_file_with_and_without_its_scheme()
    {
        Answer("""{"EvaluationResults":[]}""");
        var file = _host.WriteFile("limit.json", """{"a":"x://y"}""");
        Assert.Equal(0, await _host.RunAsync("simulate", "--principal", Alice, "--action", "s3:GetObject", "--policy", file, "file://" + file, " {}"));
        Assert.Contains(
            """PolicyInputList.member.1={"a":"x://y"}&PolicyInputList.member.2={"a":"x://y"}&PolicyInputList.member.3= {}""",
            Uri.UnescapeDataString(_server.Last!.Body.Replace('+', ' ')), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Usage: daypass simulate", "--action", "s3:GetObject")]
    [InlineData("Usage: daypass simulate", "--principal", Alice)]
    [InlineData("--context takes key=value", "--principal", Alice, "--action", "s3:GetObject", "--context", "bob")]
    [InlineData("--trust asks the trust policies of roles", "--principal", Alice, "--action", "sts:AssumeRole", "--trust")]
    [InlineData("--trust asks the trust policies of roles", "--principal", Alice, "--action", "sts:AssumeRole", "--trust", "--resource", "arn:aws:s3:::b/k")]
    [InlineData("none.json' cannot be read", "--principal", Alice, "--action", "s3:GetObject", "--policy", "none.json")]
    [InlineData("a condition key has a service before a colon, such as aws:SourceIp; 'SourceIp' has none", "--principal", Alice, "--action", "s3:GetObject", "--context", "SourceIp=10.1.2.3")]
    [InlineData("--output is table or json", "--principal", Alice, "--action", "s3:GetObject", "--output", "xml")]
    public async Task What_makes_no_sense_is_said(string message, params string[] words)
    {
        Assert.Equal(1, await _host.RunAsync(["simulate", .. words]));
        Assert.Contains(message, _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_is_one_line_and_the_exit_code_of_refusals()
    {
        _server.Answer = (404, "application/json", """{"Error":{"Code":"NoSuchEntity","Message":"The user with name x cannot be found."}}""");
        Assert.Equal(254, await _host.RunAsync("simulate", "--principal", Alice, "--action", "s3:GetObject"));
        Assert.Equal("An error occurred (NoSuchEntity) when calling the SimulatePrincipalPolicy operation: The user with name x cannot be found.\n", _host.Error);
    }

    private void Answer(string result) =>
        _server.Answer = (200, "application/json", new JsonObject { ["SimulatePrincipalPolicyResponse"] = new JsonObject { ["SimulatePrincipalPolicyResult"] = JsonNode.Parse(result) } }.ToJsonString());
}
