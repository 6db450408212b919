using Daypass.Server.Tests.Wire;
using Daypass.Testing;

namespace Daypass.Server.Tests.Attacks;

/// <summary>Requests that two readers could read differently. Each is validly signed as one of them would see it.</summary>
public sealed class HttpSmuggling(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Allowed = "arn:aws:iam::111122223333:user/admin";
    private readonly Uri _endpoint = fixture.Server.Endpoint;
    private readonly SigningClient _admin = fixture.Server.Administrator;

    [Fact]
    public async Task The_raw_request_of_these_tests_is_good()
    {
        Assert.Contains(Allowed, (await Good().SendAsync(_endpoint)).Text, StringComparison.Ordinal);
        Assert.Contains(Allowed, (await RawRequest.Get(_endpoint, "/?Action=GetCallerIdentity&Version=2011-06-15").Presigned(_admin).SendAsync(_endpoint)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chunked_body_is_signed_as_what_it_says_not_as_how_it_came()
    {
        var whole = RawRequest.Post(_endpoint).Without("Content-Length").With("Transfer-Encoding", "chunked").Signed(_admin);
        var chunked = whole with { Body = $"7\r\n{whole.Body[..7]}\r\n{whole.Body.Length - 7:x};x=y\r\n{whole.Body[7..]}\r\n0\r\n\r\n" };
        Assert.Contains(Allowed, (await chunked.SendAsync(_endpoint)).Text, StringComparison.Ordinal);
        var other = chunked with { Body = chunked.Body.Replace("GetCallerIdentity", "GetSessionToken\r\n", StringComparison.Ordinal) };
        Assert.DoesNotContain(Allowed, (await other.SendAsync(_endpoint)).Text, StringComparison.Ordinal);
    }

    public static TheoryData<string, string, string> Broken => new()
    {
        { "two lengths", "Content-Length: 43\r\n", "Content-Length: 43\r\nContent-Length: 44\r\n" },
        { "two lengths in one line", "Content-Length: 43\r\n", "Content-Length: 43, 44\r\n" },
        { "two hosts", "Host: ", "Host: evil.example.com\r\nHost: " },
        { "a folded header", "Content-Type: ", "X-Fold: a\r\n b\r\nContent-Type: " },
        { "a space before the colon", "Content-Type: ", "Content-Type : text/plain\r\nContent-Type: " },
        { "a NUL in a header", "Content-Type: ", "X-Nul: a\0b\r\nContent-Type: " },
        { "a bare line feed", "Content-Type: ", "X-Bare: a\nContent-Length: 0\r\nContent-Type: " },
        { "no host", "Host: ", "X-Host: " },
        { "an absolute target", "POST / ", "POST http://evil.example.com/ " },
        { "an authority as target", "POST / ", "POST evil.example.com:80 " },
        { "a star as target", "POST / ", "POST * " },
        { "a doubled authorization", "Authorization: ", "Authorization: AWS4-HMAC-SHA256 Credential=a/b/c/d/e, SignedHeaders=host, Signature=00\r\nAuthorization: " },
        { "a doubled date", "X-Amz-Date: ", "X-Amz-Date: 20200101T000000Z\r\nX-Amz-Date: " },
        { "a method in small letters", "POST / ", "post / " },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task What_can_be_read_in_two_ways_is_refused(string what, string find, string put)
    {
        var text = Good().ToString();
        Assert.Contains(find, text, StringComparison.Ordinal);
        var at = text.IndexOf(find, StringComparison.Ordinal);
        var (status, answer) = await RawRequest.SendAsync(_endpoint, text[..at] + put + text[(at + find.Length)..]);
        Assert.True(status is >= 400 and < 500, $"{what}: {answer}");
        Assert.DoesNotContain(Allowed, answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_length_beside_chunks_never_lets_a_second_request_in()
    {
        var inner = RawRequest.Post(_endpoint).Signed(_admin);
        var outer = RawRequest.Post(_endpoint, "Action=GetSessionToken&Version=2011-06-15").Signed(_admin).With("Transfer-Encoding", "chunked");
        var text = (outer with { Body = "0\r\n\r\n" + inner }).ToString().Replace("Connection: close\r\n\r\n0", "\r\n0", StringComparison.Ordinal);
        var (_, answer) = await RawRequest.SendAsync(_endpoint, text);
        Assert.DoesNotContain(Allowed, answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("7;x=\ny\r\n")]
    [InlineData("7;\n")]
    [InlineData("7\n")]
    [InlineData("0x7\r\n")]
    [InlineData("+7\r\n")]
    [InlineData("7 \n\r\n")]
    public async Task A_chunk_whose_length_can_be_read_in_two_ways_is_refused(string line)
    {
        var whole = RawRequest.Post(_endpoint).Without("Content-Length").With("Transfer-Encoding", "chunked").Signed(_admin);
        var (status, answer) = await (whole with { Body = $"{line}{whole.Body[..7]}\r\n{whole.Body.Length - 7:x}\r\n{whole.Body[7..]}\r\n0\r\n\r\n" }).SendAsync(_endpoint);
        Assert.True(status is 0 or (>= 400 and < 500), answer);
        Assert.DoesNotContain(Allowed, answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connection_does_not_take_signed_headers_away()
    {
        var text = Good().ToString().Replace("Connection: close", "Connection: close, x-amz-date, authorization, content-type", StringComparison.Ordinal);
        Assert.Contains(Allowed, (await RawRequest.SendAsync(_endpoint, text)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_header_of_ours_that_is_not_signed_changes_nothing_but_the_refusal()
    {
        var (status, answer) = await Good().With("X-Amz-Target", "AWSOrganizationsV20161128.ListAccounts").SendAsync(_endpoint);
        Assert.InRange(status, 400, 403);
        Assert.DoesNotContain("Accounts\"", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/json")]
    [InlineData("")]
    public async Task A_body_that_is_no_form_is_not_read_as_one(string type)
    {
        var request = (RawRequest.Post(_endpoint).Without("Content-Type").With("Content-Type", type)).Signed(_admin);
        var (status, answer) = await request.SendAsync(_endpoint);
        Assert.Equal(400, status);
        Assert.Contains("MalformedInput", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_GET_whose_body_was_not_signed_is_refused()
    {
        var presigned = RawRequest.Get(_endpoint, "/?Action=GetCallerIdentity&Version=2011-06-15").Presigned(_admin);
        var (status, answer) = await (presigned.With("Content-Type", "application/x-www-form-urlencoded").With("Content-Length", "3") with { Body = "a=b" }).SendAsync(_endpoint);
        Assert.Equal(403, status);
        Assert.Contains("SignatureDoesNotMatch", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/./")]
    [InlineData("//")]
    [InlineData("/a/..")]
    [InlineData("/%2e%2e/")]
    [InlineData("/%2F")]
    [InlineData("/..%2f")]
    [InlineData("/%5c")]
    [InlineData("/a%252e")]
    public async Task A_path_is_signed_as_it_was_sent(string path)
    {
        var signed = (RawRequest.Post(_endpoint) with { Target = path }).Signed(_admin);
        Assert.Contains(Allowed, (await signed.SendAsync(_endpoint)).Text, StringComparison.Ordinal);
        var (status, _) = await (signed with { Target = path + "x" }).SendAsync(_endpoint);
        Assert.Equal(403, status);
    }

    [Theory]
    [InlineData("/../")]
    [InlineData("/%zz")]
    [InlineData("/%4")]
    public async Task A_path_that_is_none_is_refused(string path)
    {
        var (status, answer) = await (RawRequest.Post(_endpoint).Signed(_admin) with { Target = path }).SendAsync(_endpoint);
        Assert.InRange(status, 400, 403);
        Assert.DoesNotContain(Allowed, answer, StringComparison.Ordinal);
    }

    private RawRequest Good() => RawRequest.Post(_endpoint).Signed(_admin);
}
