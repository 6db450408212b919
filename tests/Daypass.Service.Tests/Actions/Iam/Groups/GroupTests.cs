using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Actions.Iam.Groups;

public sealed class GroupTests
{
    private readonly ActionBench _bench = new();

    public GroupTests()
    {
        _bench.Call("CreateUser", ("UserName", "alice"));
        _bench.Call("CreateUser", ("UserName", "bob"));
        _bench.Call("CreateGroup", ("GroupName", "crew"), ("Path", "/ops/"));
    }

    [Fact]
    public void A_group_shows_itself_and_its_members_in_pages()
    {
        _bench.Call("AddUserToGroup", ("GroupName", "crew"), ("UserName", "bob"));
        _bench.Call("AddUserToGroup", ("GroupName", "crew"), ("UserName", "alice"));
        var first = _bench.Call("GetGroup", ("GroupName", "crew"), ("MaxItems", "1"));
        Assert.Equal("arn:aws:iam::123456789012:group/ops/crew", first["Group"]!["Arn"]!.GetValue<string>());
        Assert.Matches("^AGPA[A-Z2-7]{17}$", first["Group"]!["GroupId"]!.GetValue<string>());
        Assert.Equal(["alice"], first["Users"].Each("UserName"));
        var second = _bench.Call("GetGroup", ("GroupName", "crew"), ("MaxItems", "1"), ("Marker", first["Marker"]!.GetValue<string>()));
        Assert.Equal(["bob"], second["Users"].Each("UserName"));
        Assert.False(second["IsTruncated"]!.GetValue<bool>());
    }

    [Fact]
    public void A_member_has_what_the_group_allows_until_it_leaves()
    {
        _bench.Call("PutGroupPolicy", ("GroupName", "crew"), ("PolicyName", "p"), ("PolicyDocument", """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:ListUsers","Resource":"*"}}"""));
        Assert.Equal("AccessDenied", _bench.As("bob").Refusal("ListUsers").Code);
        _bench.As("admin").Call("AddUserToGroup", ("GroupName", "crew"), ("UserName", "bob"));
        Assert.NotEmpty(_bench.As("bob").Call("ListUsers")["Users"]!.AsArray());
        _bench.As("admin").Call("RemoveUserFromGroup", ("GroupName", "crew"), ("UserName", "bob"));
        Assert.Equal("AccessDenied", _bench.As("bob").Refusal("ListUsers").Code);
    }

    [Fact]
    public void Joining_twice_is_being_a_member_once()
    {
        _bench.Call("AddUserToGroup", ("GroupName", "crew"), ("UserName", "bob"));
        Assert.Null(_bench.Begin("AddUserToGroup", ("GroupName", "crew"), ("UserName", "bob")).Changes);
        Assert.Equal(["crew"], _bench.Call("ListGroupsForUser", ("UserName", "bob"))["Groups"].Each("GroupName"));
    }

    [Fact]
    public void A_renamed_group_keeps_its_members_and_a_re_created_one_has_none()
    {
        _bench.Call("AddUserToGroup", ("GroupName", "crew"), ("UserName", "bob"));
        _bench.Call("UpdateGroup", ("GroupName", "crew"), ("NewGroupName", "team"), ("NewPath", "/"));
        _bench.Call("CreateGroup", ("GroupName", "crew"));
        Assert.Equal(["bob"], _bench.Call("GetGroup", ("GroupName", "team"))["Users"].Each("UserName"));
        Assert.Empty(_bench.Call("GetGroup", ("GroupName", "crew"))["Users"]!.AsArray());
        Assert.Equal(["crew", "team"], _bench.Call("ListGroups")["Groups"].Each("GroupName"));
        Assert.Empty(_bench.Call("ListGroups", ("PathPrefix", "/ops/"))["Groups"]!.AsArray());
    }

    [Fact]
    public void A_user_is_in_ten_groups_at_most()
    {
        for (var i = 1; i <= 10; i++)
        {
            _bench.Call("CreateGroup", ("GroupName", $"g{i}"));
            _bench.Call("AddUserToGroup", ("GroupName", $"g{i}"), ("UserName", "bob"));
        }
        Assert.Equal(new ApiError("LimitExceeded", 409, "Cannot exceed quota for GroupsPerUser: 10"), _bench.Refusal("AddUserToGroup", ("GroupName", "crew"), ("UserName", "bob")));
    }

