using System.Text;
using Daypass.Signing;

namespace Daypass.Core.Tests.Signing;

/// <summary>The worked examples of AWS's documentation and of AWS's own signing library.</summary>
public sealed class ChunkSignatureTests
{
    public const string Seed = "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9";
    public const string First = "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648";
    public const string Second = "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497";
    public const string Last = "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9";
    public const string Trailers = "df5735bd9f3295cd9386572292562fefc93ba94e80a0a1ddcbd652c4e0a75e6c";

    private const string Time = "20130524T000000Z";
    private const string Scope = "20130524/us-east-1/s3/aws4_request";

    public static byte[] Key { get; } = SigV4.SigningKey("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "20130524", "us-east-1", "s3");

    [Fact]
    public void The_seed_is_the_signature_of_the_request()
    {
        List<KeyValuePair<string, string>> headers =
            [new("content-encoding", "aws-chunked"), new("content-length", "66824"), new("x-amz-decoded-content-length", "66560"), new("x-amz-storage-class", "REDUCED_REDUNDANCY")];
        var added = SigV4Signer.SignHeaders("PUT", new Uri("https://s3.amazonaws.com/examplebucket/chunkObject.txt"), headers, SigV4Chunks.SignedPayload,
            "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", null, "us-east-1", "s3", new DateTimeOffset(2013, 5, 24, 0, 0, 0, TimeSpan.Zero), s3: true);
        Assert.EndsWith(Seed, added[^1].Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Chunks_and_trailers_are_signed_as_in_AWS_s_example()
    {
        var data = Encoding.ASCII.GetBytes(new string('a', 66560));
        Assert.Equal(First, SigV4Chunks.ChunkSignature(Key, Time, Scope, Seed, data.AsSpan(0, 65536)));
        Assert.Equal(Second, SigV4Chunks.ChunkSignature(Key, Time, Scope, First, data.AsSpan(65536)));
        Assert.Equal(Last, SigV4Chunks.ChunkSignature(Key, Time, Scope, Second, []));
        Assert.Equal(Trailers, SigV4Chunks.TrailerSignature(Key, Time, Scope, Last, "first:1st\nsecond:2nd\nthird:3rd\n"u8));
    }

    [Theory]
    [InlineData(SigV4Chunks.UnsignedPayload, false, false, false)]
    [InlineData(SigV4Chunks.SignedPayload, true, true, false)]
    [InlineData(SigV4Chunks.SignedPayloadTrailer, true, true, true)]
    [InlineData(SigV4Chunks.UnsignedPayloadTrailer, true, false, true)]
    [InlineData(SigV4Chunks.EcdsaPayload, true, false, false)]
    [InlineData(SigV4Chunks.EcdsaPayloadTrailer, true, false, true)]
    [InlineData(SigV4Chunks.EmptyPayloadHash, false, false, false)]
    [InlineData("streaming-unsigned-payload-trailer", false, false, false)]
    public void The_words_for_a_payload_are_told_apart(string word, bool streaming, bool signed, bool trailers) =>
        Assert.Equal((streaming, signed, trailers), (SigV4Chunks.IsStreaming(word), SigV4Chunks.HasSignedChunks(word), SigV4Chunks.HasTrailers(word)));
}
