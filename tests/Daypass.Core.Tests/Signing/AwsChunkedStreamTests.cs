using System.Text;
using Daypass.Signing;
using static Daypass.Signing.PayloadErrorCode;

namespace Daypass.Core.Tests.Signing;

public sealed class AwsChunkedStreamTests
{
    private const string Trailers = "first:1st\r\nsecond:2nd\r\nthird:3rd\r\n";
    private const string TrailerSignature = "x-amz-trailer-signature:" + ChunkSignatureTests.Trailers + "\r\n";

    public static TheoryData<string, Func<object>, PayloadErrorCode, int> Damages { get; } = new()
    {
        { "first chunk's signature", () => ChunkedBody.Signed().Swap("=ad80", "=bd80").Add("\r\n"), SignatureDoesNotMatch, 0 },
        { "second chunk's signature", () => ChunkedBody.Signed().Swap("=0055", "=1055").Add("\r\n"), SignatureDoesNotMatch, 65536 },
        { "last chunk's signature", () => ChunkedBody.Signed().Swap("=b6c6", "=c6c6").Add("\r\n"), SignatureDoesNotMatch, 66560 },
        { "signature in capitals", () => ChunkedBody.Signed().Swap("=ad80", "=AD80").Add("\r\n"), SignatureDoesNotMatch, 0 },
        { "data of a chunk", () => ChunkedBody.Signed().Swap("aaaaaaaa\r\n400", "aaaaaaab\r\n400").Add("\r\n"), SignatureDoesNotMatch, 0 },
        { "chunks swapped", () => new ChunkedBody().Chunk(1024, ChunkSignatureTests.Second).Chunk(65536, ChunkSignatureTests.First).Chunk(0, ChunkSignatureTests.Last).Add("\r\n"), SignatureDoesNotMatch, 0 },
        { "a chunk repeated", () => new ChunkedBody { Length = 132096 }.Chunk(65536, ChunkSignatureTests.First).Chunk(65536, ChunkSignatureTests.First), SignatureDoesNotMatch, 65536 },
        { "last data chunk left out", () => new ChunkedBody { Length = 65536 }.Chunk(65536, ChunkSignatureTests.First).Chunk(0, ChunkSignatureTests.Last).Add("\r\n"), SignatureDoesNotMatch, 65536 },
        { "no chunk signature", () => ChunkedBody.Signed().Swap(";chunk-signature=" + ChunkSignatureTests.First, "").Add("\r\n"), InvalidRequest, 0 },
        { "another chunk extension", () => ChunkedBody.Signed().Swap(";chunk-signature=ad", ";x=1;chunk-signature=ad").Add("\r\n"), InvalidRequest, 0 },
        { "an extension after the signature", () => ChunkedBody.Signed().Swap(ChunkSignatureTests.First, ChunkSignatureTests.First + ";x=1").Add("\r\n"), SignatureDoesNotMatch, 0 },
        { "chunk line ends with LF", () => ChunkedBody.Signed().Swap(ChunkSignatureTests.First + "\r\n", ChunkSignatureTests.First + "\n").Add("\r\n"), InvalidRequest, 0 },
        { "length not hex", () => ChunkedBody.Signed().Swap("10000;", "1000g;").Add("\r\n"), InvalidRequest, 0 },
        { "length negative", () => ChunkedBody.Signed().Swap("10000;", "-10000;").Add("\r\n"), InvalidRequest, 0 },
        { "length with 0x", () => ChunkedBody.Signed().Swap("10000;", "0x10000;").Add("\r\n"), InvalidRequest, 0 },
        { "length with a space", () => ChunkedBody.Signed().Swap("10000;", " 10000;").Add("\r\n"), InvalidRequest, 0 },
        { "length past 64 bits", () => ChunkedBody.Signed().Swap("10000;", "10000000000000000;").Add("\r\n"), InvalidRequest, 0 },
        { "length that reads as negative", () => ChunkedBody.Signed().Swap("10000;", "ffffffffffffffff;").Add("\r\n"), InvalidRequest, 0 },
        { "length one short", () => ChunkedBody.Signed().Swap("10000;", "ffff;").Add("\r\n"), InvalidRequest, 0 },
        { "length one over", () => ChunkedBody.Signed().Swap("10000;", "10001;").Add("\r\n"), InvalidRequest, 0 },
        { "more than announced", () => new ChunkedBody { Length = 66559 }.Chunk(65536, ChunkSignatureTests.First).Chunk(1024, ChunkSignatureTests.Second), IncompleteBody, 65536 },
        { "less than announced", () => new ChunkedBody { Length = 66561 }.Chunk(65536, ChunkSignatureTests.First).Chunk(1024, ChunkSignatureTests.Second).Chunk(0, ChunkSignatureTests.Last).Add("\r\n"), IncompleteBody, 66560 },
        { "a chunk larger than is held", () => new ChunkedBody { Length = 1 << 30 }.Add("1000001;chunk-signature=" + ChunkSignatureTests.First + "\r\n"), InvalidChunkSizeError, 0 },
        { "nothing at all", () => new ChunkedBody(), IncompleteBody, 0 },
        { "no end of the last chunk", () => ChunkedBody.Signed(), IncompleteBody, 66560 },
        { "more after the end", () => ChunkedBody.Signed().Add("\r\n0"), InvalidRequest, 66560 },
        { "a trailer where none can be", () => ChunkedBody.Signed().Add("x:y\r\n\r\n"), InvalidRequest, 66560 },
        { "a line without end", () => new ChunkedBody().Add(new string('1', 20_000)), InvalidRequest, 0 },
        { "trailer signature", () => ChunkedBody.SignedWithTrailers().Add(Trailers + TrailerSignature.Replace("df57", "ef57", StringComparison.Ordinal) + "\r\n"), SignatureDoesNotMatch, 66560 },
        { "trailer value", () => ChunkedBody.SignedWithTrailers().Add(Trailers.Replace("2nd", "3rd", StringComparison.Ordinal) + TrailerSignature + "\r\n"), SignatureDoesNotMatch, 66560 },
        { "trailer missing", () => ChunkedBody.SignedWithTrailers().Add("first:1st\r\n" + TrailerSignature + "\r\n"), MalformedTrailerError, 66560 },
        { "trailer twice", () => ChunkedBody.SignedWithTrailers().Add("first:1st\r\n" + Trailers + TrailerSignature + "\r\n"), MalformedTrailerError, 66560 },
        { "trailer not declared", () => ChunkedBody.SignedWithTrailers().Add("x-amz-acl:public\r\n" + Trailers + TrailerSignature + "\r\n"), MalformedTrailerError, 66560 },
        { "trailer without colon", () => ChunkedBody.SignedWithTrailers().Add("first\r\n" + Trailers + TrailerSignature + "\r\n"), MalformedTrailerError, 66560 },
        { "trailers not signed", () => ChunkedBody.SignedWithTrailers().Add(Trailers + "\r\n\r\n"), MalformedTrailerError, 66560 },
        { "a trailer after the signature", () => ChunkedBody.SignedWithTrailers().Add(Trailers + TrailerSignature + "fourth:4th\r\n\r\n"), MalformedTrailerError, 66560 },
        { "no end of the trailers", () => ChunkedBody.SignedWithTrailers().Add(Trailers + TrailerSignature), IncompleteBody, 66560 },
        { "a trailer with a control character", () => ChunkedBody.SignedWithTrailers().Add("first:\u0001\r\n"), InvalidRequest, 66560 },
        { "unsigned: a signature", () => new ChunkedBody { Kind = SigV4Chunks.UnsignedPayloadTrailer }.Chunk(5, ChunkSignatureTests.First), InvalidRequest, 0 },
        { "unsigned: an undeclared checksum", () => ChunkedBody.Unsigned().Add("x-amz-checksum-crc32:DUoRhQ==\r\n\r\n"), MalformedTrailerError, 11 },
        { "unsigned: a wrong checksum", () => ChunkedBody.Unsigned(11, ChunkedBody.Crc32Trailer).Add("x-amz-checksum-crc32:DUoRhA==\r\n\r\n"), BadDigest, 11 },
        { "unsigned: a checksum of another length", () => ChunkedBody.Unsigned(11, ChunkedBody.Crc32Trailer).Add("x-amz-checksum-crc32:DUoRhQA=\r\n\r\n"), BadDigest, 11 },
        { "unsigned: a checksum that is no base64", () => ChunkedBody.Unsigned(11, ChunkedBody.Crc32Trailer).Add("x-amz-checksum-crc32:????\r\n\r\n"), BadDigest, 11 },
        { "unsigned: no checksum", () => ChunkedBody.Unsigned(11, ChunkedBody.Crc32Trailer).Add("\r\n"), MalformedTrailerError, 11 },
        { "unsigned: more than announced", () => ChunkedBody.Unsigned(10), IncompleteBody, 5 },
        { "unsigned: more after the end", () => ChunkedBody.Unsigned().Add("\r\nGET / HTTP/1.1"), InvalidRequest, 11 },
    };

