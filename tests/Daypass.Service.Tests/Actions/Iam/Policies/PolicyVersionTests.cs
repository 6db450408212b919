using System.Text.Json.Nodes;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Actions.Iam.Policies;

public sealed class PolicyVersionTests
{
    private readonly ActionBench _bench = new();

    public PolicyVersionTests() => _bench.Call("CreatePolicy", ("PolicyName", "limits"), ("PolicyDocument", Texts.AllowsListing));

    [Fact]
    public void A_new_version_is_the_default_only_if_the_caller_says_so()
    {
        var version = Add();
        Assert.Equal(["VersionId", "IsDefaultVersion", "CreateDate"], version.AsObject().Select(member => member.Key));
        Assert.Equal("v2", version["VersionId"]!.GetValue<string>());
        Assert.False(version["IsDefaultVersion"]!.GetValue<bool>());
        Assert.Equal("v1", Default());
        Assert.True(Add(("SetAsDefault", "true"))["IsDefaultVersion"]!.GetValue<bool>());
        Assert.Equal("v3", Default());
    }

    [Fact]
    public void Versions_are_listed_newest_first_without_their_documents()
    {
        for (var i = 0; i < 4; i++)
            Add();
        Delete("v2");
        // Ten comes before nine here, although it does not as a text.
        while (Add()["VersionId"]!.GetValue<string>() is var id && id != "v10")
            Delete(id);
        var versions = _bench.Call("ListPolicyVersions", ("PolicyArn", Texts.Limits))["Versions"]!;
        Assert.Equal(["v10", "v5", "v4", "v3", "v1"], versions.Each("VersionId"));
        Assert.Equal([false, false, false, false, true], versions.AsArray().Select(version => version!["IsDefaultVersion"]!.GetValue<bool>()));
        Assert.All(versions.AsArray(), version => Assert.Null(version!["Document"]));
        var page = _bench.Call("ListPolicyVersions", ("PolicyArn", Texts.Limits), ("MaxItems", "2"));
        Assert.Equal(["v4", "v3"], _bench.Call("ListPolicyVersions", ("PolicyArn", Texts.Limits), ("MaxItems", "2"), ("Marker", page["Marker"]!.GetValue<string>()))["Versions"].Each("VersionId"));
    }

    [Fact]
    public void A_sixth_version_is_refused_and_a_deleted_one_makes_room_but_not_for_its_number()
    {
        for (var i = 0; i < 4; i++)
            Add();
        var error = _bench.Refusal("CreatePolicyVersion", ("PolicyArn", Texts.Limits), ("PolicyDocument", Texts.AllowsAll));
        Assert.Equal(("LimitExceeded", "A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version."), (error.Code, error.Message));
        Delete("v5");
        Assert.Equal("v6", Add()["VersionId"]!.GetValue<string>());
    }

    [Fact]
    public void A_policy_with_versions_beside_the_default_is_not_deleted()
    {
        Add();
        var error = _bench.Refusal("DeletePolicy", ("PolicyArn", Texts.Limits));
        Assert.Equal(
            ("DeleteConflict", "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy."),
            (error.Code, error.Message));
        Delete("v2");
        _bench.Call("DeletePolicy", ("PolicyArn", Texts.Limits));
    }

    [Fact]
    public void The_default_version_is_what_holders_have_from_the_next_call_on()
    {
        _bench.Call("CreateUser", ("UserName", "alice"));
        _bench.Call("AttachUserPolicy", ("UserName", "alice"), ("PolicyArn", Texts.Limits));
        Add();
        Assert.Equal("AccessDenied", _bench.As("alice").Refusal("ListUsers").Code);
        _bench.As(ActionBench.Admin).Call("SetDefaultPolicyVersion", ("PolicyArn", Texts.Limits), ("VersionId", "v2"));
        _bench.As("alice").Call("ListUsers");
        _bench.As(ActionBench.Admin).Call("SetDefaultPolicyVersion", ("PolicyArn", Texts.Limits), ("VersionId", "v1"));
        Assert.Equal("AccessDenied", _bench.As("alice").Refusal("ListUsers").Code);
    }

    [Fact]
    public void The_version_that_becomes_the_default_meanwhile_is_not_deleted()
    {
        Add();
        var deletion = _bench.Begin("DeletePolicyVersion", ("PolicyArn", Texts.Limits), ("VersionId", "v2"));
        _bench.Call("SetDefaultPolicyVersion", ("PolicyArn", Texts.Limits), ("VersionId", "v2"));
        Assert.False(deletion.TryCommit());
    }

    [Fact]
    public void Terraform_s_update_of_a_full_policy_works()
    {
        for (var i = 0; i < 4; i++)
            Add(("SetAsDefault", "true"));
        var oldest = _bench.Call("ListPolicyVersions", ("PolicyArn", Texts.Limits))["Versions"]!.AsArray().Last(version => !version!["IsDefaultVersion"]!.GetValue<bool>())!;
        Delete(oldest["VersionId"]!.GetValue<string>());
        Add(("SetAsDefault", "true"));
        Assert.Equal("v6", Default());
        Assert.Equal(Texts.AllowsAll, _bench.Call("GetPolicyVersion", ("PolicyArn", Texts.Limits), ("VersionId", "v6"))["PolicyVersion"]!["Document"]!.GetValue<string>());
    }

    private JsonNode Add(params (string, string)[] more) =>
        _bench.Call("CreatePolicyVersion", [("PolicyArn", Texts.Limits), ("PolicyDocument", Texts.AllowsAll), .. more])["PolicyVersion"]!;

    private void Delete(string version) => _bench.Call("DeletePolicyVersion", ("PolicyArn", Texts.Limits), ("VersionId", version));

    private string Default() => _bench.Call("GetPolicy", ("PolicyArn", Texts.Limits))["Policy"]!["DefaultVersionId"]!.GetValue<string>();
}
