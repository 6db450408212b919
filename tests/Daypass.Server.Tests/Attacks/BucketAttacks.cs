using System.Net;
using System.Net.Sockets;
using System.Text;
using Daypass.Testing;

namespace Daypass.Server.Tests.Attacks;

/// <summary>What a stranger, or a caller with rights of its own, may try at the sample bucket service.</summary>
public sealed class BucketAttacks(BucketFixture bucket) : IClassFixture<BucketFixture>
{
    public static TheoryData<string> Documents => new()
    {
        "<Delete><Object><Key>" + Nested(250_000) + "</Key></Object></Delete>",
        Nested(250_000),
        "<?xml version=\"1.0\" encoding=\"utf-7\"?><Delete><Object><Key>a</Key></Object></Delete>",
        "<!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><Delete><Object><Key>&b;</Key></Object></Delete>",
        "<!DOCTYPE d SYSTEM \"file:///etc/passwd\"><Delete><Object><Key>a</Key></Object></Delete>",
    };

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task A_strangers_document_is_malformed_and_the_service_goes_on(string document)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(bucket.Endpoint, "/attacked?delete")) { Content = new StringContent(document) };
        var answer = await BucketFixture.SendAsync(request);
        Assert.Equal((HttpStatusCode.BadRequest, true), (answer.Status, answer.Body.Contains("MalformedXML")));
        Assert.Equal(HttpStatusCode.OK, (await bucket.SendAsync(HttpMethod.Get, "/attacked")).Status);
    }

    [Fact]
    public async Task What_headers_of_an_object_are_taken_can_be_given_back()
    {
        Assert.StartsWith("HTTP/1.1 200", await PutAnonymouslyAsync("/open/text", "x-amz-meta-name: caf\u00e9"));
        using var get = new HttpRequestMessage(HttpMethod.Get, new Uri(bucket.Endpoint, "/open/text"));
        var answer = await BucketFixture.SendAsync(get);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.True(answer.Headers.ContainsKey("x-amz-meta-name"));
    }

    [Theory]
    [InlineData("x-amz-meta-name: a\u0001b")]
    [InlineData("Content-Type: text/\u007fplain")]
    [InlineData("Cache-Control: \u001b[2J")]
    public async Task Headers_that_could_not_be_given_back_are_not_taken(string header) => Assert.StartsWith("HTTP/1.1 400", await PutAnonymouslyAsync("/open/control", header));

    [Theory]
    [InlineData("PUT", "x-amz-expected-bucket-owner")]
    [InlineData("GET", "x-amz-expected-bucket-owner")]
    [InlineData("PUT", "x-amz-source-expected-bucket-owner")]
    public async Task A_caller_who_expects_another_owner_is_refused(string method, string header)
    {
        await bucket.SendAsync(HttpMethod.Put, "/attacked/mine", "mine"u8.ToArray());
        (string, string)[] source = method == "PUT" ? [("x-amz-copy-source", "/attacked/mine")] : [];
        Assert.Equal(HttpStatusCode.Forbidden, (await bucket.SendAsync(new HttpMethod(method), "/attacked/mine", null, [.. source, (header, "444455556666")])).Status);
        Assert.Equal(HttpStatusCode.OK, (await bucket.SendAsync(new HttpMethod(method), "/attacked/mine", null, [.. source, (header, DaypassServer.Account)])).Status);
    }

    [Theory]
    [InlineData("../../../../escaped", HttpStatusCode.BadRequest)]
    [InlineData("%2e%2e/%2e%2e/escaped", HttpStatusCode.OK)]
    [InlineData("..%2f..%2f..%2fescaped", HttpStatusCode.OK)]
    [InlineData("%00", HttpStatusCode.BadRequest)]
    [InlineData("a%5C..%5Cb", HttpStatusCode.OK)]
    [InlineData("/a//b/", HttpStatusCode.OK)]
    [InlineData("%C0%AF", HttpStatusCode.OK)]
    public async Task No_key_leaves_the_buckets_folder(string key, HttpStatusCode status)
    {
        await PutAnonymouslyAsync("/open/" + key, "x-amz-meta-a: b");
        var files = Directory.EnumerateFiles(Path.GetDirectoryName(bucket.Buckets)!, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(bucket.Buckets, file));
        Assert.All(files.Where(file => file != "../credentials"), file => Assert.Matches("^[a-z]+[.][0-9a-f]{32}/(bucket.json|records/[0-9a-f]{64}.json|contents/[0-9a-f]{32})$", file));
        using var get = new HttpRequestMessage(HttpMethod.Get, new Uri(bucket.Endpoint + "open/" + key, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        Assert.Equal(status, (await BucketFixture.SendAsync(get)).Status);
    }

    [Fact]
    public async Task A_folder_that_a_crash_left_half_made_does_not_keep_the_service_from_starting()
    {
        bucket.Kill();
        Directory.CreateDirectory(Path.Combine(bucket.Buckets, "half", "contents"));
        await bucket.StartAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await bucket.SendAsync(HttpMethod.Get, "/half")).Status);
        Assert.Equal(HttpStatusCode.OK, (await bucket.SendAsync(HttpMethod.Put, "/half")).Status);
        await bucket.SendAsync(HttpMethod.Delete, "/half");
    }

    private static string Nested(int depth) => string.Concat(Enumerable.Repeat("<a>", depth)) + string.Concat(Enumerable.Repeat("</a>", depth));

    /// <summary>Writes into a bucket that is open to everybody, with bytes that no client would send. The answer as it came.</summary>
    private async Task<string> PutAnonymouslyAsync(string target, string header)
    {
        await bucket.SendAsync(HttpMethod.Put, "/open");
        var policy = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":["s3:PutObject","s3:GetObject"],"Resource":"arn:aws:s3:::open/*"}}""";
        await bucket.SendAsync(HttpMethod.Put, "/open?policy", Encoding.UTF8.GetBytes(policy));
        using var connection = new TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, bucket.Endpoint.Port);
        await using var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes($"PUT {target} HTTP/1.1\r\nHost: {bucket.Endpoint.Authority}\r\n{header}\r\nContent-Length: 4\r\nConnection: close\r\n\r\nbody"));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }
}
