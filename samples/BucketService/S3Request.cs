using Daypass.AspNetCore;
using Microsoft.AspNetCore.Http.Features;

namespace BucketService;

/// <summary>A request in S3's words. Bucket and key come from the raw target, as the signature does: a decoded path has lost its dots.</summary>
internal sealed class S3Request(HttpContext http, BucketStore store)
{
    private readonly string[] _path = PathOf(http);

    public HttpContext Http => http;

    public string BucketName => _path[0];

    public string Key => _path.Length > 1 ? _path[1] : "";

    public string BucketArn => "arn:aws:s3:::" + BucketName;

    public Bucket Bucket => store.Find(BucketName) ?? throw S3Error.NoSuchBucket;

    public string? this[string parameter] => http.Request.Query.TryGetValue(parameter, out var value) ? value.ToString() : null;

    /// <summary>What the request is about beside the bucket or object itself, such as <c>policy</c>; empty for themselves.</summary>
    public string Subresource =>
        http.Request.Query.Keys.FirstOrDefault(name => !Ordinary.Contains(name) && !name.StartsWith("X-Amz-", StringComparison.OrdinalIgnoreCase)) ?? "";

    public ValueTask RequireBucket(string action, Dictionary<string, string>? keys = null) =>
        http.RequireAction(action, BucketArn, Bucket.Owner, keys, Bucket.Policy);

    public ValueTask RequireObject(string action) => http.RequireAction(action, $"{BucketArn}/{Key}", Bucket.Owner, resourcePolicy: Bucket.Policy);

    /// <summary>The object; that there is none is told only to those who may list.</summary>
    public async ValueTask<(StoredObject Object, FileStream Content)> OpenObject() =>
        Bucket.Open(Key) ?? throw (await http.CheckAction("s3:ListBucket", BucketArn, Bucket.Owner, resourcePolicy: Bucket.Policy) is { } refusal
            ? new DaypassException(refusal)
            : S3Error.NoSuchKey);

    /// <summary>The object of X-Amz-Copy-Source, which the caller must be able to read; null without one.</summary>
    public async ValueTask<(StoredObject Object, FileStream Content)?> OpenCopySource()
    {
        if (http.Request.Headers["x-amz-copy-source"] is not [{ } text])
            return null;
        var path = Uri.UnescapeDataString(text.TrimStart('/')).Split('/', 2);
        if (path is not [var name, { Length: > 0 } key])
            throw S3Error.Of("InvalidArgument", 400, "Copy Source must mention the source bucket and key: sourcebucket/sourcekey");
        var bucket = store.Find(name) ?? throw S3Error.NoSuchBucket;
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
    public Dictionary<string, string> ObjectHeaders() => http.Request.Headers
        .Where(header => header.Key.StartsWith("x-amz-meta-", StringComparison.OrdinalIgnoreCase) || Kept.Contains(header.Key))
        .ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);

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
