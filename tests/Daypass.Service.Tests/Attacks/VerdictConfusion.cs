using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Daypass.Leases;
using Daypass.Names;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Tests.Support;

namespace Daypass.Service.Tests.Attacks;

/// <summary>Verdicts asked for on what is no request, by others than the service, for a key that is no more, or to learn what Daypass does not tell.</summary>
public sealed class VerdictConfusion
{
    private const string Secret = "secretEXAMPLE";
    private static readonly AccountId Other = AccountId.Of(210987654321);
    private readonly ActionBench _bench = new();
    private readonly AccessKey _key;

    public VerdictConfusion()
    {
        _bench.AddAccount(Other);
        var entropy = new SeededEntropy();
        var admin = _bench.Home.FindUser(ActionBench.Admin)!;
        var id = Identifiers.AccessKey(AccessKeyId.LongTermPrefix, ActionBench.HomeAccount, entropy);
        _key = new AccessKey { Id = id, UserId = admin.Id, Created = _bench.Now, SealedSecret = _bench.Vault.SealSecret(Secret, ActionBench.HomeAccount, admin.Id, id, entropy) };
        _bench.Put(DocumentKinds.AccessKey, _key);
        _bench.Call("RegisterService", ("Name", "uhost"), ("Region", "us-east-1"));
    }

    private string Text => $"ActionDescribeUHostInstanceLimit10PublicKey{_key.Id}Regioncn-bj2";

    [Fact]
    public void A_good_request_gets_a_lease_without_a_key_and_an_unchanged_one_is_not_sent_again()
    {
        var lease = LeaseOf(Ask(Text));
        Assert.Null(lease.SigningKey);
        Assert.Null(lease.Date);
        Assert.Equal((_key.Id, "uhost", "us-east-1"), (lease.AccessKeyId, lease.Service, lease.Region));
        Assert.NotEmpty(lease.Identity);
        Assert.Equal(LeaseProtocol.Unchanged, StatusOf(Ask(Text, version: lease.Version)));
    }

    [Fact]
    public void A_lease_whose_callers_policies_changed_is_sent_again()
    {
        var version = LeaseOf(Ask(Text)).Version;
        _bench.Put(DocumentKinds.User, _bench.Home.FindUser(ActionBench.Admin)! with { Tags = [new Tag("team", "blue")] });
        Assert.Equal(LeaseProtocol.Granted, StatusOf(Ask(Text, version: version)));
    }

    [Fact]
    public void Whatever_is_not_what_was_signed_is_refused()
    {
        var signature = Sign(Text, Secret);
        Assert.Equal("SignatureDoesNotMatch", CodeOf(Ask(Text.Replace("Limit10", "Limit11", StringComparison.Ordinal), signature)));
        Assert.Equal("SignatureDoesNotMatch", CodeOf(Ask(Text + "Zonea", signature)));
        Assert.Equal("SignatureDoesNotMatch", CodeOf(Ask(Text, Sign(Text, "otherEXAMPLE"))));
        Assert.Equal("SignatureDoesNotMatch", CodeOf(Ask(Text, signature.ToUpperInvariant())));
        Assert.Equal("SignatureDoesNotMatch", CodeOf(Ask(Text, new string('0', 40))));
    }

    [Fact]
    public void A_text_that_is_no_request_of_the_key_gets_no_verdict_however_well_signed()
    {
        Assert.Equal("SignatureDoesNotMatch", CodeOf(Ask($"PublicKey{_key.Id}")));
        Assert.Equal("SignatureDoesNotMatch", CodeOf(Ask("ActionDescribeUHostInstancePublicKeyAKIAANOTHEREXAMPLE")));
        Assert.Equal("SignatureDoesNotMatch", CodeOf(Ask(Text, token: "AAAA")));
    }

    [Fact]
    public void A_known_version_is_no_proof()
    {
        var version = LeaseOf(Ask(Text)).Version;
        Assert.Equal(LeaseProtocol.Refused, StatusOf(Ask(Text, Sign(Text, "otherEXAMPLE"), version: version)));
        _bench.Put(DocumentKinds.AccessKey, _key with { IsActive = false });
        Assert.Equal("InvalidClientTokenId", CodeOf(Ask(Text, version: version)));
    }

    [Fact]
    public void A_session_gets_verdicts_with_its_token_until_it_is_over()
    {
        // The session descends of the key that asked for it.
        _bench.Put(DocumentKinds.AccessKey, _key with { Id = _bench.Caller.AccessKeyId! });
        _bench.Call("CreateRole", ("RoleName", "r"), ("AssumeRolePolicyDocument", Daypass.Service.Tests.Actions.Iam.Texts.TrustsAccount));
        var session = _bench.Call("AssumeRole", ("RoleArn", $"arn:aws:iam::{ActionBench.HomeAccount}:role/r"), ("RoleSessionName", "s1"))["Credentials"]!;
        var (id, secret, token) = (session["AccessKeyId"]!.GetValue<string>(), session["SecretAccessKey"]!.GetValue<string>(), session["SessionToken"]!.GetValue<string>());
        JsonNode Judge(string shown) => _bench.Call("VerifyRequests", Parameters($"ActionDescribeUHostInstancePublicKey{id}SecurityToken{shown}", Sign($"ActionDescribeUHostInstancePublicKey{id}SecurityToken{shown}", secret), shown, null, id))["Verdicts"]![0]!;
        Assert.Equal(LeaseProtocol.Granted, StatusOf(Judge(token)));
        Assert.Equal("InvalidClientTokenId", CodeOf(Judge(token[..^4])));
        _bench.Now = _bench.Now.AddHours(1);
        var over = Judge(token);
        Assert.Equal(("ExpiredToken", true), (CodeOf(over), over["Lease"] is null));
    }

