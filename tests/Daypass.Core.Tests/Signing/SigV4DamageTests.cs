using Daypass.Signing;
using static Daypass.Signing.SigningErrorCode;

namespace Daypass.Core.Tests.Signing;

/// <summary>Every way to break a signed request, one per row; and what a request may have without being broken.</summary>
public sealed class SigV4DamageTests
{
    private static readonly string Signature = SignedRequest.Good().Authorization[^64..];

    private static SignedRequest Good => SignedRequest.Good();

    private static SignedRequest Presigned => SignedRequest.Presigned();

    public static TheoryData<string, SignedRequest, SigningErrorCode> Damages { get; } = new()
    {
        { "method", Good with { Method = "GET" }, SignatureDoesNotMatch },
        { "method case", Good with { Method = "Post" }, SignatureDoesNotMatch },
        { "path", Good with { Target = "/x" }, SignatureDoesNotMatch },
        { "a parameter added", Good with { Target = "/?Action=DeleteUser" }, SignatureDoesNotMatch },
        { "a signature parameter beside a signed header", Good with { Target = "/?X-Amz-Signature=1" }, SignatureDoesNotMatch },
        { "body", Good with { Body = Good.Body + "&x=1" }, SignatureDoesNotMatch },
        { "body gone", Good with { Body = "" }, SignatureDoesNotMatch },
        { "host", Good.Header("Host", "evil.example.com"), SignatureDoesNotMatch },
        { "host port", Good.Header("Host", "sts.example.com:443"), SignatureDoesNotMatch },
        { "content type", Good.Header("Content-Type", "multipart/form-data"), SignatureDoesNotMatch },
        { "a signed header twice", Good.Plus("Content-Type", "text/plain"), SignatureDoesNotMatch },
        { "time", Good.Header("X-Amz-Date", "20261122T023001Z"), SignatureDoesNotMatch },
        { "token of another session", Good.Header("X-Amz-Security-Token", "OTHER"), SignatureDoesNotMatch },
        { "token gone", Good.Minus("X-Amz-Security-Token"), SignatureDoesNotMatch },
        { "signature cut", Good.InAuthorization(Signature, Signature[1..]), SignatureDoesNotMatch },
        { "signature longer", Good.InAuthorization(Signature, Signature + "0"), SignatureDoesNotMatch },
        { "signature in capitals", Good.InAuthorization(Signature, Signature.ToUpperInvariant()), SignatureDoesNotMatch },
        { "signature not hex", Good.InAuthorization(Signature, new string('g', 64)), SignatureDoesNotMatch },
        { "signature of zeros", Good.InAuthorization(Signature, new string('0', 64)), SignatureDoesNotMatch },
        { "an algorithm of a query beside the header", Good with { Target = "/?X-Amz-Algorithm=AWS4-HMAC-SHA256" }, SignatureDoesNotMatch },
        { "an escaped algorithm beside the header", Good with { Target = "/?X%2DAmz-Algorithm=AWS4-HMAC-SHA256" }, SignatureDoesNotMatch },
        { "an absolute target", Good with { Target = "https://evil.example.com/" }, InvalidURI },
        { "an empty target", Good with { Target = "" }, InvalidURI },
        { "a star as target", Good with { Target = "*" }, InvalidURI },
        { "a path above the root", Good with { Target = "/a/../../b" }, InvalidURI },
        { "a path with half an escape", Good with { Target = "/%4" }, InvalidURI },
        { "a path with an escape that is not hex", Good with { Target = "/%u0041" }, InvalidURI },
        { "presigned: a parameter added", Presigned with { Target = Presigned.Target + "&Action=DeleteUser" }, SignatureDoesNotMatch },
        { "presigned: an action added in front", Presigned.InTarget("/?", "/?Action=DeleteUser&"), SignatureDoesNotMatch },
        { "presigned: lifetime", Presigned.InTarget("Expires=60", "Expires=61"), SignatureDoesNotMatch },
        { "presigned: time", Presigned.InTarget("T023000Z", "T023001Z"), SignatureDoesNotMatch },
        { "presigned: token", Presigned.InTarget("EXAMPLETOKEN", "OTHER"), SignatureDoesNotMatch },
        { "presigned: token gone", Presigned.InTarget("&X-Amz-Security-Token=EXAMPLETOKEN%3D%3D", ""), SignatureDoesNotMatch },
        { "presigned: a signature before the signature", Presigned.InTarget("/?", "/?X-Amz-Signature=" + new string('0', 64) + "&"), SignatureDoesNotMatch },
        { "presigned: a second credential in front", Presigned.InTarget("/?", "/?X-Amz-Credential=a%2F20261122%2Fus-east-1%2Fsts%2Faws4_request&"), SignatureDoesNotMatch },
        { "presigned: an unsigned token header", Presigned.Plus("X-Amz-Security-Token", "OTHER"), SignatureDoesNotMatch },
        { "presigned: a body", Presigned with { Body = "Action=DeleteUser" }, SignatureDoesNotMatch },
        { "presigned: lifetime 0", Presigned.InTarget("Expires=60", "Expires=0"), AuthorizationQueryParametersError },
        { "presigned: lifetime -1", Presigned.InTarget("Expires=60", "Expires=-1"), AuthorizationQueryParametersError },
        { "presigned: lifetime of a week and a second", Presigned.InTarget("Expires=60", "Expires=604801"), AuthorizationQueryParametersError },
        { "presigned: lifetime of words", Presigned.InTarget("Expires=60", "Expires=1e3"), AuthorizationQueryParametersError },
        { "presigned: lifetime past 64 bits", Presigned.InTarget("Expires=60", "Expires=99999999999999999999"), AuthorizationQueryParametersError },
        { "presigned: lifetime of other digits", Presigned.InTarget("Expires=60", "Expires=%D9%A1"), AuthorizationQueryParametersError },
        { "presigned: lifetime empty", Presigned.InTarget("Expires=60", "Expires="), AuthorizationQueryParametersError },
    };

