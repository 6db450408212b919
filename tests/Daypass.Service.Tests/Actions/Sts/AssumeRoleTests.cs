using Daypass.Policies;
using Daypass.Service.Directories;
using static Daypass.Service.Tests.Actions.Sts.StsWorld;

namespace Daypass.Service.Tests.Actions.Sts;

/// <summary>AssumeRole: what comes back, and how it refuses.</summary>
public sealed class AssumeRoleTests
{
    private readonly StsWorld _world = new StsWorld().AddRole("first");

    [Fact]
    public void The_session_is_named_without_the_roles_path()
    {
        _world.Bench.Put(DocumentKinds.Role, _world.Bench.Home.FindRole("first")! with { Path = "/teams/blue/" });
        var user = _world.Bench.Call("AssumeRole", ("RoleArn", ArnOf("teams/blue/first")), ("RoleSessionName", "session"))["AssumedRoleUser"]!;
        Assert.Equal("arn:aws:sts::123456789012:assumed-role/first/session", user["Arn"]!.GetValue<string>());
        Assert.Equal("AROAEXAMPLEFIRST:session", user["AssumedRoleId"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(null, 3600)]
    [InlineData("900", 900)]
    [InlineData("43200", 43200)]
    public void It_lasts_an_hour_or_as_long_as_is_asked_for(string? seconds, int expected)
    {
        var response = seconds is null ? _world.Assume("first") : _world.Assume("first", ("DurationSeconds", seconds));
        Assert.Equal(_world.Bench.Now.AddSeconds(expected), _world.Bench.CallerOf(response["Credentials"]!).Session!.ExpiresAt);
    }

    [Theory]
    [InlineData("DurationSeconds", "7201", "ValidationError", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.")]
    [InlineData("DurationSeconds", "899", "ValidationError", "greater than or equal to 900")]
    [InlineData("DurationSeconds", "43201", "ValidationError", "less than or equal to 43200")]
    [InlineData("RoleSessionName", "s", "ValidationError", "greater than or equal to 2")]
    [InlineData("RoleSessionName", "a/b", "ValidationError", "pattern")]
    [InlineData("ExternalId", "x", "ValidationError", "greater than or equal to 2")]
    [InlineData("ExternalId", "x y", "ValidationError", "pattern")]
    [InlineData("Policy", "{", "MalformedPolicyDocument", "")]
    [InlineData("Policy", "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"*\"}}", "MalformedPolicyDocument", "")]
    [InlineData("PolicyArns.member.1.arn", "arn:aws:iam::123456789012:policy/none", "MalformedPolicyDocument", "PolicyArn arn:aws:iam::123456789012:policy/none does not exist or is not in the role's account.")]
    [InlineData("RoleArn", "arn:aws:iam::123456789012:role/none", "AccessDenied", "User: arn:aws:iam::123456789012:user/alice is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/none")]
    [InlineData("RoleArn", "arn:aws:iam::123456789012:role/FIRST", "AccessDenied", "is not authorized to perform: sts:AssumeRole")]
    [InlineData("RoleArn", "arn:aws:iam::999999999999:role/first", "AccessDenied", "is not authorized to perform: sts:AssumeRole")]
    [InlineData("RoleArn", "arn:aws:iam::123456789012:user/alice", "ValidationError", "Request ARN is invalid")]
    [InlineData("RoleArn", "arn:aws:sts::123456789012:assumed-role/first/session", "ValidationError", "Request ARN is invalid")]
    public void Each_fault_has_its_error(string name, string value, string code, string message)
    {
        _world.Bench.Put(DocumentKinds.Role, _world.Bench.Home.FindRole("first")! with { MaxSessionDuration = 7200 });
        (string Name, string Value)[] good = [("RoleArn", ArnOf("first")), ("RoleSessionName", "session")];
        var error = _world.Bench.Refusal("AssumeRole", [(name, value), .. good.Where(pair => pair.Name != name)]);
        Assert.Equal(code, error.Code);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_role_that_is_not_there_and_one_that_may_not_be_assumed_get_the_same_answer_whatever_is_asked_for()
    {
        _world.AddRole("locked", Trust("[\"sts:Nothing\"]"));
        foreach (var more in new (string, string)[][] { [], [("SourceIdentity", "alice")], Tags(("team", "blue")), [("DurationSeconds", "43200")], [("Policy", "{")] })
            Assert.Equal(_world.Refusal("missing", more).Message.Replace("missing", "locked", StringComparison.Ordinal), _world.Refusal("locked", more).Message);
    }

    [Fact]
    public void A_session_dies_with_its_role_even_if_another_takes_the_name()
    {
        var credentials = _world.Assume("first")["Credentials"]!;
        Assert.NotNull(_world.Bench.CallerOf(credentials));
        _world.Bench.Put(DocumentKinds.Role, _world.Bench.Home.FindRole("first")! with { Id = "AROAANOTHER" });
        Assert.Null(_world.Bench.CallerOf(credentials));
    }

    [Theory]
    [InlineData("photos:Get*", "photos:GetObject", true)]
    [InlineData("photos:Get*", "photos:PutObject", false)]
    public void An_external_id_that_nobody_asks_for_is_ignored_and_session_policies_only_take_away(string policy, string action, bool isAllowed)
    {
        _world.AddRole("wide", identity: Allow("*"));
        var caller = _world.Bench.CallerOf(_world.Assume("wide", ("ExternalId", "anything"), ("Policy", Allow(policy)))["Credentials"]!);
        var request = new AccessRequest(caller.Principal, action, "*", caller.Account, new RequestContext());
        Assert.Equal(isAllowed, PolicyEvaluator.Evaluate(request, new PolicySet { Identity = caller.Policies.Identity, Session = caller.SessionPolicies }).IsAllowed);
    }
}
