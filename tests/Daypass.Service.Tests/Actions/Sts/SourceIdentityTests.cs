using Daypass.Service.Directories;
using static Daypass.Service.Tests.Actions.Sts.StsWorld;

namespace Daypass.Service.Tests.Actions.Sts;

/// <summary>The source identity: set once, and then of everybody down the chain.</summary>
public sealed class SourceIdentityTests
{
    private readonly StsWorld _world = new StsWorld().AddRole("first").AddRole("second").AddRole("third");

    [Fact]
    public void It_is_in_the_answer_and_in_every_later_call()
    {
        var response = _world.Assume("first", ("SourceIdentity", "alice@example.com"));
        Assert.Equal("alice@example.com", response["SourceIdentity"]!.GetValue<string>());
        Assert.Equal("alice@example.com", _world.KeysOf(response)["aws:SourceIdentity"]);
        var without = _world.Assume("first");
        Assert.Null(without["SourceIdentity"]);
        Assert.False(_world.KeysOf(without).ContainsKey("aws:SourceIdentity"));
    }

    [Fact]
    public void It_stays_through_a_chain()
    {
        var third = _world.Go("first", ("SourceIdentity", "alice")).Go("second").Assume("third", ("SourceIdentity", "alice"));
        Assert.Equal("alice", third["SourceIdentity"]!.GetValue<string>());
        Assert.Equal("alice", _world.KeysOf(third)["aws:SourceIdentity"]);
    }

    [Fact]
    public void It_may_be_set_later_in_a_chain_but_once()
    {
        _world.Go("first").Go("second", ("SourceIdentity", "alice"));
        Assert.Equal("AccessDenied", _world.Refusal("third", ("SourceIdentity", "bob")).Code);
    }

    [Theory]
    [InlineData("bob")]
    [InlineData("Alice")]
    [InlineData("alice.")]
    public void Another_one_is_refused_down_the_chain(string other)
    {
        _world.Go("first", ("SourceIdentity", "alice"));
        var error = _world.Refusal("second", ("SourceIdentity", other));
        Assert.Equal(
            ("AccessDenied", $"User: arn:aws:sts::123456789012:assumed-role/first/session is not authorized to perform: sts:SetSourceIdentity on resource: {ArnOf("second")}"),
            (error.Code, error.Message));
    }

    [Theory]
    [InlineData("a", "greater than or equal to 2")]
    [InlineData("", "greater than or equal to 2")]
    [InlineData("aws:alice", "pattern")]
    [InlineData("al ice", "pattern")]
    [InlineData("al*", "pattern")]
    [InlineData("älice", "pattern")]
    [InlineData("alice/bob", "pattern")]
    public void What_is_no_source_identity_is_refused(string text, string message)
    {
        var error = _world.Refusal("first", ("SourceIdentity", text));
        Assert.Equal("ValidationError", error.Code);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_has_sixty_four_characters_at_most()
    {
        Assert.Equal(new string('a', 64), _world.Assume("first", ("SourceIdentity", new string('a', 64)))["SourceIdentity"]!.GetValue<string>());
        Assert.Contains("less than or equal to 64", _world.Refusal("first", ("SourceIdentity", new string('a', 65))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""["sts:AssumeRole"]""", "sts:*", false)]
    [InlineData("""["sts:AssumeRole","sts:SetSourceIdentity"]""", "sts:AssumeRole", false)]
    [InlineData("""["sts:AssumeRole","sts:SetSourceIdentity"]""", "sts:*", true)]
    public void Setting_it_takes_a_right_of_its_own_on_both_sides(string trusted, string allowed, bool isIn)
    {
        _world.AddRole("target", Trust(trusted));
        _world.Bench.Put(DocumentKinds.User, _world.Alice with { Inline = [new InlinePolicy("sts", Allow(allowed))] });
        Assert.NotNull(_world.Assume("target"));
        if (isIn)
            Assert.NotNull(_world.Assume("target", ("SourceIdentity", "alice")));
        else
            Assert.Equal(
                $"User: arn:aws:iam::123456789012:user/alice is not authorized to perform: sts:SetSourceIdentity on resource: {ArnOf("target")}",
                _world.Refusal("target", ("SourceIdentity", "alice")).Message);
    }

    [Fact]
    public void Inheriting_it_takes_the_right_too()
    {
        _world.AddRole("target", Trust("""["sts:AssumeRole"]"""));
        Assert.NotNull(_world.Go("first").Assume("target"));
        _world.Bench.As("alice");
        Assert.Contains("sts:SetSourceIdentity", _world.Go("first", ("SourceIdentity", "alice")).Refusal("target").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"StringEquals":{"sts:SourceIdentity":"alice"}}""", true)]
    [InlineData("""{"StringEquals":{"sts:SourceIdentity":"${aws:username}"}}""", true)]
    [InlineData("""{"StringEquals":{"sts:SourceIdentity":"bob"}}""", false)]
    [InlineData("""{"StringEquals":{"aws:SourceIdentity":"alice"}}""", false)]
    public void Policies_see_it_in_the_call_that_sets_it(string condition, bool isIn)
    {
        _world.AddRole("target", Trust(Everything, condition));
        if (isIn)
            Assert.NotNull(_world.Assume("target", ("SourceIdentity", "alice")));
        else
            Assert.Equal("AccessDenied", _world.Refusal("target", ("SourceIdentity", "alice")).Code);
    }

    [Fact]
    public void Policies_see_it_under_both_names_when_it_is_inherited()
    {
        _world.AddRole("target", Trust(Everything, """{"StringEquals":{"sts:SourceIdentity":"alice","aws:SourceIdentity":"alice"}}"""));
        Assert.NotNull(_world.Go("first", ("SourceIdentity", "alice")).Assume("target"));
    }
}
