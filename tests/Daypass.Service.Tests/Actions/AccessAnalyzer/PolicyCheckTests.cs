using System.Text.Json.Nodes;
using Daypass.Service.Pipeline;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Actions.AccessAnalyzer;

public sealed class PolicyCheckTests
{
    private const string Read = """{"Version":"2012-10-17","Statement":[{"Sid":"Reading","Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::blue/*"}]}""";
    private const string Write = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],"Resource":"arn:aws:s3:::blue/*"}]}""";
    private const string Trust = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"sts:AssumeRole"}}""";
    private const string OpenTrust = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}}""";
    private readonly ActionBench _bench = new();

    [Theory]
    [InlineData(Write, Read, "PASS")]
    [InlineData(Read, Read, "PASS")]
    [InlineData(Read, Write, "FAIL")]
    public void A_policy_passes_if_it_allows_nothing_new(string existing, string updated, string result)
    {
        var answer = _bench.Call("CheckNoNewAccess", ("existingPolicyDocument", existing), ("newPolicyDocument", updated), ("policyType", "IDENTITY_POLICY"));
        Assert.Equal(result, answer["result"]!.GetValue<string>());
        Assert.NotEmpty(answer["message"]!.GetValue<string>());
        Assert.Equal(result == "FAIL", answer["reasons"]!.AsArray().Count > 0);
        Assert.All(answer["reasons"]!.AsArray(), reason => Assert.NotEmpty(reason!["description"]!.GetValue<string>()));
    }

    [Fact]
    public void A_trust_policy_is_a_resource_policy_here()
    {
        var answer = _bench.Call("CheckNoNewAccess", ("existingPolicyDocument", Trust), ("newPolicyDocument", Trust), ("policyType", "RESOURCE_POLICY"));
        Assert.Equal("PASS", answer["result"]!.GetValue<string>());
    }

    [Fact]
    public void A_trust_policy_open_to_all_is_public()
    {
        var answer = _bench.Call("CheckNoPublicAccess", ("policyDocument", OpenTrust), ("resourceType", "AWS::IAM::AssumeRolePolicyDocument"));
        Assert.Equal("FAIL", answer["result"]!.GetValue<string>());
    }

    [Fact]
    public void Listed_access_that_is_granted_fails() => Assert.Equal("FAIL", Text(Check(("access.member.1.actions.member.1", "s3:Get*")), "result"));

    public static TheoryData<string, (string, string)[]> NoQuestions => new()
    {
        { "an empty list", [("access", "")] },
        { "empty lists inside", [("access.member.1.actions", "")] },
        { "no action", [("access.member.1.actions.member.1", "GetObject")] },
        { "no ARN", [("access.member.1.resources.member.1", "blue")] },
        { "a variable", [("access.member.1.resources.member.1", "arn:aws:s3:::${aws:username}")] },
        { "an action of nothing", [("access.member.1.actions.member.1", "")] },
    };

    [Theory]
    [MemberData(nameof(NoQuestions))]
    public void What_asks_for_nothing_is_refused_and_does_not_pass(string what, (string, string)[] access)
    {
        var error = _bench.Refusal("CheckAccessNotGranted", [("policyDocument", Read), ("policyType", "IDENTITY_POLICY"), .. access]);
        Assert.True(error.Code == "InvalidParameterException", $"{what}: {error}");
        Assert.Contains("parameter access", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_much_is_refused()
    {
        (string, string)[] actions = [.. Enumerable.Range(1, 101).Select(number => ($"access.member.1.actions.member.{number}", $"s3:Get{number}"))];
        Assert.Equal("ValidationError", Refusal(actions).Code);
        Assert.Equal("ValidationError", Refusal(("access.member.1.actions.member.1", "s3:GetObject"), ("access.member.2.actions.member.1", "s3:GetObject")).Code);
        Assert.Equal("ValidationError", Refusal(("access.member.1.resources.member.1", new string('*', 2049))).Code);
        Assert.Equal("ValidationError", Refusal().Code);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData(Trust)]
    public void A_document_that_is_no_such_policy_is_refused_with_its_place(string document)
    {
        var error = _bench.Refusal("CheckNoNewAccess", ("existingPolicyDocument", Read), ("newPolicyDocument", document), ("policyType", "IDENTITY_POLICY"));
        Assert.Equal("InvalidParameterException", error.Code);
        Assert.StartsWith("The parameter newPolicyDocument is not a valid policy (line 1, column ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_trail_has_the_check_and_not_the_policies_which_the_model_calls_sensitive()
    {
        await using var bench = await PipelineBench.StartAsync();
        var answer = await bench.CallAsync("CheckNoNewAccess", ("existingPolicyDocument", Read), ("newPolicyDocument", Write), ("policyType", "IDENTITY_POLICY"));
        Assert.Null(answer.Error);
        var record = Assert.Single(await bench.TrailAsync());
        Assert.Equal(("access-analyzer.amazonaws.com", "CheckNoNewAccess", true), (Text(record, "eventSource"), Text(record, "eventName"), record["readOnly"]!.GetValue<bool>()));
        Assert.Equal("IDENTITY_POLICY", Text(record["requestParameters"]!, "policyType"));
        Assert.DoesNotContain("blue", record.ToJsonString(), StringComparison.Ordinal);
    }

    private JsonNode Check(params (string, string)[] access) => _bench.Call("CheckAccessNotGranted", [("policyDocument", Read), ("policyType", "IDENTITY_POLICY"), .. access]);

    private ApiError Refusal(params (string, string)[] access) =>
        _bench.Refusal("CheckAccessNotGranted", [("policyDocument", Read), ("policyType", "IDENTITY_POLICY"), .. access]);

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();
}