    [Fact]
    public void There_are_300_groups_at_most()
    {
        for (var i = 1; i < 300; i++)
            _bench.Put(DocumentKinds.Group, new Group { Name = $"g{i}", Path = "/", Id = $"AGPA{i}", Created = _bench.Now });
        Assert.Equal(new ApiError("LimitExceeded", 409, "Cannot exceed quota for GroupsPerAccount: 300"), _bench.Refusal("CreateGroup", ("GroupName", "one-more")));
        _bench.Call("DeleteGroup", ("GroupName", "g7"));
        _bench.Call("CreateGroup", ("GroupName", "one-more"));
    }

    [Theory]
    [InlineData("Member", "Cannot delete entity, must remove users from group first.")]
    [InlineData("Attached", "Cannot delete entity, must detach all policies first.")]
    [InlineData("Inline", "Cannot delete entity, must delete policies first.")]
    public void A_group_that_something_hangs_on_is_not_deleted(string what, string because)
    {
        var group = _bench.Home.FindGroup("crew")!;
        if (what == "Member")
            _bench.Call("AddUserToGroup", ("GroupName", "crew"), ("UserName", "bob"));
        else
            _bench.Put(DocumentKinds.Group, group with
            {
                Attached = what == "Attached" ? ["arn:aws:iam::aws:policy/ReadOnlyAccess"] : [],
                Inline = what == "Inline" ? [new InlinePolicy("p", """{"Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}""")] : [],
            });
        Assert.Equal(new ApiError("DeleteConflict", 409, because), _bench.Refusal("DeleteGroup", ("GroupName", "crew")));
    }

    [Theory]
    [InlineData("CreateGroup", "CREW", "EntityAlreadyExists", 409, "Group with name CREW already exists.")]
    [InlineData("GetGroup", "CREW", "NoSuchEntity", 404, "The group with name CREW cannot be found.")]
    [InlineData("DeleteGroup", "none", "NoSuchEntity", 404, "The group with name none cannot be found.")]
    [InlineData("UpdateGroup", "none", "NoSuchEntity", 404, "The group with name none cannot be found.")]
    [InlineData("AddUserToGroup", "none", "NoSuchEntity", 404, "The group with name none cannot be found.")]
    [InlineData("RemoveUserFromGroup", "crew", "NoSuchEntity", 404, "User alice not in group crew")]
    public void Refusals_say_what_AWS_says(string action, string group, string code, int status, string message) =>
        Assert.Equal(new ApiError(code, status, message), _bench.Refusal(action, ("GroupName", group), ("UserName", "alice")));

    [Fact]
    public void Joining_a_group_while_it_is_deleted_stops_one_of_the_two()
    {
        var join = _bench.Begin("AddUserToGroup", ("GroupName", "crew"), ("UserName", "bob"));
        var end = _bench.Begin("DeleteGroup", ("GroupName", "crew"));
        Assert.True(join.TryCommit());
        Assert.False(end.TryCommit());

        _bench.Call("CreateGroup", ("GroupName", "team"));
        join = _bench.Begin("AddUserToGroup", ("GroupName", "team"), ("UserName", "bob"));
        end = _bench.Begin("DeleteGroup", ("GroupName", "team"));
        Assert.True(end.TryCommit());
        Assert.False(join.TryCommit());
    }

    [Fact]
    public void Two_users_joining_at_once_do_not_lose_each_other()
    {
        var one = _bench.Begin("AddUserToGroup", ("GroupName", "crew"), ("UserName", "alice"));
        var other = _bench.Begin("AddUserToGroup", ("GroupName", "crew"), ("UserName", "bob"));
        Assert.True(one.TryCommit());
        Assert.False(other.TryCommit());
        _bench.Call("AddUserToGroup", ("GroupName", "crew"), ("UserName", "bob"));
        Assert.Equal(["alice", "bob"], _bench.Call("GetGroup", ("GroupName", "crew"))["Users"].Each("UserName"));
    }

    [Fact]
    public void The_guard_of_a_group_ends_with_it()
    {
        var group = _bench.Home.FindGroup("crew")!;
        _bench.Call("AddUserToGroup", ("GroupName", "crew"), ("UserName", "bob"));
        var guard = Service.Stores.DocumentKey.Guard("group-members/" + group.Id);
        Assert.NotEqual(0, _bench.Home.Documents.RevisionOf(guard));
        _bench.Call("RemoveUserFromGroup", ("GroupName", "crew"), ("UserName", "bob"));
        _bench.Call("DeleteGroup", ("GroupName", "crew"));
        Assert.Equal(0, _bench.Home.Documents.RevisionOf(guard));
    }
}
