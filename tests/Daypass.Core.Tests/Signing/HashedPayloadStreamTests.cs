using Daypass.Signing;

namespace Daypass.Core.Tests.Signing;

public sealed class HashedPayloadStreamTests
{
    private static readonly byte[] Body = "hello"u8.ToArray();

    [Fact]
    public async Task A_body_with_the_signed_hash_is_read_whole()
    {
        using var stream = new HashedPayloadStream(new TricklingStream(Body, 2), SigV4.PayloadHash(Body));
        using var read = new MemoryStream();
        await stream.CopyToAsync(read);
        Assert.Equal(Body, read.ToArray());
        Assert.Equal(0, await stream.ReadAsync(new byte[1]));
    }

    [Theory]
    [InlineData("hellO")]
    [InlineData("hell")]
    [InlineData("hello!")]
    [InlineData("")]
    public async Task Any_other_body_never_comes_to_its_end(string body)
    {
        using var stream = new HashedPayloadStream(new TricklingStream(System.Text.Encoding.ASCII.GetBytes(body), 2), SigV4.PayloadHash(Body));
        for (var i = 0; i < 2; i++)
            Assert.Equal(PayloadErrorCode.XAmzContentSHA256Mismatch, (await Assert.ThrowsAsync<PayloadException>(async () => await stream.CopyToAsync(Stream.Null))).Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("UNSIGNED-PAYLOAD")]
    [InlineData("E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855")]
    public void What_is_no_hash_is_refused_at_once(string hash) =>
        Assert.Equal(PayloadErrorCode.InvalidRequest, Assert.Throws<PayloadException>(() => new HashedPayloadStream(new MemoryStream(), hash)).Code);
}