    public static TheoryData<string, SignedRequest, string> WronglySigned { get; } = new()
    {
        { "two hosts", Good.Plus("Host", "sts.example.com"), "'Host' or ':authority' must be" },
        { "a signed header gone", Good.Minus("Content-Type"), "'content-type' is a 'SignedHeader' in the AWS Authorization, but" },
        { "SignedHeaders unsorted", Good.InAuthorization("content-type;host;", "host;content-type;"), "'SignedHeaders' must be lower-case header names, sorted and each named once, got '" },
        { "SignedHeaders in capitals", Good.InAuthorization("content-type;host", "Content-Type;host"), "'SignedHeaders' must be lower-case header names, sorted and each named once, got '" },
        { "SignedHeaders with a repeat", Good.InAuthorization("host;", "host;host;"), "'SignedHeaders' must be lower-case header names, sorted and each named once, got '" },
        { "SignedHeaders naming an absent header", Good.InAuthorization("host;", "host;if-match;"), "'if-match' is a 'SignedHeader' in the AWS Authorization, but" },
        { "SignedHeaders with an empty name", Good.InAuthorization("host;", "host;;"), "'SignedHeaders' must be lower-case header names, sorted and each named once, got '" },
        { "SignedHeaders ending in a semicolon", Good.InAuthorization("x-amz-security-token,", "x-amz-security-token;,"), "'SignedHeaders' must be lower-case header names, sorted and each named once, got '" },
        { "SignedHeaders with a line break", Good.InAuthorization("content-type;", "content-type\n;"), "'SignedHeaders' must be lower-case header names, sorted and each named once, got '" },
        { "SignedHeaders with a Kelvin sign", Good.Plus("x-amz-toKen", "1").InAuthorization("x-amz-security-token,", "x-amz-security-token;x-amz-to\u212Aen,"), "'SignedHeaders' must be lower-case header names, sorted and each named once, got '" },
        { "an unsigned x-amz- header", Good.Plus("X-Amz-Target", "x"), "There were headers present in the request which were not signed: 'X-Amz-Target'." },
        { "an unsigned body hash", Good.Plus("x-amz-content-sha256", SigV4Chunks.UnsignedPayload), "There were headers present in the request which were not signed: 'x-amz-content-sha256'." },
        { "x-amz-date not signed", Good.InAuthorization("x-amz-date;", ""), "There were headers present in the request which were not signed: 'X-Amz-Date'." },
    };

    public static TheoryData<string, SignedRequest> Variations { get; } = new()
    {
        { "no spaces after commas", Good.Header("Authorization", Good.Authorization.Replace(", ", ",", StringComparison.Ordinal)) },
        { "many spaces around commas", Good.Header("Authorization", " " + Good.Authorization.Replace(", ", "  ,   ", StringComparison.Ordinal) + " ") },
        { "fields in another order", Good.Header("Authorization", Reversed(Good.Authorization)) },
        { "a field unknown to us", Good.Header("Authorization", Good.Authorization + ", Extra=1") },
        { "the last of two signatures", Good.InAuthorization("Signature=", "Signature=0, Signature=") },
        { "an unsigned ordinary header", Good.Plus("User-Agent", "test").Plus("X-Amzn-Trace-Id", "Root=1") },
        { "Date beside X-Amz-Date", Good.Plus("Date", "Sun, 22 Nov 2026 02:30:00 GMT") },
        { "spaces at the ends of a signed header", Good.Header("Content-Type", "  application/x-www-form-urlencoded ") },
        { "a dot in a normalised path", Good with { Target = "/./" } },
        { "an empty query", Good with { Target = "/?" } },
    };

    [Theory, MemberData(nameof(Damages))]
    public void A_damaged_request_is_refused(string damage, SignedRequest request, SigningErrorCode code)
    {
        Assert.NotEmpty(damage);
        Assert.Equal(code, request.Check()?.Code);
    }

