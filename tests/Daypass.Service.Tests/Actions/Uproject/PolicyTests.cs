using System.Text.Json.Nodes;
using Daypass.Policies;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Tests.Actions.Iam;

namespace Daypass.Service.Tests.Actions.Uproject;

public sealed class PolicyTests
{
    private readonly UcsWorld _world = new();

    [Fact]
    public void A_policy_is_read_back_byte_for_byte_by_both_APIs()
    {
        const string odd = "{ \"Version\" : \"1\",\n\t\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"uhost:Describe*\"],\"Resource\":null,\"Condition\":{\"StringEquals\":{\"k:x\":\"读\"}}}]}";
        var urn = _world.Call("CreateIAMPolicy", ("PolicyName", "odd"), ("Document", odd), ("Description", "读主机"))["PolicyURN"]!.GetValue<string>();
        Assert.Equal("ucs:iam::123456789012:policy/odd", urn);
        var policy = Get(urn);
        Assert.Equal(["PolicyName", "PolicyURN", "Description", "ScopeType", "Document", "Customize", "CreatedAt", "UpdatedAt"], policy.AsObject().Select(member => member.Key));
        Assert.Equal((odd, "ScopeRequired", "读主机", "V1"), (Text(policy, "Document"), Text(policy, "ScopeType"), Text(policy, "Description"), Text(policy["Customize"]!, "Version")));
        Assert.Equal(odd, Text(_world.Bench.Call("GetPolicyVersion", ("PolicyArn", "arn:aws:iam::123456789012:policy/odd"), ("VersionId", "v1"))["PolicyVersion"]!, "Document"));
    }

    [Fact]
    public void A_policy_of_AWSs_API_is_shown_as_it_is_and_may_be_bound_either_way()
    {
        _world.Bench.Call("CreatePolicy", ("PolicyName", "aws"), ("Path", "/x/"), ("PolicyDocument", Texts.AllowsListing));
        var policy = Get("ucs:iam::123456789012:policy/x/aws");
        Assert.Equal((Texts.AllowsListing, "ScopeUnrestricted"), (Text(policy, "Document"), Text(policy, "ScopeType")));
        _world.Bind(_world.Project, "ucs:iam::123456789012:policy/x/aws");
        Assert.True(_world.May("s3:ListBucket", _world.Project));
        Assert.False(_world.May("s3:ListBucket", null));
    }

    [Fact]
    public void Terraform_finds_a_policy_by_paging_until_an_empty_list()
    {
        for (var i = 0; i < 12; i++)
            _world.Call("CreateIAMPolicy", ("PolicyName", $"p{i}"), ("Document", UcsWorld.UHost));
        var seen = new List<string>();
        for (var offset = 0; ; offset += 5)
        {
            var page = _world.Call("ListPolicies", ("Owner", "User"), ("Limit", "5"), ("Offset", offset.ToString()));
            Assert.Equal(13, page["TotalCount"]!.GetValue<int>());
            if (page["Policies"]!.AsArray().Count == 0)
                break;
            seen.AddRange(page["Policies"]!.AsArray().Select(policy => Text(policy!, "PolicyURN")));
        }
        Assert.Equal((13, 13), (seen.Count, seen.Distinct().Count()));
        Assert.All(seen, urn => Get(urn));
    }

    [Fact]
    public void The_systems_policies_are_listed_and_each_is_read_by_its_URN()
    {
        var names = new List<string>();
        for (var offset = 0; names.Count < UprojectManagedPolicies.All.Count; offset += 100)
            names.AddRange(_world.Call("ListPolicies", ("Owner", "UCS"), ("Limit", "100"), ("Offset", offset.ToString()))["Policies"]!.AsArray().Select(policy => Text(policy!, "PolicyName")));
        foreach (var name in (string[])["AdministratorAccess", "IAMFullAccess", "IAMReadOnlyAccess", "STSCreateOnlyAccess", "STSFullAccess", "UBillFullAccess", "UHostFullAccess", "CloudWatchReadOnlyAccess"])
            Assert.Contains(name, names);
        Assert.All(names, name => Get($"ucs:iam::ucs:policy/{name}"));
        Assert.Equal("AccessDenied", _world.Refusal("DeleteIAMPolicy", ("PolicyURN", UcsWorld.Administrator)).Code);
        Assert.Equal("AccessDenied", _world.Refusal("UpdateIAMPolicy", ("PolicyURN", UcsWorld.Administrator), ("Document", UcsWorld.UHost)).Code);
    }

