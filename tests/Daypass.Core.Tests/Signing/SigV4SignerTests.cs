using Daypass.Signing;

namespace Daypass.Core.Tests.Signing;

/// <summary>What the signer signs, as a server will see it; that it signs right is the vectors' to say.</summary>
public sealed class SigV4SignerTests
{
    [Theory]
    [InlineData("https://sts.example.com/", "sts.example.com")]
    [InlineData("https://sts.example.com:443/", "sts.example.com")]
    [InlineData("http://sts.example.com:443/", "sts.example.com:443")]
    [InlineData("http://127.0.0.1:8080/a?b=c", "127.0.0.1:8080")]
    [InlineData("http://[::1]:8080/", "[::1]:8080")]
    [InlineData("https://b\u00FCcher.example/", "xn--bcher-kva.example")]
    public void The_host_is_signed_as_an_HTTP_client_sends_it(string address, string host)
    {
        var uri = new Uri(address);
        var added = Sign(uri, []);
        var request = new SignedRequest("GET", uri.PathAndQuery, new HeaderBag([new("Host", host), .. added]), "");
        Assert.Null(request.Check());
    }

    [Fact]
    public void A_Host_header_of_the_caller_is_the_one_that_is_signed()
    {
        var added = Sign(new Uri("http://127.0.0.1:8080/"), [new("host", "sts.example.com")]);
        Assert.Null(new SignedRequest("GET", "/", new HeaderBag([new("Host", "sts.example.com"), .. added]), "").Check());
    }

    [Theory]
    [InlineData("User-Agent")]
    [InlineData("Connection")]
    [InlineData("Expect")]
    [InlineData("Transfer-Encoding")]
    [InlineData("Upgrade")]
    [InlineData("X-Amzn-Trace-Id")]
    [InlineData("Sec-WebSocket-Key")]
    [InlineData("Authorization")]
    public void Headers_that_change_on_the_way_are_not_signed(string name) =>
        Assert.Contains("SignedHeaders=host;x-amz-date,", Sign(new Uri("https://sts.example.com/"), [new(name, "x")])[^1].Value, StringComparison.Ordinal);

    [Fact]
    public void Every_header_that_a_request_needs_is_returned()
    {
        var added = SigV4Signer.SignHeaders("PUT", new Uri("https://s3.example.com/b/k"), [], SigV4Chunks.UnsignedPayload, SignedRequest.KeyId, SignedRequest.Secret, SignedRequest.Token, "us-east-1", "s3", SignedRequest.Now, s3: true);
        Assert.Equal(["X-Amz-Date", "X-Amz-Security-Token", "X-Amz-Content-Sha256", "Authorization"], added.Select(header => header.Key));
        Assert.Contains("SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-security-token,", added[^1].Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(604_801)]
    public void A_URL_is_presigned_for_a_second_to_a_week(int seconds) =>
        Assert.ThrowsAny<ArgumentException>(() => SignedRequest.Presigned(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Nothing_is_signed_without_a_secret_or_for_a_relative_address()
    {
        Assert.Throws<ArgumentException>(() => SigV4Signer.SignHeaders("GET", new Uri("https://sts.example.com/"), [], SigV4Chunks.EmptyPayloadHash, "A", "", null, "r", "s", SignedRequest.Now));
        Assert.Throws<ArgumentException>(() => Sign(new Uri("/a", UriKind.Relative), []));
        Assert.Throws<ArgumentException>(() => SigV4Signer.Presign("GET", new Uri("/a", UriKind.Relative), [], SigV4Chunks.EmptyPayloadHash, "A", "b", null, "r", "s", SignedRequest.Now, TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void A_presigned_URL_keeps_the_query_that_it_had()
    {
        var uri = SigV4Signer.Presign("GET", new Uri("https://sts.example.com/p%20q?b=%2F&a"), [], SigV4Chunks.EmptyPayloadHash, SignedRequest.KeyId, SignedRequest.Secret, null, "us-east-1", "sts", SignedRequest.Now, TimeSpan.FromMinutes(1));
        Assert.StartsWith("/p%20q?b=%2F&a&X-Amz-Algorithm=AWS4-HMAC-SHA256&", uri.PathAndQuery, StringComparison.Ordinal);
        Assert.Null(new SignedRequest("GET", uri.PathAndQuery, new HeaderBag([new("Host", "sts.example.com")]), "").Check());
    }

    private static IReadOnlyList<KeyValuePair<string, string>> Sign(Uri uri, List<KeyValuePair<string, string>> headers) =>
        SigV4Signer.SignHeaders("GET", uri, headers, SigV4Chunks.EmptyPayloadHash, SignedRequest.KeyId, SignedRequest.Secret, null, "us-east-1", "sts", SignedRequest.Now);
}