    public static TheoryData<string, string> Checksums { get; } = new()
    {
        // Check values of each algorithm's specification, for "123456789".
        { "x-amz-checksum-crc32", "y/Q5Jg==" },
        { "x-amz-checksum-crc32c", "4waSgw==" },
        { "x-amz-checksum-crc64nvme", "rosUhgp5mIg=" },
        { "x-amz-checksum-sha1", "98O8HYCOBHMq32eZZczDTKeuNEE=" },
        { "x-amz-checksum-sha256", "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=" },
    };

    [Theory, MemberData(nameof(Damages))]
    public async Task A_damaged_body_is_refused_and_nothing_unverified_was_released(string damage, Func<object> body, PayloadErrorCode code, int released)
    {
        Assert.NotEmpty(damage);
        foreach (var most in new[] { int.MaxValue, 4093, 7 })
        {
            var (error, read) = await ((ChunkedBody)body()).ReadAsync(most);
            Assert.Equal(code, error);
            Assert.Equal(released, read);
        }
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(1000)]
    [InlineData(1)]
    public async Task Signed_bodies_are_read_whole_however_they_arrive(int most)
    {
        Assert.Equal((null, 66560), await ChunkedBody.Signed().Add("\r\n").ReadAsync(most));
        Assert.Equal((null, 66560), await ChunkedBody.SignedWithTrailers().Add(Trailers + TrailerSignature + "\r\n").ReadAsync(most));
        Assert.Equal((null, 11), await ChunkedBody.Unsigned(11, ChunkedBody.Crc32Trailer).Add("x-amz-checksum-crc32:DUoRhQ==\r\n\r\n").ReadAsync(most));
    }

