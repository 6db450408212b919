using System.Text.Json.Nodes;
using Daypass.Policies;
using Daypass.Policies.Validation;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Actions.AccessAnalyzer;

public sealed class ValidatePolicyTests
{
    private const string Broken = """{"Version":"2012-10-17","Statement":[{"Sid":"a b","Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}""";
    private readonly ActionBench _bench = new();

    [Fact]
    public void What_the_validator_finds_is_told_with_its_place()
    {
        var expected = PolicyValidator.Validate(Broken, PolicyType.Identity);
        var found = Findings(("policyDocument", Broken), ("policyType", "IDENTITY_POLICY"));
        Assert.NotEmpty(expected);
        Assert.Equal(expected.Select(finding => (finding.IssueCode, finding.Details)), found.Select(finding => (Text(finding, "issueCode"), Text(finding, "findingDetails"))));
        foreach (var (finding, shown) in expected.Zip(found))
        {
            Assert.Equal(finding.Locations.Count, shown!["locations"]!.AsArray().Count);
            var (start, span) = (finding.Locations[0].Start, shown!["locations"]![0]!["span"]!["start"]!);
            Assert.Equal((start.Line, start.Column - 1, start.Offset), (span["line"]!.GetValue<int>(), span["column"]!.GetValue<int>(), span["offset"]!.GetValue<int>()));
        }
    }

    [Fact]
    public void A_place_is_a_way_of_indexes_and_names()
    {
        var sid = Assert.Single(Findings(("policyDocument", Broken), ("policyType", "IDENTITY_POLICY")), finding => Text(finding, "findingType") == "ERROR");
        Assert.StartsWith("""[{"value":"Statement"},{"index":0},{"value":"Sid"}""", sid!["locations"]![0]!["path"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(Broken.IndexOf("\"a b\"", StringComparison.Ordinal), sid["locations"]![0]!["span"]!["start"]!["offset"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("IDENTITY_POLICY", null, PolicyType.Identity)]
    [InlineData("RESOURCE_POLICY", null, PolicyType.Resource)]
    [InlineData("RESOURCE_POLICY", "AWS::IAM::AssumeRolePolicyDocument", PolicyType.Trust)]
    [InlineData("SERVICE_CONTROL_POLICY", null, PolicyType.ServiceControl)]
    [InlineData("RESOURCE_CONTROL_POLICY", null, PolicyType.ResourceControl)]
    public void A_policy_is_looked_over_as_what_it_is_said_to_be(string word, string? resource, PolicyType type)
    {
        const string Trust = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"sts:AssumeRole"}}""";
        (string, string)[] wire = [("policyDocument", Trust), ("policyType", word), .. resource is null ? [] : new[] { ("validatePolicyResourceType", resource) }];
        var expected = PolicyValidator.Validate(Trust, type, new PolicyValidationOptions { ResourceType = resource });
        Assert.Equal(expected.Select(finding => finding.IssueCode), Findings(wire).Select(finding => Text(finding, "issueCode")));
    }

    [Theory]
    [InlineData("policyType", "TRUST_POLICY")]
    [InlineData("policyType", "identity_policy")]
    [InlineData("locale", "en")]
    [InlineData("validatePolicyResourceType", "AWS::IAM::Role")]
    [InlineData("validatePolicyResourceType", "AWS::S3::Bucket")]
    [InlineData("maxResults", "0")]
    [InlineData("maxResults", "1001")]
    [InlineData("nextToken", "")]
    [InlineData("nextToken", "1")]
    public void A_wrong_parameter_is_named(string name, string value)
    {
        var wire = new Dictionary<string, string> { ["policyDocument"] = Broken, ["policyType"] = "IDENTITY_POLICY", [name] = value };
        var error = _bench.Refusal("ValidatePolicy", [.. wire.Select(pair => (pair.Key, pair.Value))]);
        Assert.Equal("ValidationError", error.Code);
        Assert.Equal([name], error.Fields.Select(field => field.Field).Distinct());
    }

    [Fact]
    public void A_document_beyond_any_policy_is_refused_and_not_repeated()
    {
        var error = _bench.Refusal("ValidatePolicy", ("policyDocument", new string('x', 131073)), ("policyType", "IDENTITY_POLICY"));
        Assert.Equal("1 validation error detected: Value '...' at 'policyDocument' failed to satisfy constraint: Member must have length less than or equal to 131072", error.Message);
    }

    [Fact]
    public void A_text_that_is_no_policy_has_findings_and_no_refusal() =>
        Assert.Equal("ERROR", Text(Findings(("policyDocument", "no policy\ud800"), ("policyType", "IDENTITY_POLICY"))[0], "findingType"));

    [Fact]
    public async Task The_trail_has_the_call_and_not_the_draft()
    {
        await using var bench = await PipelineBench.StartAsync();
        Assert.Null((await bench.CallAsync("ValidatePolicy", ("policyDocument", Broken), ("policyType", "IDENTITY_POLICY"))).Error);
        var record = Assert.Single(await bench.TrailAsync());
        Assert.Equal(("access-analyzer.amazonaws.com", "ValidatePolicy"), (Text(record, "eventSource"), Text(record, "eventName")));
        Assert.Equal("IDENTITY_POLICY", record["requestParameters"]!["policyType"]!.GetValue<string>());
        Assert.DoesNotContain("s3:GetObject", record.ToJsonString(), StringComparison.Ordinal);
        Assert.Null(record["additionalEventData"]);
    }

    [Fact]
    public void It_takes_its_own_permission()
    {
        Assert.Equal("AccessDenied", _bench.AsHolderOf("access-analyzer:CheckNoNewAccess").Refusal("ValidatePolicy", ("policyDocument", Broken), ("policyType", "IDENTITY_POLICY")).Code);
        Assert.NotNull(_bench.AsHolderOf("access-analyzer:ValidatePolicy").Call("ValidatePolicy", ("policyDocument", Broken), ("policyType", "IDENTITY_POLICY"))["findings"]);
    }

    private JsonArray Findings(params (string, string)[] wire) => _bench.Call("ValidatePolicy", wire)["findings"]!.AsArray();

    private static string Text(JsonNode? finding, string name) => finding![name]!.GetValue<string>();
}
