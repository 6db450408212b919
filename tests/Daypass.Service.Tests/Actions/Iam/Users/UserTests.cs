using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Actions.Iam.Users;

public sealed class UserTests
{
    private readonly ActionBench _bench = new();

    [Fact]
    public void A_created_user_reads_back_as_created()
    {
        var created = _bench.Call("CreateUser", ("UserName", "alice"), ("Path", "/ops/"), ("Tags.member.1.Key", "Team"), ("Tags.member.1.Value", "blue"))["User"]!;
        Assert.Equal("arn:aws:iam::123456789012:user/ops/alice", created["Arn"]!.GetValue<string>());
        Assert.Matches("^AIDA[A-Z2-7]{17}$", created["UserId"]!.GetValue<string>());
        Assert.Equal(_bench.Now.ToUnixTimeSeconds(), created["CreateDate"]!.GetValue<long>());
        Assert.Equal(created.ToJsonString(), _bench.Call("GetUser", ("UserName", "alice"))["User"]!.ToJsonString());
    }

    [Fact]
    public void A_user_without_tags_and_boundary_shows_neither()
    {
        var user = _bench.Call("CreateUser", ("UserName", "alice"))["User"]!.AsObject();
        Assert.Equal(["Path", "UserName", "UserId", "Arn", "CreateDate"], user.Select(member => member.Key));
    }

    [Fact]
    public void Lists_leave_out_tags_and_boundary()
    {
        _bench.Call("CreateUser", ("UserName", "alice"), ("Tags.member.1.Key", "Team"), ("Tags.member.1.Value", "blue"), ("PermissionsBoundary", "arn:aws:iam::aws:policy/ReadOnlyAccess"));
        var listed = _bench.Call("ListUsers")["Users"]!.AsArray().Single(user => user!["UserName"]!.GetValue<string>() == "alice")!.AsObject();
        Assert.Equal(["Path", "UserName", "UserId", "Arn", "CreateDate"], listed.Select(member => member.Key));
        var boundary = _bench.Call("GetUser", ("UserName", "alice"))["User"]!["PermissionsBoundary"]!;
        Assert.Equal("arn:aws:iam::aws:policy/ReadOnlyAccess", boundary["PermissionsBoundaryArn"]!.GetValue<string>());
    }

    [Fact]
    public void Without_a_name_the_caller_is_meant() => Assert.Equal("admin", _bench.Call("GetUser")["User"]!["UserName"]!.GetValue<string>());

    [Fact]
    public void A_list_shows_what_is_on_and_below_a_path()
    {
        foreach (var (name, path) in new[] { ("a", "/ops/"), ("b", "/ops/night/"), ("c", "/opsx/"), ("d", "/") })
            _bench.Call("CreateUser", ("UserName", name), ("Path", path));
        Assert.Equal(["a", "b"], _bench.Call("ListUsers", ("PathPrefix", "/ops/"))["Users"].Each("UserName"));
    }

    [Fact]
    public void Pages_go_on_where_they_ended_although_users_come_and_go()
    {
        foreach (var name in new[] { "a", "B", "c", "d" })
            _bench.Call("CreateUser", ("UserName", name), ("Path", "/p/"));
        var first = _bench.Call("ListUsers", ("PathPrefix", "/p/"), ("MaxItems", "2"));
        Assert.True(first["IsTruncated"]!.GetValue<bool>());
        _bench.Call("DeleteUser", ("UserName", "B"));
        _bench.Call("CreateUser", ("UserName", "aa"), ("Path", "/p/"));
        var second = _bench.Call("ListUsers", ("PathPrefix", "/p/"), ("MaxItems", "2"), ("Marker", first["Marker"]!.GetValue<string>()));
        Assert.Equal(["a", "B"], first["Users"].Each("UserName"));
        Assert.Equal(["c", "d"], second["Users"].Each("UserName"));
        Assert.False(second["IsTruncated"]!.GetValue<bool>());
        Assert.Null(second["Marker"]);
    }

    [Fact]
    public void A_renamed_user_stays_the_same_user()
    {
        _bench.Call("CreateUser", ("UserName", "alice"));
        _bench.Call("CreateGroup", ("GroupName", "crew"));
        _bench.Call("AddUserToGroup", ("GroupName", "crew"), ("UserName", "alice"));
        var key = _bench.Call("CreateAccessKey", ("UserName", "alice"))["AccessKey"]!["AccessKeyId"]!.GetValue<string>();
        var id = _bench.Home.FindUser("alice")!.Id;
        _bench.Call("UpdateUser", ("UserName", "alice"), ("NewUserName", "alina"), ("NewPath", "/ops/"));
        Assert.Null(_bench.Home.FindUser("alice"));
        Assert.Equal(id, _bench.Home.FindUser("alina")!.Id);
        Assert.Equal("alina", _bench.Home.FindUserById(id)!.Name);
        Assert.Equal([key], _bench.Call("ListAccessKeys", ("UserName", "alina"))["AccessKeyMetadata"].Each("AccessKeyId"));
        Assert.Equal(["alina"], _bench.Call("GetGroup", ("GroupName", "crew"))["Users"].Each("UserName"));
    }

    [Fact]
    public void A_rename_may_change_no_more_than_the_case()
    {
        _bench.Call("CreateUser", ("UserName", "alice"));
        _bench.Call("UpdateUser", ("UserName", "alice"), ("NewUserName", "Alice"));
        Assert.Null(_bench.Home.FindUser("alice"));
        Assert.NotNull(_bench.Home.FindUser("Alice"));
    }

