using System.Text;
using Daypass.Signing;

namespace Daypass.Core.Tests.Signing;

public sealed class SigV4VectorTests
{
    public static TheoryData<string> Cases => [.. AwsVectors.Cases];

    [VectorTheory, MemberData(nameof(Cases))]
    public void Every_signed_header_request_of_the_suite_verifies(string name) => Verify(AwsVectors.Read(name), "header");

    [VectorTheory, MemberData(nameof(Cases))]
    public void Every_presigned_request_of_the_suite_verifies(string name) => Verify(AwsVectors.Read(name), "query");

    // Signed headers in S3's way carry the body's hash, which these cases of the suite do not: botocore's vectors hold that.
    public static TheoryData<string> NormalizedCases => [.. AwsVectors.Cases.Where(name => !AwsVectors.Read(name).Rules.IsS3)];

    [VectorTheory, MemberData(nameof(NormalizedCases))]
    public void Our_header_signature_is_that_of_the_suite(string name)
    {
        var vector = AwsVectors.Read(name);
        var (method, target, headers, body) = vector.Request("request.txt");
        var hash = SigV4.PayloadHash(Encoding.UTF8.GetBytes(body));
        if (vector.SignsBody)
            headers = headers.With("X-Amz-Content-Sha256", hash);
        var added = SigV4Signer.SignHeaders(method, Raw(target), headers.Lines, hash, vector.KeyId, vector.Secret,
            vector.TokenIsAppended ? null : vector.Token, "us-east-1", "service", vector.Now);
        Assert.EndsWith("Signature=" + vector.Text("header-signature.txt").Trim(), added[^1].Value, StringComparison.Ordinal);
    }

    [VectorTheory, MemberData(nameof(Cases))]
    public void Our_presigned_signature_is_that_of_the_suite(string name)
    {
        var vector = AwsVectors.Read(name);
        var (method, target, headers, body) = vector.Request("request.txt");
        var signed = SigV4Signer.Presign(method, Raw(target), headers.Lines, SigV4.PayloadHash(Encoding.UTF8.GetBytes(body)), vector.KeyId, vector.Secret,
            vector.TokenIsAppended ? null : vector.Token, "us-east-1", "service", vector.Now, TimeSpan.FromSeconds(3600), vector.Rules.IsS3);
        Assert.EndsWith("X-Amz-Signature=" + vector.Text("query-signature.txt").Trim(), signed.AbsoluteUri, StringComparison.Ordinal);
    }

    private static void Verify(AwsVector vector, string form)
    {
        var (method, target, headers, body) = vector.Request($"{form}-signed-request.txt");
        var request = new SignableRequest(method, target, headers);
        var authorization = SigV4Parser.TryParse(request, out var error);
        Assert.Null(error);
        Assert.NotNull(authorization);
        Assert.Null(SigV4.CheckTimeAndScope(authorization, vector.Now, vector.Rules));
        Assert.Null(SigV4.CheckSignedHeaders(authorization, request));
        var hash = SigV4.PayloadHash(Encoding.UTF8.GetBytes(body));
        Assert.Equal(vector.Text($"{form}-canonical-request.txt"), Canonical(authorization, request, hash, vector.Rules));
        var stringToSign = SigV4.StringToSign(authorization, request, hash, vector.Rules);
        Assert.Equal(vector.Text($"{form}-string-to-sign.txt"), stringToSign);
        var key = SigV4.SigningKey(vector.Secret, authorization.Date, authorization.Region, authorization.Service);
        Assert.True(SigV4.Matches(key, stringToSign, authorization.Signature));
        Assert.Equal(vector.Token, authorization.SessionToken);
    }

    internal static string Canonical(SigV4Authorization authorization, in SignableRequest request, string hash, SigV4Rules rules)
    {
        var buffer = new Utf8Buffer(stackalloc byte[16]);
        CanonicalRequest.Write(ref buffer, authorization, request, hash, rules);
        var text = Encoding.UTF8.GetString(buffer.Written);
        buffer.Dispose();
        return text;
    }

    // Paths as the suite has them, dots and all.
    private static Uri Raw(string target) => new("https://example.amazonaws.com" + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
}
