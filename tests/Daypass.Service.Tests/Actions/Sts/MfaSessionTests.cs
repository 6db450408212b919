using Daypass.Service.Directories;
using Daypass.Service.Mfa;
using Daypass.Service.Pipeline;
using Daypass.Service.Tests.Actions.Iam.Mfa;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Actions.Sts;

/// <summary>SerialNumber and TokenCode: what they prove, to whom, and for how long.</summary>
public sealed class MfaSessionTests
{
    private const string Unknown = "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.";
    private const string Wrong = "MultiFactorAuthentication failed with invalid MFA one time pass code. ";
    private const string Half = "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.";
    private const string IfMfa = """{"Bool":{"aws:MultiFactorAuthPresent":"true"}}""";
    private readonly MfaWorld _world = new();
    private readonly string _serial;

    public MfaSessionTests()
    {
        _serial = _world.Enabled("phone");
        var alice = Bench.Home.FindUser("alice")!;
        Bench.Put(DocumentKinds.User, alice with { Inline = [new InlinePolicy("all", StsWorld.Allow("*"))] });
        // Sessions live as long as the key that they were made with.
        Bench.Put(DocumentKinds.AccessKey, new AccessKey { Id = "AKIAQEXAMPLEEXAMPLE2", UserId = alice.Id, Created = Bench.Now, SealedSecret = [] });
        AddRole("guarded", IfMfa);
        Bench.As("alice");
    }

    private ActionBench Bench => _world.Bench;

    [Fact]
    public void A_session_with_MFA_says_so_and_how_long_ago()
    {
        var session = Bench.Call("GetSessionToken", Mfa())["Credentials"]!;
        _world.Wait(4);
        var keys = RequestKeys.OfCaller(Bench.CallerOf(session), Bench.Now).All.ToDictionary(key => key.Key, key => key.Value.Single);
        Assert.Equal(("true", "120"), (keys["aws:MultiFactorAuthPresent"], keys["aws:MultiFactorAuthAge"]));
        // And so it may use IAM, which it may not without.
        Bench.AsSession(session).Call("ListUsers");
        Assert.Equal("InvalidClientTokenId", Bench.AsSession(Bench.As("alice").Call("GetSessionToken")["Credentials"]!).Refusal("ListUsers").Code);
    }

    [Fact]
    public void A_session_without_MFA_says_that_and_a_key_says_nothing()
    {
        var session = Bench.Call("GetSessionToken")["Credentials"]!;
        var keys = RequestKeys.OfCaller(Bench.CallerOf(session), Bench.Now).All.ToDictionary(key => key.Key, key => key.Value.Single);
        Assert.Equal("false", keys["aws:MultiFactorAuthPresent"]);
        Assert.False(keys.ContainsKey("aws:MultiFactorAuthAge"));
        AddRole("unless-said", """{"Null":{"aws:MultiFactorAuthPresent":"true"}}""");
        AddRole("if-no", """{"Bool":{"aws:MultiFactorAuthPresent":"false"}}""");
        AddRole("unless-no", """{"BoolIfExists":{"aws:MultiFactorAuthPresent":"true"}}""");
        AssumesOnly("unless-said", "unless-no");
        Bench.AsSession(session);
        AssumesOnly("if-no");
    }

    [Fact]
    public void A_trust_policy_that_wants_MFA_lets_in_with_a_code_and_with_a_session_that_had_one()
    {
        Assert.Equal("AccessDenied", Assume("guarded").Code);
        Assert.Null(Assume("guarded", Mfa()).Code);
        _world.Wait();
        Bench.AsSession(Bench.Call("GetSessionToken", Mfa())["Credentials"]!);
        Assert.Null(Assume("guarded").Code);
    }

    [Fact]
    public void The_age_of_a_code_shown_with_the_call_is_nothing_and_of_a_session_its_own()
    {
        AddRole("fresh", """{"NumericLessThan":{"aws:MultiFactorAuthAge":"60"}}""");
        Assert.Equal("AccessDenied", Assume("fresh").Code);
        var session = Bench.Call("GetSessionToken", Mfa())["Credentials"]!;
        Bench.AsSession(session);
        Assert.Null(Assume("fresh").Code);
        _world.Wait(2);
        Assert.Equal("AccessDenied", Assume("fresh").Code);
        // A session may show a new code, too.
        Assert.Null(Assume("fresh", Mfa()).Code);
    }

    [Fact]
    public void A_role_session_does_not_inherit_MFA_and_goes_no_further_where_it_is_wanted()
    {
        Bench.AsSession(Bench.Call("AssumeRole", [.. Role("guarded"), .. Mfa()])["Credentials"]!);
        Assert.DoesNotContain(RequestKeys.OfCaller(Bench.Caller, Bench.Now).All, key => key.Key.StartsWith("aws:MultiFactor", StringComparison.Ordinal));
        Assert.Equal("AccessDenied", Assume("guarded").Code);
        _world.Wait();
        // Nor can whoever began it show a code for it: devices are users'.
        Assert.Equal(Unknown, Assume("guarded", Mfa()).Message);
    }

    [Fact]
    public void A_code_works_once_in_whichever_call_it_is_shown()
    {
        var (code, next) = (_world.Code(_serial), _world.Code(_serial, 1));
        Bench.Call("GetSessionToken", Mfa(code));
        Assert.Equal(("AccessDenied", Wrong), Of(Bench.Refusal("GetSessionToken", Mfa(code))));
        Assert.Equal(("AccessDenied", Wrong), Of(Bench.Refusal("AssumeRole", [.. Role("guarded"), .. Mfa(code)])));
        Bench.Call("AssumeRole", [.. Role("guarded"), .. Mfa(next)]);
        Assert.Equal(Wrong, Bench.Refusal("GetSessionToken", Mfa(next)).Message);
    }

