using Daypass.AspNetCore;
using Microsoft.Net.Http.Headers;
using static BucketService.S3Xml;

namespace BucketService;

/// <summary>The operations on objects.</summary>
internal sealed class ObjectApi
{
    private const int MostDeletes = 1000;

    public async Task GetObject(S3Request request)
    {
        await request.RequireObject("s3:GetObject");
        var (stored, content) = await request.OpenObject();
        foreach (var (name, value) in stored.Headers)
            request.Http.Response.Headers[name] = value;
        // ASP.NET knows ranges, conditions and HEAD.
        var type = stored.Headers.GetValueOrDefault("Content-Type", "binary/octet-stream");
        var file = Results.Stream(content, type, null, stored.Modified, new EntityTagHeaderValue($"\"{stored.ETag}\""), enableRangeProcessing: true);
        await file.ExecuteAsync(request.Http);
    }

    /// <summary>Clients ask before they copy large objects. Objects have no tags here.</summary>
    public async Task GetObjectTagging(S3Request request)
    {
        await request.RequireObject("s3:GetObjectTagging");
        await WriteAsync(request.Http, Element("Tagging", Element("TagSet")));
    }

    public async Task PutObject(S3Request request)
    {
        await request.RequireObject("s3:PutObject");
        var bucket = request.Bucket;
        var own = request.ObjectHeaders();
        var source = await request.OpenCopySource();
        var (path, size, md5) = await Files.ReceiveAsync(bucket.Contents, [source?.Content ?? request.Http.Request.Body], request.Http.RequestAborted);
        if (request.Http.Request.Headers.ContentMD5 is [{ } claimed] && claimed != Convert.ToBase64String(md5))
            throw S3Error.Of("BadDigest", 400, "The Content-MD5 you specified did not match what we received.");
        var headers = source is { } from && request.Http.Request.Headers["x-amz-metadata-directive"] != "REPLACE" ? from.Object.Headers : own;
        var stored = bucket.Put(request.Key, path, size, Convert.ToHexStringLower(md5), TimeProvider.System.GetUtcNow(), headers);
        if (source is null)
            request.Http.Response.Headers.ETag = $"\"{stored.ETag}\"";
        else
            await WriteAsync(request.Http, Element("CopyObjectResult", Element("ETag", $"\"{stored.ETag}\""), Element("LastModified", ObjectListing.Format(stored.Modified))));
    }

    public async Task DeleteObject(S3Request request)
    {
        await request.RequireObject("s3:DeleteObject");
        request.Bucket.Delete(request.Key);
        request.Http.Response.StatusCode = 204;
    }

    public async Task DeleteObjects(S3Request request)
    {
        var bucket = request.Bucket;
        var document = Read(await request.ReadBody(2 * 1024 * 1024));
        var keys = document.Elements().Where(element => element.Name.LocalName == "Object").Select(element => element.Child("Key") ?? throw S3Error.MalformedXml).ToList();
        if (keys.Count is 0 or > MostDeletes)
            throw S3Error.MalformedXml;
        var result = Element("DeleteResult");
        foreach (var key in keys)
        {
            // Each key has its own permission, and its own answer.
            if (await request.Http.CheckAction("s3:DeleteObject", $"{request.BucketArn}/{key}", bucket.Owner, resourcePolicy: bucket.Policy) is { } refusal)
            {
                result.Add(Element("Error", Element("Key", key), Element("Code", refusal.Code), Element("Message", refusal.Sentence)));
                continue;
            }
            bucket.Delete(key);
            if (document.Child("Quiet") != "true")
                result.Add(Element("Deleted", Element("Key", key)));
        }
        await WriteAsync(request.Http, result);
    }
}
