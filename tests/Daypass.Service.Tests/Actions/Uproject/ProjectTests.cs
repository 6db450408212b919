using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Actions.Uproject;

/// <summary>Projects, and bindings of policies to them.</summary>
public sealed class ProjectTests
{
    private readonly UcsWorld _world = new();

    [Fact]
    public void Every_account_has_a_default_project_that_nobody_had_to_make()
    {
        var list = _world.Call("ListProjects");
        Assert.Equal((2, "Default", "web"), (list["TotalCount"]!.GetValue<int>(), list["Projects"]![0]!["ProjectName"]!.GetValue<string>(), list["Projects"]![1]!["ProjectName"]!.GetValue<string>()));
        Assert.Equal(_world.DefaultProject, list["Projects"]![0]!["ProjectID"]!.GetValue<string>());
        Assert.Matches("^org-[0-9a-z]{8}$", _world.DefaultProject);
        Assert.Matches("^org-[0-9a-z]{10}$", _world.Project);
        Assert.Equal(["ProjectID", "ProjectName", "UserCount", "CreatedAt"], list["Projects"]![0]!.AsObject().Select(member => member.Key));
        _world.Call("ModifyProject", ("ProjectId", _world.DefaultProject), ("ProjectName", "main"));
        Assert.Equal("main", _world.Call("ListProjects")["Projects"]![0]!["ProjectName"]!.GetValue<string>());
        Assert.Equal("DeleteConflict", _world.Refusal("DeleteProject", ("ProjectID", _world.DefaultProject)).Code);
    }

    [Fact]
    public void Default_projects_of_two_accounts_are_two()
    {
        var ids = Enumerable.Range(1, 2000).Select(number => Project.DefaultOf(Names.AccountId.Of(number * 499_999_999L))).ToArray();
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Fact]
    public void Names_of_projects_are_unique_and_unknown_ones_are_292()
    {
        Assert.Equal("EntityAlreadyExists", _world.Refusal("CreateProject", ("ProjectName", "web")).Code);
        Assert.Equal("EntityAlreadyExists", _world.Refusal("CreateProject", ("ProjectName", "Default")).Code);
        Assert.Equal("EntityAlreadyExists", _world.Refusal("ModifyProject", ("ProjectId", _world.Project), ("ProjectName", "Default")).Code);
        foreach (var (action, name) in new[] { ("DeleteProject", "ProjectID"), ("ListEntitiesForProject", "ProjectID") })
            Assert.Equal(292, _world.Refusal(action, (name, "org-gone")).RetCode);
        Assert.Equal(292, _world.Refusal("AttachPoliciesToUser", ("UserName", "alice"), ("PolicyURNs.member.1", UcsWorld.PolicyUrn), ("Scope", "Specified"), ("ProjectID", "org-gone")).RetCode);
    }

    [Fact]
    public void A_binding_to_a_project_counts_there_only_and_one_to_all_everywhere()
    {
        _world.Bind(_world.Project);
        Assert.True(_world.May("uhost:CreateUHostInstance", _world.Project));
        Assert.False(_world.May("uhost:CreateUHostInstance", null));
        Assert.False(_world.May("uhost:CreateUHostInstance", _world.DefaultProject));
        _world.Bind(_world.DefaultProject);
        Assert.True(_world.May("uhost:CreateUHostInstance", null));
        Assert.False(_world.May("uhost:CreateUHostInstance", "org-other"));
        _world.Bind(null);
        Assert.True(_world.May("uhost:CreateUHostInstance", "org-other"));
    }

    [Fact]
    public void A_binding_of_a_group_counts_for_its_members_in_that_project()
    {
        _world.Call("AddUserToGroup", ("UserName", "alice"), ("GroupName", "team"));
        _world.Call("AttachPoliciesToGroup", ("GroupName", "team"), ("PolicyURNs.member.1", UcsWorld.PolicyUrn), ("Scope", "Specified"), ("ProjectID", _world.Project));
        Assert.True(_world.May("uhost:X", _world.Project));
        Assert.False(_world.May("uhost:X", null));
    }

    [Fact]
    public void What_belongs_to_the_account_belongs_to_no_project_whatever_the_caller_says()
    {
        _world.Call("CreateIAMPolicy", ("PolicyName", "all"), ("Document", """{"Version":"1","Statement":[{"Effect":"Allow","Action":["*"]}]}"""));
        _world.Bind(_world.Project, "ucs:iam::123456789012:policy/all");
        Assert.True(_world.May("uhost:X", _world.Project));
        _world.Bench.As("alice");
        Assert.Equal("AccessDenied", _world.Refusal("ListUsers", ("ProjectId", _world.Project)).Code);
        Assert.Equal("AccessDenied", _world.Bench.Refusal("ListUsers").Code);
    }

