using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Daypass.Leases;
using Daypass.Names;
using Daypass.Policies;
using Daypass.Service.Directories;
using Daypass.Service.Pipeline;
using Daypass.Service.Tests.Support;
using Daypass.Signing;
using Daypass.Tokens;

namespace Daypass.Service.Tests.Attacks;

/// <summary>Leases asked for with a proof of something else, by somebody else, or for a key that is no more.</summary>
public sealed class LeaseConfusion
{
    private const string Secret = "secretEXAMPLE";
    private static readonly AccountId Other = AccountId.Of(210987654321);
    private readonly ActionBench _bench = new();
    private readonly AccessKey _key;

    public LeaseConfusion()
    {
        _bench.AddAccount(Other);
        var entropy = new SeededEntropy();
        var admin = _bench.Home.FindUser(ActionBench.Admin)!;
        var id = Identifiers.AccessKey(AccessKeyId.LongTermPrefix, ActionBench.HomeAccount, entropy);
        _key = new AccessKey { Id = id, UserId = admin.Id, Created = _bench.Now, SealedSecret = _bench.Vault.SealSecret(Secret, ActionBench.HomeAccount, admin.Id, id, entropy) };
        _bench.Put(DocumentKinds.AccessKey, _key);
        _bench.Call("RegisterService", ("Name", "photos"), ("Region", "us-east-1"));
    }

    [Fact]
    public void A_good_proof_gets_a_lease_and_an_unchanged_one_is_not_sent_again()
    {
        var lease = Lease.Deserialize(Ask(new Proof())["Lease"]!.GetValue<string>());
        Assert.Equal(SigV4.SigningKey(Secret, "20261122", "us-east-1", "photos"), lease.SigningKey);
        Assert.Equal(LeaseProtocol.Unchanged, Ask(new Proof { KnownVersion = lease.Version })["Status"]!.GetValue<string>());
    }

    [Fact]
    public void A_lease_whose_callers_policies_changed_is_sent_again()
    {
        var version = Lease.Deserialize(Ask(new Proof())["Lease"]!.GetValue<string>()).Version;
        _bench.Put(DocumentKinds.User, _bench.Home.FindUser(ActionBench.Admin)! with { Tags = [new Tag("team", "blue")] });
        Assert.Equal(LeaseProtocol.Granted, Ask(new Proof { KnownVersion = version })["Status"]!.GetValue<string>());
    }

    [Fact]
    public void A_lease_carries_an_explanation_key_of_its_own_for_its_service_and_its_callers_account_alone()
    {
        var (one, other) = (Lease.Deserialize(Ask(new Proof())["Lease"]!.GetValue<string>()), Lease.Deserialize(Ask(new Proof())["Lease"]!.GetValue<string>()));
        Assert.Equal(one.Version, other.Version);
        Assert.NotEqual(one.Explanation!.Key, other.Explanation!.Key);
        Assert.NotEqual(one.SigningKey, one.Explanation.Key);
        var now = _bench.Now.AddSeconds(1);
        string Seal(AccountId caller) => one.Explanation.Seal(new AuthorizationMessage(new ExplainedDenial(caller, caller, "{}", null), now), new byte[24]);
        Assert.Equal(new MessageOrigin("photos", "us-east-1", ActionBench.HomeAccount), _bench.Vault.OpenMessage(Seal(ActionBench.HomeAccount), now)!.Origin);
        Assert.Null(_bench.Vault.OpenMessage(Seal(Other), now));
    }

