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

    public static TheoryData<string, (string, string)[], string> Questions => new()
    {
        { "an action that is granted", [("access.member.1.actions.member.1", "s3:GetObject")], "FAIL" },
        { "a pattern that has one", [("access.member.1.actions.member.1", "S3:get*")], "FAIL" },
        { "one of two", [("access.member.1.actions.member.1", "s3:PutObject"), ("access.member.1.actions.member.2", "s3:GetObject")], "FAIL" },
        { "another action", [("access.member.1.actions.member.1", "s3:PutObject")], "PASS" },
        { "any action on a resource", [("access.member.1.resources.member.1", "arn:aws:s3:::blue/secret")], "FAIL" },
        { "any action on another resource", [("access.member.1.resources.member.1", "arn:aws:s3:::red/*")], "PASS" },
        { "the action on another resource", [("access.member.1.actions.member.1", "s3:GetObject"), ("access.member.1.resources.member.1", "arn:aws:s3:::red/*")], "PASS" },
    };

    [Theory]
    [MemberData(nameof(Questions))]
    public void Listed_access_must_not_be_granted(string what, (string, string)[] access, string result) => Assert.True(result == Text(Check(access), "result"), what);

    [Fact]
    public void A_failed_check_shows_a_request_that_the_one_policy_allows_and_the_other_does_not()
    {
        const string Conditional = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::red/*","Condition":{"StringEquals":{"aws:PrincipalTag/team":"red"}}}]}""";
        var example = _bench.Call("CheckNoNewAccess", ("existingPolicyDocument", Read), ("newPolicyDocument", Conditional), ("policyType", "IDENTITY_POLICY"))["counterExample"]!;
        Assert.Equal("s3:GetObject", Text(example, "action"));
        Assert.StartsWith("arn:aws:s3:::red/", Text(example, "resource"), StringComparison.Ordinal);
        Assert.StartsWith("arn:aws:", Text(example, "principal"), StringComparison.Ordinal);
        Assert.Equal("""[{"key":"aws:PrincipalTag/team","values":["red"]}]""", example["context"]!.ToJsonString());
    }

    [Fact]
    public void A_check_that_passes_has_no_reasons_and_no_example()
    {
        var answer = Check(("access.member.1.actions.member.1", "s3:PutObject"));
        Assert.Empty(answer["reasons"]!.AsArray());
        Assert.Null(answer["counterExample"]);
    }

    [Fact]
    public void A_trust_policy_for_one_account_is_not_public()
    {
        var answer = _bench.Call("CheckNoPublicAccess", ("policyDocument", Trust), ("resourceType", "AWS::IAM::AssumeRolePolicyDocument"));
        Assert.Equal("PASS", answer["result"]!.GetValue<string>());
    }

    public static TheoryData<string, (string, string)[]> NoQuestions => new()
    {
        { "an empty list", [("access", "")] },
        { "empty lists inside", [("access.member.1.actions", "")] },
        { "no action", [("access.member.1.actions.member.1", "GetObject")] },
        { "no ARN", [("access.member.1.resources.member.1", "blue")] },
        { "a variable", [("access.member.1.resources.member.1", "arn:aws:s3:::${aws:username}")] },
        { "an action that does not exist", [("access.member.1.actions.member.1", "iam:PasRole")] },
        { "a pattern of no action", [("access.member.1.actions.member.1", "s3:Gett*")] },
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