    [Fact]
    public void A_refused_call_uses_no_code_up()
    {
        AddRole("closed", """{"Bool":{"aws:SecureTransport":"false"}}""");
        var mfa = Mfa();
        Assert.Equal("AccessDenied", Bench.Refusal("AssumeRole", [.. Role("closed"), .. mfa]).Code);
        Bench.Call("GetSessionToken", mfa);
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(2)]
    [InlineData(100)]
    public void Codes_of_other_times_are_wrong(int fromNow) => Assert.Equal(("AccessDenied", Wrong), Of(Bench.Refusal("GetSessionToken", Mfa(_world.Code(_serial, fromNow)))));

    [Fact]
    public void Half_of_it_and_unknown_devices_are_told_so()
    {
        Assert.Equal(("AccessDenied", Half), Of(Bench.Refusal("GetSessionToken", Mfa()[0])));
        Assert.Equal(("AccessDenied", Half), Of(Bench.Refusal("GetSessionToken", Mfa()[1])));
        Assert.Equal(("AccessDenied", Unknown), Of(Bench.Refusal("GetSessionToken", ("SerialNumber", MfaWorld.SerialOf("none")), ("TokenCode", "123456"))));
        Assert.Equal(("AccessDenied", Unknown), Of(Bench.Refusal("GetSessionToken", ("SerialNumber", "GAHT12345678"), ("TokenCode", "123456"))));
    }

    [Fact]
    public void A_right_code_of_somebody_elses_device_is_of_no_use_and_tells_nothing()
    {
        Bench.As(ActionBench.Admin).Call("CreateUser", ("UserName", "mallory"));
        var mallorys = _world.Enabled("hers", "mallory");
        var unassigned = _world.Create("nobodys");
        Bench.As("alice");
        foreach (var serial in (string[])[mallorys, unassigned, _serial.Replace("123456789012", "210987654321", StringComparison.Ordinal), _serial.Replace("phone", "Phone", StringComparison.Ordinal)])
            Assert.Equal(Unknown, Bench.Refusal("GetSessionToken", ("SerialNumber", serial), ("TokenCode", serial == mallorys || serial == unassigned ? _world.Code(serial) : _world.Code(_serial))).Message);
        Assert.Equal(Unknown, Bench.As("mallory").Refusal("GetSessionToken", Mfa()).Message);
    }

    [Fact]
    public void A_device_that_was_deactivated_or_made_again_proves_nothing()
    {
        Bench.As(ActionBench.Admin).Call("DeactivateMFADevice", ("UserName", "alice"), ("SerialNumber", _serial));
        Assert.Equal(Unknown, Bench.As("alice").Refusal("GetSessionToken", Mfa()).Message);
        var old = _world.Code(_serial);
        Bench.As(ActionBench.Admin).Call("DeleteVirtualMFADevice", ("SerialNumber", _serial));
        Assert.Equal(_serial, _world.Enabled("phone"));
        Assert.Equal(Wrong, Bench.As("alice").Refusal("GetSessionToken", Mfa(old)).Message);
        Bench.Call("GetSessionToken", Mfa());
    }

    [Fact]
    public void A_device_deactivated_while_its_code_is_being_used_proves_nothing()
    {
        var using_ = Bench.Begin("GetSessionToken", Mfa());
        Bench.As(ActionBench.Admin).Call("DeactivateMFADevice", ("UserName", "alice"), ("SerialNumber", _serial));
        Assert.False(using_.TryCommit());
    }

    [Fact]
    public void Device_clocks_are_real_whatever_policy_time_is()
    {
        var code = _world.Code(_serial);
        Bench.RealTime = Bench.Now;
        Bench.Now += TimeSpan.FromHours(5);
        var session = Bench.Call("GetSessionToken", Mfa(code))["Credentials"]!;
        // The age is counted in policy time, as everything that policies see.
        Bench.Now += TimeSpan.FromMinutes(1);
        Assert.Contains(RequestKeys.OfCaller(Bench.CallerOf(session), Bench.Now).All, key => key.Key == "aws:MultiFactorAuthAge" && key.Value.Single == "60");
    }

    private void AddRole(string name, string condition) => Bench.Put(DocumentKinds.Role, new Role
    {
        Name = name,
        Path = "/",
        Id = "AROAEXAMPLE" + name.ToUpperInvariant(),
        Created = Bench.Now,
        Trust = new TrustPolicy(StsWorld.Trust(condition: condition), new Dictionary<string, string>()),
        Inline = [new InlinePolicy("rights", StsWorld.Allow("sts:*"))],
    });

    private void AssumesOnly(params string[] roles) => Assert.Equal(
        roles.Order(), Bench.Home.Documents.All(DocumentKinds.Role).Select(role => role.Name).Where(role => Assume(role).Code is null).Order());

    private (string? Code, string? Message) Assume(string role, params (string, string)[] more)
    {
        try
        {
            Bench.Call("AssumeRole", [.. Role(role), .. more]);
            return (null, null);
        }
        catch (ApiException refusal)
        {
            return (refusal.Error.Code, refusal.Error.Message);
        }
    }

    private (string, string)[] Mfa(string? code = null) => [("SerialNumber", _serial), ("TokenCode", code ?? _world.Code(_serial))];

    private static (string, string)[] Role(string name) => [("RoleArn", StsWorld.ArnOf(name)), ("RoleSessionName", "session")];

    private static (string, string) Of(ApiError error) => (error.Code, error.Message);
}