    internal static readonly Dictionary<string, Func<Proof, Proof>> Damages = new()
    {
        ["of another service"] = proof => proof with { Service = "videos" },
        ["of STS itself"] = proof => proof with { Service = "sts" },
        ["of another region"] = proof => proof with { Region = "eu-west-1" },
        ["of another date than it says"] = proof => proof with { Date = "20261121" },
        ["of another day than its time"] = proof => proof with { ScopeDate = "20261121", Date = "20261121" },
        ["signed eight days ago"] = proof => proof.At(new(2026, 11, 14, 11, 0, 0, TimeSpan.Zero)),
        ["signed for tomorrow"] = proof => proof.At(new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero)),
        ["of a chunk"] = proof => proof with { Algorithm = "AWS4-HMAC-SHA256-PAYLOAD" },
        ["signed with SigV4a"] = proof => proof with { Algorithm = SigV4a.Algorithm },
        ["with a line more"] = proof => proof with { Hash = new string('0', 64) + "\nx" },
        ["with another secret"] = proof => proof with { SecretAccessKey = "otherEXAMPLE" },
        ["with another end of the scope"] = proof => proof with { Terminator = "aws5_request" },
    };

    public static TheoryData<string> Ways => [.. Damages.Keys];

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_proof_of_anything_else_gets_none(string because)
    {
        var answer = Ask(Damages[because](new Proof()));
        Assert.Equal(LeaseProtocol.Refused, answer["Status"]!.GetValue<string>());
        Assert.Equal("SignatureDoesNotMatch", answer["Code"]!.GetValue<string>());
        Assert.Null(answer["Lease"]);
    }

    [Fact]
    public void A_known_version_is_no_proof()
    {
        var version = Lease.Deserialize(Ask(new Proof())["Lease"]!.GetValue<string>()).Version;
        Assert.Equal(LeaseProtocol.Refused, Ask(new Proof { SecretAccessKey = "otherEXAMPLE", KnownVersion = version })["Status"]!.GetValue<string>());
        _bench.Put(DocumentKinds.AccessKey, _key with { IsActive = false });
        Assert.Equal("InvalidClientTokenId", Ask(new Proof { KnownVersion = version })["Code"]!.GetValue<string>());
    }

    [Fact]
    public void A_stray_token_makes_a_long_term_key_unknown() => Assert.Equal("InvalidClientTokenId", Ask(new Proof { Token = "AAAA" })["Code"]!.GetValue<string>());

    [Fact]
    public void Another_accounts_service_does_not_exist_for_the_caller_nor_does_its_owner_show()
    {
        _bench.As(ActionBench.Admin, Other);
        var theirs = _bench.Refusal("AcquireLeases", ("ServiceName", "photos"), ("Region", "us-east-1"));
        var none = _bench.Refusal("AcquireLeases", ("ServiceName", "nobody"), ("Region", "us-east-1"));
        Assert.Equal(none.Message, theirs.Message.Replace("photos", "nobody", StringComparison.Ordinal));
        Assert.Equal(none.Code, theirs.Code);
        Assert.DoesNotContain($"{ActionBench.HomeAccount}", theirs.Message, StringComparison.Ordinal);
        Assert.Equal("NoSuchEntity", _bench.Refusal("DeregisterService", ("Name", "photos"), ("Region", "us-east-1")).Code);
    }

    [Fact]
    public void A_service_that_was_given_up_gets_no_leases()
    {
        _bench.Call("DeregisterService", ("Name", "photos"), ("Region", "us-east-1"));
        Assert.Equal("NoSuchEntity", _bench.Refusal("AcquireLeases", ("ServiceName", "photos"), ("Region", "us-east-1")).Code);
    }

    [Theory]
    [InlineData("sts")]
    [InlineData("iam")]
    [InlineData("organizations")]
    [InlineData("cloudtrail")]
    [InlineData("daypass")]
    public void No_service_may_take_the_name_of_Daypass_s_own(string name) =>
        Assert.Equal("InvalidInput", _bench.Refusal("RegisterService", ("Name", name), ("Region", "us-east-1")).Code);

    [Fact]
    public void More_proofs_than_a_hundred_are_refused()
    {
        (string, string)[] proofs = [.. Enumerable.Range(1, 101).Select(number => ($"Proofs.member.{number}.AccessKeyId", "AKIA"))];
        Assert.Equal("ValidationError", _bench.Refusal("AcquireLeases", [("ServiceName", "photos"), ("Region", "us-east-1"), .. proofs]).Code);
    }

    private JsonNode Ask(Proof proof)
    {
        List<(string, string)> parameters =
        [
            ("ServiceName", "photos"), ("Region", "us-east-1"), ("Proofs.member.1.AccessKeyId", _key.Id), ("Proofs.member.1.Date", proof.Date),
            ("Proofs.member.1.StringToSign", proof.StringToSign), ("Proofs.member.1.Signature", proof.Signature),
        ];
        if (proof.KnownVersion is { } version)
            parameters.Add(("Proofs.member.1.KnownVersion", version));
        if (proof.Token is { } token)
            parameters.Add(("Proofs.member.1.SessionToken", token));
        return _bench.Call("AcquireLeases", parameters.ToArray())["Leases"]![0]!;
    }

    /// <summary>What a service shows of a request, right unless a test makes it wrong.</summary>
    internal sealed record Proof
    {
        public string Algorithm { get; init; } = SigV4.Algorithm;

        public DateTimeOffset SignedAt { get; init; } = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

        public string Date { get; init; } = "20261122";

        public string ScopeDate { get; init; } = "20261122";

        public string Region { get; init; } = "us-east-1";

        public string Service { get; init; } = "photos";

        public string Terminator { get; init; } = SigV4.Terminator;

        public string Hash { get; init; } = new('0', 64);

        public string SecretAccessKey { get; init; } = Secret;

        public string? KnownVersion { get; init; }

        public string? Token { get; init; }

        public string StringToSign => $"{Algorithm}\n{SignedAt.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}\n{ScopeDate}/{Region}/{Service}/{Terminator}\n{Hash}";

        public string Signature => Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData(
            SigV4.SigningKey(SecretAccessKey, ScopeDate, Region, Service), Encoding.UTF8.GetBytes(StringToSign)));

        public Proof At(DateTimeOffset time)
        {
            var day = time.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
            return this with { SignedAt = time, Date = day, ScopeDate = day };
        }
    }
}
