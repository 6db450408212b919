using System.Text.Json.Nodes;
using Daypass.Service.Tests.Actions.Sts;
using Daypass.Service.Directories;
using static Daypass.Service.Tests.Actions.Sts.StsWorld;

namespace Daypass.Service.Tests.Attacks;

/// <summary>Ways out of what a session is marked with: its transitive tags and its source identity.</summary>
public sealed class ShedIdentity
{
    private readonly StsWorld _world = new StsWorld().AddRole("first").AddRole("second").AddRole("third");
    private readonly JsonNode _marked;

    public ShedIdentity()
    {
        _marked = _world.Assume("first", [.. Tags(("Team", "blue"), ("loose", "1")), .. Transitive("Team"), ("SourceIdentity", "alice")]);
        _world.Bench.AsSession(_marked["Credentials"]!);
    }

    public static TheoryData<string> WaysOut => new(
        "nothing", "an empty list of tags", "an empty list of transitive keys", "tags of its own", "transitive tags of its own", "a session policy", "the own role again", "an external id");

    [Theory]
    [MemberData(nameof(WaysOut))]
    public void Whatever_a_session_passes_the_next_one_is_marked_as_it_is(string way)
    {
        _world.AddRole("first", Trust(Everything, "{}"));
        var next = _world.Assume(way == "the own role again" ? "first" : "second", way switch
        {
            "an empty list of tags" => [("Tags", "")],
            "an empty list of transitive keys" => [("TransitiveTagKeys", "")],
            "tags of its own" => Tags(("Team2", "red"), ("loose", "2")),
            "transitive tags of its own" => [.. Tags(("other", "red")), .. Transitive("other")],
            "a session policy" => [("Policy", Allow("sts:*"))],
            "an external id" => [("ExternalId", "Team")],
            _ => [],
        });
        Check(next);
        _world.Bench.AsSession(next["Credentials"]!);
        Check(_world.Assume("third"));
    }

    public static TheoryData<string, string> Forgeries => new()
    {
        { "Team", "red" }, { "team", "red" }, { "TEAM", "" }, { "aws:PrincipalTag/Team", "red" }, { "AWS:SourceIdentity", "bob" }, { "Aws:x", "1" }, { "aws:", "1" },
    };

    [Theory]
    [MemberData(nameof(Forgeries))]
    public void No_tag_takes_the_place_of_one_that_is_inherited_or_of_one_of_the_system(string key, string value) =>
        Assert.Equal("InvalidParameterValue", _world.Refusal("second", Tags((key, value))).Code);

    [Fact]
    public void Letters_that_look_alike_make_another_tag_and_leave_the_first_as_it_is()
    {
        // U+212A, the Kelvin sign, and a long s fold to k and s in some ways of ignoring case.
        _world.Bench.As("alice");
        _world.Go("first", [.. Tags(("task", "blue")), .. Transitive("task")]);
        var tags = _world.TagsOf(_world.Assume("second", Tags(("tas\u212A", "red"), ("ta\u017Fk", "red"))));
        Assert.Equal("blue", tags["task"]);
    }

    [Theory]
    [InlineData("aws:ResourceTag/env")]
    [InlineData("iam:ResourceTag/env")]
    public void A_tag_that_is_carried_along_does_not_make_another_role_look_like_one_that_may_be_assumed(string key)
    {
        _world.AddRole("first", identity: Allow("sts:*", $$"""{"StringEquals":{"{{key}}":"dev"} }"""));
        _world.AddRole("dev", null, null, new Tag("env", "dev"));
        _world.AddRole("prod", null, null, new Tag("env", "prod"));
        _world.Bench.As("alice");
        _world.Go("first", [.. Tags(("env", "dev")), .. Transitive("env")]);
        Assert.NotNull(_world.Assume("dev"));
        Assert.Equal("AccessDenied", _world.Refusal("prod").Code);
    }

    [Fact]
    public void A_longer_way_round_does_not_help()
    {
        foreach (var role in new[] { "second", "third", "first", "second" })
            _world.Go(role);
        Check(_world.Assume("third"));
        Assert.Equal("AccessDenied", _world.Refusal("third", ("SourceIdentity", "bob")).Code);
    }

    [Fact]
    public void Another_kind_of_session_cannot_be_made_of_it()
    {
        foreach (var action in new[] { "GetSessionToken", "GetFederationToken" })
            Assert.Equal($"Cannot call {action} with session credentials", _world.Bench.Refusal(action).Message);
    }

    [Fact]
    public void A_user_is_not_held_to_what_its_sessions_are_marked_with()
    {
        _world.Bench.As("alice");
        Assert.Equal("red", _world.TagsOf(_world.Assume("first", [.. Tags(("Team", "red")), ("SourceIdentity", "bob")]))["Team"]);
    }

    [Fact]
    public void A_role_that_denies_tags_or_identities_denies_inherited_ones()
    {
        foreach (var action in new[] { "sts:TagSession", "sts:SetSourceIdentity" })
        {
            _world.AddRole("target", $$"""
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"sts:*"},{"Effect":"Deny","Principal":"*","Action":"{{action}}"}]}
                """);
            Assert.Contains(action, _world.Refusal("target").Message, StringComparison.Ordinal);
        }
    }

    private void Check(JsonNode response)
    {
        var keys = _world.KeysOf(response);
        Assert.Equal(("blue", "alice"), (keys["aws:PrincipalTag/team"], keys["aws:SourceIdentity"]));
        Assert.Contains("Team", _world.Bench.CallerOf(response["Credentials"]!).Session!.TransitiveTagKeys);
        Assert.False(keys.TryGetValue("aws:PrincipalTag/loose", out var loose) && loose == "1");
    }
}
