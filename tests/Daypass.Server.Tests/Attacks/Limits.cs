using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Daypass.Server.Tests.Wire;
using Daypass.Testing;

namespace Daypass.Server.Tests.Attacks;

/// <summary>Requests that are made to cost: each is refused early, and the server goes on as it was.</summary>
public sealed class Limits(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const long Megabyte = 1024 * 1024;
    private readonly DaypassServer _server = fixture.Server;
    private readonly Uri _endpoint = fixture.Server.Endpoint;

    [Fact]
    public async Task Too_many_or_too_large_headers_and_targets_are_cut_off()
    {
        var good = RawRequest.Post(_endpoint);
        var many = Enumerable.Range(0, 101).Aggregate(good, (request, number) => request.With($"X-Many-{number}", "1"));
        Assert.Equal(431, (await many.SendAsync(_endpoint)).Status);
        Assert.Equal(431, (await good.With("X-Large", new string('x', 33 * 1024)).SendAsync(_endpoint)).Status);
        Assert.Equal(414, (await (good with { Target = "/?" + new string('x', 17 * 1024) }).SendAsync(_endpoint)).Status);
        await StillServesAsync();
    }

    [Fact]
    public async Task A_long_name_around_many_values_does_not_multiply()
    {
        var body = $$"""{"{{new string('n', 500_000)}}":[{{string.Join(',', Enumerable.Repeat("1", 1900))}}]}""";
        var before = MemoryOfServer();
        var reply = await Json(body).SendAsync(_endpoint);
        Assert.Equal(400, reply.Status);
        Assert.Contains("SerializationException", reply.Text, StringComparison.Ordinal);
        Assert.InRange(MemoryOfServer() - before, long.MinValue, 100 * Megabyte);
        await StillServesAsync();
    }

    public static TheoryData<string, string> Documents => new()
    {
        { "half a character", """{"Name":"\ud800"}""" },
        { "the other half", """{"Name":"a\udc00b"}""" },
        { "half a character as a name", """{"\ud800":"x"}""" },
        { "no JSON", "Name=x" },
        { "a comment", """{"Name":/**/"x"}""" },
        { "two documents", "{}{}" },
        { "no object", "[]" },
        { "a name twice", """{"Name":"a","Name":"b"}""" },
        { "a name twice by another way", """{"A.B":"a","A":{"B":"b"}}""" },
        { "deep nesting", new string('[', 500_000) },
        { "nesting that closes", """{"a":""" + string.Concat(Enumerable.Repeat("[", 40)) + string.Concat(Enumerable.Repeat("]", 40)) + "}" },
        { "many empty things", """{"a":[""" + string.Join(',', Enumerable.Repeat("{}", 200_000)) + "]}" },
        { "many values", """{"a":[""" + string.Join(',', Enumerable.Repeat("1", 3000)) + "]}" },
    };

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task A_hostile_JSON_document_is_refused_in_words(string what, string body)
    {
        var (status, answer) = await Json(body).SendAsync(_endpoint);
        Assert.True(status == 400, $"{what}: {answer}");
        Assert.Contains("\"__type\":\"SerializationException\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_is_never_longer_than_a_page_whatever_was_sent()
    {
        var name = string.Concat(Enumerable.Repeat("%26", 100_000));
        var (status, answer) = await RawRequest.Post(_endpoint, $"Action={name}&Version={name}").SendAsync(_endpoint);
        Assert.Equal(400, status);
        Assert.InRange(answer.Length, 1, 8192);
    }

    [Theory]
    [InlineData("DurationSeconds=99999999999999999999999999")]
    [InlineData("DurationSeconds=-9223372036854775808")]
    [InlineData("DurationSeconds=2147483648")]
    [InlineData("DurationSeconds=%D9%A9%D9%A0%D9%A0")]
    [InlineData("DurationSeconds=900.5")]
    [InlineData("DurationSeconds=0x384")]
    [InlineData("DurationSeconds=")]
    public async Task A_duration_that_is_none_is_refused(string parameter)
    {
        var form = "Action=GetSessionToken&Version=2011-06-15&" + parameter;
        var (status, answer) = await RawRequest.Post(_endpoint, form).Signed(_server.Administrator).SendAsync(_endpoint);
        Assert.Equal(400, status);
        Assert.DoesNotContain("SessionToken>", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AKID")]
    [InlineData("AKID/20260101/us-east-1/sts")]
    [InlineData("AKID/20260101/us-east-1/sts/aws4_request/more")]
    [InlineData("////")]
    [InlineData("AKID/20260101//sts/aws4_request")]
    public async Task A_credential_of_another_form_is_refused(string credential)
    {
        var signed = RawRequest.Post(_endpoint).Signed(_server.Administrator);
        var authorization = signed.Get("Authorization", 0)!;
        var comma = authorization.IndexOf(", SignedHeaders", StringComparison.Ordinal);
        var (status, answer) = await signed.Without("Authorization").With("Authorization", $"AWS4-HMAC-SHA256 Credential={credential}{authorization[comma..]}").SendAsync(_endpoint);
        Assert.InRange(status, 400, 403);
        Assert.DoesNotContain("InternalFailure", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_credential_as_long_as_headers_go_is_refused()
    {
        var signed = RawRequest.Post(_endpoint).Without("Authorization").With("X-Amz-Date", "20260101T000000Z")
            .With("Authorization", $"AWS4-HMAC-SHA256 Credential={new string('/', 20_000)}, SignedHeaders=host{string.Concat(Enumerable.Repeat(";h", 4000))}, Signature={new string('0', 64)}");
        Assert.InRange((await signed.SendAsync(_endpoint)).Status, 400, 403);
    }

    [Fact]
    public async Task A_body_that_trickles_is_cut_off()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, _endpoint.Port);
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST / HTTP/1.1\r\nHost: {_endpoint.Authority}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000000\r\n\r\n"));
        var started = TimeProvider.System.GetTimestamp();
        var answer = stream.ReadAsync(new byte[1024]).AsTask();
        try
        {
            // A kilobyte a second: the whole would take a quarter of an hour.
            while (!answer.IsCompleted && TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(25))
            {
                await stream.WriteAsync(new byte[256]);
                await Task.Delay(250);
            }
        }
        catch (IOException)
        {
            // It hung up.
        }
        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData("/uproject", "application/x-www-form-urlencoded", 200)]
    [InlineData("/", "application/json", 200)]
    [InlineData("/", "application/x-www-form-urlencoded", 413)]
    [InlineData("/", "application/x-www-form-urlencoded", 200, "U-Timestamp-Ms")]
    [InlineData("/?PublicKey=x", "application/x-www-form-urlencoded", 200)]
    public async Task A_body_that_is_announced_as_too_long_is_not_waited_for(string path, string contentType, int status, string header = "X-Nothing")
    {
        var request = new RawRequest("POST", path, [("Host", _endpoint.Authority), ("Content-Type", contentType), (header, "1795361857000"), ("Content-Length", "2000000")]);
        var reply = await request.SendAsync(_endpoint);
        Assert.Equal(status, reply.Status);
        // Clients of uproject read no answer with another status.
        if (status == 200)
            Assert.Contains("\"RetCode\":230,\"Action\":\"Response\",\"Message\":\"The body is longer than", reply.Text, StringComparison.Ordinal);
        await StillServesAsync();
    }

    private static RawRequest Json(string body) => new(
        "POST", "/",
        [("Host", "x"), ("X-Amz-Target", "AWSOrganizationsV20161128.CreateAccount"), ("Content-Type", "application/x-amz-json-1.1"), ("Content-Length", body.Length.ToString(CultureInfo.InvariantCulture))],
        body);

    private long MemoryOfServer()
    {
        using var process = Process.GetProcessById(_server.ProcessId);
        return process.PeakWorkingSet64;
    }

    private async Task StillServesAsync() => Assert.Equal(HttpStatusCode.OK, (await _server.Administrator.StsAsync("GetCallerIdentity")).Status);
}