    [Theory]
    [InlineData("AdministratorAccess", "uhost:CreateUHostInstance,ucdn:X,s3:GetObject", "iam:ListUsers,sts:AssumeRole,daypass:RevokeSessions,organizations:CreateAccount,cloudtrail:LookupEvents,rolesanywhere:CreateProfile")]
    [InlineData("IAMFullAccess", "iam:CreateUser,iam:CreateProject", "sts:AssumeRole,uhost:X")]
    [InlineData("IAMReadOnlyAccess", "iam:GetUser,iam:ListProjects", "iam:CreateUser,iam:DeleteProject")]
    [InlineData("STSCreateOnlyAccess", "sts:AssumeRole", "sts:GetFederationToken,iam:ListUsers")]
    [InlineData("STSFullAccess", "sts:AssumeRole,sts:GetFederationToken", "iam:ListUsers")]
    [InlineData("UBillFullAccess", "ubill:GetBalance", "uhost:X")]
    [InlineData("UHostReadOnlyAccess", "uhost:DescribeUHostInstance,uhost:GetUHostInstancePrice", "uhost:CreateUHostInstance,uhost:StopUHostInstance,uhost:TerminateUHostInstance,ucdn:DescribeX")]
    [InlineData("UHostCreateOnlyAccess", "uhost:CreateUHostInstance", "uhost:DescribeUHostInstance,uhost:StopUHostInstance,uhost:TerminateUHostInstance")]
    [InlineData("UHostUpdateOnlyAccess", "uhost:StopUHostInstance,uhost:ResizeUHostInstance", "uhost:CreateUHostInstance,uhost:DescribeUHostInstance,uhost:TerminateUHostInstance")]
    [InlineData("UHostDeleteOnlyAccess", "uhost:TerminateUHostInstance", "uhost:CreateUHostInstance,uhost:DescribeUHostInstance,uhost:StopUHostInstance")]
    public void A_system_policy_allows_what_its_name_says_and_no_more(string name, string allowed, string denied)
    {
        _world.Bind(null, $"ucs:iam::ucs:policy/{name}");
        Assert.All(allowed.Split(','), action => Assert.True(_world.May(action, _world.Project), action));
        Assert.All(denied.Split(','), action => Assert.False(_world.May(action, _world.Project), action));
    }

    [Fact]
    public void An_administrator_of_this_cloud_may_nothing_of_what_this_server_does_itself()
    {
        _world.Bind(null, UcsWorld.Administrator);
        Assert.All(ActionCatalog.Services, service => Assert.False(_world.May($"{service.Name}:Anything", null), service.Name));
    }

    [Fact]
    public void The_two_administrators_are_two_policies()
    {
        _world.Bind(null, "ucs:iam::aws:policy/AdministratorAccess");
        Assert.True(_world.May("iam:CreateUser", null));
        Assert.Equal("ucs:iam::aws:policy/AdministratorAccess", Text(_world.Call("ListPoliciesForUser", ("UserName", "alice"))["Policies"]![0]!, "PolicyURN"));
    }

    [Fact]
    public void A_new_document_counts_at_once_and_of_more_than_five_the_oldest_goes()
    {
        for (var i = 2; i <= 7; i++)
            _world.Call("UpdateIAMPolicy", ("PolicyURN", UcsWorld.PolicyUrn), ("Document", UcsWorld.UHost.Replace("uhost:*", $"uhost:V{i}", StringComparison.Ordinal)), ("VersionDescription", $"no. {i}"));
        var policy = _world.Bench.Home.FindOwnPolicy(UcsWorld.PolicyArn)!;
        Assert.Equal(["v3", "v4", "v5", "v6", "v7"], policy.Versions.Select(version => version.Id));
        Assert.Equal(("V7", "no. 7"), (Text(Get(UcsWorld.PolicyUrn)["Customize"]!, "Version"), Text(Get(UcsWorld.PolicyUrn)["Customize"]!, "VersionDescription")));
        _world.Bind(null);
        Assert.True(_world.May("uhost:V7", null));
        Assert.False(_world.May("uhost:V6", null));
        _world.Bench.AsHolderOf("iam:CreatePolicyVersion");
        Assert.Equal("AccessDenied", _world.Refusal("UpdateIAMPolicy", ("PolicyURN", UcsWorld.PolicyUrn), ("Document", UcsWorld.UHost)).Code);
    }

