using System.Security.Cryptography;
using System.Text;
using Daypass.Trails;

namespace Daypass.Core.Tests.Trails;

/// <summary>Digest files: CloudTrail's names in CloudTrail's forms, and signatures that hold or do not.</summary>
public sealed class DigestFileTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Digest Whole = new()
    {
        Account = "111122223333", Start = Noon, End = Noon.AddHours(1), Bucket = "b", Key = "k", Fingerprint = "f", NewestEvent = Noon.AddMinutes(3), OldestEvent = Noon,
        Previous = new PreviousDigest("pb", "pk", "ph", "ps"), RetentionDays = 400,
        LogFiles = [new DigestLogFile("b", "log", "hash", Noon.AddMinutes(3), Noon, new byte[] { 1, 2, 3, 255 }, 77)],
    };

    [Fact]
    public void A_digest_has_the_members_of_CloudTrails_in_their_order_and_Daypass_own_behind() => Assert.Equal(
        """
        {"awsAccountId":"111122223333","digestStartTime":"2026-03-01T12:00:00Z","digestEndTime":"2026-03-01T13:00:00Z","digestS3Bucket":"b","digestS3Object":"k","digestPublicKeyFingerprint":"f","digestSignatureAlgorithm":"SHA256withRSA","newestEventTime":"2026-03-01T12:03:00Z","oldestEventTime":"2026-03-01T12:00:00Z","previousDigestS3Bucket":"pb","previousDigestS3Object":"pk","previousDigestHashValue":"ph","previousDigestHashAlgorithm":"SHA-256","previousDigestSignature":"ps","logFiles":[{"s3Bucket":"b","s3Object":"log","hashValue":"hash","hashAlgorithm":"SHA-256","newestEventTime":"2026-03-01T12:03:00Z","oldestEventTime":"2026-03-01T12:00:00Z","recordMarks":"AQID/w==","lastRecordPosition":77}],"retentionDays":400}
        """,
        Encoding.UTF8.GetString(DigestFile.Write(Whole)));

    [Fact]
    public void A_first_digest_without_events_has_nulls_and_is_signed_with_the_word_null()
    {
        var first = Whole with { Previous = null, NewestEvent = null, OldestEvent = null, LogFiles = [] };
        var content = DigestFile.Write(first);
        Assert.Contains("""
            "newestEventTime":null,"oldestEventTime":null,"previousDigestS3Bucket":null,"previousDigestS3Object":null,"previousDigestHashValue":null,"previousDigestHashAlgorithm":null,"previousDigestSignature":null,"logFiles":[]
            """.Trim(), Encoding.UTF8.GetString(content), StringComparison.Ordinal);
        Assert.Equal($"2026-03-01T13:00:00Z\nb/k\n{DigestSignature.HashOf(content)}\nnull", Encoding.UTF8.GetString(DigestSignature.ToSign(first, content)));
    }

    [Fact]
    public void What_was_written_is_read_back()
    {
        var read = DigestFile.Read(DigestFile.Write(Whole))!;
        Assert.Equal(Whole with { LogFiles = [] }, read with { LogFiles = [] });
        var (wanted, file) = (Whole.LogFiles[0], read.LogFiles.Single());
        Assert.Equal(wanted with { Marks = default }, file with { Marks = default });
        Assert.Equal(wanted.Marks.ToArray(), file.Marks.ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"awsAccountId":7}""")]
    public void What_is_no_digest_is_null(string content) => Assert.Null(DigestFile.Read(Encoding.UTF8.GetBytes(content)));

    [Fact]
    public void A_signature_holds_for_its_key_its_content_and_its_place_only()
    {
        using var rsa = RSA.Create(2048);
        using var other = RSA.Create(2048);
        var (key, content) = (new TrailPublicKey(rsa.ExportRSAPublicKey(), Noon, null), DigestFile.Write(Whole));
        var signature = Convert.ToHexStringLower(rsa.SignData(DigestSignature.ToSign(Whole, content), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        Assert.True(key.Verifies(Whole, content, signature));
        Assert.False(key.Verifies(Whole with { Key = "elsewhere" }, content, signature));
        Assert.False(key.Verifies(Whole with { Previous = null }, content, signature));
        Assert.False(key.Verifies(Whole, [.. content, (byte)' '], signature));
        Assert.False(key.Verifies(Whole, content, "no signature"));
        Assert.False(new TrailPublicKey(other.ExportRSAPublicKey(), Noon, null).Verifies(Whole, content, signature));
        Assert.False(new TrailPublicKey(new byte[] { 1, 2, 3 }, Noon, null).Verifies(Whole, content, signature));
        Assert.Matches("^[0-9a-f]{32}$", key.Fingerprint);
    }
}
