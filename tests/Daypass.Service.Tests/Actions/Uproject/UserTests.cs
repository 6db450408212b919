using Daypass.Service.Directories;
using Daypass.Service.Pipeline.Authentication;

namespace Daypass.Service.Tests.Actions.Uproject;

public sealed class UserTests
{
    private readonly UcsWorld _world = new();

    [Fact]
    public void A_user_with_a_key_comes_with_its_secret_and_the_key_is_one_of_both_APIs()
    {
        var made = _world.Call("CreateUser", ("UserName", "bob"), ("AccessKeyStatus", "Active"), ("LoginProfileStatus", "Inactive"), ("DisplayName", "鲍勃"));
        Assert.Equal(["UserName", "DisplayName", "CompanyID", "ConsoleAccess", "APIAccess", "AccessKeyID", "AccessKeySecret"], made.AsObject().Select(member => member.Key));
        Assert.Equal((123456789012, true, false, "鲍勃"), (made["CompanyID"]!.GetValue<long>(), made["APIAccess"]!.GetValue<bool>(), made["ConsoleAccess"]!.GetValue<bool>(), made["DisplayName"]!.GetValue<string>()));
        var id = made["AccessKeyID"]!.GetValue<string>();
        Assert.Equal(id, _world.Bench.Call("ListAccessKeys", ("UserName", "bob"))["AccessKeyMetadata"]![0]!["AccessKeyId"]!.GetValue<string>());
        Assert.Equal(made["AccessKeySecret"]!.GetValue<string>(), CredentialFinder.LongTerm(_world.Bench.Home, id, _world.Bench.Vault)!.Secret());
    }

    [Fact]
    public void The_default_user_of_Terraform_has_neither_key_nor_login()
    {
        var made = _world.Call("CreateUser", ("UserName", "bob"), ("AccessKeyStatus", "Inactive"), ("LoginProfileStatus", "Inactive"), ("Email", "bob@example.com"));
        Assert.False(made["APIAccess"]!.GetValue<bool>());
        Assert.Null(made["AccessKeySecret"]);
        var user = _world.Call("GetUser", ("UserName", "bob"))["User"]!;
        Assert.Equal(["UserName", "DisplayName", "Email", "Status", "CreatedAt"], user.AsObject().Select(member => member.Key));
        Assert.Equal(("bob@example.com", "Active"), (user["Email"]!.GetValue<string>(), user["Status"]!.GetValue<string>()));
        Assert.Equal("alice@123456789012.apiuser.ucloud.cn", _world.Call("GetUser", ("UserName", "alice"))["User"]!["Email"]!.GetValue<string>());
    }

