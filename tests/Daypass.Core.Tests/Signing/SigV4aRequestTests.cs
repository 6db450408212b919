using System.Text;
using Daypass.Signing;
using Daypass.Testing;
using static Daypass.Signing.SigningErrorCode;

namespace Daypass.Core.Tests.Signing;

/// <summary>Requests with SigV4a signatures: what they must say, and what passes for what.</summary>
public sealed class SigV4aRequestTests
{
    private const string Query = "/?Action=GetCallerIdentity&Version=2011-06-15";
    private static readonly SigV4Rules Rules = SignedRequest.Rules;
    private static readonly EcdsaSigner Signer = new(SignedRequest.KeyId, SignedRequest.Secret, SignedRequest.Token);
    private static readonly KeyValuePair<string, string> Host = new("Host", "sts.example.com");

    private static SignedRequest Good(string? regionSet = "us-east-1", params KeyValuePair<string, string>[] more) =>
        new("POST", "/", new HeaderBag(Signer.Headers("POST", "/", [Host, .. more], Hash("form"), Rules, SignedRequest.Now, regionSet)), "form");

    private static SignedRequest Presigned(string regionSet = "us-east-1", string extra = "") =>
        new("GET", Signer.Presign("GET", Query + extra, [Host], Hash(""), Rules, SignedRequest.Now, regionSet), new HeaderBag([Host]), "");

    public static TheoryData<string, bool> RegionSets => new()
    {
        { "us-east-1", true },
        { "*", true },
        { "us-*", true },
        { "*-1", true },
        { "us-*-1", true },
        { "u*s*-*1", true },
        { "us-east-1*", true },
        { "**", true },
        { "eu-*,us-east-1", true },
        { "eu-west-1, us-*", true },
        { "us-east-2", false },
        { "us-east", false },
        { "US-EAST-1", false },
        { "us-*-2", false },
        { "s-east-1", false },
        { "us-east-1-*", false },
        { "*,", false },
        { ",us-east-1", false },
        { "us-east-1,,eu-*", false },
        { "us-east-?", false },
        { "us east-1,*", false },
        { "*;x", false },
    };