    [Fact]
    public async Task Trailers_may_end_with_LF_and_an_empty_line_may_precede_their_signature() =>
        Assert.Equal((null, 66560), await ChunkedBody.SignedWithTrailers().Add(Trailers.Replace("\r\n", "\n", StringComparison.Ordinal) + "\r\n" + TrailerSignature + "\r\n").ReadAsync());

    [Fact]
    public async Task A_body_cut_anywhere_is_refused()
    {
        var whole = ChunkedBody.Signed().Add("\r\n").WireLength;
        foreach (var length in Enumerable.Range(0, 100).Concat(Enumerable.Range(65_600, whole - 65_600)))
        {
            var (error, _) = await ChunkedBody.Signed().Add("\r\n").CutTo(length).ReadAsync();
            Assert.NotNull(error);
        }
    }

    [Fact]
    public async Task After_a_refusal_every_read_is_refused()
    {
        using var stream = ChunkedBody.Signed().Swap("=ad80", "=bd80").Add("\r\n").Open();
        for (var i = 0; i < 3; i++)
            Assert.Equal(SignatureDoesNotMatch, (await Assert.ThrowsAsync<PayloadException>(async () => await stream.ReadExactlyAsync(new byte[10]))).Code);
    }

    [Fact]
    public async Task A_cancelled_read_cannot_be_resumed_in_the_middle_of_a_chunk()
    {
        using var stream = ChunkedBody.Unsigned().Add("\r\n").Open();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await stream.ReadExactlyAsync(new byte[10], new CancellationToken(canceled: true)));
        Assert.Equal(IncompleteBody, (await Assert.ThrowsAsync<PayloadException>(async () => await stream.ReadExactlyAsync(new byte[10]))).Code);
    }

    [Theory, MemberData(nameof(Checksums))]
    public async Task A_trailing_checksum_is_verified(string trailer, string value)
    {
        var good = new ChunkedBody { Kind = SigV4Chunks.UnsignedPayloadTrailer, Length = 9, Declared = [trailer] }.Add($"9\r\n123456789\r\n0\r\n{trailer}:{value}\r\n\r\n");
        Assert.Equal((null, 9), await good.ReadAsync());
        var bad = new ChunkedBody { Kind = SigV4Chunks.UnsignedPayloadTrailer, Length = 9, Declared = [trailer] }.Add($"9\r\n123456780\r\n0\r\n{trailer}:{value}\r\n\r\n");
        Assert.Equal(BadDigest, (await bad.ReadAsync()).Error);
    }

    [Fact]
    public async Task Small_signed_chunks_are_refused_before_the_last()
    {
        var time = "20130524T000000Z";
        var scope = "20130524/us-east-1/s3/aws4_request";
        var first = SigV4Chunks.ChunkSignature(ChunkSignatureTests.Key, time, scope, ChunkSignatureTests.Seed, Encoding.ASCII.GetBytes(new string('a', 8191)));
        var second = SigV4Chunks.ChunkSignature(ChunkSignatureTests.Key, time, scope, first, "a"u8);
        var body = new ChunkedBody { Length = 8192 }.Chunk(8191, first).Chunk(1, second);
        Assert.Equal((InvalidChunkSizeError, 8191), await body.ReadAsync());
    }

    [Theory]
    [InlineData("UNSIGNED-PAYLOAD", "1", "", InvalidRequest)]
    [InlineData("STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD", "1", "", NotImplemented)]
    [InlineData("STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "-1", "", MissingContentLength)]
    [InlineData("STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "", "", MissingContentLength)]
    [InlineData("STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "99999999999999999999", "", MissingContentLength)]
    [InlineData("STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "1", "x-amz-checksum-crc32", InvalidRequest)]
    [InlineData("STREAMING-UNSIGNED-PAYLOAD-TRAILER", "1", "a,b,c,d,e,f,g,h,i", InvalidRequest)]
    public void An_announcement_that_makes_no_sense_is_refused(string kind, string length, string trailers, PayloadErrorCode code) =>
        Assert.Equal(code, Assert.Throws<PayloadException>(() => AwsChunkedPayload.Read(Announcement(kind, length, trailers))).Code);

    [Fact]
    public void An_announcement_is_read_from_the_headers()
    {
        var payload = AwsChunkedPayload.Read(Announcement("STREAMING-UNSIGNED-PAYLOAD-TRAILER", "11", "X-Amz-Checksum-Crc32 , other"));
        Assert.Equal(11, payload.DecodedLength);
        Assert.Equal(["x-amz-checksum-crc32", "other"], payload.TrailerNames);
    }

    private static HeaderBag Announcement(string kind, string length, string trailers) =>
        new([new("x-amz-content-sha256", kind), new("X-Amz-Decoded-Content-Length", length), new("X-Amz-Trailer", trailers)]);
}