    [Fact]
    public void The_default_version_is_never_the_one_that_goes()
    {
        for (var i = 2; i <= 5; i++)
            _world.Call("UpdateIAMPolicy", ("PolicyURN", UcsWorld.PolicyUrn), ("Document", UcsWorld.UHost));
        _world.Bench.Call("SetDefaultPolicyVersion", ("PolicyArn", UcsWorld.PolicyArn), ("VersionId", "v1"));
        _world.Call("UpdateIAMPolicy", ("PolicyURN", UcsWorld.PolicyUrn), ("Document", UcsWorld.UHost));
        Assert.Equal(["v1", "v3", "v4", "v5", "v6"], _world.Bench.Home.FindOwnPolicy(UcsWorld.PolicyArn)!.Versions.Select(version => version.Id));
    }

    [Fact]
    public void A_policy_goes_with_its_versions_when_nothing_uses_it()
    {
        _world.Call("UpdateIAMPolicy", ("PolicyURN", UcsWorld.PolicyUrn), ("Document", UcsWorld.UHost));
        _world.Bind(_world.Project);
        Assert.Equal("DeleteConflict", _world.Refusal("DeleteIAMPolicy", ("PolicyURN", UcsWorld.PolicyUrn)).Code);
        _world.Call("DetachPoliciesFromUser", [("UserName", "alice"), ("PolicyURNs", UcsWorld.PolicyUrn), .. UcsWorld.ScopeOf(_world.Project)]);
        _world.Bench.AsHolderOf("iam:DeletePolicy");
        Assert.Equal("AccessDenied", _world.Refusal("DeleteIAMPolicy", ("PolicyURN", UcsWorld.PolicyUrn)).Code);
        _world.Bench.As("admin");
        _world.Call("DeleteIAMPolicy", ("PolicyURN", UcsWorld.PolicyUrn));
        Assert.Equal(11217, _world.Refusal("GetIAMPolicy", ("PolicyURN", UcsWorld.PolicyUrn)).RetCode);
    }

    [Fact]
    public void Another_name_is_taken_by_a_policy_that_is_not_in_use_and_by_who_may_end_it()
    {
        (string, string)[] rename = [("PolicyURN", UcsWorld.PolicyUrn), ("PolicyName", "machines"), ("Description", "d")];
        _world.Bind(null);
        Assert.Equal("DeleteConflict", _world.Refusal("UpdateIAMPolicyName", rename).Code);
        _world.Call("UpdateIAMPolicyName", ("PolicyURN", UcsWorld.PolicyUrn), ("PolicyName", "hosts"), ("Description", "described"));
        Assert.Equal("described", Text(Get(UcsWorld.PolicyUrn), "Description"));
        _world.Call("DetachPoliciesFromUser", [("UserName", "alice"), ("PolicyURNs.member.1", UcsWorld.PolicyUrn), .. UcsWorld.ScopeOf(null)]);
        _world.Bench.AsHolderOf("iam:UpdateIAMPolicyName");
        Assert.Equal("AccessDenied", _world.Refusal("UpdateIAMPolicyName", rename).Code);
        _world.Bench.As("admin");
        Assert.Equal("ucs:iam::123456789012:policy/machines", Text(_world.Call("UpdateIAMPolicyName", rename), "PolicyURN"));
        Assert.Equal(11217, _world.Refusal("GetIAMPolicy", ("PolicyURN", UcsWorld.PolicyUrn)).RetCode);
        Assert.Equal(UcsWorld.UHost, Text(Get("ucs:iam::123456789012:policy/machines"), "Document"));
    }

