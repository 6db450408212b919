using System.Text;
using Daypass.AspNetCore.Tests.Support;
using Daypass.Signing;
using Microsoft.AspNetCore.Http;

namespace Daypass.AspNetCore.Tests;

/// <summary>A service never gets the last byte of a body that is not the one that was signed.</summary>
public sealed class BodiesAreVerified
{
    private static readonly byte[] Body = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("0123456789abcdef", 4096)));

    [Fact]
    public async Task A_body_of_the_signed_hash_arrives()
    {
        await using var upload = await Upload.StartAsync();
        Assert.Equal(200, (await upload.SendAsync(Body, SigV4.PayloadHash(Body))).Status);
        Assert.Equal(Body, upload.Committed);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Another_body_is_refused_before_anything_is_committed(bool stopsAtContentLength)
    {
        await using var upload = await Upload.StartAsync(stopsAtContentLength);
        var (status, answer) = await upload.SendAsync([.. Body[..^1], (byte)'X'], SigV4.PayloadHash(Body));
        Assert.Equal(400, status);
        Assert.Contains("XAmzContentSHA256Mismatch", answer);
        Assert.Null(upload.Committed);
    }

    [Fact]
    public async Task An_unsigned_payload_is_as_it_comes()
    {
        await using var upload = await Upload.StartAsync();
        Assert.Equal(200, (await upload.SendAsync(Body, SigV4Chunks.UnsignedPayload)).Status);
        Assert.Equal(Body, upload.Committed);
    }

    [Theory]
    [InlineData("STREAMING-AWS4-HMAC-SHA256-PAYLOAD", false)]
    [InlineData("STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER", false)]
    [InlineData("STREAMING-UNSIGNED-PAYLOAD-TRAILER", false)]
    [InlineData("STREAMING-AWS4-HMAC-SHA256-PAYLOAD", true)]
    [InlineData("STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER", true)]
    [InlineData("STREAMING-UNSIGNED-PAYLOAD-TRAILER", true)]
    public async Task A_chunked_body_arrives_plain_with_its_own_length(string kind, bool stopsAtContentLength)
    {
        await using var upload = await Upload.StartAsync(stopsAtContentLength);
        Assert.Equal((200, "65536 gzip"), await upload.SendChunkedAsync(Body, kind));
        Assert.Equal(Body, upload.Committed);
    }

    [Theory]
    [InlineData("STREAMING-AWS4-HMAC-SHA256-PAYLOAD", 403, "SignatureDoesNotMatch")]
    [InlineData("STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER", 403, "SignatureDoesNotMatch")]
    [InlineData("STREAMING-UNSIGNED-PAYLOAD-TRAILER", 400, "BadDigest")]
    public async Task A_damaged_chunk_is_refused(string kind, int status, string code)
    {
        foreach (var stops in new[] { false, true })
        {
            await using var upload = await Upload.StartAsync(stops);
            var (actual, answer) = await upload.SendChunkedAsync(Body, kind, damage: framed => framed[framed.Length / 2] ^= 1);
            Assert.Equal((status, true), (actual, answer.Contains(code)));
            Assert.Null(upload.Committed);
        }
    }

    [Fact]
    public async Task A_truncated_chunked_body_is_refused()
    {
        await using var upload = await Upload.StartAsync();
        var (status, answer) = await upload.SendChunkedAsync(Body, SigV4Chunks.SignedPayload, keep: 0.6);
        Assert.Equal(400, status);
        Assert.Contains("IncompleteBody", answer);
        Assert.Null(upload.Committed);
    }

    [Fact]
    public async Task Outside_of_S3_every_body_is_signed()
    {
        await using var upload = await Upload.StartAsync(isS3: false);
        Assert.Equal(200, (await upload.SendAsync(Body, SigV4.PayloadHash(Body))).Status);
        Assert.Equal(Body, upload.Committed);
        Assert.Equal(403, (await upload.SendAsync([.. Body[..^1], (byte)'X'], SigV4.PayloadHash(Body))).Status);
        Assert.Equal(403, (await upload.SendAsync(Body, SigV4Chunks.UnsignedPayload, ("X-Amz-Content-Sha256", SigV4Chunks.UnsignedPayload))).Status);
        Assert.Equal(413, (await upload.SendAsync(new byte[DaypassOptions.DefaultMaxBodyLength + 1], SigV4.PayloadHash(new byte[DaypassOptions.DefaultMaxBodyLength + 1]))).Status);
    }

    private sealed class Upload : IAsyncDisposable
    {
        private readonly FakeNode _node;
        private ProtectedService _service = null!;

        private Upload(FakeNode node) => _node = node;

        public byte[]? Committed { get; private set; }

        public static async Task<Upload> StartAsync(bool stopsAtContentLength = false, bool isS3 = true)
        {
            var node = await FakeNode.StartAsync();
            node.Put(Known.Alice(Known.Everything));
            var upload = new Upload(node);
            upload._service = await ProtectedService.StartAsync(node, context => upload.ReceiveAsync(context, stopsAtContentLength), isS3: isS3);
            return upload;
        }

        public Task<(int Status, string Body)> SendAsync(byte[] body, string hash, params (string, string)[] headers) =>
            _service.SendAsync(_service.Sign(Known.Alice(), HttpMethod.Put, body: body, payloadHash: hash, headers: headers));

        public async Task<(int Status, string Body)> SendChunkedAsync(byte[] body, string kind, Action<byte[]>? damage = null, double keep = 1)
        {
            List<(string, string)> headers = [("Content-Encoding", "aws-chunked,gzip"), ("x-amz-decoded-content-length", body.Length.ToString())];
            if (kind.EndsWith("-TRAILER"))
                headers.Add(("x-amz-trailer", "x-amz-checksum-sha256"));
            var request = _service.Sign(Known.Alice(), HttpMethod.Put, body: [], payloadHash: kind, headers: [.. headers]);
            var framed = Frame(request, body, kind);
            damage?.Invoke(framed);
            var content = new ByteArrayContent(framed[..(int)(framed.Length * keep)]);
            foreach (var (name, values) in request.Content!.Headers.NonValidated.Where(header => header.Key != "Content-Length"))
                content.Headers.TryAddWithoutValidation(name, values.ToString());
            request.Content = content;
            return await _service.SendAsync(request);
        }

        public async ValueTask DisposeAsync()
        {
            await _service.DisposeAsync();
            await _node.DisposeAsync();
        }

        private async Task ReceiveAsync(HttpContext context, bool stopsAtContentLength)
        {
            await context.RequireAction("s3:PutObject", "arn:aws:s3:::photos/cat.jpg");
            var body = new byte[context.Request.ContentLength!.Value];
            await context.Request.Body.ReadExactlyAsync(body, context.RequestAborted);
            if (!stopsAtContentLength)
                Assert.Equal(0, await context.Request.Body.ReadAsync(new byte[1], context.RequestAborted));
            Committed = body;
            await context.Response.WriteAsync($"{context.Request.ContentLength} {context.Request.Headers.ContentEncoding}", context.RequestAborted);
        }

        private static byte[] Frame(HttpRequestMessage request, byte[] body, string kind)
        {
            var authorization = request.Headers.NonValidated["Authorization"].ToString();
            var timestamp = request.Headers.GetValues("X-Amz-Date").Single();
            var scope = $"{timestamp[..8]}/us-east-1/s3/aws4_request";
            var key = SigV4.SigningKey(Known.Alice().Secret, timestamp[..8], "us-east-1", "s3");
            var signature = authorization[^64..];
            var isSigned = SigV4Chunks.HasSignedChunks(kind);
            using var framed = new MemoryStream();
            foreach (var chunk in body.Chunk(40_000).Append([]))
            {
                signature = SigV4Chunks.ChunkSignature(key, timestamp, scope, signature, chunk);
                framed.Write(Encoding.ASCII.GetBytes(isSigned ? $"{chunk.Length:x};chunk-signature={signature}\r\n" : $"{chunk.Length:x}\r\n"));
                framed.Write(chunk);
                if (chunk.Length > 0 || !SigV4Chunks.HasTrailers(kind))
                    framed.Write("\r\n"u8);
            }
            if (SigV4Chunks.HasTrailers(kind))
            {
                var checksum = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(body));
                framed.Write(Encoding.ASCII.GetBytes($"x-amz-checksum-sha256:{checksum}\r\n"));
                if (isSigned)
                    framed.Write(Encoding.ASCII.GetBytes($"x-amz-trailer-signature:{SigV4Chunks.TrailerSignature(key, timestamp, scope, signature, Encoding.ASCII.GetBytes($"x-amz-checksum-sha256:{checksum}\n"))}\r\n"));
                framed.Write("\r\n"u8);
            }
            return framed.ToArray();
        }
    }
}
