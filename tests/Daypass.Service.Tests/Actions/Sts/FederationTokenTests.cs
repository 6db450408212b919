using System.Text.Json.Nodes;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using static Daypass.Service.Tests.Actions.Sts.StsWorld;

namespace Daypass.Service.Tests.Actions.Sts;

/// <summary>GetFederationToken: a name under a user, who may do what the user and the session policies both allow.</summary>
public sealed class FederationTokenTests
{
    private const string Arn = "arn:aws:sts::123456789012:federated-user/bob";
    private const string Tagging = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["sts:GetFederationToken","sts:TagSession"],"Resource":"arn:aws:sts::123456789012:federated-user/*"}}""";
    private static readonly string ListsEvents = Allow("cloudtrail:LookupEvents");
    private readonly StsWorld _world = new();

    [Fact]
    public void It_is_the_federated_user_who_calls()
    {
        var response = Get();
        Assert.Equal(Arn, response["FederatedUser"]!["Arn"]!.GetValue<string>());
        Assert.Equal("123456789012:bob", response["FederatedUser"]!["FederatedUserId"]!.GetValue<string>());
        Assert.Equal(0, response["PackedPolicySize"]!.GetValue<int>());
        _world.Bench.AsSession(response["Credentials"]!);
        var identity = _world.Bench.Call("GetCallerIdentity");
        Assert.Equal([Arn, "123456789012:bob", "123456789012"], new[] { "Arn", "UserId", "Account" }.Select(name => identity[name]!.GetValue<string>()));
    }

    [Fact]
    public void Its_condition_keys_are_those_of_a_federated_user()
    {
        UserMay(Tagging);
        _world.Bench.Put(DocumentKinds.User, _world.Alice with { Tags = [new Tag("team", "red"), new Tag("site", "north")] });
        var keys = _world.KeysOf(Get(Tags(("Team", "blue"))));
        Assert.Equal(Arn, keys["aws:PrincipalArn"]);
        Assert.Equal("FederatedUser", keys["aws:PrincipalType"]);
        Assert.Equal("123456789012:bob", keys["aws:userid"]);
        Assert.False(keys.ContainsKey("aws:username"));
        Assert.Equal(("blue", "north"), (keys["aws:PrincipalTag/team"], keys["aws:PrincipalTag/site"]));
    }

    [Theory]
    [InlineData("cloudtrail:*", "cloudtrail:LookupEvents", true)]
    [InlineData("cloudtrail:*", "s3:*", false)]
    [InlineData("s3:*", "cloudtrail:LookupEvents", false)]
    [InlineData("cloudtrail:*", null, false)]
    public void It_may_do_what_the_user_and_the_session_policy_both_allow(string users, string? sessions, bool isAllowed)
    {
        UserMay($$"""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["sts:GetFederationToken","{{users}}"],"Resource":"*"} }""");
        _world.Bench.AsSession(Get(sessions is null ? [] : [("Policy", Allow(sessions))])["Credentials"]!);
        if (isAllowed)
            Assert.NotNull(_world.Bench.Call("LookupEvents"));
        else
            Assert.Equal("AccessDenied", _world.Bench.Refusal("LookupEvents").Code);
    }

    [Fact]
    public void Managed_session_policies_count_as_inline_ones_do()
    {
        UserMay(Allow("*"));
        var policy = _world.Bench.As("admin").Call("CreatePolicy", ("PolicyName", "events"), ("PolicyDocument", ListsEvents))["Policy"]!["Arn"]!.GetValue<string>();
        _world.Bench.As("alice").AsSession(Get([("PolicyArns.member.1.arn", policy)])["Credentials"]!);
        Assert.NotNull(_world.Bench.Call("LookupEvents"));
        Assert.Equal("AccessDenied", _world.Bench.Refusal("DescribeOrganization").Code);
    }

    [Fact]
    public void What_the_user_loses_it_loses_too()
    {
        UserMay(Allow("*"));
        _world.Bench.AsSession(Get([("Policy", ListsEvents)])["Credentials"]!);
        Assert.NotNull(_world.Bench.Call("LookupEvents"));
        UserMay(Allow("s3:*"));
        Assert.Equal("AccessDenied", _world.Bench.Refusal("LookupEvents").Code);
    }

    [Theory]
    [InlineData("ListUsers", "InvalidClientTokenId", "The security token included in the request is invalid.")]
    [InlineData("GetUser", "InvalidClientTokenId", "The security token included in the request is invalid.")]
    [InlineData("PutOpenIDConnectProviderSettings", "InvalidClientTokenId", "The security token included in the request is invalid.")]
    [InlineData("GetOpenIDConnectProviderSettings", "InvalidClientTokenId", "The security token included in the request is invalid.")]
    [InlineData("AssumeRole", "AccessDenied", "Cannot call AssumeRole with session credentials")]
    [InlineData("GetSessionToken", "AccessDenied", "Cannot call GetSessionToken with session credentials")]
    [InlineData("GetFederationToken", "AccessDenied", "Cannot call GetFederationToken with session credentials")]
    [InlineData("GetAccessKeyInfo", "AccessDenied", "Cannot call GetAccessKeyInfo with session credentials")]
    public void Whatever_policies_say_it_calls_nothing_of_IAM_and_of_STS_only_who_it_is(string action, string code, string message)
    {
        UserMay(Allow("*"));
        _world.Bench.AsSession(Get([("Policy", Allow("*"))])["Credentials"]!);
        var error = _world.Bench.Refusal(action);
        Assert.Equal((code, message), (error.Code, error.Message));
        Assert.NotNull(_world.Bench.Call("GetCallerIdentity"));
    }

    [Fact]
    public void Its_name_decides_whether_the_user_may_make_it()
    {
        UserMay("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sts:GetFederationToken","Resource":"arn:aws:sts::123456789012:federated-user/b*"}}""");
        Assert.NotNull(Get());
        Assert.Equal(
            "User: arn:aws:iam::123456789012:user/alice is not authorized to perform: sts:GetFederationToken on resource: arn:aws:sts::123456789012:federated-user/carol because no identity-based policy allows the sts:GetFederationToken action",
            Refusal([("Name", "carol")]).Message);
    }

    [Fact]
    public void Tags_take_a_right_of_their_own()
    {
        UserMay(Allow("sts:GetFederationToken"));
        Assert.Contains("is not authorized to perform: sts:TagSession on resource: " + Arn, Refusal(Tags(("team", "blue"))).Message, StringComparison.Ordinal);
        UserMay(Tagging.Replace("}}", ""","Condition":{"StringEquals":{"aws:RequestTag/team":"blue"},"ForAllValues:StringEquals":{"aws:TagKeys":"team"}}}}""", StringComparison.Ordinal));
        Assert.Equal("blue", _world.TagsOf(Get(Tags(("team", "blue"))))["team"]);
        Assert.Equal("AccessDenied", Refusal(Tags(("team", "red"))).Code);
        Assert.Equal("AccessDenied", Refusal(Tags(("team", "blue"), ("x", "1"))).Code);
    }

    [Theory]
    [InlineData("Name", "b", "ValidationError", "at 'name' failed to satisfy constraint: Member must have length greater than or equal to 2")]
    [InlineData("Name", "b23456789012345678901234567890123", "ValidationError", "Member must have length less than or equal to 32")]
    [InlineData("Name", "bo b", "ValidationError", "pattern")]
    [InlineData("Name", "bob/*", "ValidationError", "pattern")]
    [InlineData("DurationSeconds", "899", "ValidationError", "greater than or equal to 900")]
    [InlineData("DurationSeconds", "129601", "ValidationError", "less than or equal to 129600")]
    [InlineData("Policy", "", "ValidationError", "greater than or equal to 1")]
    [InlineData("Policy", "{}", "MalformedPolicyDocument", "")]
    [InlineData("PolicyArns.member.1.arn", "arn:aws:iam::123456789012:policy/none", "MalformedPolicyDocument", "PolicyArn arn:aws:iam::123456789012:policy/none does not exist or is not in the user's account.")]
    [InlineData("Tags.member.1.Key", "aws:x", "ValidationError", "")]
    public void Limits_hold(string name, string value, string code, string message)
    {
        var error = Refusal([(name, value)]);
        Assert.Equal(code, error.Code);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_inline_policy_has_2048_characters_at_most()
    {
        Assert.NotNull(Get([("Policy", ListsEvents + new string(' ', 2048 - ListsEvents.Length))]));
        Assert.Contains("less than or equal to 2048", Refusal([("Policy", ListsEvents + new string(' ', 2049 - ListsEvents.Length))]).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, 43200)]
    [InlineData("900", 900)]
    [InlineData("129600", 129600)]
    public void It_lasts_from_a_quarter_of_an_hour_to_a_day_and_a_half(string? seconds, int expected)
    {
        var expires = _world.Bench.CallerOf(Get(seconds is null ? [] : [("DurationSeconds", seconds)])["Credentials"]!).Session!.ExpiresAt;
        Assert.Equal(_world.Bench.Now.AddSeconds(expected), expires);
    }

    [Fact]
    public void Only_long_term_keys_make_one()
    {
        const string Message = "Cannot call GetFederationToken with session credentials";
        _world.AddRole("first", identity: Allow("*")).Go("first");
        Assert.Equal(("AccessDenied", Message), (Refusal([]).Code, Refusal([]).Message));
        _world.Bench.As("alice").AsSession(_world.Bench.Call("GetSessionToken")["Credentials"]!);
        Assert.Equal(("AccessDenied", Message), (Refusal([]).Code, Refusal([]).Message));
    }

    [Fact]
    public void Policies_and_tags_share_the_room_of_the_token()
    {
        Assert.InRange(Get([("Policy", ListsEvents), .. Tags(("k", new string('v', 256)))])["PackedPolicySize"]!.GetValue<int>(), 10, 20);
        var error = Refusal([("Policy", ListsEvents), .. Tags([.. Enumerable.Range(10, 40).Select(i => ($"k{i}", new string('v', 256)))])]);
        Assert.Equal("PackedPolicyTooLarge", error.Code);
        Assert.StartsWith("Packed policy consumes 3", error.Message, StringComparison.Ordinal);
    }

    private void UserMay(string policy) => _world.Bench.Put(DocumentKinds.User, _world.Alice with { Inline = [new InlinePolicy("only", policy)] });

    private JsonNode Get(params (string, string)[] more) => _world.Bench.Call("GetFederationToken", [("Name", "bob"), .. more]);

    private ApiError Refusal((string Name, string)[] more) =>
        _world.Bench.Refusal("GetFederationToken", more.Any(pair => pair.Name == "Name") ? more : [("Name", "bob"), .. more]);
}
