using System.Globalization;
using Daypass.Service.Directories;
using static Daypass.Service.Tests.Actions.Sts.StsWorld;

namespace Daypass.Service.Tests.Actions.Sts;

/// <summary>Session tags: what may be passed, who may pass it, what the session has of it, and what the next one inherits.</summary>
public sealed class SessionTagTests
{
    private const string NotOneTag = "Duplicate tag keys found. Please note that Tag keys are case insensitive.";
    private const string NotIncluded = "The specified transitive tag key must be included in the requested tags.";
    private const string Conflict = "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.";
    private readonly StsWorld _world = new StsWorld().AddRole("first").AddRole("second").AddRole("third");

    [Fact]
    public void A_session_has_the_roles_tags_and_its_own_instead_of_those_with_the_same_key_in_any_case()
    {
        _world.AddRole("tagged", null, null, new Tag("Team", "red"), new Tag("site", "north"));
        var tags = _world.TagsOf(_world.Assume("tagged", Tags(("team", "blue"), ("empty", ""))));
        Assert.Equal([("empty", ""), ("site", "north"), ("team", "blue")], tags.Select(tag => (tag.Key.ToLowerInvariant(), tag.Value!)).Order());
    }

    [Fact]
    public void The_largest_tags_are_taken_as_they_are()
    {
        var (key, value) = (new string('k', 128), new string('v', 256));
        var tags = _world.TagsOf(_world.Assume("first", Tags((key, value), ("Größe 中 _.:/=+-@", "é _.:/=+-@"))));
        Assert.Equal(value, tags[key]);
        Assert.Equal("é _.:/=+-@", tags["Größe 中 _.:/=+-@"]);
    }

    [Fact]
    public void Fifty_tags_that_fit_are_taken_and_all_of_them_can_be_transitive()
    {
        var names = Enumerable.Range(0, 50).Select(i => "key" + i.ToString(CultureInfo.InvariantCulture)).ToArray();
        var response = _world.Assume("first", [.. Tags([.. names.Select(name => (name, "value"))]), .. Transitive(names)]);
        Assert.Equal(50, _world.TagsOf(response).Count);
        _world.Bench.AsSession(response["Credentials"]!);
        Assert.Equal(50, _world.TagsOf(_world.Assume("second")).Count);
        var error = _world.Refusal("second", Tags(("more", "1")));
        Assert.Equal(("InvalidParameterValue", "The session would have 51 tags, 50 of them inherited from the calling session. 50 is the most; pass fewer."), (error.Code, error.Message));
    }

    public static TheoryData<string, string, string> BadTags => new()
    {
        { "Tags.member.1.Key=|Tags.member.1.Value=v", "ValidationError", "Value '' at 'tags.1.member.key' failed to satisfy constraint: Member must have length greater than or equal to 1" },
        { "Tags.member.1.Key=k", "ValidationError", "Value null at 'tags.1.member.value'" },
        { "Tags.member.1.Value=v", "ValidationError", "Value null at 'tags.1.member.key'" },
        { $"Tags.member.1.Key={new string('k', 129)}|Tags.member.1.Value=v", "ValidationError", "Member must have length less than or equal to 128" },
        { $"Tags.member.1.Key=k|Tags.member.1.Value={new string('v', 257)}", "ValidationError", "Member must have length less than or equal to 256" },
        { "Tags.member.1.Key=a*|Tags.member.1.Value=v", "ValidationError", "pattern" },
        { "Tags.member.1.Key=k|Tags.member.1.Value=${aws:username}", "ValidationError", "pattern" },
        { "Tags.member.1.Key=k|Tags.member.1.Value=a?", "ValidationError", "pattern" },
        { "Tags.member.1.Key=k|Tags.member.1.Value=a\nb", "ValidationError", "pattern" },
        { "Tags.member.1.Key=k|Tags.member.1.Value=1|Tags.member.2.Key=K|Tags.member.2.Value=2", "InvalidParameterValue", NotOneTag },
        { "Tags.member.1.Key=k|Tags.member.1.Value=1|Tags.member.2.Key=k|Tags.member.2.Value=1", "InvalidParameterValue", NotOneTag },
        { "Tags.member.1.Key=aws:x|Tags.member.1.Value=1", "InvalidParameterValue", "keys that start with 'aws:' are reserved" },
        { "Tags.member.1.Key=AWS:x|Tags.member.1.Value=1", "InvalidParameterValue", "keys that start with 'aws:' are reserved" },
        { "Tags.member.1.Key=aWs:PrincipalTag/team|Tags.member.1.Value=1", "InvalidParameterValue", "keys that start with 'aws:' are reserved" },
        { "TransitiveTagKeys.member.1=k", "InvalidParameterValue", NotIncluded },
        { "Tags.member.1.Key=k|Tags.member.1.Value=1|TransitiveTagKeys.member.1=l", "InvalidParameterValue", NotIncluded },
        { $"Tags.member.1.Key=k|Tags.member.1.Value=1|TransitiveTagKeys.member.1={new string('k', 129)}", "ValidationError", "at 'transitiveTagKeys.1.member' failed" },
    };

