using System.Text.Json.Nodes;
using Daypass.Service.Directories;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Actions.Iam.Policies;

public sealed class PolicyTests
{
    private readonly ActionBench _bench = new();

    [Fact]
    public void CreatePolicy_answers_with_its_first_version_and_no_uses()
    {
        var policy = Create("limits", ("Path", "/team/"), ("Description", "what the team may"), ("Tags.member.1.Key", "team"), ("Tags.member.1.Value", "web"));
        Assert.Equal(
            ["PolicyName", "PolicyId", "Arn", "Path", "DefaultVersionId", "AttachmentCount", "PermissionsBoundaryUsageCount", "IsAttachable", "CreateDate", "UpdateDate", "Tags"],
            policy.AsObject().Select(member => member.Key));
        Assert.Equal("arn:aws:iam::123456789012:policy/team/limits", policy["Arn"]!.GetValue<string>());
        Assert.StartsWith("ANPA", policy["PolicyId"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("v1", policy["DefaultVersionId"]!.GetValue<string>());
        Assert.Equal(0, policy["AttachmentCount"]!.GetValue<int>());
    }

    [Fact]
    public void GetPolicy_shows_description_and_tags_and_ListPolicies_does_not()
    {
        Create("limits", ("Description", "what the team may"), ("Tags.member.1.Key", "team"), ("Tags.member.1.Value", "web"));
        var policy = _bench.Call("GetPolicy", ("PolicyArn", Texts.Limits))["Policy"]!;
        Assert.Equal("what the team may", policy["Description"]!.GetValue<string>());
        Assert.Equal(["team"], policy["Tags"].Each("Key"));
        var listed = _bench.Call("ListPolicies", ("Scope", "Local"))["Policies"]![0]!;
        Assert.Null(listed["Description"]);
        Assert.Null(listed["Tags"]);
        Assert.Equal(policy["PolicyId"]!.GetValue<string>(), listed["PolicyId"]!.GetValue<string>());
    }

    [Fact]
    public void A_document_comes_back_byte_for_byte()
    {
        const string Text = "{ \"Version\":\"2012-10-17\",\r\n\t\"Statement\": [ {\"Effect\":\"Allow\", \"Action\":[\"s3:Get*\"],\"Resource\":\"arn:aws:s3:::a%3Ab\\u002fc\" } ] }";
        _bench.Call("CreatePolicy", ("PolicyName", "limits"), ("PolicyDocument", Text));
        Assert.Equal(Text, _bench.Call("GetPolicyVersion", ("PolicyArn", Texts.Limits), ("VersionId", "v1"))["PolicyVersion"]!["Document"]!.GetValue<string>());
    }

    [Fact]
    public void The_counts_of_uses_are_those_of_the_moment()
    {
        Create("limits");
        _bench.Call("AttachUserPolicy", ("UserName", "admin"), ("PolicyArn", Texts.Limits));
        _bench.Call("CreateGroup", ("GroupName", "staff"));
        _bench.Call("AttachGroupPolicy", ("GroupName", "staff"), ("PolicyArn", Texts.Limits));
        _bench.Call("CreateUser", ("UserName", "alice"), ("PermissionsBoundary", Texts.Limits));
        Assert.Equal((2, 1), Counts());
        _bench.Call("DeleteUser", ("UserName", "alice"));
        _bench.Call("DetachUserPolicy", ("UserName", "admin"), ("PolicyArn", Texts.Limits));
        Assert.Equal((1, 0), Counts());

        (int, int) Counts()
        {
            var policy = _bench.Call("GetPolicy", ("PolicyArn", Texts.Limits))["Policy"]!;
            return (policy["AttachmentCount"]!.GetValue<int>(), policy["PermissionsBoundaryUsageCount"]!.GetValue<int>());
        }
    }

    [Theory]
    [InlineData("a b c", "Scope", "Local")]
    [InlineData("a", "Scope", "Local", "OnlyAttached", "true")]
    [InlineData("AdministratorAccess a", "OnlyAttached", "true")]
    [InlineData("AdministratorAccess", "Scope", "AWS", "OnlyAttached", "true")]
    [InlineData("b", "Scope", "All", "PolicyUsageFilter", "PermissionsBoundary")]
    [InlineData("AdministratorAccess a", "PolicyUsageFilter", "PermissionsPolicy")]
    [InlineData("c", "Scope", "Local", "PathPrefix", "/deep/")]
    public void ListPolicies_filters_by_scope_use_and_path(string names, params string[] filter)
    {
        Create("a");
        Create("b");
        Create("c", ("Path", "/deep/er/"));
        _bench.Call("AttachUserPolicy", ("UserName", "admin"), ("PolicyArn", "arn:aws:iam::123456789012:policy/a"));
        _bench.Call("CreateUser", ("UserName", "alice"), ("PermissionsBoundary", "arn:aws:iam::123456789012:policy/b"));
        Assert.Equal(names.Split(' '), _bench.Call("ListPolicies", filter.AsPairs())["Policies"].Each("PolicyName"));
    }

    [Theory]
    [InlineData("cloudtrail:LookupEvents", "allowed")]
    [InlineData("cloudtrail:ListPublicKeys", "allowed")]
    [InlineData("daypass:TraceEvent", "allowed")]
    [InlineData("daypass:ListDigests", "allowed")]
    [InlineData("daypass:GetDigest", "allowed")]
    [InlineData("daypass:GetLogFile", "allowed")]
    [InlineData("daypass:SealTrail", "implicitDeny")]
    [InlineData("daypass:RevokeSessions", "implicitDeny")]
    [InlineData("sts:GetWebIdentityToken", "implicitDeny")]
    public void An_auditor_with_ReadOnlyAccess_may_verify_the_trail_and_change_nothing(string action, string decision)
    {
        var policy = AwsManagedPolicies.Find("arn:aws:iam::aws:policy/ReadOnlyAccess")!.Versions[0].Document;
        var results = _bench.Call("SimulateCustomPolicy", ("PolicyInputList.member.1", policy), ("ActionNames.member.1", action))["EvaluationResults"];
        Assert.Equal(decision, results![0]!["EvalDecision"]!.GetValue<string>());
    }

    [Fact]
    public void Policies_of_the_same_name_here_and_at_AWS_are_both_listed_across_pages()
    {
        Create("ReadOnlyAccess");
        List<string> seen = [];
        string? marker = null;
        do
        {
            var page = marker is null ? _bench.Call("ListPolicies", ("MaxItems", "1")) : _bench.Call("ListPolicies", ("MaxItems", "1"), ("Marker", marker));
            seen.AddRange(page["Policies"].Each("Arn"));
            marker = page["Marker"]?.GetValue<string>();
        }
        while (marker is not null);
        Assert.Equal(_bench.Call("ListPolicies")["Policies"].Each("Arn"), seen);
        Assert.Equal(AwsManagedPolicies.All.Count() + 1, seen.Distinct().Count());
    }

    [Fact]
    public void ListEntitiesForPolicy_names_who_uses_it_and_how()
    {
        Create("limits");
        _bench.Call("CreateGroup", ("GroupName", "staff"));
        _bench.Call("CreateRole", ("RoleName", "deployer"), ("AssumeRolePolicyDocument", Texts.TrustsAccount), ("Path", "/ops/"), ("PermissionsBoundary", Texts.Limits));
        _bench.Call("AttachUserPolicy", ("UserName", "admin"), ("PolicyArn", Texts.Limits));
        _bench.Call("AttachGroupPolicy", ("GroupName", "staff"), ("PolicyArn", Texts.Limits));
        Assert.Equal("staff|admin|deployer", Entities());
        Assert.Equal("staff||", Entities(("EntityFilter", "Group")));
        Assert.Equal("||", Entities(("EntityFilter", "LocalManagedPolicy")));
        Assert.Equal("||deployer", Entities(("PolicyUsageFilter", "PermissionsBoundary")));
        Assert.Equal("staff|admin|", Entities(("PolicyUsageFilter", "PermissionsPolicy")));
        Assert.Equal("||deployer", Entities(("PathPrefix", "/ops/")));
        var first = _bench.Call("ListEntitiesForPolicy", ("PolicyArn", Texts.Limits), ("MaxItems", "2"));
        Assert.True(first["IsTruncated"]!.GetValue<bool>());
        Assert.Equal("|admin|", Entities(("Marker", first["Marker"]!.GetValue<string>())));

        string Entities(params (string, string)[] filter)
        {
            var page = _bench.Call("ListEntitiesForPolicy", [("PolicyArn", Texts.Limits), .. filter]);
            return $"{string.Join(',', page["PolicyGroups"].Each("GroupName"))}|{string.Join(',', page["PolicyUsers"].Each("UserName"))}|{string.Join(',', page["PolicyRoles"].Each("RoleName"))}";
        }
    }

    [Fact]
    public void Tag_keys_of_policies_are_case_sensitive()
    {
        Create("limits");
        Tag("Team", "web");
        Tag("team", "infra");
        Tag("team", "ops");
        Assert.Equal("""{"Tags":[{"Key":"Team","Value":"web"},{"Key":"team","Value":"ops"}],"IsTruncated":false}""", _bench.Call("ListPolicyTags", ("PolicyArn", Texts.Limits)).ToJsonString());
        _bench.Call("UntagPolicy", ("PolicyArn", Texts.Limits), ("TagKeys.member.1", "TEAM"), ("TagKeys.member.2", "Team"));
        Assert.Equal(["team"], _bench.Call("ListPolicyTags", ("PolicyArn", Texts.Limits))["Tags"].Each("Key"));

        void Tag(string key, string value) => _bench.Call("TagPolicy", ("PolicyArn", Texts.Limits), ("Tags.member.1.Key", key), ("Tags.member.1.Value", value));
    }

    [Fact]
    public void There_are_no_more_policies_than_the_quota()
    {
        Create("limits");
        var policy = _bench.Home.FindPolicy(Texts.Limits)!;
        for (var i = 1; i < 1500; i++)
            _bench.Put(DocumentKinds.Policy, policy with { Name = "filler-" + i });
        var error = _bench.Refusal("CreatePolicy", ("PolicyName", "one-more"), ("PolicyDocument", Texts.AllowsAll));
        Assert.Equal(("LimitExceeded", "Cannot exceed quota for PoliciesPerAccount: 1500"), (error.Code, error.Message));
    }

    [Fact]
    public void The_size_of_a_policy_is_limited_without_its_white_space()
    {
        _bench.Call("CreatePolicy", ("PolicyName", "limits"), ("PolicyDocument", Sized(6144).Replace("\":", "\" :\n", StringComparison.Ordinal)));
        var error = _bench.Refusal("CreatePolicyVersion", ("PolicyArn", Texts.Limits), ("PolicyDocument", Sized(6145)));
        Assert.Equal(("LimitExceeded", "Cannot exceed quota for PolicySize: 6144"), (error.Code, error.Message));

        static string Sized(int size)
        {
            const string Frame = """{"Version":"2012-10-17","Statement":{"Sid":"","Effect":"Allow","Action":"*","Resource":"*"}}""";
            return Frame.Replace("\"Sid\":\"\"", $"\"Sid\":\"{new string('a', size - Frame.Length)}\"", StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("GetPolicy")]
    [InlineData("GetPolicyVersion", "VersionId", "v1")]
    [InlineData("ListPolicyVersions")]
    [InlineData("ListPolicyTags")]
    [InlineData("ListEntitiesForPolicy")]
    public void AWS_s_policies_can_be_read(string action, params string[] more) =>
        Assert.NotEmpty(_bench.Call(action, [("PolicyArn", Texts.Administrator), .. more.AsPairs()]).AsObject());

    [Theory]
    [InlineData("DeletePolicy")]
    [InlineData("CreatePolicyVersion", "PolicyDocument", Texts.AllowsAll, "SetAsDefault", "true")]
    [InlineData("SetDefaultPolicyVersion", "VersionId", "v1")]
    [InlineData("DeletePolicyVersion", "VersionId", "v1")]
    [InlineData("TagPolicy", "Tags.member.1.Key", "team", "Tags.member.1.Value", "web")]
    [InlineData("UntagPolicy", "TagKeys.member.1", "team")]
    public void AWS_s_policies_cannot_be_changed_even_by_an_administrator(string action, params string[] more)
    {
        var error = _bench.Refusal(action, [("PolicyArn", Texts.Administrator), .. more.AsPairs()]);
        Assert.Equal(
            ("AccessDenied", $"User: arn:aws:iam::123456789012:user/admin is not authorized to perform: iam:{action} on resource: {Texts.Administrator}"),
            (error.Code, error.Message));
    }

    private JsonNode Create(string name, params (string, string)[] more) =>
        _bench.Call("CreatePolicy", [("PolicyName", name), ("PolicyDocument", Texts.AllowsListing), .. more])["Policy"]!;
}
