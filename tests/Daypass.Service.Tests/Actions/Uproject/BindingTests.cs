using Daypass.Service.Directories;

namespace Daypass.Service.Tests.Actions.Uproject;

public sealed class BindingTests
{
    private const string STS = "ucs:iam::ucs:policy/STSCreateOnlyAccess";
    private readonly UcsWorld _world = new();

    public static TheoryData<string, string, string> Kinds => new() { { "User", "UserName", "alice" }, { "Group", "GroupName", "team" }, { "Role", "RoleName", "ops/runner" } };

    [Theory, MemberData(nameof(Kinds))]
    public void Policies_are_bound_listed_and_taken_away(string kind, string parameter, string name)
    {
        _world.Call($"AttachPoliciesTo{kind}", (parameter, name), ("PolicyURNs.member.1", UcsWorld.PolicyUrn), ("PolicyURNs.member.2", STS), ("Scope", "All"));
        _world.Call($"AttachPoliciesTo{kind}", (parameter, name), ("PolicyURNs.member.1", UcsWorld.PolicyUrn), ("Scope", "Specified"), ("ProjectID", _world.Project));
        var list = _world.Call($"ListPoliciesFor{kind}", (parameter, name));
        Assert.Equal(3, list["TotalCount"]!.GetValue<int>());
        Assert.Equal(["PolicyName", "PolicyURN", "Description", "Scope", "ProjectID", "ProjectName", "AttachedAt"], list["Policies"]![0]!.AsObject().Select(member => member.Key));
        Assert.Equal([UcsWorld.PolicyUrn], Urns($"ListPoliciesFor{kind}", (parameter, name), ("Scope", "Specified"), ("ProjectID", _world.Project)));
        Assert.Equal([UcsWorld.PolicyUrn, STS], Urns($"ListPoliciesFor{kind}", (parameter, name), ("Scope", "Unspecified")));
        Assert.Equal([STS], Urns($"ListPoliciesFor{kind}", (parameter, name), ("Scope", "Unspecified"), ("Offset", "1")));
        Assert.Empty(Urns($"ListPoliciesFor{kind}", (parameter, name), ("Offset", "100")));
        Assert.Equal("web", list["Policies"]![2]!["ProjectName"]!.GetValue<string>());
        _world.Call($"DetachPoliciesFrom{kind}", (parameter, name), ("PolicyURNs.member.1", UcsWorld.PolicyUrn), ("PolicyURNs.member.2", STS), ("Scope", "Unspecified"));
        Assert.Equal([UcsWorld.PolicyUrn], Urns($"ListPoliciesFor{kind}", (parameter, name)));
        Assert.Equal(11217, _world.Refusal($"DetachPoliciesFrom{kind}", (parameter, name), ("PolicyURNs.member.1", UcsWorld.PolicyUrn), ("Scope", "Unspecified")).RetCode);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void All_are_bound_or_none(string kind, string parameter, string name)
    {
        Assert.Equal(11217, _world.Refusal($"AttachPoliciesTo{kind}", (parameter, name), ("PolicyURNs.member.1", UcsWorld.PolicyUrn), ("PolicyURNs.member.2", "ucs:iam::123456789012:policy/gone"), ("Scope", "Unspecified")).RetCode);
        Assert.Empty(Urns($"ListPoliciesFor{kind}", (parameter, name)));
        _world.Call($"AttachPoliciesTo{kind}", (parameter, name), ("PolicyURNs.member.1", UcsWorld.PolicyUrn), ("Scope", "Unspecified"));
        Assert.Equal(11217, _world.Refusal($"DetachPoliciesFrom{kind}", (parameter, name), ("PolicyURNs.member.1", UcsWorld.PolicyUrn), ("PolicyURNs.member.2", STS), ("Scope", "Unspecified")).RetCode);
        Assert.Equal([UcsWorld.PolicyUrn], Urns($"ListPoliciesFor{kind}", (parameter, name)));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Each_policy_is_asked_for(string kind, string parameter, string name)
    {
        _world.Bench.AsHolderOf($"iam:Attach{kind}Policy", condition: $$$"""{"ArnEquals":{"iam:PolicyARN":"{{{UcsWorld.PolicyArn}}}"}}""");
        Assert.Equal("AccessDenied", _world.Refusal($"AttachPoliciesTo{kind}", (parameter, name), ("PolicyURNs.member.1", UcsWorld.PolicyUrn), ("PolicyURNs.member.2", STS), ("Scope", "Unspecified")).Code);
        _world.Call($"AttachPoliciesTo{kind}", (parameter, name), ("PolicyURNs.member.1", UcsWorld.PolicyUrn), ("Scope", "Unspecified"));
        Assert.Equal("AccessDenied", _world.Refusal($"DetachPoliciesFrom{kind}", (parameter, name), ("PolicyURNs.member.1", UcsWorld.PolicyUrn), ("Scope", "Unspecified")).Code);
    }

    [Fact]
    public void A_scope_and_its_project_go_together()
    {
        Assert.Equal("ProjectID", Field([("Scope", "Specified")]));
        Assert.Equal("ProjectID", Field([("Scope", "Unspecified"), ("ProjectID", _world.Project)]));
        Assert.Equal("Scope", Field([("Scope", "Everything")]));
        Assert.Equal("Scope", Field([]));
        Assert.Equal("PolicyURNs", _world.Refusal("AttachPoliciesToUser", ("UserName", "alice"), ("Scope", "Unspecified")).Fields[0].Parameter);
        Assert.Empty(PolicyBindings.Of(_world.Alice).Policies);
    }

    [Fact]
    public void Bindings_count_against_AWSs_quota_whichever_way_they_were_made()
    {
        foreach (var name in UprojectManagedPolicies.All.Select(policy => policy.Name).Where(name => name.StartsWith("UHost", StringComparison.Ordinal) || name.StartsWith("UNet", StringComparison.Ordinal)))
            _world.Bind(_world.Project, $"ucs:iam::ucs:policy/{name}");
        Assert.Equal("LimitExceeded", _world.Refusal("AttachPoliciesToUser", [("UserName", "alice"), ("PolicyURNs.member.1", UcsWorld.PolicyUrn), .. UcsWorld.ScopeOf(null)]).Code);
        Assert.Equal("LimitExceeded", _world.Bench.Refusal("AttachUserPolicy", ("UserName", "alice"), ("PolicyArn", UcsWorld.PolicyArn)).Code);
    }

    [Fact]
    public void What_is_bound_already_stays_and_is_no_change()
    {
        _world.Bind(null);
        var before = _world.Bench.Home.Documents.Position;
        _world.Bind(null);
        Assert.Equal(before, _world.Bench.Home.Documents.Position);
    }

    [Fact]
    public void A_binding_and_the_end_of_its_policy_cannot_both_happen()
    {
        var delete = _world.Bench.Begin("DeletePolicy", ("PolicyArn", UcsWorld.PolicyArn));
        _world.Bind(_world.Project);
        Assert.False(delete.TryCommit());
    }

    private string Field((string, string)[] scope) =>
        _world.Refusal("AttachPoliciesToUser", [("UserName", "alice"), ("PolicyURNs.member.1", UcsWorld.PolicyUrn), .. scope]).Fields[0].Parameter;

    private string[] Urns(string action, params (string, string)[] parameters) =>
        [.. _world.Call(action, parameters)["Policies"]!.AsArray().Select(policy => policy!["PolicyURN"]!.GetValue<string>())];
}
