using Daypass.Service.Tests.Support;
using static Daypass.Service.Tests.Actions.Iam.Simulation.Simulations;

namespace Daypass.Service.Tests.Actions.Iam.Simulation;

/// <summary>What cannot be simulated, and which parameter is to blame.</summary>
public sealed class SimulationRefusalTests
{
    private readonly ActionBench _bench = new();

    public static TheoryData<string, string[]> Odd => new()
    {
        { "Policy input list item 2 has invalid content: ", ["PolicyInputList.member.2", "{"] },
        { "Policy input list item 2 has invalid content: ", ["PolicyInputList.member.2", """{"Version":"2099-01-01","Statement":[]}"""] },
        { "(line 1, column 1)", ["PolicyInputList.member.2", "[]"] },
        { "Permissions boundary policy input list item 1 has invalid content: ", ["PermissionsBoundaryPolicyInputList.member.1", "{"] },
        { "The list of Permissions Boundary policies cannot exceed 1 items.", ["PermissionsBoundaryPolicyInputList.member.1", Allow, "PermissionsBoundaryPolicyInputList.member.2", Allow] },
        { "Organization policy at index 1 must contain at least one service control policy", ["OrderedOrganizationPolicyInputList.member.1.ServiceControlPolicyInputList", ""] },
        { "Service control policy input list item 1 has invalid content: ", ["OrderedOrganizationPolicyInputList.member.1.ServiceControlPolicyInputList.member.1", "{"] },
        { "The action is invalid since it is missing names: ActionNames.member.2 is 'GetObject'.", ["ActionNames.member.2", "GetObject"] },
        { "Action names may not have wildcards: ActionNames.member.2 is 's3:Get*'.", ["ActionNames.member.2", "s3:Get*"] },
        { "Action names may not have wildcards: ActionNames.member.2 is 's3:Ge?Object'.", ["ActionNames.member.2", "s3:Ge?Object"] },
        { "ResourceNames are not in a valid ARN format: bucket.", ["ResourceArns.member.1", "bucket"] },
        { "ResourceNames are not in a valid ARN format: arn:aws:s3.", ["ResourceArns.member.1", "arn:aws:s3"] },
        { "ResourceNames are not in a valid ARN format: *.", ["ResourceArns.member.1", First, "ResourceArns.member.2", "*"] },
        { "Invalid input resource handling options: Fictional", ["ResourceHandlingOption", "Fictional"] },
        { "Invalid marker for pagination.", ["Marker", "not-a-marker"] },
        { "Invalid marker for pagination.", ["Marker", "-1"] },
        { "Invalid Resource Owner.", ["ResourceOwner", "bob"] },
        { "Caller must be an IAM user, role or group", ["CallerArn", "arn:aws:sts::123456789012:assumed-role/ops/session"] },
        { "Caller must be an IAM user, role or group", ["CallerArn", "arn:aws:iam::123456789012:root"] },
        { "Caller must be an IAM user, role or group", ["CallerArn", "ec2.amazonaws.com"] },
        { "* does not clearly define entity type and name", ["ResourcePolicy", AllowAll, "CallerArn", "arn:aws:iam::123456789012:user/alice"] },
        { "Caller cannot be null or empty", ["ResourcePolicy", AllowAll, "ResourceArns.member.1", First] },
        { "Resource policy input has invalid content: ", ["ResourcePolicy", "{", "ResourceArns.member.1", First, "CallerArn", "arn:aws:iam::123456789012:user/alice"] },
        { "Trust policy input has invalid content: ", ["TrustPolicy", Allow, "CallerArn", "arn:aws:iam::123456789012:user/alice"] },
        { "Session policy input list item 1 has invalid content: ", ["SessionPolicyInputList.member.1", "{"] },
    };

    [Theory, MemberData(nameof(Odd))]
    public void Odd_input_is_refused_with_its_place(string message, string[] parameters)
    {
        var error = _bench.Refusal("SimulateCustomPolicy", [.. Given([Allow]), ("ActionNames.member.1", "s3:GetObject"), .. parameters.AsPairs()]);
        Assert.Equal("InvalidInput", error.Code);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("policyInputList", "ActionNames.member.1", "s3:GetObject")]
    [InlineData("actionNames", "PolicyInputList", "")]
    [InlineData("actionNames.1.member", "PolicyInputList", "", "ActionNames.member.1", "s3")]
    [InlineData("maxItems", "PolicyInputList", "", "ActionNames.member.1", "s3:GetObject", "MaxItems", "1001")]
    public void What_the_model_forbids_is_a_validation_error(string field, params string[] parameters)
    {
        var error = _bench.Refusal("SimulateCustomPolicy", parameters.AsPairs());
        Assert.Equal("ValidationError", error.Code);
        Assert.Contains($"'{field}'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("EC2-VPC-InstanceStore")]
    [InlineData("EC2-VPC-EBS-Subnet")]
    public void The_scenarios_of_the_api_are_taken(string option) => Assert.Equal("allowed", _bench.Custom([Allow], ("ResourceHandlingOption", option)).Decision());

    [Fact]
    public void A_simulation_without_end_is_refused_before_it_begins()
    {
        string[] policies = [.. Enumerable.Repeat(Allow + new string(' ', 130_000), 6)];
        string[] arns = [.. Enumerable.Range(0, 900).Select(number => $"arn:aws:s3:::bucket/{number}")];
        var error = _bench.Refusal("SimulateCustomPolicy", [.. Given(policies), ("ActionNames.member.1", "s3:GetObject"), .. Resources(arns)]);
        Assert.Equal("InvalidInput", error.Code);
        Assert.Contains("Pass fewer ResourceArns", error.Message, StringComparison.Ordinal);
    }
}