    [Theory, MemberData(nameof(WronglySigned))]
    public void A_right_signature_over_the_wrong_headers_is_refused(string fault, SignedRequest request, string text)
    {
        Assert.NotEmpty(fault);
        var refused = request.Resigned().Check();
        Assert.Equal(SignatureDoesNotMatch, refused?.Code);
        Assert.StartsWith(text, refused!.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Variations))]
    public void A_request_that_is_only_written_differently_is_accepted(string variation, SignedRequest request)
    {
        Assert.NotEmpty(variation);
        Assert.Null(request.Check());
    }

    [Fact]
    public void A_token_added_after_signing_is_handed_on_but_not_needed_in_SignedHeaders()
    {
        var headers = SigV4Signer.SignHeaders("GET", new Uri("https://sts.example.com/"), [], SigV4Chunks.EmptyPayloadHash, SignedRequest.KeyId, SignedRequest.Secret, null, "us-east-1", "sts", SignedRequest.Now);
        var request = new SignedRequest("GET", "/", new HeaderBag([new("Host", "sts.example.com"), .. headers]), "").Plus("X-Amz-Security-Token", "APPENDED");
        Assert.Null(request.Check());
        Assert.Equal("APPENDED", request.Parse().SessionToken);
    }

    [Fact]
    public void A_token_added_to_a_presigned_URL_after_signing_counts_only_where_the_service_says_so()
    {
        var uri = SigV4Signer.Presign("GET", new Uri("https://sts.example.com/?a=1"), [], SigV4Chunks.EmptyPayloadHash, SignedRequest.KeyId, SignedRequest.Secret, null, "us-east-1", "sts", SignedRequest.Now, TimeSpan.FromMinutes(1));
        var request = new SignedRequest("GET", uri.PathAndQuery + "&X-Amz-Security-Token=APPENDED", new HeaderBag([new("Host", "sts.example.com")]), "");
        Assert.Equal(SignatureDoesNotMatch, request.Check()?.Code);
        Assert.Null(request.Check(rules: SignedRequest.Rules with { QueryTokenIsUnsigned = true }));
        Assert.Equal("APPENDED", request.Parse().SessionToken);
    }

    [Theory]
    [InlineData(SigV4Chunks.EmptyPayloadHash)]
    [InlineData(SigV4Chunks.UnsignedPayload)]
    [InlineData(SigV4Chunks.SignedPayload)]
    public void A_signed_body_hash_that_is_not_the_body_s_is_refused(string hash)
    {
        var request = SignedRequest.Good(more: ("X-Amz-Content-Sha256", hash));
        Assert.Equal(SigningErrors.NoMatch, request.Check());
        Assert.Equal(XAmzContentSHA256Mismatch, request.Check(rules: SignedRequest.Rules with { IsS3 = true })?.Code);
    }

    [Fact]
    public void A_signed_body_hash_that_is_the_body_s_is_accepted() =>
        Assert.Null(SignedRequest.Good(more: ("X-Amz-Content-Sha256", SigV4.PayloadHash(System.Text.Encoding.UTF8.GetBytes(Good.Body)))).Check());

    [Fact]
    public void A_proxy_that_adds_headers_can_be_allowed_for()
    {
        var request = Good.Plus("X-Amz-Cf-Id", "EXAMPLE");
        Assert.Equal(SignatureDoesNotMatch, request.Check()?.Code);
        Assert.Null(request.Check(rules: SignedRequest.Rules with { RequireSignedAmzHeaders = false }));
    }

    [Fact]
    public void Every_changed_digit_of_the_signature_is_refused()
    {
        for (var i = 0; i < 64; i++)
        {
            var digits = Signature.ToCharArray();
            digits[i] = digits[i] == '0' ? '1' : '0';
            Assert.Equal(SignatureDoesNotMatch, Good.InAuthorization(Signature, new string(digits)).Check()?.Code);
        }
    }

    [Fact]
    public void The_key_of_another_day_region_or_service_does_not_verify()
    {
        var key = SigV4.SigningKey(SignedRequest.Secret, "20261122", "us-east-1", "sts");
        Assert.NotEqual(key, SigV4.SigningKey(SignedRequest.Secret, "20261123", "us-east-1", "sts"));
        Assert.NotEqual(key, SigV4.SigningKey(SignedRequest.Secret, "20261122", "us-east-2", "sts"));
        Assert.NotEqual(key, SigV4.SigningKey(SignedRequest.Secret, "20261122", "us-east-1", "iam"));
        Assert.Equal(SigningErrors.NoMatch, Good.Check(secret: "OTHEREXAMPLESECRET"));
    }

    [Fact]
    public void An_empty_secret_or_key_never_signs()
    {
        Assert.Throws<ArgumentException>(() => SigV4.SigningKey("", "20261122", "us-east-1", "sts"));
        Assert.Throws<ArgumentException>(() => SigV4.Matches([], "x", Signature));
        Assert.Throws<ArgumentException>(() => SigV4.Matches(new byte[31], "x", Signature));
    }

    private static string Reversed(string authorization)
    {
        var fields = authorization["AWS4-HMAC-SHA256 ".Length..].Split(", ");
        return "AWS4-HMAC-SHA256 " + string.Join(", ", fields.Reverse());
    }
}
