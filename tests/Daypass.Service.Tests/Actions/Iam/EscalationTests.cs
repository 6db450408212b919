using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Actions.Iam;

/// <summary>A caller who holds one permission has that one and no other, and on no other entity than the policy says.</summary>
public sealed class EscalationTests
{
    private const string Everything = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}""";

    private static readonly Dictionary<string, (string Name, string Value)[]> Calls = new()
    {
        ["CreateUser"] = [("UserName", "new")],
        ["UpdateUser"] = [("UserName", "alice"), ("NewUserName", "alina")],
        ["DeleteUser"] = [("UserName", "bob")],
        ["TagUser"] = [("UserName", "alice"), ("Tags.member.1.Key", "Team"), ("Tags.member.1.Value", "admins")],
        ["UntagUser"] = [("UserName", "alice"), ("TagKeys.member.1", "Team")],
        ["CreateGroup"] = [("GroupName", "new")],
        ["UpdateGroup"] = [("GroupName", "crew"), ("NewGroupName", "team")],
        ["DeleteGroup"] = [("GroupName", "crew")],
        ["AddUserToGroup"] = [("GroupName", "crew"), ("UserName", "holder")],
        ["RemoveUserFromGroup"] = [("GroupName", "limits"), ("UserName", "alice")],
        ["CreateAccessKey"] = [("UserName", "alice")],
        ["UpdateAccessKey"] = [("UserName", "alice"), ("AccessKeyId", "AKIAQEXAMPLEALICE222"), ("Status", "Active")],
        ["DeleteAccessKey"] = [("UserName", "alice"), ("AccessKeyId", "AKIAQEXAMPLEALICE222")],
        ["PutUserPolicy"] = [("UserName", "alice"), ("PolicyName", "p"), ("PolicyDocument", Everything)],
        ["PutGroupPolicy"] = [("GroupName", "crew"), ("PolicyName", "p"), ("PolicyDocument", Everything)],
        ["DeleteUserPolicy"] = [("UserName", "alice"), ("PolicyName", "deny")],
        ["GetUser"] = [("UserName", "alice")],
        ["ListAccessKeys"] = [("UserName", "alice")],
        ["GetLoginProfile"] = [("UserName", "alice")],
        ["ListUsers"] = [],
        ["GetAccountSummary"] = [],
        ["CreateAccountAlias"] = [("AccountAlias", "mine")],
    };

    private readonly ActionBench _bench = new();

    public EscalationTests()
    {
        _bench.Call("CreateUser", ("UserName", "alice"), ("Path", "/staff/"));
        _bench.Call("CreateUser", ("UserName", "bob"));
        _bench.Call("PutUserPolicy", ("UserName", "alice"), ("PolicyName", "deny"), ("PolicyDocument", Everything.Replace("Allow", "Deny", StringComparison.Ordinal)));
        _bench.Call("CreateGroup", ("GroupName", "crew"));
        _bench.Call("CreateGroup", ("GroupName", "limits"));
        _bench.Call("AddUserToGroup", ("GroupName", "limits"), ("UserName", "alice"));
        _bench.Put(DocumentKinds.AccessKey, new AccessKey { Id = "AKIAQEXAMPLEALICE222", UserId = _bench.Home.FindUser("alice")!.Id, Created = _bench.Now, IsActive = false, SealedSecret = [] });
    }

    public static TheoryData<string> Held => new(Calls.Keys);

    [Theory, MemberData(nameof(Held))]
    public void Who_holds_one_action_can_do_that_one_only(string held)
    {
        _bench.AsHolderOf("iam:" + held);
        foreach (var (action, parameters) in Calls)
            Assert.Equal(action == held, IsGranted(action, parameters));
    }

    [Theory, MemberData(nameof(Held))]
    public void A_session_without_policies_can_do_nothing(string action)
    {
        _bench.Put(DocumentKinds.Role, new Role
        {
            Name = "nothing", Path = "/", Id = "AROAEXAMPLE", Created = _bench.Now,
            Trust = new TrustPolicy("""{"Statement":{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}}""", new Dictionary<string, string>()),
        });
        _bench.AsRole("nothing");
        Assert.False(IsGranted(action, Calls[action]));
    }

    [Theory]
    [InlineData("arn:aws:iam::123456789012:user/alice", false)]
    [InlineData("arn:aws:iam::123456789012:user/staff/alice", true)]
    [InlineData("arn:aws:iam::123456789012:user/staff/*", true)]
    [InlineData("arn:aws:iam::123456789012:user/other/*", false)]
    public void The_stored_path_decides_and_not_the_name_in_the_request(string resource, bool isAllowed)
    {
        _bench.AsHolderOf("iam:CreateAccessKey", resource);
        Assert.Equal(isAllowed, IsGranted("CreateAccessKey", Calls["CreateAccessKey"]));
    }

    [Theory]
    [InlineData("alina", null, false)]
    [InlineData(null, "/staff/night/", true)]
    [InlineData(null, "/admins/", false)]
    [InlineData("alice2", null, true)]
    public void A_rename_needs_the_permission_on_both_names(string? newName, string? newPath, bool isAllowed)
    {
        _bench.AsHolderOf("iam:UpdateUser", "arn:aws:iam::123456789012:user/staff/*alice*");
        List<(string, string)> call = [("UserName", "alice")];
        if (newName is not null)
            call.Add(("NewUserName", newName));
        if (newPath is not null)
            call.Add(("NewPath", newPath));
        Assert.Equal(isAllowed, IsGranted("UpdateUser", [.. call]));
    }

    [Fact]
    public void Who_may_not_look_cannot_tell_who_exists()
    {
        _bench.AsHolderOf("iam:ListUsers");
        var there = _bench.Refusal("GetUser", ("UserName", "bob"));
        var notThere = _bench.Refusal("GetUser", ("UserName", "bib"));
        Assert.Equal(there.Message.Replace("bob", "bib", StringComparison.Ordinal), notThere.Message);
        Assert.Equal(there.Code, notThere.Code);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("arn:aws:iam::aws:policy/AdministratorAccess", false)]
    [InlineData("arn:aws:iam::aws:policy/ReadOnlyAccess", true)]
    public void A_user_is_only_made_with_the_boundary_that_the_policy_demands(string? boundary, bool isAllowed)
    {
        _bench.AsHolderOf("iam:CreateUser", condition: """{"StringEquals":{"iam:PermissionsBoundary":"arn:aws:iam::aws:policy/ReadOnlyAccess"}}""");
        Assert.Equal(isAllowed, IsGranted("CreateUser", boundary is null ? [("UserName", "new")] : [("UserName", "new"), ("PermissionsBoundary", boundary)]));
    }

    [Fact]
    public void The_boundary_limits_a_new_user_whatever_its_policies_say()
    {
        _bench.Call("CreateUser", ("UserName", "carol"), ("PermissionsBoundary", "arn:aws:iam::aws:policy/IAMReadOnlyAccess"));
        _bench.Call("PutUserPolicy", ("UserName", "carol"), ("PolicyName", "p"), ("PolicyDocument", Everything));
        _bench.As("carol");
        Assert.True(IsGranted("ListUsers", []));
        Assert.False(IsGranted("CreateUser", [("UserName", "new")]));
    }

    private bool IsGranted(string action, (string Name, string Value)[] parameters)
    {
        try
        {
            _bench.Begin(action, parameters);
            return true;
        }
        catch (ApiException refusal) when (refusal.Error.Code == "AccessDenied")
        {
            return false;
        }
        catch (ApiException refusal) when (refusal.Error.Code == "NoSuchEntity")
        {
            return true;
        }
    }
}
