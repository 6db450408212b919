using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Daypass.Compat.Tests.Harness;
using Daypass.Testing;

namespace Daypass.Compat.Tests;

/// <summary>Buckets with the AWS SDK for .NET, at a service that Daypass protects.</summary>
public sealed class DotNetSdkBuckets(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_reader_reads_and_may_not_write()
    {
        var (administrator, bucket) = await BucketAsync();
        await administrator.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = "monday.log", ContentBody = "transactions" });
        var (reader, sessionArn) = await ReaderAsync(bucket);

        Assert.Equal("transactions", await TextAsync(reader, bucket, "monday.log"));
        var refusal = await Assert.ThrowsAsync<AmazonS3Exception>(() => reader.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = "monday.log", ContentBody = "forged" }));
        Assert.Equal("AccessDenied", refusal.ErrorCode);
        Assert.Equal(
            $"User: {sessionArn} is not authorized to perform: s3:PutObject on resource: \"arn:aws:s3:::{bucket}/monday.log\" because no identity-based policy allows the s3:PutObject action",
            Denial.Sentence(refusal.Message));
        Assert.Equal("transactions", await TextAsync(administrator, bucket, "monday.log"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stream_goes_up_in_signed_chunks_or_in_one_piece(bool chunked)
    {
        var (administrator, bucket) = await BucketAsync();
        var content = new byte[300_001];
        new Random(8450).NextBytes(content);

        await administrator.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = "content", InputStream = new MemoryStream(content), UseChunkEncoding = chunked });

        using var back = new MemoryStream();
        using var answer = await administrator.GetObjectAsync(bucket, "content");
        await answer.ResponseStream.CopyToAsync(back);
        Assert.Equal(content, back.ToArray());
    }

    [Fact]
    public async Task A_presigned_link_reads_until_it_is_changed()
    {
        var (administrator, bucket) = await BucketAsync();
        await administrator.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = "a b/ü+.txt", ContentBody = "linked" });
        var (reader, _) = await ReaderAsync(bucket);
        var link = await reader.GetPreSignedURLAsync(new GetPreSignedUrlRequest { BucketName = bucket, Key = "a b/ü+.txt", Expires = DateTime.UtcNow.AddMinutes(10), Protocol = Protocol.HTTP });
        using var http = new HttpClient();

        Assert.Equal("linked", await http.GetStringAsync(new Uri(link)));
        using var changed = await http.GetAsync(new Uri(link + "0"));
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, changed.StatusCode);
    }

    [Fact]
    public async Task A_listing_pages_through_all_keys()
    {
        var (administrator, bucket) = await BucketAsync();
        string[] keys = ["a b", "a+b", "a/ü", "b"];
        foreach (var key in keys)
            await administrator.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = key, ContentBody = key });

        var found = new List<string>();
        await foreach (var listed in administrator.Paginators.ListObjectsV2(new ListObjectsV2Request { BucketName = bucket, MaxKeys = 3 }).S3Objects)
            found.Add(listed.Key);

        Assert.Equal(keys, found);
    }

    private static async Task<string> TextAsync(AmazonS3Client client, string bucket, string key)
    {
        using var answer = await client.GetObjectAsync(bucket, key);
        return await new StreamReader(answer.ResponseStream).ReadToEndAsync();
    }

    private async Task<(AmazonS3Client Administrator, string Bucket)> BucketAsync()
    {
        var (client, bucket) = (await ClientAsync(new BasicAWSCredentials(world.Administrator.AccessKeyId, world.Administrator.Secret)), world.Unique("logs"));
        await client.PutBucketAsync(bucket);
        return (client, bucket);
    }

    private async Task<(AmazonS3Client Reader, string SessionArn)> ReaderAsync(string bucket)
    {
        var (arn, alice) = await world.CreateUserAsync(world.Unique("alice"));
        var role = await world.CreateRoleAsync(world.Unique("LogReader"), Documents.Trust(arn), Documents.Allow("s3:GetObject", $"arn:aws:s3:::{bucket}/*"));
        var answer = (await world.Server.Client(alice.AccessKeyId, alice.Secret).StsAsync("AssumeRole", ("RoleArn", role), ("RoleSessionName", "tuesday"))).Result;
        var session = Keys.From(answer.GetProperty("Credentials"));
        var client = await ClientAsync(new SessionAWSCredentials(session.AccessKeyId, session.Secret, session.Token));
        return (client, $"arn:aws:sts::{DaypassServer.Account}:assumed-role/{role[(role.LastIndexOf('/') + 1)..]}/tuesday");
    }

    private async Task<AmazonS3Client> ClientAsync(AWSCredentials credentials) => new(
        credentials,
        new AmazonS3Config { ServiceURL = (await world.BucketsAsync()).Endpoint.ToString(), AuthenticationRegion = "us-east-1", ForcePathStyle = true, MaxErrorRetry = 0 });
}
