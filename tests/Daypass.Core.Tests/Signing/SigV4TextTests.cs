using Daypass.Signing;
using static Daypass.Signing.SigningErrorCode;

namespace Daypass.Core.Tests.Signing;

/// <summary>AWS's order of checks and its texts, one row each.</summary>
public sealed class SigV4TextTests
{
    private const string Scope = "AKIAIOSFODNN7EXAMPLE/20261122/us-east-1/sts/aws4_request";
    private const string Fields = "Credential=" + Scope + ", SignedHeaders=host;x-amz-date, Signature=abc";

    private static SignedRequest Good => SignedRequest.Good();

    private static SignedRequest Presigned => SignedRequest.Presigned();

    public static TheoryData<string, SignedRequest, SigningErrorCode, string> Refusals { get; } = new()
    {
        { "4: escape cut off", Good with { Target = "/?a=%4" }, MalformedQueryString, "Incomplete trailing escape % sequence" },
        { "4: escape cut off by the next parameter", Good with { Target = "/?a=%4&b=1" }, MalformedQueryString, "Incomplete trailing escape % sequence" },
        { "4: escape not hex", Good with { Target = "/?%zz=1" }, MalformedQueryString, "Illegal hex character in escape % pattern: %zz" },
        { "4 comes before 5", Good.Minus("Authorization") with { Target = "/?a=%" }, MalformedQueryString, "Incomplete trailing escape % sequence" },
        { "5: no signature", Good.Minus("Authorization"), MissingAuthenticationToken, "Request is missing Authentication Token" },
        { "5: both places", Presigned.Plus("Authorization", Good.Authorization), SignatureDoesNotMatch, "" },
        { "5: two headers", Good.Plus("Authorization", Good.Authorization), SignatureDoesNotMatch, "" },
        { "6a: another scheme", Good.Header("Authorization", "Bearer abc"), IncompleteSignature, "Unsupported AWS 'algorithm': 'Bearer'." },
        { "6a: an empty header", Good.Header("Authorization", ""), IncompleteSignature, "Unsupported AWS 'algorithm': ''." },
        { "6a: Signature Version 2", Good.Header("Authorization", "AWS AKIAIOSFODNN7EXAMPLE:abc="), IncompleteSignature, "Unsupported AWS 'algorithm': 'AWS'." },
        { "6a: Signature Version 3", Good.Header("Authorization", "AWS3-HTTPS AWSAccessKeyId=a"), IncompleteSignature, "Unsupported AWS 'algorithm': 'AWS3-HTTPS'." },
        { "6a: SigV4a", Good.InAuthorization("AWS4-HMAC-SHA256", "AWS4-ECDSA-P256-SHA256"), IncompleteSignature, "Unsupported AWS 'algorithm': 'AWS4-ECDSA-P256-SHA256'." },
        { "6a: lower case", Good.InAuthorization("AWS4-HMAC-SHA256", "aws4-hmac-sha256"), IncompleteSignature, "Unsupported AWS 'algorithm': 'aws4-hmac-sha256'." },
        { "6b: no equal sign", Good.Header("Authorization", "AWS4-HMAC-SHA256 Credential=a, Signed"), IncompleteSignature,
            "'Signed' not a valid key=value pair (missing equal-sign) in Authorization header: 'AWS4-HMAC-SHA256 Credential=a, Signed'." },
        { "6b: comma at the end", Good.Header("Authorization", "AWS4-HMAC-SHA256 Credential=a,"), IncompleteSignature,
            "'' not a valid key=value pair (missing equal-sign) in Authorization header: 'AWS4-HMAC-SHA256 Credential=a,'." },
        { "6c: the last of two credentials", Good.Header("Authorization", $"AWS4-HMAC-SHA256 {Fields}, Credential=x/y"), IncompleteSignature,
            "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'x/y'" },
        { "6d: all missing", Good.Minus("X-Amz-Date").Header("Authorization", "AWS4-HMAC-SHA256"), IncompleteSignature,
            "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. "
            + "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. Authorization=AWS4-HMAC-SHA256" },
        { "6d: signature missing", Good.Header("Authorization", "AWS4-HMAC-SHA256 Credential=a, SignedHeaders=host"), IncompleteSignature,
            "Authorization header requires 'Signature' parameter. Authorization=AWS4-HMAC-SHA256 Credential=a, SignedHeaders=host" },
        { "6d: credential empty", Good.Header("Authorization", "AWS4-HMAC-SHA256 Credential=, SignedHeaders=host, Signature=b"), IncompleteSignature,
            "Authorization header requires 'Credential' parameter. Authorization=AWS4-HMAC-SHA256 Credential=, SignedHeaders=host, Signature=b" },
        { "6d: no date", Good.Minus("X-Amz-Date").Header("Authorization", "AWS4-HMAC-SHA256 Credential=a, SignedHeaders=host, Signature=b"), IncompleteSignature,
            "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. Authorization=AWS4-HMAC-SHA256 Credential=a, SignedHeaders=host, Signature=b" },
        { "7: another algorithm in the query", Presigned.InTarget("=AWS4-HMAC-SHA256", "=AWS4-HMAC-SHA512"), MissingAuthenticationToken, "Request is missing Authentication Token" },
        { "7: Signature Version 2 in the query", Good.Minus("Authorization") with { Target = "/?AWSAccessKeyId=a&Signature=b&SignatureVersion=2" }, MissingAuthenticationToken, "Request is missing Authentication Token" },
        { "7d: no credential", Presigned.InTarget("X-Amz-Credential=", "X-Amz-Cred="), IncompleteSignature,
            "AWS query-string parameters must include 'X-Amz-Credential'. Re-examine the query-string parameters." },
        { "7d: nothing but the algorithm", Presigned with { Target = "/?X-Amz-Algorithm=AWS4-HMAC-SHA256" }, IncompleteSignature,
            "AWS query-string parameters must include 'X-Amz-Credential'. AWS query-string parameters must include 'X-Amz-Signature'. "
            + "AWS query-string parameters must include 'X-Amz-SignedHeaders'. AWS query-string parameters must include 'X-Amz-Date'. Re-examine the query-string parameters." },
        { "7d: names have one letter case", Presigned.InTarget("X-Amz-Signature=", "x-amz-signature="), IncompleteSignature,
            "AWS query-string parameters must include 'X-Amz-Signature'. Re-examine the query-string parameters." },
        { "8: host not signed", Good.InAuthorization("content-type;host;", "content-type;"), SignatureDoesNotMatch, "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization." },
        { "8: host not signed in the query", Presigned.InTarget("SignedHeaders=host", "SignedHeaders=date"), SignatureDoesNotMatch, "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization." },
        { "9: no date at all", Good.Header("X-Amz-Date", "today"), IncompleteSignature, "Date must be in ISO-8601 'basic format'. Got 'today'. See http://en.wikipedia.org/wiki/ISO_8601" },
        { "9: the date of HTTP", Good.Minus("X-Amz-Date").Plus("Date", "Sun, 22 Nov 2026 02:30:00 GMT"), IncompleteSignature,
            "Date must be in ISO-8601 'basic format'. Got 'Sun, 22 Nov 2026 02:30:00 GMT'. See http://en.wikipedia.org/wiki/ISO_8601" },
        { "9: two dates", Good.Plus("X-Amz-Date", "20261122T023000Z"), IncompleteSignature,
            "Date must be in ISO-8601 'basic format'. Got '20261122T023000Z,20261122T023000Z'. See http://en.wikipedia.org/wiki/ISO_8601" },
        { "9: the 30th of February", Good.Header("X-Amz-Date", "20260230T023000Z"), IncompleteSignature, "Date must be in ISO-8601 'basic format'. Got '20260230T023000Z'. See http://en.wikipedia.org/wiki/ISO_8601" },
        { "9: digits of another script", Good.Header("X-Amz-Date", "2026112\u0662T023000Z"), IncompleteSignature, "Date must be in ISO-8601 'basic format'. Got '2026112\u0662T023000Z'. See http://en.wikipedia.org/wiki/ISO_8601" },
        { "9: extended form in the query", Presigned.InTarget("X-Amz-Date=20261122T023000Z", "X-Amz-Date=2026-11-22T02:30:00Z"), IncompleteSignature,
            "Date must be in ISO-8601 'basic format'. Got '2026-11-22T02:30:00Z'. See http://en.wikipedia.org/wiki/ISO_8601" },
        { "10: too old", SignedRequest.Good(SignedRequest.Now.AddSeconds(-901)), SignatureDoesNotMatch,
            "Signature expired: 20261122T021459Z is now earlier than 20261122T021500Z (20261122T023000Z - 15 min.)" },
        { "11: in the future", SignedRequest.Good(SignedRequest.Now.AddSeconds(901)), SignatureDoesNotMatch,
            "Signature not yet current: 20261122T024501Z is still later than 20261122T024500Z (20261122T023000Z + 15 min.)" },
        { "12: four parts", Good.InAuthorization("/us-east-1/sts/", "/sts/"), IncompleteSignature,
            "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'AKIAIOSFODNN7EXAMPLE/20261122/sts/aws4_request'" },
        { "12: six parts", Good.InAuthorization("Credential=", "Credential=x/"), IncompleteSignature,
            $"Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'x/{Scope}'" },
        { "13: region", SignedRequest.Good(region: "eu-west-1"), SignatureDoesNotMatch, "Credential should be scoped to a valid region, not 'eu-west-1'." },
        { "13: service", SignedRequest.Good(service: "iam"), SignatureDoesNotMatch, "Credential should be scoped to correct service: 'sts'." },
        { "13: terminator", Good.InAuthorization("/aws4_request", "/aws5_request"), SignatureDoesNotMatch, "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5_request'." },
        { "13: date", Good.InAuthorization("/20261122/", "/20261121/"), SignatureDoesNotMatch,
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20261121' != '20261122', from '20261122T023000Z'." },
        { "13: everything", Good.InAuthorization("/20261122/us-east-1/sts/aws4_request", "/1/r/s/t"), SignatureDoesNotMatch,
            "Credential should be scoped to a valid region, not 'r'. Credential should be scoped to correct service: 'sts'. Credential should be scoped with a valid terminator: 'aws4_request', not 't'. "
            + "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '1' != '20261122', from '20261122T023000Z'." },
        { "10 comes before 13", SignedRequest.Good(SignedRequest.Now.AddHours(-1), region: "eu-west-1"), SignatureDoesNotMatch,
            "Signature expired: 20261122T013000Z is now earlier than 20261122T021500Z (20261122T023000Z - 15 min.)" },
        { "15: signature", Good with { Body = "Action=Other" }, SignatureDoesNotMatch,
            "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details." },
    };

    [Theory, MemberData(nameof(Refusals))]
    public void A_refusal_has_the_code_and_the_text_of_AWS(string step, SignedRequest request, SigningErrorCode code, string text)
    {
        Assert.NotEmpty(step);
        Assert.Equal(new SigningError(code, text), request.Check());
    }

    [Fact]
    public void The_undamaged_requests_are_accepted()
    {
        Assert.Null(Good.Check());
        Assert.Null(Presigned.Check());
    }

    [Fact]
    public void A_quoted_header_of_a_hundred_kilobytes_is_cut_short()
    {
        var error = Good.InAuthorization("Credential=", "Credential=" + new string('x', 100_000)).InAuthorization("/us-east-1", "").Check();
        Assert.Equal(IncompleteSignature, error!.Code);
        Assert.InRange(error.Message.Length, 2000, 3000);
    }

    [Theory]
    [InlineData("%00")]
    [InlineData("%0D%0A")]
    [InlineData("%EF%BF%BE")]
    [InlineData("%ED%A0%80")]
    [InlineData("%C2%85")]
    [InlineData("%E2%80%A8")]
    [InlineData("\uD800")]
    public void What_no_answer_can_carry_is_not_quoted_back(string escape)
    {
        var message = Presigned.InTarget("X-Amz-Credential=", "X-Amz-Credential=" + escape + "%2F").Check()!.Message;
        Assert.StartsWith("Credential must have exactly 5", message, StringComparison.Ordinal);
        Assert.Equal(message, System.Xml.XmlConvert.VerifyXmlChars(message));
        Assert.DoesNotContain(message, character => char.IsControl(character) || character is '\u2028');
    }
}
