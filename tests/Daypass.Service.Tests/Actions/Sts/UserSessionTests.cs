using Daypass.Names;
using Daypass.Service.Directories;
using static Daypass.Service.Tests.Actions.Sts.StsWorld;

namespace Daypass.Service.Tests.Actions.Sts;

/// <summary>GetSessionToken and GetAccessKeyInfo.</summary>
public sealed class UserSessionTests
{
    private readonly StsWorld _world = new StsWorld().AddRole("first");

    [Theory]
    [InlineData(null, 43200)]
    [InlineData("900", 900)]
    [InlineData("129600", 129600)]
    public void A_session_of_a_user_lasts_from_a_quarter_of_an_hour_to_a_day_and_a_half(string? seconds, int expected)
    {
        var response = seconds is null ? _world.Bench.Call("GetSessionToken") : _world.Bench.Call("GetSessionToken", ("DurationSeconds", seconds));
        Assert.Equal(_world.Bench.Now.AddSeconds(expected), _world.Bench.CallerOf(response["Credentials"]!).Session!.ExpiresAt);
    }

    [Theory]
    [InlineData("899")]
    [InlineData("129601")]
    public void It_lasts_neither_shorter_nor_longer(string seconds) =>
        Assert.Equal("ValidationError", _world.Bench.Refusal("GetSessionToken", ("DurationSeconds", seconds)).Code);

    [Theory]
    [InlineData("ListUsers", "InvalidClientTokenId", "The security token included in the request is invalid.")]
    [InlineData("GetUser", "InvalidClientTokenId", "The security token included in the request is invalid.")]
    [InlineData("GetSessionToken", "AccessDenied", "Cannot call GetSessionToken with session credentials")]
    [InlineData("GetFederationToken", "AccessDenied", "Cannot call GetFederationToken with session credentials")]
    [InlineData("GetAccessKeyInfo", "AccessDenied", "Cannot call GetAccessKeyInfo with session credentials")]
    public void Without_MFA_it_calls_nothing_of_IAM_and_of_STS_only_two_actions(string action, string code, string message)
    {
        _world.Bench.Put(DocumentKinds.User, _world.Alice with { Inline = [new InlinePolicy("all", Allow("*"))] });
        _world.Bench.AsSession(_world.Bench.Call("GetSessionToken")["Credentials"]!);
        var error = _world.Bench.Refusal(action);
        Assert.Equal((code, message), (error.Code, error.Message));
        Assert.Equal("arn:aws:iam::123456789012:user/alice", _world.Bench.Call("GetCallerIdentity")["Arn"]!.GetValue<string>());
        Assert.NotNull(_world.Assume("first"));
    }

    [Fact]
    public void Going_on_from_it_counts_as_chaining()
    {
        _world.Bench.AsSession(_world.Bench.Call("GetSessionToken")["Credentials"]!);
        Assert.Equal("The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.", _world.Refusal("first", ("DurationSeconds", "3601")).Message);
    }

    [Theory]
    [InlineData("AKIA")]
    [InlineData("ASIA")]
    public void A_key_id_says_its_account_whether_the_key_exists_or_not(string prefix)
    {
        var id = AccessKeyId.Create(prefix, AccountId.Of(999999999999), new byte[AccessKeyId.RandomLength]);
        Assert.Equal("999999999999", _world.Bench.Call("GetAccessKeyInfo", ("AccessKeyId", id))["Account"]!.GetValue<string>());
    }

    [Fact]
    public void A_key_id_that_AWS_has_published_says_the_account_that_it_was_published_with() =>
        Assert.Equal("609629065308", _world.Bench.Call("GetAccessKeyInfo", ("AccessKeyId", "ASIAY34FZKBOKMUTVV7A"))["Account"]!.GetValue<string>());

    [Fact]
    public void A_key_id_that_was_brought_in_says_whose_it_is_here()
    {
        _world.Bench.PutInstallation(DocumentKinds.ForeignKey, new ForeignKey("BROUGHTINEXAMPLE", "123456789012"));
        Assert.Equal("123456789012", _world.Bench.Call("GetAccessKeyInfo", ("AccessKeyId", "BROUGHTINEXAMPLE"))["Account"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("AKIAIOSFODNN7EXAMPLE", "The access key id 'AKIAIOSFODNN7EXAMPLE' names no account.")]
    [InlineData("SOMEBODYSEXAMPLE", "names no account")]
    [InlineData("AKIA", "greater than or equal to 16")]
    [InlineData("AKIA/EXAMPLE/EXAMPLE", "pattern")]
    public void Another_text_names_no_account(string id, string message)
    {
        var error = _world.Bench.Refusal("GetAccessKeyInfo", ("AccessKeyId", id));
        Assert.Equal("ValidationError", error.Code);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void To_ask_whose_key_it_is_takes_a_right()
    {
        _world.Bench.Put(DocumentKinds.User, _world.Alice with { Inline = [] });
        Assert.Contains("sts:GetAccessKeyInfo on resource: *", _world.Bench.Refusal("GetAccessKeyInfo", ("AccessKeyId", "ASIAY34FZKBOKMUTVV7A")).Message, StringComparison.Ordinal);
    }
}
