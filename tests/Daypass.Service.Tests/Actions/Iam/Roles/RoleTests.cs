using Daypass.Service.Directories;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Actions.Iam.Roles;

public sealed class RoleTests
{
    private const string Arn = "arn:aws:iam::123456789012:role/ops/deployer";
    private readonly ActionBench _bench = new();

    [Fact]
    public void CreateRole_answers_without_duration_and_description()
    {
        var role = _bench.Call("CreateRole", ("RoleName", "deployer"), ("Path", "/ops/"), ("AssumeRolePolicyDocument", Texts.TrustsAccount), ("Description", "deploys"), ("MaxSessionDuration", "7200"))["Role"]!;
        Assert.Equal(["Path", "RoleName", "RoleId", "Arn", "CreateDate", "AssumeRolePolicyDocument"], role.AsObject().Select(member => member.Key));
        Assert.Equal(Arn, role["Arn"]!.GetValue<string>());
        Assert.StartsWith("AROA", role["RoleId"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(Texts.TrustsAccount, role["AssumeRolePolicyDocument"]!.GetValue<string>());
    }

    [Fact]
    public void GetRole_has_all_members_that_there_are()
    {
        Create("deployer", ("Description", "deploys"), ("MaxSessionDuration", "7200"), ("PermissionsBoundary", Texts.Administrator), ("Tags.member.1.Key", "team"), ("Tags.member.1.Value", "web"));
        var role = Get("deployer");
        Assert.Equal("deploys", role["Description"]!.GetValue<string>());
        Assert.Equal(7200, role["MaxSessionDuration"]!.GetValue<int>());
        Assert.Equal(Texts.Administrator, role["PermissionsBoundary"]!["PermissionsBoundaryArn"]!.GetValue<string>());
        Assert.Equal("Policy", role["PermissionsBoundary"]!["PermissionsBoundaryType"]!.GetValue<string>());
        Assert.Equal(["team"], role["Tags"].Each("Key"));
    }

    [Fact]
    public void GetRole_leaves_out_what_there_is_not_but_always_has_duration_and_last_use()
    {
        Create("deployer");
        var role = Get("deployer");
        Assert.Equal(["Path", "RoleName", "RoleId", "Arn", "CreateDate", "AssumeRolePolicyDocument", "MaxSessionDuration", "RoleLastUsed"], role.AsObject().Select(member => member.Key));
        Assert.Equal(3600, role["MaxSessionDuration"]!.GetValue<int>());
        Assert.Empty(role["RoleLastUsed"]!.AsObject());
    }

    [Fact]
    public void ListRoles_omits_tags_and_boundary_and_last_use()
    {
        Create("deployer", ("Description", "deploys"), ("PermissionsBoundary", Texts.Administrator), ("Tags.member.1.Key", "team"), ("Tags.member.1.Value", "web"));
        var role = _bench.Call("ListRoles")["Roles"]![0]!;
        Assert.Equal(["Path", "RoleName", "RoleId", "Arn", "CreateDate", "AssumeRolePolicyDocument", "Description", "MaxSessionDuration"], role.AsObject().Select(member => member.Key));
    }

    [Fact]
    public void ListRoles_shows_every_role_below_the_path_once_over_its_pages()
    {
        foreach (var name in (string[])["c", "a", "B", "d"])
            Create(name, ("Path", "/ops/"));
        Create("elsewhere");
        var first = _bench.Call("ListRoles", ("PathPrefix", "/ops/"), ("MaxItems", "2"));
        Assert.Equal(["a", "B"], first["Roles"].Each("RoleName"));
        Assert.True(first["IsTruncated"]!.GetValue<bool>());
        // What comes in before the marker is not shown, and nothing is shown twice.
        Create("aa", ("Path", "/ops/"));
        var second = _bench.Call("ListRoles", ("PathPrefix", "/ops/"), ("MaxItems", "2"), ("Marker", first["Marker"]!.GetValue<string>()));
        Assert.Equal(["c", "d"], second["Roles"].Each("RoleName"));
        Assert.False(second["IsTruncated"]!.GetValue<bool>());
        Assert.Null(second["Marker"]);
    }

    [Fact]
    public void A_name_that_is_made_again_is_another_role()
    {
        Create("deployer");
        var before = Get("deployer")["RoleId"]!.GetValue<string>();
        _bench.Call("DeleteRole", ("RoleName", "deployer"));
        Create("deployer");
        Assert.NotEqual(before, Get("deployer")["RoleId"]!.GetValue<string>());
    }

    [Fact]
    public void A_role_is_not_found_under_its_name_in_another_case()
    {
        Create("deployer");
        Assert.Equal("The role with name Deployer cannot be found.", _bench.Refusal("GetRole", ("RoleName", "Deployer")).Message);
    }

    [Fact]
    public void UpdateRole_changes_what_is_passed_and_takes_the_default_duration_if_none_is()
    {
        Create("deployer", ("Description", "deploys"), ("MaxSessionDuration", "7200"));
        Assert.Empty(_bench.Call("UpdateRole", ("RoleName", "deployer")).AsObject());
        Assert.Equal(("deploys", 3600), Both());
        _bench.Call("UpdateRole", ("RoleName", "deployer"), ("Description", ""), ("MaxSessionDuration", "43200"));
        Assert.Equal(("", 43200), Both());

        (string, int) Both() => (Get("deployer")["Description"]!.GetValue<string>(), Get("deployer")["MaxSessionDuration"]!.GetValue<int>());
    }

    [Fact]
    public void UpdateRoleDescription_answers_with_the_role_and_leaves_the_rest()
    {
        Create("deployer", ("MaxSessionDuration", "7200"));
        var role = _bench.Call("UpdateRoleDescription", ("RoleName", "deployer"), ("Description", "new"))["Role"]!;
        Assert.Equal(Get("deployer").ToJsonString(), role.ToJsonString());
        Assert.Equal("new", role["Description"]!.GetValue<string>());
        Assert.Equal(7200, role["MaxSessionDuration"]!.GetValue<int>());
    }

    [Fact]
    public void Tag_keys_of_roles_ignore_case()
    {
        Create("deployer");
        Tag("Team", "web");
        Tag("team", "infra");
        Assert.Equal("""{"Tags":[{"Key":"team","Value":"infra"}],"IsTruncated":false}""", _bench.Call("ListRoleTags", ("RoleName", "deployer")).ToJsonString());
        _bench.Call("UntagRole", ("RoleName", "deployer"), ("TagKeys.member.1", "TEAM"), ("TagKeys.member.2", "absent"));
        Assert.Empty(_bench.Call("ListRoleTags", ("RoleName", "deployer"))["Tags"]!.AsArray());

        void Tag(string key, string value) => _bench.Call("TagRole", ("RoleName", "deployer"), ("Tags.member.1.Key", key), ("Tags.member.1.Value", value));
    }

    [Fact]
    public void The_list_of_instance_profiles_is_empty_and_says_so()
    {
        Create("deployer");
        Assert.Equal("""{"InstanceProfiles":[],"IsTruncated":false}""", _bench.Call("ListInstanceProfilesForRole", ("RoleName", "deployer")).ToJsonString());
    }

    [Fact]
    public void A_role_with_policies_is_not_deleted()
    {
        Create("deployer");
        _bench.Put(DocumentKinds.Role, _bench.Home.FindRole("deployer")! with { Attached = [Texts.Administrator], Inline = [new InlinePolicy("own", Texts.AllowsAll)] });
        Assert.Equal("Cannot delete entity, must detach all policies first.", Conflict());
        _bench.Call("DetachRolePolicy", ("RoleName", "deployer"), ("PolicyArn", Texts.Administrator));
        Assert.Equal("Cannot delete entity, must delete policies first.", Conflict());

        string Conflict()
        {
            var error = _bench.Refusal("DeleteRole", ("RoleName", "deployer"));
            Assert.Equal(("DeleteConflict", 409), (error.Code, error.Status));
            return error.Message;
        }
    }

    [Fact]
    public void A_policy_attached_meanwhile_stops_the_deletion()
    {
        Create("deployer");
        var deletion = _bench.Begin("DeleteRole", ("RoleName", "deployer"));
        _bench.Call("AttachRolePolicy", ("RoleName", "deployer"), ("PolicyArn", Texts.Administrator));
        Assert.False(deletion.TryCommit());
    }

    [Fact]
    public void There_are_no_more_roles_than_the_quota()
    {
        Create("first");
        var role = _bench.Home.FindRole("first")!;
        for (var i = 1; i < 1000; i++)
            _bench.Put(DocumentKinds.Role, role with { Name = "filler-" + i, Id = "AROAFILLER" + i });
        var error = _bench.Refusal("CreateRole", ("RoleName", "one-more"), ("AssumeRolePolicyDocument", Texts.TrustsAccount));
        Assert.Equal(("LimitExceeded", "Cannot exceed quota for RolesPerAccount: 1000"), (error.Code, error.Message));
    }

    [Fact]
    public void Of_two_that_create_the_last_role_of_the_quota_one_is_asked_again()
    {
        var one = _bench.Begin("CreateRole", ("RoleName", "one"), ("AssumeRolePolicyDocument", Texts.TrustsAccount));
        Create("other");
        Assert.False(one.TryCommit());
    }

    public static TheoryData<string, string[], string, int, string> Refusals => new()
    {
        { "CreateRole", ["RoleName", "DEPLOYER", "AssumeRolePolicyDocument", Texts.TrustsAccount], "EntityAlreadyExists", 409, "Role with name DEPLOYER already exists." },
        { "CreateRole", ["RoleName", "deployer", "Path", "/other/", "AssumeRolePolicyDocument", Texts.TrustsAccount], "EntityAlreadyExists", 409, "Role with name deployer already exists." },
        { "CreateRole", ["RoleName", "new", "AssumeRolePolicyDocument", "{"], "MalformedPolicyDocument", 400, "This policy contains invalid Json" },
        { "CreateRole", ["RoleName", "new", "AssumeRolePolicyDocument", Texts.AllowsAll], "MalformedPolicyDocument", 400, "Has prohibited field Resource" },
        { "CreateRole", ["RoleName", "new", "AssumeRolePolicyDocument", Texts.TrustsAccount, "PermissionsBoundary", Texts.Limits], "NoSuchEntity", 404, $"Scope ARN: {Texts.Limits} does not exist or is not attachable." },
        { "CreateRole", ["RoleName", "new", "AssumeRolePolicyDocument", Texts.TrustsAccount, "MaxSessionDuration", "3599"], "ValidationError", 400, "1 validation error detected: Value '3599' at 'maxSessionDuration' failed to satisfy constraint: Member must have value greater than or equal to 3600" },
        { "CreateRole", ["RoleName", "a/b", "AssumeRolePolicyDocument", Texts.TrustsAccount], "ValidationError", 400, @"1 validation error detected: Value 'a/b' at 'roleName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\w+=,.@-]+" },
        { "CreateRole", ["RoleName", "new"], "ValidationError", 400, "1 validation error detected: Value null at 'assumeRolePolicyDocument' failed to satisfy constraint: Member must not be null" },
        { "GetRole", ["RoleName", "nobody"], "NoSuchEntity", 404, "The role with name nobody cannot be found." },
        { "UpdateRole", ["RoleName", "nobody"], "NoSuchEntity", 404, "The role with name nobody cannot be found." },
        { "UpdateRoleDescription", ["RoleName", "nobody", "Description", "x"], "NoSuchEntity", 404, "The role with name nobody cannot be found." },
        { "UpdateAssumeRolePolicy", ["RoleName", "nobody", "PolicyDocument", Texts.TrustsAccount], "NoSuchEntity", 404, "The role with name nobody cannot be found." },
        { "UpdateAssumeRolePolicy", ["RoleName", "deployer", "PolicyDocument", "[]"], "MalformedPolicyDocument", 400, "Syntax errors in policy." },
        { "DeleteRole", ["RoleName", "nobody"], "NoSuchEntity", 404, "The role with name nobody cannot be found." },
        { "TagRole", ["RoleName", "nobody", "Tags", ""], "NoSuchEntity", 404, "The role with name nobody cannot be found." },
        { "UntagRole", ["RoleName", "nobody", "TagKeys", ""], "NoSuchEntity", 404, "The role with name nobody cannot be found." },
        { "ListRoleTags", ["RoleName", "nobody"], "NoSuchEntity", 404, "The role with name nobody cannot be found." },
        { "ListInstanceProfilesForRole", ["RoleName", "nobody"], "NoSuchEntity", 404, "The role with name nobody cannot be found." },
    };

    [Theory, MemberData(nameof(Refusals))]
    public void A_refusal_has_the_code_and_text_of_AWS(string action, string[] parameters, string code, int status, string message)
    {
        Create("deployer");
        var error = _bench.Refusal(action, parameters.AsPairs());
        Assert.Equal((code, status, message), (error.Code, error.Status, error.Message));
    }

    private System.Text.Json.Nodes.JsonNode Get(string name) => _bench.Call("GetRole", ("RoleName", name))["Role"]!;

    private void Create(string name, params (string, string)[] more) =>
        _bench.Call("CreateRole", [("RoleName", name), ("AssumeRolePolicyDocument", Texts.TrustsAccount), .. more]);
}