    [Fact]
    public void A_password_is_kept_nowhere_and_shown_nowhere()
    {
        _world.Call("CreateUser", ("UserName", "bob"), ("AccessKeyStatus", "Inactive"), ("LoginProfileStatus", "Active"), ("Password", "EXAMPLE-password-1"), ("MFABindRequired", "true"));
        var stored = System.Text.Encoding.UTF8.GetString(DocumentKinds.User.Write(_world.Bench.Home.FindUser("bob")!));
        Assert.DoesNotContain("EXAMPLE", stored, StringComparison.Ordinal);
        var profile = _world.Call("GetLoginProfile", ("UserName", "bob"))["LoginProfile"]!;
        Assert.Equal(("Active", 0, true, false), (profile["Status"]!.GetValue<string>(), profile["MaxPasswordAge"]!.GetValue<int>(), profile["MFABindRequired"]!.GetValue<bool>(), profile["PasswordResetRequired"]!.GetValue<bool>()));
        Assert.DoesNotContain("short", _world.Refusal("UpdateLoginProfile", ("UserName", "bob"), ("Password", "short")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Login_settings_change_one_by_one_and_whoever_never_had_any_may_not_log_in()
    {
        Assert.Equal("Inactive", _world.Call("GetLoginProfile", ("UserName", "alice"))["LoginProfile"]!["Status"]!.GetValue<string>());
        _world.Call("UpdateLoginProfile", ("UserName", "alice"), ("Status", "Active"), ("UserEmail", "alice@example.com"));
        var changed = _world.Call("UpdateLoginProfile", ("UserName", "alice"), ("MaxPasswordAge", "90"))["LoginProfile"]!;
        Assert.Equal(("Active", 90), (changed["Status"]!.GetValue<string>(), changed["MaxPasswordAge"]!.GetValue<int>()));
        Assert.Equal("alice@example.com", _world.Alice.Email);
        Assert.True(_world.Call("ListUsers")["Users"]![1]!["ConsoleAccess"]!.GetValue<bool>());
        Assert.Equal(11021, _world.Refusal("GetLoginProfile", ("UserName", "nobody")).RetCode);
    }

    [Fact]
    public void Making_a_key_and_letting_log_in_are_powers_of_their_own()
    {
        _world.Bench.AsHolderOf("iam:CreateUser");
        Assert.Equal("AccessDenied", _world.Refusal("CreateUser", ("UserName", "bob"), ("AccessKeyStatus", "Active"), ("LoginProfileStatus", "Inactive")).Code);
        Assert.Equal("AccessDenied", _world.Refusal("CreateUser", ("UserName", "bob"), ("AccessKeyStatus", "Inactive"), ("LoginProfileStatus", "Active")).Code);
        Assert.Null(_world.Bench.Home.FindUser("bob"));
        _world.Call("CreateUser", ("UserName", "bob"), ("AccessKeyStatus", "Inactive"), ("LoginProfileStatus", "Inactive"));
    }

    [Fact]
    public void A_name_that_there_is_in_any_case_is_11208() =>
        Assert.Equal(11208, _world.Refusal("CreateUser", ("UserName", "ALICE"), ("AccessKeyStatus", "Inactive"), ("LoginProfileStatus", "Inactive")).RetCode);

    [Fact]
    public void Every_key_of_a_frozen_user_is_refused_until_it_is_active_again()
    {
        var key = _world.Call("CreateAccessKey", ("UserName", "alice"))["AccessKey"]!["AccessKeyID"]!.GetValue<string>();
        Assert.NotNull(CredentialFinder.LongTerm(_world.Bench.Home, key, _world.Bench.Vault));
        _world.Call("UpdateUser", ("UserName", "alice"), ("Status", "Frozen"));
        Assert.Null(CredentialFinder.LongTerm(_world.Bench.Home, key, _world.Bench.Vault));
        Assert.False(Ancestry.IsAlive(new(key, _world.Alice.Id, _world.Bench.Now) { Kind = Tokens.AncestorKind.AccessKey, Account = _world.Bench.Home.Account }, _world.Bench.Home));
        Assert.False(Ancestry.IsAlive(new("ASIAQEXAMPLEEXAMPLE2", _world.Alice.Id, _world.Bench.Now) { Kind = Tokens.AncestorKind.Session, Account = _world.Bench.Home.Account }, _world.Bench.Home));
        Assert.Equal("Frozen", _world.Call("GetUser", ("UserName", "alice"))["User"]!["Status"]!.GetValue<string>());
        _world.Call("UpdateUser", ("UserName", "alice"), ("Status", "Active"));
        Assert.NotNull(CredentialFinder.LongTerm(_world.Bench.Home, key, _world.Bench.Vault));
    }

    [Fact]
    public void Freezing_takes_what_turning_keys_off_takes()
    {
        _world.Bench.AsHolderOf("iam:UpdateUser");
        Assert.Equal("AccessDenied", _world.Refusal("UpdateUser", ("UserName", "alice"), ("Status", "Frozen")).Code);
        Assert.False(_world.Alice.IsFrozen);
        _world.Call("UpdateUser", ("UserName", "alice"), ("DisplayName", "Alice"));
    }

    [Fact]
    public void A_rename_needs_the_permission_on_both_names()
    {
        _world.Bench.AsHolderOf("iam:UpdateUser", "arn:aws:iam::123456789012:user/alice");
        Assert.Equal("AccessDenied", _world.Refusal("UpdateUser", ("UserName", "alice"), ("NewUserName", "eve")).Code);
        _world.Bench.As("admin");
        _world.Call("UpdateUser", ("UserName", "alice"), ("NewUserName", "eve"));
        Assert.Null(_world.Bench.Home.FindUser("alice"));
        Assert.Equal(11021, _world.Refusal("UpdateUser", ("UserName", "alice"), ("NewUserName", "eve")).RetCode);
        Assert.Equal(11208, _world.Refusal("UpdateUser", ("UserName", "eve"), ("NewUserName", "admin")).RetCode);
    }

    [Fact]
    public void A_deleted_user_takes_keys_memberships_and_policies_along()
    {
        Furnish();
        _world.Call("DeleteUser", ("UserName", "alice"));
        Assert.Null(_world.Bench.Home.FindUser("alice"));
        Assert.Equal(0, _world.Bench.Home.Documents.Count(DocumentKinds.AccessKey));
        Assert.Equal(0, _world.Call("ListUsersForGroup", ("GroupName", "team"))["TotalCount"]!.GetValue<int>());
        Assert.Equal(0, _world.Call("ListEntitiesForProject", ("ProjectID", _world.Project))["TotalCount"]!.GetValue<int>());
        Assert.Equal(11021, _world.Refusal("GetUser", ("UserName", "alice")).RetCode);
    }

    [Theory]
    [InlineData("iam:DeleteUser")]
    [InlineData("iam:DeleteAccessKey")]
    [InlineData("iam:RemoveUserFromGroup")]
    [InlineData("iam:DetachUserPolicy")]
    [InlineData("iam:DeleteUserPolicy")]
    [InlineData("iam:DeleteLoginProfile")]
    public void Who_is_denied_one_of_the_steps_cannot_take_them_all_at_once(string denied)
    {
        Furnish();
        var policy = $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"{{denied}}","Resource":"*"}]}""";
        _world.Bench.Put(DocumentKinds.User, new User { Name = "holder", Path = "/", Id = "AIDAHOLDER", Created = _world.Bench.Now, Inline = [new("only", policy)] });
        _world.Bench.As("holder");
        Assert.Equal("AccessDenied", _world.Refusal("DeleteUser", ("UserName", "alice")).Code);
        Assert.NotNull(_world.Bench.Home.FindUser("alice"));
    }

    [Fact]
    public void Lists_are_cut_by_offset_and_end_with_an_empty_page()
    {
        var first = _world.Call("ListUsers", ("Limit", "1"), ("Offset", "1"));
        Assert.Equal(("alice", 2), (first["Users"]![0]!["UserName"]!.GetValue<string>(), first["TotalCount"]!.GetValue<int>()));
        Assert.Equal(["UserName", "DisplayName", "Email", "Status", "ConsoleAccess", "APIAccess", "CreatedAt"], first["Users"]![0]!.AsObject().Select(member => member.Key));
        Assert.Empty(_world.Call("ListUsers", ("Limit", "100"), ("Offset", "100"))["Users"]!.AsArray());
        Assert.Equal("ValidationError", _world.Refusal("ListUsers", ("Limit", "101")).Code);
        Assert.Equal("ValidationError", _world.Refusal("ListUsers", ("Offset", "-1")).Code);
    }

    [Fact]
    public void Whether_there_is_an_MFA_device_is_said()
    {
        Assert.False(_world.Call("GetUserMFAInfo", ("UserName", "alice"))["IsMFAEnable"]!.GetValue<bool>());
        _world.Bench.AsHolderOf("iam:GetUser");
        Assert.Equal("AccessDenied", _world.Refusal("GetUserMFAInfo", ("UserName", "alice")).Code);
    }

    private void Furnish()
    {
        _world.Call("CreateAccessKey", ("UserName", "alice"));
        _world.Call("AddUserToGroup", ("UserName", "alice"), ("GroupName", "team"));
        _world.Bind(null);
        _world.Bind(_world.Project);
        _world.Call("UpdateLoginProfile", ("UserName", "alice"), ("Status", "Active"));
        _world.Bench.Call("PutUserPolicy", ("UserName", "alice"), ("PolicyName", "own"), ("PolicyDocument", Iam.Texts.AllowsListing));
    }
}