    [Theory]
    [InlineData("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}")]
    [InlineData("{\"Version\":\"1\",\"Statement\":[]}")]
    [InlineData("nonsense")]
    [InlineData("{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"uhost:*\"],\"Resource\":[\"acme:uhost:::x\"]}]}")]
    public void A_malformed_document_is_refused_and_changes_nothing(string document)
    {
        var refusal = _world.Refusal("CreateIAMPolicy", ("PolicyName", "bad"), ("Document", document));
        Assert.Equal("MalformedPolicyDocument", refusal.Code);
        Assert.Contains(", at line 1, column ", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(("Document", refusal.Message), (Assert.Single(refusal.Fields).Parameter, refusal.Fields[0].Message));
        Assert.Equal("MalformedPolicyDocument", _world.Refusal("UpdateIAMPolicy", ("PolicyURN", UcsWorld.PolicyUrn), ("Document", document)).Code);
        Assert.Null(_world.Bench.Home.FindOwnPolicy("arn:aws:iam::123456789012:policy/bad"));
        Assert.Single(_world.Bench.Home.FindOwnPolicy(UcsWorld.PolicyArn)!.Versions);
    }

    [Theory]
    [InlineData("hosts")]
    [InlineData("ucs:iam::123456789012:role/hosts")]
    [InlineData("acme:iam::123456789012:policy/hosts")]
    public void What_is_no_name_of_a_policy_is_refused(string urn) => Assert.NotEqual("NoSuchEntity", _world.Refusal("GetIAMPolicy", ("PolicyURN", urn)).Code);

    [Fact]
    public void Documents_in_lists_are_for_those_who_may_read_them()
    {
        _world.Bench.AsHolderOf("iam:ListPolicies");
        Assert.Equal("AccessDenied", _world.Refusal("ListPolicies", ("Owner", "User")).Code);
        const string all = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"iam:GetPolicyVersion","Resource":"arn:aws:iam::123456789012:policy/hosts"}]}""";
        _world.Bench.Put(DocumentKinds.User, _world.Alice with { Inline = [new InlinePolicy("all", all)] });
        _world.Bench.As("alice");
        Assert.Equal("AccessDenied", _world.Refusal("ListPolicies", ("Owner", "User")).Code);
        _world.Call("ListPolicies", ("Owner", "UCS"));
    }

    [Fact]
    public void Whom_a_policy_hangs_on_is_said_once_for_each_binding()
    {
        _world.Bind(null);
        _world.Bind(_world.Project);
        _world.Call("AttachPoliciesToRole", [("RoleName", "ops/runner"), ("PolicyURNs.member.1", UcsWorld.PolicyUrn), .. UcsWorld.ScopeOf(null)]);
        var list = _world.Call("ListEntitiesForPolicy", ("PolicyURN", UcsWorld.PolicyUrn));
        Assert.Equal(3, list["TotalCount"]!.GetValue<int>());
        Assert.Equal(
            [("alice", "User", "Unspecified"), ("alice", "User", "Specified"), ("ops/runner", "Role", "Unspecified")],
            list["Entities"]!.AsArray().Select(entity => (Text(entity!, "EntityName"), Text(entity!, "EntityKind"), Text(entity!, "Scope"))));
        Assert.All(list["Entities"]!.AsArray(), entity => Assert.NotNull(entity!["AttachedAt"]));
    }

    [Fact]
    public void Another_brand_has_its_own_first_word_everywhere_and_reads_what_was_written_before()
    {
        _world.Bench.Settings = new ServiceSettings { Brand = new Brand { Syntax = PolicySyntax.Uproject.WithUrnPrefix("acme") } };
        var document = UcsWorld.UHost.Replace("\"*\"", "\"acme:uhost:*:123456789012:instance/*\"", StringComparison.Ordinal);
        Assert.Equal("acme:iam::123456789012:policy/theirs", Text(_world.Call("CreateIAMPolicy", ("PolicyName", "theirs"), ("Document", document)), "PolicyURN"));
        Assert.Equal(document, Text(Get("acme:iam::123456789012:policy/theirs"), "Document"));
        _world.Bind(null, "acme:iam::123456789012:policy/hosts");
        Assert.True(_world.May("uhost:X", null));
        Assert.Equal("acme:iam::acme:policy/IAMFullAccess", Text(Get("acme:iam::acme:policy/IAMFullAccess"), "PolicyURN"));
        Assert.Equal("acme:iam::123456789012:role/ops/runner", Text(_world.Call("GetRole", ("RoleName", "ops/runner"))["Role"]!, "RoleURN"));
        Assert.Equal("MalformedPolicyDocument", _world.Refusal("CreateIAMPolicy", ("PolicyName", "ours"), ("Document", document.Replace("acme", "ucs", StringComparison.Ordinal))).Code);
        Assert.NotNull(_world.Refusal("GetIAMPolicy", ("PolicyURN", UcsWorld.PolicyUrn)));
    }

    private JsonNode Get(string urn) => _world.Call("GetIAMPolicy", ("PolicyURN", urn))["Policy"]!;

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();
}
