using Daypass.AspNetCore;
using Daypass.Policies;
using static BucketService.S3Xml;

namespace BucketService;

/// <summary>Which operation a request is, and those on buckets. Each begins with the permission that it needs, under S3's own name for it.</summary>
internal sealed class S3Api(BucketStore store, string region)
{
    private readonly ObjectApi _objects = new();
    private readonly UploadApi _uploads = new();

    public Task HandleAsync(HttpContext http)
    {
        var request = new S3Request(http, store);
        var level = request.BucketName.Length == 0 ? "service" : request.Key.Length == 0 ? "bucket" : "object";
        return (level, http.Request.Method, request.Subresource) switch
        {
            ("service", "GET", "") => ListBuckets(request),
            ("bucket", "PUT", "") => CreateBucket(request),
            ("bucket", "HEAD", "") => HeadBucket(request),
            ("bucket", "DELETE", "") => DeleteBucket(request),
            ("bucket", "GET", "") => new ObjectListing(request).WriteAsync(),
            ("bucket", "GET", "location") => GetBucketLocation(request),
            ("bucket", "GET", "policy") => GetBucketPolicy(request),
            ("bucket", "PUT", "policy") => PutBucketPolicy(request),
            ("bucket", "DELETE", "policy") => DeleteBucketPolicy(request),
            ("bucket", "POST", "delete") => _objects.DeleteObjects(request),
            ("object", "GET" or "HEAD", "") => _objects.GetObject(request),
            ("object", "GET", "tagging") => _objects.GetObjectTagging(request),
            ("object", "PUT", "") => _objects.PutObject(request),
            ("object", "DELETE", "") => _objects.DeleteObject(request),
            ("object", "POST", "uploads") => _uploads.Create(request),
            ("object", "PUT", "uploadId") => _uploads.PutPart(request),
            ("object", "POST", "uploadId") => _uploads.Complete(request),
            ("object", "DELETE", "uploadId") => _uploads.Abort(request),
            _ => throw S3Error.Of("NotImplemented", 501, "A header or query you provided implies functionality that is not implemented."),
        };
    }

    private async Task ListBuckets(S3Request request)
    {
        await request.Http.RequireAction("s3:ListAllMyBuckets", "*");
        var caller = request.Http.GetDaypassCaller();
        var buckets = store.OwnedBy(caller.Account).Select(bucket =>
            Element("Bucket", Element("Name", bucket.Record.Name), Element("CreationDate", ObjectListing.Format(bucket.Record.Created))));
        await WriteAsync(request.Http, Element("ListAllMyBucketsResult", Element("Owner", Element("ID", caller.Account.ToString())), Element("Buckets", buckets)));
    }

    private async Task CreateBucket(S3Request request)
    {
        if (!BucketStore.IsName(request.BucketName))
            throw S3Error.Of("InvalidBucketName", 400, "The specified bucket is not valid.");
        // A bucket belongs to the account that makes it.
        var owner = request.Http.GetDaypassCaller().Account;
        await request.Http.RequireAction("s3:CreateBucket", request.BucketArn, owner);
        await request.ReadBody(64 * 1024);
        store.Create(request.BucketName, owner, TimeProvider.System.GetUtcNow());
        request.Http.Response.Headers.Location = "/" + request.BucketName;
    }

    private async Task HeadBucket(S3Request request)
    {
        await request.RequireBucket("s3:ListBucket");
        request.Http.Response.Headers["x-amz-bucket-region"] = region;
    }

    private async Task DeleteBucket(S3Request request)
    {
        await request.RequireBucket("s3:DeleteBucket");
        store.Delete(request.Bucket);
        request.Http.Response.StatusCode = 204;
    }

    private async Task GetBucketLocation(S3Request request)
    {
        await request.RequireBucket("s3:GetBucketLocation");
        // us-east-1 is the region that S3 has no name for.
        await WriteAsync(request.Http, Element("LocationConstraint", region == "us-east-1" ? null : region));
    }

    private static async Task GetBucketPolicy(S3Request request)
    {
        await request.RequireBucketPolicy("s3:GetBucketPolicy");
        var policy = request.Bucket.Record.Policy ?? throw S3Error.Of("NoSuchBucketPolicy", 404, "The bucket policy does not exist");
        request.Http.Response.ContentType = "application/json";
        await request.Http.Response.WriteAsync(policy, request.Http.RequestAborted);
    }

    private static async Task PutBucketPolicy(S3Request request)
    {
        await request.RequireBucketPolicy("s3:PutBucketPolicy");
        using var reader = new StreamReader(await request.ReadBody(20 * 1024));
        var document = PolicyDocument.TryParse(await reader.ReadToEndAsync(request.Http.RequestAborted), PolicyType.Resource, out var error);
        request.Bucket.SetPolicy(document ?? throw S3Error.Of("MalformedPolicy", 400, error!.Message));
        request.Http.Response.StatusCode = 204;
    }

    private static async Task DeleteBucketPolicy(S3Request request)
    {
        await request.RequireBucketPolicy("s3:DeleteBucketPolicy");
        request.Bucket.SetPolicy(null);
        request.Http.Response.StatusCode = 204;
    }
}
