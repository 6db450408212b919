using System.Text.Json;
using Daypass.AspNetCore.Tests.Support;
using Daypass.Signing;

namespace Daypass.AspNetCore.Tests;

/// <summary>A request is what was signed, or it is refused; whether its caller's lease is held already makes no difference.</summary>
public sealed class SignaturesAreChecked
{
    public static TheoryData<string, bool> WaysToTamper()
    {
        var rows = new TheoryData<string, bool>();
        foreach (var way in new[] { "method", "path", "query", "header", "unsigned header", "signature", "date", "key id", "second signature" })
        {
            rows.Add(way, false);
            rows.Add(way, true);
        }
        return rows;
    }

    [Theory, MemberData(nameof(WaysToTamper))]
    public async Task A_tampered_request_is_refused(string way, bool leaseIsHeld)
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(node);
        node.Put(Known.Alice(Known.Everything));
        if (leaseIsHeld)
            Assert.Equal(200, (await service.GetAsync(Known.Alice())).Status);
        var request = service.Sign(Known.Alice(), headers: ("x-amz-meta-a", "1"));
        Tamper(request, way);
        var (status, body) = await service.SendAsync(request);
        Assert.Equal(403, status);
        Assert.Contains(way == "key id" ? "InvalidClientTokenId" : "SignatureDoesNotMatch", body);
        // And the good one still passes, at once.
        Assert.Equal(200, (await service.SendAsync(service.Sign(Known.Alice(), headers: ("x-amz-meta-a", "1")))).Status);
    }

    [Theory]
    [InlineData(-16, false)]
    [InlineData(-14, true)]
    [InlineData(14, true)]
    [InlineData(16, false)]
    public async Task A_request_is_good_for_fifteen_minutes_of_real_time_to_either_side(int minutes, bool passes)
    {
        await using var node = await FakeNode.StartAsync();
        node.ClockOffset = 86_400 * 365;
        await using var service = await ProtectedService.StartAsync(node);
        node.Put(Known.Alice(Known.Everything));
        service.Time.SetWallClock(TimeSpan.FromMinutes(minutes));
        var request = service.Sign(Known.Alice());
        service.Time.SetWallClock(TimeSpan.FromMinutes(-minutes));
        Assert.Equal(passes ? 200 : 403, (await service.SendAsync(request)).Status);
    }

    [Theory]
    [InlineData("eu-west-1", "s3")]
    [InlineData("us-east-1", "sqs")]
    public async Task A_signature_for_another_region_or_service_is_refused_without_a_call(string region, string name)
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(node);
        var alice = Known.Alice(Known.Everything);
        node.Put(alice);
        var uri = new Uri(service.Endpoint, "/cat.jpg");
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        foreach (var (key, value) in SigV4Signer.SignHeaders("GET", uri, [], SigV4Chunks.EmptyPayloadHash, alice.AccessKeyId, alice.Secret, null, region, name, service.Time.GetUtcNow(), s3: true))
            request.Headers.TryAddWithoutValidation(key, value);
        Assert.Equal(403, (await service.SendAsync(request)).Status);
        Assert.Empty(node.Calls);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SigV4a_is_refused_by_name_without_a_call_for_leases_hold_no_keys_for_it(bool isPresigned)
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(node);
        var alice = Known.Alice(Known.Everything);
        node.Put(alice);
        var credential = $"{alice.AccessKeyId}/20261122/s3/aws4_request";
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(service.Endpoint, isPresigned
            ? $"/cat.jpg?X-Amz-Algorithm={SigV4a.Algorithm}&X-Amz-Credential={Uri.EscapeDataString(credential)}&X-Amz-Date=20261122T120000Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Region-Set=%2A&X-Amz-Signature=3006020101020101"
            : "/cat.jpg"));
        if (!isPresigned)
        {
            request.Headers.TryAddWithoutValidation("X-Amz-Date", "20261122T120000Z");
            request.Headers.TryAddWithoutValidation("X-Amz-Region-Set", "*");
            request.Headers.TryAddWithoutValidation("Authorization", $"{SigV4a.Algorithm} Credential={credential}, SignedHeaders=host;x-amz-date;x-amz-region-set, Signature=3006020101020101");
        }
        var (status, body) = await service.SendAsync(request);
        Assert.InRange(status, 400, 403);
        var error = JsonDocument.Parse(body).RootElement;
        Assert.Equal("IncompleteSignature", error.GetProperty("__type").GetString());
        Assert.Equal("Unsupported AWS 'algorithm': 'AWS4-ECDSA-P256-SHA256'.", error.GetProperty("message").GetString());
        Assert.Empty(node.Calls);
    }

    [Theory]
    [InlineData(59, 200)]
    [InlineData(61, 403)]
    public async Task A_presigned_URL_lives_as_long_as_it_says(int age, int status)
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(node);
        var alice = Known.Alice(Known.Everything);
        node.Put(alice);
        var uri = SigV4Signer.Presign(
            "GET", new Uri(service.Endpoint, "/cat.jpg"), [], SigV4Chunks.UnsignedPayload, alice.AccessKeyId, alice.Secret, null, "us-east-1", "s3",
            service.Time.GetUtcNow(), TimeSpan.FromSeconds(60), s3: true);
        service.Time.SetWallClock(TimeSpan.FromSeconds(age));
        Assert.Equal(status, (await service.SendAsync(new HttpRequestMessage(HttpMethod.Get, uri))).Status);
    }

    [Fact]
    public async Task A_presigned_URL_is_good_for_its_own_method_only()
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(node);
        var alice = Known.Alice(Known.Everything);
        node.Put(alice);
        var uri = SigV4Signer.Presign(
            "GET", new Uri(service.Endpoint, "/cat.jpg"), [], SigV4Chunks.UnsignedPayload, alice.AccessKeyId, alice.Secret, null, "us-east-1", "s3",
            service.Time.GetUtcNow(), TimeSpan.FromDays(7), s3: true);
        Assert.Equal(200, (await service.SendAsync(new HttpRequestMessage(HttpMethod.Get, uri))).Status);
        Assert.Equal(403, (await service.SendAsync(new HttpRequestMessage(HttpMethod.Delete, uri))).Status);
    }

    [Theory]
    [InlineData("/a/../b")]
    [InlineData("/a//b")]
    [InlineData("/./b")]
    [InlineData("/a%2Fb%20c%C3%BC")]
    public async Task What_is_signed_is_the_raw_target_not_the_decoded_one(string target)
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(node, async context =>
        {
            await context.RequireAction("s3:GetObject", "arn:aws:s3:::photos/x");
            context.Response.StatusCode = 204;
        });
        node.Put(Known.Alice(Known.Everything));
        Assert.Equal(204, (await service.GetAsync(Known.Alice(), target)).Status);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("another")]
    [InlineData("a longer one")]
    [InlineData("on a long-term key")]
    public async Task A_lease_proven_with_one_token_serves_no_other_and_none(string token)
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(node);
        var session = Known.Session(Known.Everything);
        node.Put(session);
        node.Put(Known.Alice(Known.Everything));
        Assert.Equal(200, (await service.GetAsync(session)).Status);
        Assert.Equal(200, (await service.GetAsync(Known.Alice())).Status);
        var mixed = token switch
        {
            "none" => session with { Token = null },
            "another" => session with { Token = "token-of-a-stranger-EXAMPLE" },
            "a longer one" => session with { Token = session.Token + "x" },
            _ => Known.Alice() with { Token = session.Token },
        };
        var (status, body) = await service.GetAsync(mixed);
        Assert.Equal(403, status);
        Assert.Contains("InvalidClientTokenId", body);
        // The lease of the rightful caller did not suffer.
        var calls = node.Calls.Count;
        Assert.Equal(200, (await service.GetAsync(session)).Status);
        Assert.Equal(calls, node.Calls.Count);
    }

    [Fact]
    public async Task A_stranger_with_a_known_key_id_cannot_have_its_owner_refused()
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(node);
        var alice = Known.Alice(Known.Everything);
        node.Put(alice);
        var gate = new TaskCompletionSource();
        node.Delay = () => gate.Task;
        var forged = Enumerable.Range(0, 5).Select(_ => service.GetAsync(alice with { Secret = "guessed-EXAMPLE" })).ToArray();
        // Her own request comes while the answer to theirs is awaited.
        while (node.Calls.IsEmpty)
            await Task.Delay(10);
        var hers = service.GetAsync(alice);
        gate.SetResult();
        Assert.Equal(200, (await hers).Status);
        Assert.All(await Task.WhenAll(forged), answer => Assert.Equal(403, answer.Status));
    }

    [Fact]
    public async Task An_S3_request_without_a_payload_hash_is_refused()
    {
        await using var node = await FakeNode.StartAsync();
        await using var service = await ProtectedService.StartAsync(node);
        var alice = Known.Alice(Known.Everything);
        var uri = new Uri(service.Endpoint, "/cat.jpg");
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        foreach (var (key, value) in SigV4Signer.SignHeaders("GET", uri, [], SigV4Chunks.EmptyPayloadHash, alice.AccessKeyId, alice.Secret, null, "us-east-1", "s3", service.Time.GetUtcNow()))
            request.Headers.TryAddWithoutValidation(key, value);
        Assert.Equal(400, (await service.SendAsync(request)).Status);
    }

    private static void Tamper(HttpRequestMessage request, string way)
    {
        switch (way)
        {
            case "method":
                request.Method = HttpMethod.Delete;
                break;
            case "path":
                request.RequestUri = new Uri(request.RequestUri!, "/dog.jpg");
                break;
            case "query":
                request.RequestUri = new Uri(request.RequestUri!, "?versionId=1");
                break;
            case "header":
                Replace(request, "x-amz-meta-a", "2");
                break;
            case "unsigned header":
                request.Headers.Add("x-amz-copy-source", "/secrets/key");
                break;
            case "signature":
                Replace(request, "Authorization", Authorization(request)[..^1] + (Authorization(request)[^1] == '0' ? '1' : '0'));
                break;
            case "date":
                Replace(request, "X-Amz-Date", SigV4TimestampOf(request, TimeSpan.FromSeconds(1)));
                break;
            case "key id":
                Replace(request, "Authorization", Authorization(request).Replace(Known.Alice().AccessKeyId, "AKIABOBEXAMPLE000000"));
                break;
            default:
                request.RequestUri = new Uri(request.RequestUri!, "?X-Amz-Algorithm=AWS4-HMAC-SHA256");
                break;
        }
    }

    private static string SigV4TimestampOf(HttpRequestMessage request, TimeSpan later) =>
        DateTimeOffset.ParseExact(request.Headers.GetValues("X-Amz-Date").Single(), "yyyyMMdd'T'HHmmss'Z'", null).Add(later).ToString("yyyyMMdd'T'HHmmss'Z'");

    private static string Authorization(HttpRequestMessage request) => request.Headers.NonValidated["Authorization"].ToString();

    private static void Replace(HttpRequestMessage request, string name, string value)
    {
        request.Headers.Remove(name);
        request.Headers.TryAddWithoutValidation(name, value);
    }
}
