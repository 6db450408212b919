using Daypass.Service.Tests.Support;
using static Daypass.Service.Tests.Actions.Iam.Simulation.Simulations;

namespace Daypass.Service.Tests.Actions.Iam.Simulation;

/// <summary>Answers as AWS's simulator gave them in recorded calls of 2026, unless a test says otherwise.</summary>
public sealed class SimulateCustomPolicyTests
{
    private readonly ActionBench _bench = new();

    [Fact]
    public void Without_resources_the_only_resource_is_everything()
    {
        var result = _bench.Custom([Allow]);
        Assert.Equal(("s3:GetObject", "*", "allowed"), (result.Text("EvalActionName"), result.Text("EvalResourceName"), result.Decision()));
        Assert.Equal(["PolicyInputList.1 IAM Policy 1:38-1:95"], result.Matched());
        Assert.Empty(result.Missing());
        Assert.Null(result["ResourceSpecificResults"]);
        Assert.Null(result["EvalDecisionDetails"]);
        Assert.Null(result["PermissionsBoundaryDecisionDetail"]);
        Assert.Null(result["OrganizationsDecisionDetail"]);
    }

    [Fact]
    public void Each_resource_has_its_own_result_and_the_most_restrictive_stands_on_top()
    {
        var result = _bench.Custom(["""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::bucket/a"}]}"""], Resources(First, Second));
        Assert.Equal(("*", "implicitDeny"), (result.Text("EvalResourceName"), result.Decision()));
        Assert.Equal(["PolicyInputList.1 IAM Policy 1:38-1:115"], result.Matched());
        Assert.Empty(result["EvalDecisionDetails"]!.AsObject());
        var specific = result["ResourceSpecificResults"]!.AsArray();
        Assert.Equal([(First, "allowed"), (Second, "implicitDeny")], specific.Select(one => (one!.Text("EvalResourceName"), one!.Text("EvalResourceDecision"))));
        Assert.Equal(["PolicyInputList.1 IAM Policy 1:38-1:115"], specific[0]!.Matched());
        Assert.Null(specific[1]!["MatchedStatements"]);
        Assert.Null(specific[1]!["MissingContextValues"]);
    }

    [Fact]
    public void A_single_resource_stands_on_top_as_well() => Assert.Equal(First, _bench.Custom([Allow], Resources(First)).Text("EvalResourceName"));

    [Fact]
    public void All_that_allow_are_listed_and_of_a_denial_only_those_that_deny()
    {
        Assert.Equal(["PolicyInputList.1", "PolicyInputList.2"], _bench.Custom([Allow, AllowAll]).MatchedIds());
        var denied = _bench.Custom([Allow, Deny, Deny]);
        Assert.Equal("explicitDeny", denied.Decision());
        Assert.Equal(["PolicyInputList.2", "PolicyInputList.3"], denied.MatchedIds());
    }

    [Fact]
    public void Of_a_resource_that_is_denied_and_one_that_is_allowed_only_the_denial_stands_on_top()
    {
        var result = _bench.Custom(
            [Allow, """{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"arn:aws:s3:::bucket/b"}}"""], Resources(First, Second));
        Assert.Equal("explicitDeny", result.Decision());
        Assert.Equal(["PolicyInputList.2"], result.MatchedIds());
        Assert.Equal(["PolicyInputList.1"], result["ResourceSpecificResults"]![0]!.MatchedIds());
    }

    [Theory]
    [InlineData("{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n    {\n      \"Effect\": \"Allow\",\n      \"Action\": \"*\",\n      \"Resource\": \"*\"\n    }\n  ]\n}", "3:17-8:6")]
    [InlineData("""{"Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}""", "1:15-1:77")]
    [InlineData("{\"Statement\":[\r\n{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}\r\n]}", "1:15-2:47")]
    public void Positions_are_in_the_text_as_supplied(string policy, string position) => Assert.Equal(["PolicyInputList.1 IAM Policy " + position], _bench.Custom([policy]).Matched());

    [Fact]
    public void No_policies_at_all_deny()
    {
        var result = _bench.Custom([]);
        Assert.Equal("implicitDeny", result.Decision());
        Assert.Empty(result.Matched());
    }

    [Fact]
    public void Actions_come_back_as_written_and_match_in_any_case()
    {
        var results = _bench.Call("SimulateCustomPolicy", [.. Given([Allow]), .. List("ActionNames", "S3:gEtObJeCt", "s3:PutObject", "S3:gEtObJeCt")])["EvaluationResults"];
        Assert.Equal(["S3:gEtObJeCt", "s3:PutObject", "S3:gEtObJeCt"], results.Each("EvalActionName"));
        Assert.Equal(["allowed", "implicitDeny", "allowed"], results.Each("EvalDecision"));
    }