    [Fact]
    public void A_policy_for_the_whole_account_cannot_be_bound_to_one_project()
    {
        Assert.Equal("Scope", _world.Refusal("AttachPoliciesToUser", ("UserName", "alice"), ("PolicyURNs.member.1", "ucs:iam::ucs:policy/IAMFullAccess"), ("Scope", "Specified"), ("ProjectID", _world.Project)).Fields[0].Parameter);
        Assert.Empty(PolicyBindings.Of(_world.Alice).Policies);
        _world.Bind(_world.Project, "ucs:iam::ucs:policy/UBillFullAccess");
        _world.Bind(null, "ucs:iam::ucs:policy/UBillFullAccess");
    }

    [Fact]
    public void A_deny_that_is_bound_to_a_project_holds_there()
    {
        _world.Bind(null);
        _world.Call("CreateIAMPolicy", ("PolicyName", "never"), ("Document", """{"Version":"1","Statement":[{"Effect":"Deny","Action":["uhost:Create*"]}]}"""));
        _world.Bind(_world.Project, "ucs:iam::123456789012:policy/never");
        Assert.False(_world.May("uhost:CreateUHostInstance", _world.Project));
        Assert.True(_world.May("uhost:CreateUHostInstance", _world.DefaultProject));
    }

    [Fact]
    public void The_simulator_takes_the_project_as_a_condition_key_and_the_default_one_without()
    {
        _world.Bind(_world.Project);
        Assert.Equal("implicitDeny", Simulate());
        Assert.Equal("allowed", Simulate(("ContextEntries.member.1.ContextKeyName", "ucs:ProjectId"), ("ContextEntries.member.1.ContextKeyType", "string"), ("ContextEntries.member.1.ContextKeyValues.member.1", _world.Project)));
        _world.Bind(_world.DefaultProject);
        Assert.Equal("allowed", Simulate());
    }

    [Fact]
    public void The_simulator_too_knows_no_project_for_what_belongs_to_the_account()
    {
        _world.Call("CreateIAMPolicy", ("PolicyName", "all"), ("Document", """{"Version":"1","Statement":[{"Effect":"Allow","Action":["*"]}]}"""));
        _world.Bind(_world.DefaultProject, "ucs:iam::123456789012:policy/all");
        Assert.Equal("allowed", Simulate());
        foreach (var service in ActionCatalog.Services)
            Assert.Equal("implicitDeny", Simulate(action: service.Name + ":ListUsers"));
    }

    [Fact]
    public void AWSs_API_shows_bindings_to_projects_and_takes_them_all_at_once()
    {
        _world.Bind(_world.Project);
        _world.Bind(null, UcsWorld.Administrator);
        _world.Bind(_world.DefaultProject);
        Assert.Equal(
            ["arn:aws:iam::ucs:policy/AdministratorAccess", UcsWorld.PolicyArn],
            _world.Bench.Call("ListAttachedUserPolicies", ("UserName", "alice"))["AttachedPolicies"]!.AsArray().Select(policy => policy!["PolicyArn"]!.GetValue<string>()));
        Assert.Equal("DeleteConflict", _world.Bench.Refusal("DeleteUser", ("UserName", "alice")).Code);
        Assert.Equal("DeleteConflict", _world.Bench.Refusal("DeletePolicy", ("PolicyArn", UcsWorld.PolicyArn)).Code);
        _world.Bench.Call("DetachUserPolicy", ("UserName", "alice"), ("PolicyArn", UcsWorld.PolicyArn));
        Assert.DoesNotContain(UcsWorld.PolicyArn, PolicyBindings.Of(_world.Alice).Policies);
        Assert.Equal("NoSuchEntity", _world.Bench.Refusal("DetachUserPolicy", ("UserName", "alice"), ("PolicyArn", UcsWorld.PolicyArn)).Code);
        _world.Bench.Call("DetachUserPolicy", ("UserName", "alice"), ("PolicyArn", "arn:aws:iam::ucs:policy/AdministratorAccess"));
        _world.Bench.Call("DeletePolicy", ("PolicyArn", UcsWorld.PolicyArn));
        _world.Bench.Call("DeleteUser", ("UserName", "alice"));
    }

