using Daypass.Service.Actions.Iam;
using Daypass.Service.Stores;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Actions.Iam.Policies;

/// <summary>A policy that anything uses stays: an entity without a policy that it has cannot be decided about.</summary>
public sealed class PolicyDeletionTests
{
    private readonly ActionBench _bench = new();

    public PolicyDeletionTests() => Create();

    [Theory]
    [InlineData("AttachUserPolicy", "DetachUserPolicy", "UserName", "PolicyArn")]
    [InlineData("AttachGroupPolicy", "DetachGroupPolicy", "GroupName", "PolicyArn")]
    [InlineData("AttachRolePolicy", "DetachRolePolicy", "RoleName", "PolicyArn")]
    [InlineData("PutUserPermissionsBoundary", "DeleteUserPermissionsBoundary", "UserName", "PermissionsBoundary")]
    [InlineData("PutRolePermissionsBoundary", "DeleteRolePermissionsBoundary", "RoleName", "PermissionsBoundary")]
    public void A_policy_in_use_is_not_deleted(string use, string end, string nameParameter, string policyParameter)
    {
        _bench.Call("CreateUser", ("UserName", "one"));
        _bench.Call("CreateGroup", ("GroupName", "one"));
        _bench.Call("CreateRole", ("RoleName", "one"), ("AssumeRolePolicyDocument", Texts.TrustsAccount));
        _bench.Call(use, (nameParameter, "one"), (policyParameter, Texts.Limits));
        var error = _bench.Refusal("DeletePolicy", ("PolicyArn", Texts.Limits));
        Assert.Equal(("DeleteConflict", 409, "Cannot delete a policy attached to entities."), (error.Code, error.Status, error.Message));
        _bench.Call(end, (nameParameter, "one"), (policyParameter, Texts.Limits));
        _bench.Call("DeletePolicy", ("PolicyArn", Texts.Limits));
        Assert.Equal($"Policy {Texts.Limits} was not found.", _bench.Refusal("GetPolicy", ("PolicyArn", Texts.Limits)).Message);
    }

    [Theory]
    [InlineData("AttachUserPolicy", "UserName", "admin", "PolicyArn", Texts.Limits)]
    [InlineData("PutUserPermissionsBoundary", "UserName", "admin", "PermissionsBoundary", Texts.Limits)]
    [InlineData("CreateUser", "UserName", "alice", "PermissionsBoundary", Texts.Limits)]
    [InlineData("CreateRole", "RoleName", "new", "PermissionsBoundary", Texts.Limits, "AssumeRolePolicyDocument", Texts.TrustsAccount)]
    public void Use_and_deletion_that_cross_never_both_happen(string action, params string[] parameters)
    {
        var use = _bench.Begin(action, parameters.AsPairs());
        var deletion = _bench.Begin("DeletePolicy", ("PolicyArn", Texts.Limits));
        Assert.True(deletion.TryCommit());
        Assert.False(use.TryCommit());

        Create();
        use = _bench.Begin(action, parameters.AsPairs());
        deletion = _bench.Begin("DeletePolicy", ("PolicyArn", Texts.Limits));
        Assert.True(use.TryCommit());
        Assert.False(deletion.TryCommit());
    }

    [Fact]
    public void A_deleted_policy_leaves_no_guard_behind()
    {
        _bench.Call("AttachUserPolicy", ("UserName", "admin"), ("PolicyArn", Texts.Limits));
        Assert.NotEqual(0, Guard());
        _bench.Call("DetachUserPolicy", ("UserName", "admin"), ("PolicyArn", Texts.Limits));
        _bench.Call("DeletePolicy", ("PolicyArn", Texts.Limits));
        Assert.Equal(0, Guard());

        long Guard() => _bench.Home.Documents.RevisionOf(DocumentKey.Guard(Guards.AttachmentsOf(Texts.Limits)));
    }

    private void Create() => _bench.Call("CreatePolicy", ("PolicyName", "limits"), ("PolicyDocument", Texts.AllowsListing));
}
