using Daypass.AspNetCore;
using Daypass.Policies;
using Microsoft.AspNetCore.Http.Features;

namespace BucketService;

/// <summary>A request in S3's words. Bucket and key come from the raw target, as the signature does: a decoded path has lost its dots.</summary>
internal sealed class S3Request(HttpContext http, BucketStore store)
{
    private readonly string[] _path = PathOf(http);
    private Bucket? _bucket;

    public HttpContext Http => http;

    public string BucketName => _path[0];

    public string Key => _path.Length > 1 ? _path[1] : "";

    public string BucketArn => "arn:aws:s3:::" + BucketName;

    /// <summary>The bucket, one and the same for the whole request: what was allowed on it is not done to a later one of its name.</summary>
    public Bucket Bucket => _bucket ??= Find(BucketName, "x-amz-expected-bucket-owner");

    public string? this[string parameter] => http.Request.Query.TryGetValue(parameter, out var value) ? value.ToString() : null;

    /// <summary>What the request is about beside the bucket or object itself, such as <c>policy</c>; empty for themselves.</summary>
    public string Subresource =>
        http.Request.Query.Keys.FirstOrDefault(name => !Ordinary.Contains(name) && !name.StartsWith("X-Amz-", StringComparison.OrdinalIgnoreCase)) ?? "";

    public ValueTask RequireBucket(string action, Dictionary<string, string>? keys = null) =>
        http.RequireAction(action, BucketArn, Bucket.Owner, keys, Bucket.Policy);

    /// <summary>For the policy itself: as at S3, no bucket policy can lock out the root user of the bucket's owner.</summary>
    public ValueTask RequireBucketPolicy(string action) =>
        http.GetDaypassCaller() is { Kind: PrincipalKind.Root } root && root.Account == Bucket.Owner ? http.RequireAction(action, BucketArn, Bucket.Owner) : RequireBucket(action);

    public ValueTask RequireObject(string action) => http.RequireAction(action, $"{BucketArn}/{Key}", Bucket.Owner, resourcePolicy: Bucket.Policy);

    /// <summary>The object; that there is none is told only to those who may list.</summary>
    public async ValueTask<(StoredObject Object, FileStream Content)> OpenObject() =>
        Bucket.Open(Key) ?? throw (await http.CheckAction("s3:ListBucket", BucketArn, Bucket.Owner, resourcePolicy: Bucket.Policy, isRecorded: false) is { } refusal
            ? new DaypassException(refusal)
            : S3Error.NoSuchKey);

    /// <summary>The object of X-Amz-Copy-Source, which the caller must be able to read; null without one.</summary>
    public async ValueTask<(StoredObject Object, FileStream Content)?> OpenCopySource()
    {
        if (http.Request.Headers["x-amz-copy-source"] is not { Count: > 0 } text)
            return null;
        var path = Uri.UnescapeDataString(text.ToString().TrimStart('/')).Split('/', 2);
        if (path is not [var name, { Length: > 0 } key])
            throw S3Error.Of("InvalidArgument", 400, "Copy Source must mention the source bucket and key: sourcebucket/sourcekey");
        var bucket = Find(name, "x-amz-source-expected-bucket-owner");
        await http.RequireAction("s3:GetObject", $"arn:aws:s3:::{name}/{key}", bucket.Owner, resourcePolicy: bucket.Policy);
        return bucket.Open(key) ?? throw S3Error.NoSuchKey;
    }

    /// <summary>The request's body, read to its end and so verified.</summary>
    public async Task<MemoryStream> ReadBody(int longest)
    {
        var body = new MemoryStream();
        var buffer = new byte[8192];
        while (await http.Request.Body.ReadAsync(buffer, http.RequestAborted) is var count and > 0)
        {
            body.Write(buffer, 0, count);
            if (body.Length > longest)
                throw S3Error.Of("MaxMessageLengthExceeded", 400, "Your request was too large.");
        }
        body.Position = 0;
        return body;
    }

    /// <summary>The headers that an object keeps and gives back.</summary>
    public Dictionary<string, string> ObjectHeaders()
    {
        var headers = http.Request.Headers
            .Where(header => header.Key.StartsWith("x-amz-meta-", StringComparison.OrdinalIgnoreCase) || Kept.Contains(header.Key))
            .ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        // No answer can carry them, so the object could never be read again.
        return headers.Values.Any(value => value.Any(char.IsControl))
            ? throw S3Error.Of("InvalidArgument", 400, "Header values may not contain control characters.")
            : headers;
    }

    // Who says whose bucket it should be does not want to write to, or read from, one that somebody else made under its name.
    private Bucket Find(string name, string expectedOwner)
    {
        var bucket = store.Find(name) ?? throw S3Error.NoSuchBucket;
        return http.Request.Headers[expectedOwner] is { Count: > 0 } expected && expected.ToString() != bucket.Record.Owner
            ? throw S3Error.Of("AccessDenied", 403, "Access Denied")
            : bucket;
    }

    private static readonly HashSet<string> Ordinary = new(StringComparer.OrdinalIgnoreCase)
    {
        "list-type", "prefix", "delimiter", "marker", "continuation-token", "start-after", "max-keys", "encoding-type", "fetch-owner", "partNumber", "x-id",
    };

    private static readonly HashSet<string> Kept = new(StringComparer.OrdinalIgnoreCase) { "Content-Type", "Content-Encoding", "Content-Disposition", "Content-Language", "Cache-Control" };

    private static string[] PathOf(HttpContext http)
    {
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var path = target.Split('?', 2)[0];
        return Array.ConvertAll(path[1..].Split('/', 2), Uri.UnescapeDataString);
    }
}