    [Fact]
    public void A_project_goes_when_nothing_is_bound_to_it()
    {
        _world.Bind(_world.Project);
        _world.Bind(null);
        var entities = _world.Call("ListEntitiesForProject", ("ProjectID", _world.Project));
        Assert.Equal(("alice", "User", 1), (entities["Entities"]![0]!["EntityName"]!.GetValue<string>(), entities["Entities"]![0]!["EntityKind"]!.GetValue<string>(), entities["TotalCount"]!.GetValue<int>()));
        Assert.Equal("DeleteConflict", _world.Refusal("DeleteProject", ("ProjectID", _world.Project)).Code);
        _world.Call("RemoveUserFromProject", ("UserName", "alice"), ("ProjectID", _world.Project));
        Assert.True(_world.May("uhost:X", "org-other"));
        _world.Call("DeleteProject", ("ProjectID", _world.Project));
        Assert.Equal(292, _world.Refusal("ModifyProject", ("ProjectId", _world.Project), ("ProjectName", "x")).RetCode);
    }

    [Fact]
    public void A_binding_and_the_end_of_its_project_cannot_both_happen()
    {
        var delete = _world.Bench.Begin(new Pipeline.ActionCatalog().Uproject.Find("DeleteProject")!, ("ProjectID", _world.Project));
        _world.Bind(_world.Project);
        Assert.False(delete.TryCommit());
    }

    [Fact]
    public void Taking_a_user_out_of_a_project_is_detaching_its_policies()
    {
        _world.Bind(_world.Project);
        _world.Bench.AsHolderOf("iam:RemoveUserFromProject");
        Assert.Equal("AccessDenied", _world.Refusal("RemoveUserFromProject", ("UserName", "alice"), ("ProjectID", _world.Project)).Code);
        Assert.True(_world.May("uhost:X", _world.Project));
    }

    [Fact]
    public void The_command_line_learns_of_the_projects_that_are_the_callers()
    {
        _world.Bench.As("alice");
        Assert.Equal([_world.DefaultProject], Projects());
        _world.Bench.As("admin");
        _world.Bind(_world.Project);
        _world.Call("CreateProject", ("ProjectName", "other"));
        _world.Bench.As("alice");
        Assert.Equal([_world.DefaultProject, _world.Project], Projects());
        _world.Bench.As("admin");
        Assert.Equal(3, Projects().Length);
    }

    [Fact]
    public void A_policy_of_the_account_shows_nobody_its_projects_and_one_that_counts_in_all_shows_all()
    {
        _world.Bind(null, "ucs:iam::ucs:policy/STSCreateOnlyAccess");
        _world.Bench.As("alice");
        Assert.Equal([_world.DefaultProject], Projects());
        _world.Bench.As("admin");
        _world.Bind(null);
        _world.Bench.As("alice");
        Assert.Equal([_world.DefaultProject, _world.Project], Projects());
        Assert.All(_world.Call("GetProjectList")["ProjectSet"]!.AsArray(), project => Assert.Null(project!["MemberCount"]));
    }

    [Fact]
    public void Who_may_list_projects_sees_all_of_them_and_their_members_and_a_Deny_takes_that_away()
    {
        _world.Bind(_world.Project);
        _world.Bench.AsHolderOf("iam:ListProjects");
        Assert.Equal([_world.DefaultProject, _world.Project], Projects());
        Assert.Equal([0, 1], _world.Call("GetProjectList")["ProjectSet"]!.AsArray().Select(project => project!["MemberCount"]!.GetValue<int>()));
        _world.Bench.As("admin");
        const string denied = """{"Version":"1","Statement":[{"Effect":"Allow","Action":["iam:*"]},{"Effect":"Deny","Action":["iam:ListProjects"]}]}""";
        _world.Call("CreateIAMPolicy", ("PolicyName", "denied"), ("Document", denied), ("ScopeType", "ScopeEmpty"));
        _world.Call("CreateUser", ("UserName", "bob"), ("AccessKeyStatus", "Inactive"), ("LoginProfileStatus", "Inactive"));
        _world.Call("AttachPoliciesToUser", [("UserName", "bob"), ("PolicyURNs.member.1", "ucs:iam::123456789012:policy/denied"), .. UcsWorld.ScopeOf(null)]);
        _world.Bench.As("bob");
        Assert.Equal([_world.DefaultProject], Projects());
    }

    private string[] Projects() => [.. _world.Call("GetProjectList")["ProjectSet"]!.AsArray().Select(project => project!["ProjectId"]!.GetValue<string>())];

    private string Simulate(params (string, string)[] more) => Simulate("uhost:CreateUHostInstance", more);

    private string Simulate(string action, params (string, string)[] more) => _world.Bench.Call(
        "SimulatePrincipalPolicy", [("PolicySourceArn", _world.Alice.ArnIn(ActionBench.HomeAccount).ToString()), ("ActionNames.member.1", action), .. more])["EvaluationResults"]![0]!["EvalDecision"]!.GetValue<string>();
}
