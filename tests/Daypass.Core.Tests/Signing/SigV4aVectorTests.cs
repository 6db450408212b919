using System.Text;
using System.Text.Json;
using Daypass.Signing;
using Daypass.Testing;

namespace Daypass.Core.Tests.Signing;

public sealed class SigV4aVectorTests
{
    public static TheoryData<string> Cases => [.. AwsVectors.EcdsaCases];

    public static TheoryData<string> SignedCases => [.. AwsVectors.EcdsaCases.Where(name => AwsVectors.ReadEcdsa(name).Has("header-signature.txt"))];

    [VectorTheory, MemberData(nameof(SignedCases))]
    public void Every_signed_header_request_of_the_suite_verifies(string name) => Verify(AwsVectors.ReadEcdsa(name), "header");

    [VectorTheory, MemberData(nameof(SignedCases))]
    public void Every_presigned_request_of_the_suite_verifies(string name) => Verify(AwsVectors.ReadEcdsa(name), "query");

    [VectorTheory, MemberData(nameof(SignedCases))]
    public void The_public_key_is_that_of_the_suite(string name)
    {
        var vector = AwsVectors.ReadEcdsa(name);
        var expected = JsonDocument.Parse(vector.Text("public-key.json")).RootElement;
        Assert.Equal(expected.GetProperty("X").GetString() + expected.GetProperty("Y").GetString(), Convert.ToHexStringLower(SigV4a.PublicKey(vector.Secret, vector.KeyId)));
    }

    [VectorTheory, MemberData(nameof(Cases))]
    public void Every_request_of_the_suite_verifies_as_we_sign_it(string name)
    {
        var vector = AwsVectors.ReadEcdsa(name);
        var (method, target, headers, body) = vector.Request("request.txt");
        var hash = SigV4.PayloadHash(Encoding.UTF8.GetBytes(body));
        if (vector.SignsBody)
            headers = headers.With("X-Amz-Content-Sha256", hash);
        var signer = new EcdsaSigner(vector.KeyId, vector.Secret, vector.TokenIsAppended ? null : vector.Token);
        var signed = signer.Headers(method, target, headers.Lines, hash, vector.Rules, vector.Now);
        Assert.True(Matches(vector, new SignableRequest(method, target, new HeaderBag(signed)), hash, out var authorization, out _));
        if (vector.Has("header-canonical-request.txt"))
            Assert.Equal(vector.Text("header-canonical-request.txt").Split('\n')[^2], authorization.SignedHeaders);
    }

    private static void Verify(AwsVector vector, string form)
    {
        var (method, target, headers, body) = vector.Request($"{form}-signed-request.txt");
        var request = new SignableRequest(method, target, headers);
        var hash = SigV4.PayloadHash(Encoding.UTF8.GetBytes(body));
        Assert.True(Matches(vector, request, hash, out var authorization, out var stringToSign));
        Assert.Equal(vector.Text($"{form}-canonical-request.txt"), SigV4VectorTests.Canonical(authorization, request, hash, vector.Rules));
        Assert.Equal(vector.Text($"{form}-string-to-sign.txt"), stringToSign);
        Assert.Equal(vector.Token, authorization.SessionToken);
        // The suite has a second signature of the same text.
        Assert.True(SigV4a.Matches(SigV4a.PublicKey(vector.Secret, vector.KeyId), stringToSign, vector.Text($"{form}-signature.txt").Trim()));
        Assert.False(SigV4a.Matches(SigV4a.PublicKey(vector.Secret, vector.KeyId), stringToSign + "\n", vector.Text($"{form}-signature.txt").Trim()));
    }

    private static bool Matches(AwsVector vector, in SignableRequest request, string hash, out SigV4Authorization authorization, out string stringToSign)
    {
        authorization = SigV4Parser.TryParseEither(request, out var error)!;
        Assert.Null(error);
        Assert.Equal(SigV4a.Algorithm, authorization.Algorithm);
        Assert.Null(SigV4.CheckTimeAndScope(authorization, vector.Now, vector.Rules));
        Assert.Null(SigV4.CheckSignedHeaders(authorization, request));
        stringToSign = SigV4.StringToSign(authorization, request, hash, vector.Rules);
        return SigV4a.Matches(SigV4a.PublicKey(vector.Secret, vector.KeyId), stringToSign, authorization.Signature);
    }
}