    [Fact]
    public void A_re_created_user_is_somebody_else()
    {
        var first = _bench.Call("CreateUser", ("UserName", "alice"))["User"]!["UserId"]!.GetValue<string>();
        _bench.Call("DeleteUser", ("UserName", "alice"));
        Assert.NotEqual(first, _bench.Call("CreateUser", ("UserName", "alice"))["User"]!["UserId"]!.GetValue<string>());
        Assert.Null(_bench.Home.FindUserById(first));
    }

    [Theory]
    [InlineData("AccessKey", "Cannot delete entity, must delete access keys first.")]
    [InlineData("Attached", "Cannot delete entity, must detach all policies first.")]
    [InlineData("Inline", "Cannot delete entity, must delete policies first.")]
    [InlineData("Group", "Cannot delete entity, must remove users from group first.")]
    public void A_user_that_something_hangs_on_is_not_deleted(string what, string because)
    {
        _bench.Call("CreateUser", ("UserName", "alice"));
        var user = _bench.Home.FindUser("alice")!;
        if (what == "AccessKey")
            _bench.Call("CreateAccessKey", ("UserName", "alice"));
        else
            _bench.Put(DocumentKinds.User, user with
            {
                Attached = what == "Attached" ? ["arn:aws:iam::aws:policy/ReadOnlyAccess"] : [],
                Inline = what == "Inline" ? [new InlinePolicy("p", """{"Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}""")] : [],
                Groups = what == "Group" ? ["AGPAEXAMPLE"] : [],
            });
        Assert.Equal(new ApiError("DeleteConflict", 409, because), _bench.Refusal("DeleteUser", ("UserName", "alice")));
    }

    [Theory]
    [InlineData("CreateUser", "ALICE", "EntityAlreadyExists", 409, "User with name ALICE already exists.")]
    [InlineData("GetUser", "ALICE", "NoSuchEntity", 404, "The user with name ALICE cannot be found.")]
    [InlineData("DeleteUser", "bob", "NoSuchEntity", 404, "The user with name bob cannot be found.")]
    [InlineData("UpdateUser", "bob", "NoSuchEntity", 404, "The user with name bob cannot be found.")]
    [InlineData("ListUserTags", "bob", "NoSuchEntity", 404, "The user with name bob cannot be found.")]
    [InlineData("CreateUser", "a/b", "ValidationError", 400, @"1 validation error detected: Value 'a/b' at 'userName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\w+=,.@-]+")]
    [InlineData("GetUser", "", "ValidationError", 400, @"2 validation errors detected: Value '' at 'userName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\w+=,.@-]+; Value '' at 'userName' failed to satisfy constraint: Member must have length greater than or equal to 1")]
    public void Refusals_say_what_AWS_says(string action, string name, string code, int status, string message)
    {
        _bench.Call("CreateUser", ("UserName", "alice"));
        Assert.Equal(new ApiError(code, status, message), _bench.Refusal(action, ("UserName", name)));
    }

    [Fact]
    public void A_rename_to_a_name_in_use_is_refused_whatever_its_case()
    {
        _bench.Call("CreateUser", ("UserName", "alice"));
        _bench.Call("CreateUser", ("UserName", "bob"));
        Assert.Equal("User with name ALICE already exists.", _bench.Refusal("UpdateUser", ("UserName", "bob"), ("NewUserName", "ALICE")).Message);
    }

    [Fact]
    public void A_boundary_that_does_not_exist_is_refused() => Assert.Equal(
        new ApiError("NoSuchEntity", 404, "Scope ARN: arn:aws:iam::123456789012:policy/none does not exist or is not attachable."),
        _bench.Refusal("CreateUser", ("UserName", "alice"), ("PermissionsBoundary", "arn:aws:iam::123456789012:policy/none")));

    [Fact]
    public void A_session_of_a_role_must_say_which_user_it_means()
    {
        _bench.Put(DocumentKinds.Role, new Role
        {
            Name = "ops", Path = "/", Id = "AROAEXAMPLE", Created = _bench.Now, Attached = ["arn:aws:iam::aws:policy/AdministratorAccess"],
            Trust = new TrustPolicy("""{"Statement":{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}}""", new Dictionary<string, string>()),
        });
        Assert.Equal(new ApiError("ValidationError", 400, "Must specify userName when calling with non-User credentials"), _bench.AsRole("ops").Refusal("GetUser"));
    }

    [Fact]
    public void The_last_free_place_under_the_quota_is_given_once()
    {
        var first = _bench.Begin("CreateUser", ("UserName", "alice"));
        var second = _bench.Begin("CreateUser", ("UserName", "bob"));
        Assert.True(first.TryCommit());
        Assert.False(second.TryCommit());
    }

    [Fact]
    public void A_key_made_while_its_user_is_deleted_stops_the_deletion_and_the_other_way_round()
    {
        _bench.Call("CreateUser", ("UserName", "alice"));
        var key = _bench.Begin("CreateAccessKey", ("UserName", "alice"));
        var end = _bench.Begin("DeleteUser", ("UserName", "alice"));
        Assert.True(key.TryCommit());
        Assert.False(end.TryCommit());

        _bench.Call("CreateUser", ("UserName", "bob"));
        key = _bench.Begin("CreateAccessKey", ("UserName", "bob"));
        end = _bench.Begin("DeleteUser", ("UserName", "bob"));
        Assert.True(end.TryCommit());
        Assert.False(key.TryCommit());
    }
}