    [Theory]
    [MemberData(nameof(BadTags))]
    public void Tags_that_are_none_are_refused(string parameters, string code, string message)
    {
        var error = _world.Refusal("first", [.. parameters.Split('|').Select(pair => (pair[..pair.IndexOf('=')], pair[(pair.IndexOf('=') + 1)..]))]);
        Assert.Equal(code, error.Code);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Tags")]
    [InlineData("TransitiveTagKeys")]
    public void More_than_fifty_are_refused(string list)
    {
        var names = Enumerable.Range(0, 51).Select(i => "key" + i.ToString(CultureInfo.InvariantCulture)).ToArray();
        var error = _world.Refusal("first", list == "Tags" ? Tags([.. names.Select(name => (name, "value"))]) : Transitive(names));
        Assert.Equal("ValidationError", error.Code);
        Assert.Contains("Member must have length less than or equal to 50", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""["sts:AssumeRole"]""", "sts:*", false)]
    [InlineData("""["sts:AssumeRole","sts:TagSession"]""", "sts:AssumeRole", false)]
    [InlineData("""["sts:AssumeRole","sts:TagSession"]""", "sts:*", true)]
    public void Passing_tags_takes_a_right_of_its_own_on_both_sides(string trusted, string allowed, bool isIn)
    {
        _world.AddRole("target", Trust(trusted));
        _world.Bench.Put(DocumentKinds.User, _world.Alice with { Inline = [new InlinePolicy("sts", Allow(allowed))] });
        Assert.NotNull(_world.Assume("target"));
        if (isIn)
            Assert.Equal("blue", _world.TagsOf(_world.Assume("target", Tags(("team", "blue"))))["team"]);
        else
            Assert.Equal(
                $"User: arn:aws:iam::123456789012:user/alice is not authorized to perform: sts:TagSession on resource: {ArnOf("target")}",
                _world.Refusal("target", Tags(("team", "blue"))).Message);
    }

    [Fact]
    public void Inheriting_tags_takes_it_too()
    {
        _world.AddRole("target", Trust("""["sts:AssumeRole"]"""));
        Assert.NotNull(_world.Go("first", Tags(("team", "blue"))).Assume("target"));
        _world.Bench.As("alice");
        var error = _world.Go("first", [.. Tags(("team", "blue")), .. Transitive("team")]).Refusal("target");
        Assert.Equal("AccessDenied", error.Code);
        Assert.Contains("is not authorized to perform: sts:TagSession", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"StringEquals":{"aws:RequestTag/team":"blue"}}""", true)]
    [InlineData("""{"StringEquals":{"aws:RequestTag/TEAM":"blue"}}""", true)]
    [InlineData("""{"StringEquals":{"aws:RequestTag/team":"red"}}""", false)]
    [InlineData("""{"StringEquals":{"aws:PrincipalTag/team":"blue"}}""", false)]
    [InlineData("""{"ForAllValues:StringEquals":{"aws:TagKeys":["team","cost"]}}""", true)]
    [InlineData("""{"ForAllValues:StringEquals":{"aws:TagKeys":["team"]}}""", false)]
    [InlineData("""{"ForAnyValue:StringEquals":{"sts:TransitiveTagKeys":["team"]}}""", true)]
    [InlineData("""{"ForAnyValue:StringEquals":{"sts:TransitiveTagKeys":["cost"]}}""", false)]
    [InlineData("""{"Null":{"sts:TransitiveTagKeys":"true"}}""", false)]
    [InlineData("""{"StringEquals":{"aws:ResourceTag/site":"north","iam:ResourceTag/site":"north"}}""", true)]
    public void Policies_see_what_is_passed(string condition, bool isIn)
    {
        _world.AddRole("target", Trust(Everything, condition), null, new Tag("site", "north"));
        (string, string)[] parameters = [.. Tags(("team", "blue"), ("cost", "1")), .. Transitive("team")];
        if (isIn)
            Assert.NotNull(_world.Assume("target", parameters));
        else
            Assert.Equal("AccessDenied", _world.Refusal("target", parameters).Code);
    }

    [Fact]
    public void Without_tags_the_keys_of_tags_are_absent()
    {
        _world.AddRole("target", Trust(Everything, """{"Null":{"aws:TagKeys":"true","sts:TransitiveTagKeys":"true","aws:RequestTag/team":"true"}}"""));
        Assert.NotNull(_world.Assume("target"));
    }

    [Fact]
    public void The_next_role_inherits_what_is_transitive_and_so_does_the_one_behind_it()
    {
        _world.Go("first", [.. Tags(("Team", "blue"), ("cost", "1")), .. Transitive("team")]);
        var second = _world.Assume("second", [.. Tags(("cost", "2"), ("site", "north")), .. Transitive("SITE")]);
        Assert.Equal([("Team", "blue"), ("cost", "2"), ("site", "north")], Pairs(_world.TagsOf(second)));
        _world.Bench.AsSession(second["Credentials"]!);
        Assert.Equal([("Team", "blue"), ("site", "north")], Pairs(_world.TagsOf(_world.Assume("third"))));
    }

    [Theory]
    [InlineData("team")]
    [InlineData("Team")]
    [InlineData("TEAM")]
    public void An_inherited_tag_cannot_be_passed_again_in_any_case(string key)
    {
        _world.Go("first", [.. Tags(("Team", "blue")), .. Transitive("Team")]);
        foreach (var value in new[] { "red", "blue" })
        {
            var error = _world.Refusal("second", Tags((key, value)));
            Assert.Equal(("InvalidParameterValue", Conflict), (error.Code, error.Message));
        }
    }

    [Fact]
    public void An_inherited_tag_goes_before_the_roles_own()
    {
        _world.AddRole("target", null, null, new Tag("team", "red"));
        _world.Go("first", [.. Tags(("Team", "blue")), .. Transitive("Team")]);
        Assert.Equal("blue", Assert.Single(_world.TagsOf(_world.Assume("target"))).Value);
    }

    [Theory]
    [InlineData("Allow", "StringEquals", "red", false)]
    [InlineData("Allow", "StringEquals", "blue", false)]
    [InlineData("Allow", "StringNotEquals", "green", true)]
    [InlineData("Deny", "StringEquals", "red", false)]
    [InlineData("Deny", "StringEquals", "blue", false)]
    [InlineData("Deny", "StringEquals", "green", true)]
    public void A_role_is_judged_as_it_is_and_as_inherited_tags_have_it(string effect, string @operator, string value, bool isIn)
    {
        var condition = $$"""{"{{@operator}}":{"aws:ResourceTag/team":"{{value}}"} }""";
        _world.AddRole("target", effect == "Allow" ? Trust(Everything, condition) : Trust(), null, new Tag("team", "red"));
        if (effect == "Deny")
            _world.AddRole("first", identity: Allow("sts:*").Replace("\"Statement\":", "\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"sts:*\",\"Resource\":\"*\",\"Condition\":" + condition + "},", StringComparison.Ordinal)[..^1] + "]}");
        _world.Go("first", [.. Tags(("Team", "blue")), .. Transitive("Team")]);
        if (isIn)
            Assert.NotNull(_world.Assume("target"));
        else
            Assert.Equal("AccessDenied", _world.Refusal("target").Code);
    }

    private static (string, string?)[] Pairs(Dictionary<string, string?> tags) => [.. tags.Select(tag => (tag.Key, tag.Value)).OrderBy(tag => tag.Key, StringComparer.Ordinal)];
}
