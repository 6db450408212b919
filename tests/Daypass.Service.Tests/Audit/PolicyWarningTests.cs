using System.Text.Json.Nodes;
using Daypass.Policies;
using Daypass.Policies.Validation;
using Daypass.Service.Audit;
using Daypass.Service.Pipeline;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Audit;

/// <summary>What the trail says of the policies that a call wrote, or wanted to write.</summary>
public sealed class PolicyWarningTests
{
    private const string Odd = """{"Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*","Condition":{}}],"Version":"2012-10-17"}""";
    private const string Broken = "{\n \"Version\": \"2012-10-17\",\n \"Statement\": [{\"Effect\": \"allow\", \"Action\": \"secret:Thing\", \"Resource\": \"*\"}]}";
    private const string OwnTrust = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"sts:AssumeRole"}}""";
    private const string OpenTrust = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Resource":"*"}}""";

    public static TheoryData<string, string, PolicyType, (string, string)[]> Writes => new()
    {
        { "CreatePolicy", "PolicyDocument", PolicyType.Identity, [("PolicyName", "p"), ("PolicyDocument", Broken)] },
        { "CreatePolicyVersion", "PolicyDocument", PolicyType.Identity, [("PolicyArn", "arn:aws:iam::123456789012:policy/p"), ("PolicyDocument", Broken)] },
        { "PutUserPolicy", "PolicyDocument", PolicyType.Identity, [("UserName", "admin"), ("PolicyName", "p"), ("PolicyDocument", Broken)] },
        { "PutGroupPolicy", "PolicyDocument", PolicyType.Identity, [("GroupName", "g"), ("PolicyName", "p"), ("PolicyDocument", Broken)] },
        { "PutRolePolicy", "PolicyDocument", PolicyType.Identity, [("RoleName", "r"), ("PolicyName", "p"), ("PolicyDocument", Broken)] },
        { "CreateRole", "AssumeRolePolicyDocument", PolicyType.Trust, [("RoleName", "r"), ("AssumeRolePolicyDocument", OpenTrust)] },
        { "UpdateAssumeRolePolicy", "PolicyDocument", PolicyType.Trust, [("RoleName", "r"), ("PolicyDocument", OpenTrust)] },
    };

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task A_refused_write_of_a_policy_has_its_findings_in_the_trail(string action, string parameter, PolicyType type, (string, string)[] wire)
    {
        await using var bench = await PipelineBench.StartAsync();
        Assert.NotNull((await bench.CallAsync(action, wire)).Error);
        var document = wire.Single(pair => pair.Item1 == parameter).Item2;
        var expected = PolicyValidator.Validate(document, type).OrderBy(finding => finding.Type).ToList();
        Assert.Contains(expected, finding => finding.Type == FindingType.Error);
        Assert.Equal(
            expected.Select(finding => (char.ToLowerInvariant(parameter[0]) + parameter[1..], finding.IssueCode, finding.Locations[0].Start.Line, finding.Locations[0].Start.Column - 1)),
            Findings(Assert.Single(await bench.TrailAsync())).Select(found => (Text(found, "parameter"), Text(found, "issueCode"), found!["line"]!.GetValue<int>(), found["column"]!.GetValue<int>())));
    }

    [Fact]
    public async Task A_write_that_succeeds_has_them_too_and_one_without_findings_has_none()
    {
        await using var bench = await PipelineBench.StartAsync();
        // Within its quota, since white space between elements is free.
        var padded = Odd.Replace(":[{", ":" + new string(' ', 100_000) + "[{", StringComparison.Ordinal);
        Assert.Null((await bench.CallAsync("CreatePolicy", ("PolicyName", "padded"), ("PolicyDocument", padded))).Error);
        Assert.Null((await bench.CallAsync("CreateRole", ("RoleName", "r"), ("AssumeRolePolicyDocument", OwnTrust))).Error);
        Assert.Null((await bench.CallAsync("ListRoles")).Error);
        var trail = (await bench.TrailAsync()).ToDictionary(record => Text(record, "eventName"));
        var expected = PolicyValidator.Validate(padded, PolicyType.Identity);
        Assert.Contains("EMPTY_OBJECT_CONDITION", expected.Select(finding => finding.IssueCode));
        Assert.Equal(expected.Count, Findings(trail["CreatePolicy"]).Count);
        Assert.Empty(PolicyValidator.Validate(OwnTrust, PolicyType.Trust));
        Assert.Null(trail["CreateRole"]["additionalEventData"]);
        Assert.Null(trail["ListRoles"]["additionalEventData"]);
    }

    [Fact]
    public async Task Who_may_not_write_makes_the_validator_do_no_work()
    {
        await using var bench = await PipelineBench.StartAsync();
        await bench.CallAsync("CreateUser", ("UserName", "alice"));
        var key = JsonNode.Parse(Shown.Of((await bench.CallAsync("CreateAccessKey", ("UserName", "alice"))).Response!).ToJsonString())!["AccessKey"]!;
        var answer = await bench.CallAsync((Text(key, "AccessKeyId"), Text(key, "SecretAccessKey"), null), "CreatePolicy", ("PolicyName", "p"), ("PolicyDocument", Broken));
        Assert.Equal("AccessDenied", answer.Error!.Code);
        // The refusal has its own entry there: what denied.
        var said = (await bench.TrailAsync()).Single(record => Text(record, "eventName") == "CreatePolicy")["additionalEventData"];
        Assert.DoesNotContain("policyFinding", said?.ToJsonString() ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_longer_than_any_policy_is_not_looked_over()
    {
        await using var bench = await PipelineBench.StartAsync();
        var answer = await bench.CallAsync("CreatePolicy", ("PolicyName", "p"), ("PolicyDocument", Odd.Replace("s3:GetObject", "s3:" + new string('x', 13_000), StringComparison.Ordinal)));
        Assert.NotNull(answer.Error);
        Assert.Null(Assert.Single(await bench.TrailAsync())["additionalEventData"]);
    }

    [Fact]
    public async Task A_missing_document_is_no_finding()
    {
        await using var bench = await PipelineBench.StartAsync();
        Assert.Equal("ValidationError", (await bench.CallAsync("CreatePolicy", ("PolicyName", "p"))).Error!.Code);
        Assert.Null(Assert.Single(await bench.TrailAsync())["additionalEventData"]);
    }

    [Fact]
    public async Task Of_very_many_findings_the_gravest_are_shown_and_that_there_are_more()
    {
        await using var bench = await PipelineBench.StartAsync();
        var elements = string.Join(',', Enumerable.Range(0, 500).Select(number => $"\"Unknown{number}\":1"));
        var suggestions = string.Join(',', Enumerable.Repeat("\"s3:GetObject\"", 200));
        await bench.CallAsync("CreatePolicy", ("PolicyName", "p"), ("PolicyDocument", $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":[{{suggestions}}],"Resource":"*"}],{{elements}}}"""));
        var record = Assert.Single(await bench.TrailAsync());
        Assert.Equal(WrittenPolicies.MostShown, Findings(record).Count);
        Assert.All(Findings(record), found => Assert.Equal("ERROR", Text(found, "findingType")));
        Assert.True(record["additionalEventData"]!["policyFindingsCut"]!.GetValue<bool>());
    }

    [Fact]
    public async Task The_findings_repeat_nothing_of_the_policy()
    {
        await using var bench = await PipelineBench.StartAsync();
        await bench.CallAsync("CreatePolicy", ("PolicyName", "p"), ("PolicyDocument", Broken));
        Assert.DoesNotContain("secret", Assert.Single(await bench.TrailAsync())["additionalEventData"]!.ToJsonString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void The_second_event_of_a_call_across_accounts_tells_the_other_account_no_findings()
    {
        var scene = new ActionBench().Look("CreatePolicy", ("PolicyName", "p"), ("PolicyDocument", Odd));
        scene.Request.Parameters.Written.LookOver(scene.Request, (_, failure) => Assert.Fail(failure.Message));
        var events = AuditRecords.Of(scene.Request, scene, Nothing.Instance, [new AuditResource("AWS::IAM::Policy", "arn:aws:iam::444455556666:policy/p")], scene.Entropy);
        var records = events.Select(made => JsonNode.Parse(made.Record.Span)!).ToDictionary(record => Text(record, "recipientAccountId"));
        Assert.NotEmpty(Findings(records["123456789012"]));
        Assert.Null(records["444455556666"]["additionalEventData"]);
    }

    [Fact]
    public void A_fault_of_the_validator_is_reported_once_and_stops_nothing()
    {
        var scene = new ActionBench().Look("CreatePolicy", ("PolicyName", "p"), ("PolicyDocument", Odd));
        var written = new WrittenPolicies();
        written.Add("PolicyDocument", null!, PolicyType.Identity, PolicySyntax.Aws);
        var failures = new List<Exception>();
        written.LookOver(scene.Request, (_, failure) => failures.Add(failure));
        written.LookOver(scene.Request, (_, failure) => failures.Add(failure));
        Assert.Single(failures);
        Assert.Empty(written.Warnings);
    }

    private static JsonArray Findings(JsonNode record) => record["additionalEventData"]?["policyFindings"]?.AsArray() ?? [];

    private static string Text(JsonNode? node, string name) => node![name]!.GetValue<string>();
}