    [Fact]
    public void A_stray_token_makes_a_long_term_key_unknown() =>
        Assert.Equal("InvalidClientTokenId", CodeOf(Ask(Text + "SecurityTokenAAAA", token: "AAAA")));

    [Fact]
    public void Another_accounts_service_does_not_exist_for_the_caller()
    {
        _bench.As(ActionBench.Admin, Other);
        Assert.Equal("NoSuchEntity", _bench.Refusal("VerifyRequests", ("ServiceName", "uhost"), ("Region", "us-east-1")).Code);
        _bench.As(ActionBench.Admin).Call("DeregisterService", ("Name", "uhost"), ("Region", "us-east-1"));
        Assert.Equal("NoSuchEntity", _bench.Refusal("VerifyRequests", ("ServiceName", "uhost"), ("Region", "us-east-1")).Code);
    }

    [Fact]
    public void More_requests_than_a_hundred_and_longer_texts_than_the_limit_are_refused()
    {
        (string, string)[] requests = [.. Enumerable.Range(1, 101).Select(number => ($"Requests.member.{number}.AccessKeyId", "AKIA"))];
        Assert.Equal("ValidationError", _bench.Refusal("VerifyRequests", [("ServiceName", "uhost"), ("Region", "us-east-1"), .. requests]).Code);
        var text = Text.PadRight(VerdictProtocol.MaxTextBytes + 1, 'a');
        Assert.Equal("ValidationError", _bench.Refusal("VerifyRequests", Parameters(text, Sign(text, Secret), null, null)).Code);
    }

    /// <summary>Requests that Daypass itself would act on, if the service sent them on; among them other readings of what the caller signed.</summary>
    public static TheoryData<string> OwnCalls =>
    [
        "AccessKeyStatusActiveActionAssumeRoleLoginProfileStatusInactivePublicKey{0}UserNamemallory",
        "ActionAssumeRolePublicKey{0}RoleSessionNamexRoleUrnucs:iam::1:role/r",
        "ActionAssumeRoleInPartPublicKey{0}",
        "ActionDescribeUHostInstanceNoteActionAssumeRolePublicKey{0}",
    ];

    [Theory]
    [MemberData(nameof(OwnCalls))]
    public void A_call_of_Daypass_s_own_API_gets_no_verdict(string form)
    {
        var text = form.Replace("{0}", _key.Id, StringComparison.Ordinal);
        var answer = Ask(text);
        Assert.Equal("InvalidInput", CodeOf(answer));
        Assert.Null(answer["Lease"]);
        // Nor does it tell whether the signature is right.
        Assert.Equal(answer.ToJsonString(), Ask(text, Sign(text, "otherEXAMPLE")).ToJsonString());
    }

    [Fact]
    public void None_of_Daypass_s_own_actions_gets_one() =>
        Assert.All(new UprojectCatalog().All, action => Assert.Equal("InvalidInput", CodeOf(Ask($"Action{action.Name}PublicKey{_key.Id}"))));

    [Fact]
    public void A_longer_name_that_can_be_read_no_other_way_is_a_services_own() =>
        Assert.Equal(LeaseProtocol.Granted, StatusOf(Ask($"ActionAssumeRolesPublicKey{_key.Id}")));

    private JsonNode Ask(string text, string? signature = null, string? token = null, string? version = null) =>
        _bench.Call("VerifyRequests", Parameters(text, signature ?? Sign(text, Secret), token, version))["Verdicts"]![0]!;

    private (string, string)[] Parameters(string text, string signature, string? token, string? version, string? id = null)
    {
        List<(string, string)> parameters =
        [
            ("ServiceName", "uhost"), ("Region", "us-east-1"), ("Requests.member.1.AccessKeyId", id ?? _key.Id),
            ("Requests.member.1.Text", Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text))), ("Requests.member.1.Signature", signature),
        ];
        if (token is not null)
            parameters.Add(("Requests.member.1.SessionToken", token));
        if (version is not null)
            parameters.Add(("Requests.member.1.KnownVersion", version));
        return [.. parameters];
    }

    // SHA-1 here, and not the library's own signing: the test must not share it.
    private static string Sign(string text, string secret) => Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(text + secret)));

    private static string StatusOf(JsonNode verdict) => verdict["Status"]!.GetValue<string>();

    private static string? CodeOf(JsonNode verdict) => verdict["Code"]?.GetValue<string>();

    private static Lease LeaseOf(JsonNode verdict) => Lease.Deserialize(verdict["Lease"]!.GetValue<string>());
}