    [Theory]
    [InlineData("allowed", true, Allow)]
    [InlineData("implicitDeny", false, AllowPut)]
    [InlineData("explicitDeny", false, Deny)]
    public void A_boundary_limits_and_says_so_for_each_resource(string decision, bool isAllowed, string boundary)
    {
        var result = _bench.Custom([Allow], [("PermissionsBoundaryPolicyInputList.member.1", boundary), .. Resources(First, Second)]);
        Assert.Equal(decision, result.Decision());
        Assert.Equal(isAllowed, result["PermissionsBoundaryDecisionDetail"]!["AllowedByPermissionsBoundary"]!.GetValue<bool>());
        Assert.All(result["ResourceSpecificResults"]!.AsArray(), one => Assert.Equal(isAllowed, one!["PermissionsBoundaryDecisionDetail"]!["AllowedByPermissionsBoundary"]!.GetValue<bool>()));
    }

    [Fact]
    public void Of_a_boundary_only_what_denies_is_listed()
    {
        Assert.Equal(["PolicyInputList.1"], _bench.Custom([Allow], ("PermissionsBoundaryPolicyInputList.member.1", Allow)).MatchedIds());
        Assert.Equal(
            ["PermissionsBoundaryPolicyInputList.1 Permissions Boundary Policy 1:38-1:94"],
            _bench.Custom([Allow], ("PermissionsBoundaryPolicyInputList.member.1", Deny)).Matched());
    }

    [Theory]
    [InlineData("allowed", true, AllowAll, AllowAll)]
    [InlineData("explicitDeny", false, AllowAll, Deny)]
    [InlineData("implicitDeny", false, AllowAll, AllowPut)]
    [InlineData("implicitDeny", false, AllowPut, AllowAll)]
    public void Every_level_of_an_organization_must_allow(string decision, bool isAllowed, string root, string account)
    {
        var result = _bench.Custom([Allow], [.. Level(1, root), .. Level(2, account), ("PermissionsBoundaryPolicyInputList.member.1", Allow), .. Resources(First)]);
        Assert.Equal(decision, result.Decision());
        Assert.Equal(isAllowed, result["OrganizationsDecisionDetail"]!["AllowedByOrganizations"]!.GetValue<bool>());
        Assert.Equal(isAllowed ? ["PolicyInputList.1"] : [], result.MatchedIds());
        Assert.Equal(isAllowed, result["EvalDecisionDetails"] is not null);
        Assert.Equal(isAllowed, result["PermissionsBoundaryDecisionDetail"] is not null);
    }

    [Fact]
    public void Within_a_level_one_policy_that_allows_is_enough_and_one_that_denies_is_too()
    {
        Assert.Equal("allowed", _bench.Custom([Allow], Level(1, AllowPut, AllowAll)).Decision());
        Assert.Equal("explicitDeny", _bench.Custom([Allow], Level(1, AllowAll, Deny)).Decision());
    }

    [Fact]
    public void Keys_of_an_organizations_policies_are_not_reported_missing()
    {
        var result = _bench.Custom([Allow], Level(1, If("""{"StringEquals":{"test:secret":"x"}}""", action: "*")));
        Assert.Equal("implicitDeny", result.Decision());
        Assert.Empty(result.Missing());
    }

    [Fact]
    public void The_longest_document_is_taken_and_a_longer_one_is_not()
    {
        var room = 131_072 - Allow.Length;
        Assert.Equal("allowed", _bench.Custom([Allow + new string(' ', room)]).Decision());
        Assert.Contains("131072", _bench.Refusal("SimulateCustomPolicy", [.. Given([Allow + new string(' ', room + 1)]), ("ActionNames.member.1", "s3:GetObject")]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_needs_its_own_permission()
    {
        Assert.Equal("allowed", _bench.AsHolderOf("iam:SimulateCustomPolicy").Custom([Allow]).Decision());
        Assert.Equal("AccessDenied", _bench.AsHolderOf("iam:SimulatePrincipalPolicy").Refusal("SimulateCustomPolicy", [.. Given([Allow]), ("ActionNames.member.1", "s3:GetObject")]).Code);
    }

    private static (string, string)[] Level(int number, params string[] policies) =>
        List($"OrderedOrganizationPolicyInputList.member.{number}.ServiceControlPolicyInputList", policies);
}
