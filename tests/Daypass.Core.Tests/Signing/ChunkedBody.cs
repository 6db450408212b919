using System.Text;
using Daypass.Signing;

namespace Daypass.Core.Tests.Signing;

/// <summary>An aws-chunked body in the making: AWS's example, piece by piece, for tests to damage.</summary>
internal sealed class ChunkedBody
{
    public const string Crc32Trailer = "x-amz-checksum-crc32";

    private readonly StringBuilder _wire = new();

    public string Kind { get; init; } = SigV4Chunks.SignedPayload;

    public long Length { get; init; } = 66560;

    public string[] Declared { get; init; } = [];

    public static ChunkedBody Signed() => new ChunkedBody().Chunk(65536, ChunkSignatureTests.First).Chunk(1024, ChunkSignatureTests.Second).Chunk(0, ChunkSignatureTests.Last);

    public static ChunkedBody SignedWithTrailers() =>
        Signed(SigV4Chunks.SignedPayloadTrailer, ["third", "first", "second"]);

    public static ChunkedBody Signed(string kind, string[] declared) => new ChunkedBody { Kind = kind, Declared = declared }
        .Chunk(65536, ChunkSignatureTests.First).Chunk(1024, ChunkSignatureTests.Second).Chunk(0, ChunkSignatureTests.Last);

    /// <summary>"hello world" in two unsigned chunks.</summary>
    public static ChunkedBody Unsigned(long length = 11, params string[] declared) =>
        new ChunkedBody { Kind = SigV4Chunks.UnsignedPayloadTrailer, Length = length, Declared = declared }.Add("5\r\nhello\r\n6\r\n world\r\n0\r\n");

    public ChunkedBody Chunk(int size, string signature)
    {
        Add($"{size:x};chunk-signature={signature}\r\n{new string('a', size)}");
        return size > 0 ? Add("\r\n") : this;
    }

    public ChunkedBody Add(string text)
    {
        _wire.Append(text);
        return this;
    }

    public ChunkedBody Swap(string old, string replacement)
    {
        Assert.Contains(old, _wire.ToString(), StringComparison.Ordinal);
        _wire.Replace(old, replacement);
        return this;
    }

    public ChunkedBody CutTo(int length)
    {
        _wire.Length = length;
        return this;
    }

    public int WireLength => _wire.Length;

    public AwsChunkedStream Open(int most = int.MaxValue) => new(
        new TricklingStream(Encoding.Latin1.GetBytes(_wire.ToString()), most), new AwsChunkedPayload(Kind, Length, Declared), Seeded(), ChunkSignatureTests.Key);

    public async Task<(PayloadErrorCode? Error, int Read)> ReadAsync(int most = int.MaxValue)
    {
        using var stream = Open(most);
        using var read = new MemoryStream();
        try
        {
            await stream.CopyToAsync(read);
            return (null, (int)read.Length);
        }
        catch (PayloadException refused)
        {
            return (refused.Code, (int)read.Length);
        }
    }

    private static SigV4Authorization Seeded() => new()
    {
        Algorithm = SigV4.Algorithm, AccessKeyId = SignedRequest.KeyId, Date = "20130524", Region = "us-east-1", Service = "s3", Terminator = SigV4.Terminator, SignedHeaders = "host",
        Signature = ChunkSignatureTests.Seed, Timestamp = "20130524T000000Z", SignedAt = new DateTimeOffset(2013, 5, 24, 0, 0, 0, TimeSpan.Zero),
    };
}
