using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Keys;
using Daypass.Service.Pipeline;
using Daypass.Service.Tests.Actions.Sts;
using Daypass.Service.Tests.Support;
using static Daypass.Service.Tests.Actions.Sts.StsWorld;

namespace Daypass.Service.Tests.Outbound;

/// <summary>GetWebIdentityToken: what a token says, who gets one, and how long.</summary>
public sealed class WebIdentityTokenTests
{
    private const string Url = "https://sts.example.com";
    private const string Issuer = "https://sts.example.com/web-identity/123456789012";
    private static readonly (string, string)[] Least = [("Audience.member.1", "https://api.example.com"), ("SigningAlgorithm", "RS256")];
    private readonly StsWorld _world = new();

    public WebIdentityTokenTests()
    {
        Bench.Settings = new ServiceSettings { PublicUrl = () => Url };
        Bench.As("admin").Call("EnableOutboundWebIdentityFederation");
        Bench.As("alice");
    }

    private ActionBench Bench => _world.Bench;

    [Theory]
    [InlineData("RS256", KeyPurposes.WebIdentityRs256)]
    [InlineData("ES384", KeyPurposes.WebIdentityEs384)]
    public void A_token_is_signed_with_the_key_of_its_algorithm(string algorithm, string purpose)
    {
        var token = Get(("Audience.member.1", "a"), ("SigningAlgorithm", algorithm))["WebIdentityToken"]!.GetValue<string>();
        var (header, _) = Parts(token);
        var key = Bench.Vault.SigningKey(purpose)!;
        Assert.Equal((algorithm, "JWT", key.WebKey.KeyId), (header["alg"]!.ToString(), header["typ"]!.ToString(), header["kid"]!.ToString()));
        Assert.True(Verifies(key, token));
        Assert.False(Verifies(key, token.Replace(".ey", ".eyJ", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_session_of_a_role_is_named_by_its_role_with_all_that_is_known_of_it()
    {
        Bench.Put(DocumentKinds.Settings, Bench.Home.Settings! with { OrganizationId = "o-a1b2c3d4e5", ManagementAccount = "123456789012" });
        _world.AddRole("app", null, null, new Tag("team", "red"), new Tag("site", "north")).Go("app", [("SourceIdentity", "alice@example.com"), .. Tags(("Team", "blue"))]);
        var response = Get([.. Least, .. Tags(("job", "ü-7"))]);
        var (_, claims) = Parts(response["WebIdentityToken"]!.GetValue<string>());
        Assert.Equal(["iss", "aud", "sub", "iat", "exp", "jti", "https://sts.amazonaws.com/"], claims.AsObject().Select(claim => claim.Key));
        Assert.Equal((Issuer, "https://api.example.com", ArnOf("app")), (claims["iss"]!.ToString(), claims["aud"]!.ToString(), claims["sub"]!.ToString()));
        Assert.Equal(Bench.Now.ToUnixTimeSeconds(), claims["iat"]!.GetValue<long>());
        Assert.Equal(Bench.Now.ToUnixTimeSeconds() + 300, claims["exp"]!.GetValue<long>());
        Assert.Equal("00000000-0000-4000-8000-000000000000", claims["jti"]!.ToString());
        Assert.Equal(
            """
            {"aws_account":"123456789012","source_region":"us-east-1","principal_id":"arn:aws:iam::123456789012:role/app","org_id":"o-a1b2c3d4e5",
            "principal_tags":{"Team":"blue","site":"north"},"original_session_exp":"2026-11-22T13:00:00Z","source_identity":"alice@example.com","request_tags":{"job":"ü-7"}}
            """.ReplaceLineEndings(""),
            claims["https://sts.amazonaws.com/"]!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }

    [Fact]
    public void A_user_is_named_by_its_arn_and_what_does_not_apply_is_absent()
    {
        var (_, claims) = Parts(Get(Least)["WebIdentityToken"]!.GetValue<string>());
        Assert.Equal("arn:aws:iam::123456789012:user/alice", claims["sub"]!.ToString());
        Assert.Equal(["aws_account", "source_region", "principal_id"], claims["https://sts.amazonaws.com/"]!.AsObject().Select(claim => claim.Key));
    }

    [Fact]
    public void Several_audiences_are_a_list()
    {
        var (_, claims) = Parts(Get(("Audience.member.1", "a"), ("Audience.member.2", "b"), ("SigningAlgorithm", "RS256"))["WebIdentityToken"]!.GetValue<string>());
        Assert.Equal(["a", "b"], claims["aud"]!.AsArray().Select(audience => audience!.ToString()));
    }

    [Theory]
    [InlineData(60)]
    [InlineData(3600)]
    public void It_lasts_as_long_as_it_was_asked_for(int seconds)
    {
        var response = Get([.. Least, ("DurationSeconds", $"{seconds}")]);
        var (_, claims) = Parts(response["WebIdentityToken"]!.GetValue<string>());
        Assert.Equal(seconds, claims["exp"]!.GetValue<long>() - claims["iat"]!.GetValue<long>());
    }

    [Fact]
    public void Verifiers_know_real_time_only_so_a_clock_that_was_moved_changes_no_token()
    {
        Bench.RealTime = Bench.Now.AddDays(-30);
        var (_, claims) = Parts(Get(Least)["WebIdentityToken"]!.GetValue<string>());
        Assert.Equal(Bench.RealTime.Value.ToUnixTimeSeconds(), claims["iat"]!.GetValue<long>());
    }

    [Theory]
    [InlineData(3300, 300, true)]
    [InlineData(3301, 300, false)]
    [InlineData(0, 3600, true)]
    [InlineData(1, 3600, false)]
    public void It_never_outlives_the_session_that_asked(int after, int seconds, bool isIssued)
    {
        _world.AddRole("app").Go("app");
        Bench.Now = Bench.Now.AddSeconds(after);
        (string, string)[] parameters = [.. Least, ("DurationSeconds", $"{seconds}")];
        if (isIssued)
            Assert.NotNull(Get(parameters));
        else
            Assert.Equal(("SessionDurationEscalationException", 403), Refused(parameters));
    }

    public static TheoryData<string, string, string> BrokenParameters => new()
    {
        { "SigningAlgorithm", "HS256", "enum value set: [RS256, ES384]" },
        { "SigningAlgorithm", "none", "enum value set" },
        { "SigningAlgorithm", "rs256", "enum value set" },
        { "DurationSeconds", "59", "greater than or equal to 60" },
        { "DurationSeconds", "3601", "less than or equal to 3600" },
        { "Audience.member.1", "", "length greater than or equal to 1" },
        { "Audience.member.1", new string('a', 1001), "length less than or equal to 1000" },
    };

    [Theory, MemberData(nameof(BrokenParameters))]
    public void What_the_model_does_not_allow_is_a_validation_error(string name, string value, string said)
    {
        (string, string)[] parameters = [.. Least.Where(parameter => parameter.Item1 != name), (name, value)];
        var error = Bench.Refusal("GetWebIdentityToken", parameters);
        Assert.Equal("ValidationError", error.Code);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_required_must_be_there_and_lists_have_their_limits()
    {
        Assert.Contains("'audience'", Bench.Refusal("GetWebIdentityToken", ("SigningAlgorithm", "RS256")).Message, StringComparison.Ordinal);
        Assert.Contains("'signingAlgorithm'", Bench.Refusal("GetWebIdentityToken", ("Audience.member.1", "a")).Message, StringComparison.Ordinal);
        (string, string)[] eleven = [.. Enumerable.Range(1, 11).Select(i => ($"Audience.member.{i}", "a")), ("SigningAlgorithm", "RS256")];
        Assert.Contains("length less than or equal to 10", Bench.Refusal("GetWebIdentityToken", eleven).Message, StringComparison.Ordinal);
        (string, string)[] tags = [.. Least, .. Tags([.. Enumerable.Range(1, 51).Select(i => ($"k{i}", "v"))])];
        Assert.Contains("length less than or equal to 50", Bench.Refusal("GetWebIdentityToken", tags).Message, StringComparison.Ordinal);
        Assert.Equal("InvalidParameterValue", Bench.Refusal("GetWebIdentityToken", [.. Least, .. Tags(("a", "1"), ("A", "2"))]).Code);
    }

    [Fact]
    public void Claims_that_would_not_fit_a_header_are_refused_with_their_size()
    {
        (string, string)[] Passing(int tags) => [.. Least, .. Tags([.. Enumerable.Range(10, tags).Select(i => ($"k{i}", new string('v', 256)))])];
        Assert.NotNull(Get(Passing(12)));
        var error = Bench.Refusal("GetWebIdentityToken", Passing(15));
        Assert.Equal(("JWTPayloadSizeExceededException", 400), (error.Code, error.Status));
        Assert.Contains("4096 is the most", error.Message, StringComparison.Ordinal);
        Assert.True(Get(Passing(12))["WebIdentityToken"]!.GetValue<string>().Length < 6144);
    }

    [Theory]
    [InlineData("""{"StringEquals":{"sts:SigningAlgorithm":"RS256"}}""", true)]
    [InlineData("""{"StringEquals":{"sts:SigningAlgorithm":"ES384"}}""", false)]
    [InlineData("""{"NumericLessThanEquals":{"sts:DurationSeconds":"300"}}""", true)]
    [InlineData("""{"NumericLessThanEquals":{"sts:DurationSeconds":"299"}}""", false)]
    [InlineData("""{"ForAllValues:StringEquals":{"sts:IdentityTokenAudience":["https://api.example.com","b"]}}""", true)]
    [InlineData("""{"ForAllValues:StringEquals":{"sts:IdentityTokenAudience":"b"}}""", false)]
    public void Policies_limit_who_gets_which_token(string condition, bool isAllowed)
    {
        AliceMay(Allow("sts:GetWebIdentityToken", condition));
        if (isAllowed)
            Assert.NotNull(Get(Least));
        else
            Assert.Equal(("AccessDenied", 403), Refused(Least));
    }

    [Theory]
    [InlineData("sts:GetWebIdentityToken", "{}", false)]
    [InlineData("sts:*GetWebIdentityToken", "{}", true)]
    [InlineData("sts:*GetWebIdentityToken", """{"StringEquals":{"aws:RequestTag/job":"7"}}""", true)]
    [InlineData("sts:*GetWebIdentityToken", """{"StringEquals":{"aws:RequestTag/job":"8"}}""", false)]
    [InlineData("sts:*GetWebIdentityToken", """{"ForAllValues:StringEquals":{"aws:TagKeys":"job"}}""", true)]
    [InlineData("sts:*GetWebIdentityToken", """{"ForAllValues:StringEquals":{"aws:TagKeys":"other"}}""", false)]
    public void Tags_need_a_permission_of_their_own(string action, string condition, bool isAllowed)
    {
        AliceMay(Allow(action, condition));
        (string, string)[] parameters = [.. Least, .. Tags(("job", "7"))];
        if (isAllowed)
            Assert.NotNull(Get(parameters));
        else
            Assert.Equal(("AccessDenied", 403), Refused(parameters));
    }

    [Fact]
    public void Sessions_of_users_and_federated_users_get_none()
    {
        var session = Bench.Call("GetSessionToken");
        var federated = Bench.Call("GetFederationToken", ("Name", "bob"), ("Policy", Allow("sts:*")));
        Bench.AsSession(session["Credentials"]!);
        Assert.Equal(("AccessDenied", 403), Refused(Least));
        Bench.AsSession(federated["Credentials"]!);
        Assert.Equal(("AccessDenied", 403), Refused(Least));
    }

    [Fact]
    public void What_the_session_policy_of_a_role_session_leaves_out_it_cannot_get()
    {
        _world.AddRole("app").Go("app", ("Policy", Allow("sts:AssumeRole")));
        Assert.Equal(("AccessDenied", 403), Refused(Least));
    }

    [Fact]
    public void Without_the_accounts_switch_there_is_none()
    {
        Bench.As("admin").Call("DisableOutboundWebIdentityFederation");
        Assert.Equal(("OutboundWebIdentityFederationDisabledException", 403), Refused(Least));
        Assert.Equal(("FeatureDisabled", 404), Refused("GetOutboundWebIdentityFederationInfo"));
        Assert.Equal(("FeatureDisabled", 404), Refused("DisableOutboundWebIdentityFederation"));
        Assert.Equal(Issuer, Bench.Call("EnableOutboundWebIdentityFederation")["IssuerIdentifier"]!.ToString());
        Assert.Equal(("FeatureEnabled", 409), Refused("EnableOutboundWebIdentityFederation"));
        var info = Bench.Call("GetOutboundWebIdentityFederationInfo");
        Assert.Equal((Issuer, true), (info["IssuerIdentifier"]!.ToString(), info["JwtVendingEnabled"]!.GetValue<bool>()));
    }

    [Fact]
    public void One_account_that_is_switched_on_says_nothing_about_another()
    {
        var other = AccountId.Of(210987654321);
        Bench.AddAccount(other);
        Bench.As("admin", other);
        Assert.Equal(("OutboundWebIdentityFederationDisabledException", 403), Refused(Least));
        Assert.Equal($"{Url}/web-identity/210987654321", Bench.Call("EnableOutboundWebIdentityFederation")["IssuerIdentifier"]!.ToString());
    }

    [Fact]
    public void A_server_that_does_not_know_its_address_names_no_issuer()
    {
        Bench.Settings = new ServiceSettings();
        var refusal = Bench.Refusal("GetWebIdentityToken", Least);
        Assert.Equal("OutboundWebIdentityFederationDisabledException", refusal.Code);
        Assert.Contains("--public-url", refusal.Message, StringComparison.Ordinal);
        Bench.As("admin").Call("DisableOutboundWebIdentityFederation");
        Assert.Equal(("InvalidInput", 400), Refused("EnableOutboundWebIdentityFederation"));
    }

    private void AliceMay(string policy) => Bench.Put(DocumentKinds.User, _world.Alice with { Inline = [new InlinePolicy("sts", policy)] });

    private JsonNode Get(params (string, string)[] parameters) => Bench.Call("GetWebIdentityToken", parameters);

    private (string, int) Refused(params (string, string)[] parameters) => Bench.Refusal("GetWebIdentityToken", parameters) is var error ? (error.Code, error.Status) : default;

    private (string, int) Refused(string action) => Bench.Refusal(action) is var error ? (error.Code, error.Status) : default;

    private static (JsonNode Header, JsonNode Claims) Parts(string token) =>
        token.Split('.') is [var header, var claims, _] ? (JsonNode.Parse(Base64Url.DecodeFromChars(header))!, JsonNode.Parse(Base64Url.DecodeFromChars(claims))!) : default;

    private static bool Verifies(SigningKey key, string token)
    {
        var at = token.LastIndexOf('.');
        var (signed, signature) = (Encoding.ASCII.GetBytes(token[..at]), Base64Url.DecodeFromChars(token.AsSpan(at + 1)));
        if (key.Purpose == KeyPurposes.WebIdentityEs384)
        {
            using var ecdsa = ECDsa.Create();
            ecdsa.ImportSubjectPublicKeyInfo(key.PublicKey.Span, out _);
            return ecdsa.VerifyData(signed, signature, HashAlgorithmName.SHA384);
        }
        using var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(key.PublicKey.Span, out _);
        return rsa.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }
}
