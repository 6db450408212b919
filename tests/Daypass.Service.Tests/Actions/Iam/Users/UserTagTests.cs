using Daypass.Service.Pipeline;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Actions.Iam.Users;

public sealed class UserTagTests
{
    private readonly ActionBench _bench = new();

    public UserTagTests() => _bench.Call("CreateUser", ("UserName", "alice"), ("Tags.member.1.Key", "Team"), ("Tags.member.1.Value", "blue"));

    [Fact]
    public void A_key_in_another_case_takes_the_place_of_the_first()
    {
        Tag("TEAM", "red");
        Assert.Equal(["TEAM"], Tags().Each("Key"));
        Assert.Equal(["red"], Tags().Each("Value"));
    }

    [Fact]
    public void Untagging_ignores_case_and_what_is_not_there()
    {
        Tag("Site", "a");
        _bench.Call("UntagUser", ("UserName", "alice"), ("TagKeys.member.1", "team"), ("TagKeys.member.2", "none"));
        Assert.Equal(["Site"], Tags().Each("Key"));
    }

    [Fact]
    public void Tags_come_in_pages()
    {
        foreach (var key in new[] { "c", "a", "b" })
            Tag(key, "");
        var first = _bench.Call("ListUserTags", ("UserName", "alice"), ("MaxItems", "2"));
        var second = _bench.Call("ListUserTags", ("UserName", "alice"), ("MaxItems", "2"), ("Marker", first["Marker"]!.GetValue<string>()));
        Assert.Equal(["Team", "a", "b", "c"], first["Tags"].Each("Key").Concat(second["Tags"].Each("Key")));
    }

    [Fact]
    public void A_user_has_fifty_tags_at_most()
    {
        for (var i = 1; i < 50; i++)
            Tag($"k{i}", "v");
        Assert.Equal(new ApiError("LimitExceeded", 409, "The number of tags has reached the maximum limit."), _bench.Refusal("TagUser", ("UserName", "alice"), ("Tags.member.1.Key", "more"), ("Tags.member.1.Value", "")));
        Tag("TEAM", "still allowed: it takes the place of another");
    }

    [Theory]
    [InlineData("a", "A", "InvalidInput", "Duplicate tag keys found. Please note that Tag keys are case insensitive.")]
    [InlineData("a", "aws:x", "InvalidInput", "The tag key 'aws:x' is not allowed: keys that start with 'aws:' are reserved.")]
    [InlineData("a", "AWS:x", "InvalidInput", "The tag key 'AWS:x' is not allowed: keys that start with 'aws:' are reserved.")]
    [InlineData("a", "<b>", "ValidationError", @"1 validation error detected: Value '<b>' at 'tags.2.member.key' failed to satisfy constraint: Member must satisfy regular expression pattern: [\p{L}\p{Z}\p{N}_.:/=+\-@]+")]
    [InlineData("a", "", "ValidationError", @"2 validation errors detected: Value '' at 'tags.2.member.key' failed to satisfy constraint: Member must satisfy regular expression pattern: [\p{L}\p{Z}\p{N}_.:/=+\-@]+; Value '' at 'tags.2.member.key' failed to satisfy constraint: Member must have length greater than or equal to 1")]
    public void A_key_that_is_not_allowed_is_refused(string first, string second, string code, string message)
    {
        (string, string)[] tags = [("UserName", "alice"), ("Tags.member.1.Key", first), ("Tags.member.1.Value", "v"), ("Tags.member.2.Key", second), ("Tags.member.2.Value", "v")];
        Assert.Equal(new ApiError(code, 400, message), _bench.Refusal("TagUser", tags));
        Assert.Equal(["Team"], Tags().Each("Key"));
    }

    [Theory]
    [InlineData("TagUser", "tags")]
    [InlineData("UntagUser", "tagKeys")]
    public void Without_its_list_a_call_is_refused(string action, string member) => Assert.Equal(
        $"1 validation error detected: Value null at '{member}' failed to satisfy constraint: Member must not be null", _bench.Refusal(action, ("UserName", "alice")).Message);

    [Fact]
    public void An_empty_list_changes_nothing_and_is_no_error()
    {
        _bench.Call("TagUser", ("UserName", "alice"), ("Tags", ""));
        _bench.Call("UntagUser", ("UserName", "alice"), ("TagKeys", ""));
        Assert.Equal(["Team"], Tags().Each("Key"));
    }

    [Theory]
    [InlineData("""{"StringEquals":{"aws:RequestTag/Team":"red"}}""", "Team", "red", true)]
    [InlineData("""{"StringEquals":{"aws:RequestTag/Team":"red"}}""", "Team", "blue", false)]
    [InlineData("""{"ForAllValues:StringEquals":{"aws:TagKeys":["Team"]}}""", "Site", "x", false)]
    [InlineData("""{"StringEquals":{"iam:ResourceTag/Team":"blue"}}""", "Site", "x", true)]
    [InlineData("""{"StringEquals":{"aws:ResourceTag/team":"blue"}}""", "Site", "x", true)]
    [InlineData("""{"StringEquals":{"iam:ResourceTag/Team":"red"}}""", "Team", "red", false)]
    public void Tags_are_granted_by_what_is_there_and_by_what_is_passed(string condition, string key, string value, bool isAllowed)
    {
        _bench.AsHolderOf("iam:TagUser", condition: condition);
        if (isAllowed)
            Tag(key, value);
        else
            Assert.Equal("AccessDenied", _bench.Refusal("TagUser", ("UserName", "alice"), ("Tags.member.1.Key", key), ("Tags.member.1.Value", value)).Code);
    }

    private System.Text.Json.Nodes.JsonNode Tags() => _bench.As("admin").Call("ListUserTags", ("UserName", "alice"))["Tags"]!;

    private void Tag(string key, string value) => _bench.Call("TagUser", ("UserName", "alice"), ("Tags.member.1.Key", key), ("Tags.member.1.Value", value));
}