    [Theory, MemberData(nameof(RegionSets))]
    public void A_signature_is_good_in_the_regions_of_its_set_and_in_no_other(string set, bool passes)
    {
        foreach (var request in new[] { Good(set), Presigned(set) })
        {
            var error = Check(request);
            Assert.Equal(passes ? null : SignatureDoesNotMatch, error?.Code);
            if (!passes)
                Assert.StartsWith("'X-Amz-Region-Set' should be a list of regions with this one among them, not '", error!.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Where_any_region_will_do_the_set_must_still_be_one()
    {
        var anywhere = Rules with { Region = null };
        Assert.Null(Check(Good("eu-*"), anywhere));
        Assert.Equal(SignatureDoesNotMatch, Check(Good("eu-*,"), anywhere)?.Code);
        Assert.Null(Check(Good(string.Join(',', Enumerable.Repeat("us-east-1", 200))), anywhere));
        Assert.Equal(SignatureDoesNotMatch, Check(Good(string.Join(',', Enumerable.Repeat("us-east-1", 300))), anywhere)?.Code);
        Assert.Equal(SignatureDoesNotMatch, Check(Good(new string('a', 64)), anywhere)?.Code);
    }

    [Fact]
    public void A_region_set_is_there_once_and_says_something()
    {
        SignedRequest[] bad =
        [
            Good(null), Good(""), Good(" "), Good("us-east-1", KeyValuePair.Create("X-Amz-Region-Set", "us-east-1")), Good().Minus("X-Amz-Region-Set"), Good().Plus("x-amz-region-set", "*"),
            Good(null) with { Target = "/?X-Amz-Region-Set=*" },
            Presigned(""), Presigned(extra: "&X-Amz-Region-Set=%2A"), Presigned().InTarget("&X-Amz-Region-Set=us-east-1", ""),
            Presigned() with { Headers = new HeaderBag([Host, new("X-Amz-Region-Set", "*")]), Target = Presigned().Target.Replace("&X-Amz-Region-Set=us-east-1", "", StringComparison.Ordinal) },
        ];
        Assert.All(bad, request => Assert.Equal(
            new SigningError(IncompleteSignature, "'AWS4-ECDSA-P256-SHA256' requires one 'X-Amz-Region-Set' that is not empty."), Check(request)));
    }

    [Fact]
    public void An_unsigned_region_set_is_refused_even_where_proxies_may_add_headers()
    {
        var unsigned = Good().InAuthorization(";x-amz-region-set", "");
        foreach (var rules in new[] { Rules, Rules with { RequireSignedAmzHeaders = false } })
            Assert.Equal("There were headers present in the request which were not signed: 'x-amz-region-set'.", Check(unsigned, rules)?.Message, ignoreCase: true);
    }

    [Fact]
    public void A_changed_request_is_refused()
    {
        SignedRequest[] changed =
        [
            Good() with { Body = "other" }, Good() with { Method = "GET" }, Good() with { Target = "/x" }, Good().Header("Host", "evil.example.com"),
            Good().Header("X-Amz-Region-Set", "*"), Good().Header("X-Amz-Date", "20261122T023001Z"), Good().Header("X-Amz-Security-Token", "OTHER"),
            Good().InAuthorization("Signature=30", "Signature=31"),
            Presigned().InTarget("Region-Set=us-east-1", "Region-Set=%2A"), Presigned().InTarget("GetCallerIdentity", "DeleteUser"), Presigned() with { Body = "x" },
        ];
        Assert.Null(Check(Good()));
        Assert.Null(Check(Presigned()));
        Assert.All(changed, request => Assert.Equal(SignatureDoesNotMatch, Check(request)?.Code));
        Assert.Equal(SigningErrors.NoMatch, Check(Good(), secret: "OTHEREXAMPLESECRET"));
    }

    [Fact]
    public void A_scope_has_no_region_and_is_of_this_day_and_service()
    {
        Assert.Equal("Credential must have exactly 4 slash-delimited elements, e.g. keyid/date/service/term, got 'AKIAIOSFODNN7EXAMPLE/20261122/us-east-1/sts/aws4_request'",
            Check(Good().InAuthorization("/20261122/sts/", "/20261122/us-east-1/sts/"))?.Message);
        Assert.Equal(IncompleteSignature, Check(Good().InAuthorization("/sts/aws4_request", "/aws4_request"))?.Code);
        Assert.Equal("Credential should be scoped to correct service: 'sts'.", Check(Good().InAuthorization("/sts/", "/iam/"))?.Message);
        Assert.Equal(SignatureDoesNotMatch, Check(Good().InAuthorization("/20261122/", "/20261121/"))?.Code);
        Assert.Equal(SignatureDoesNotMatch, Check(Good().InAuthorization("/aws4_request", "/aws4a_request"))?.Code);
    }

    [Fact]
    public void Neither_algorithm_passes_for_the_other()
    {
        var plain = SignedRequest.Good(more: ("X-Amz-Region-Set", "us-east-1"));
        Assert.Null(Check(plain));
        // Under the other name, each with the scope that the name asks for.
        Assert.Equal(SigningErrors.NoMatch, Check(plain.InAuthorization(SigV4.Algorithm, SigV4a.Algorithm).InAuthorization("/us-east-1/sts/", "/sts/")));
        Assert.Equal(SigningErrors.NoMatch, Check(Good().InAuthorization(SigV4a.Algorithm, SigV4.Algorithm).InAuthorization("/sts/", "/us-east-1/sts/")));
        // An HMAC, made with the secret's signing key or with the public key that anybody may know, over the very text that should be signed.
        var text = TextOf(Good());
        foreach (var key in new[] { SigV4.SigningKey(SignedRequest.Secret, "20261122", "us-east-1", "sts"), SigV4a.PublicKey(SignedRequest.Secret, SignedRequest.KeyId)[..32] })
            Assert.Equal(SigningErrors.NoMatch, Check(Good().Header("Authorization", Good().Authorization.Split("Signature=")[0] + "Signature=" + SigV4.Sign(key, text))));
        // And an ECDSA signature where an HMAC belongs.
        var signature = plain.Authorization[^64..];
        Assert.Equal(SigningErrors.NoMatch, Check(plain.InAuthorization(signature, Signer.Sign(TextOf(plain)))));
    }

    [Fact]
    public void Who_holds_no_keys_for_it_refuses_the_algorithm_by_name()
    {
        foreach (var request in new[] { Good(), Presigned() })
        {
            Assert.Null(SigV4Parser.TryParse(request.Signable, out var error));
            Assert.Equal(new SigningError(IncompleteSignature, "Unsupported AWS 'algorithm': 'AWS4-ECDSA-P256-SHA256'."), error);
        }
    }

    [Fact]
    public void Two_signatures_of_two_kinds_are_refused() =>
        Assert.Equal(SignatureDoesNotMatch, Check(Good() with { Target = Presigned().Target })?.Code);

    private static string Hash(string body) => SigV4.PayloadHash(Encoding.UTF8.GetBytes(body));

    private static string TextOf(SignedRequest request) =>
        SigV4.StringToSign(SigV4Parser.TryParseEither(request.Signable, out _)!, request.Signable, Hash(request.Body), Rules);

    // As a server checks: the key follows from the algorithm that the request names.
    private static SigningError? Check(SignedRequest request, SigV4Rules? rules = null, string secret = SignedRequest.Secret)
    {
        var authorization = SigV4Parser.TryParseEither(request.Signable, out var error);
        Assert.True(authorization is null ^ error is null);
        return authorization is null ? error
            : SigV4.CheckSignedHeaders(authorization, request.Signable, rules ?? Rules)
            ?? SigV4.CheckTimeAndScope(authorization, SignedRequest.Now, rules ?? Rules)
            ?? (IsSigned(authorization, TextOf(request), secret) ? null : SigningErrors.NoMatch);
    }

    private static bool IsSigned(SigV4Authorization authorization, string text, string secret) => authorization.Algorithm == SigV4a.Algorithm
        ? SigV4a.Matches(SigV4a.PublicKey(secret, authorization.AccessKeyId), text, authorization.Signature)
        : SigV4.Matches(SigV4.SigningKey(secret, authorization.Date, authorization.Region, authorization.Service), text, authorization.Signature);
}
