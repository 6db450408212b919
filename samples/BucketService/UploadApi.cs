using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Net.Http.Headers;
using static BucketService.S3Xml;

namespace BucketService;

/// <summary>Multipart uploads: a folder each, with a file for each part that has its MD5 in the name.</summary>
internal sealed class UploadApi
{
    private const int MostParts = 10_000;

    public async Task Create(S3Request request)
    {
        await request.RequireObject("s3:PutObject");
        var id = Files.NewId();
        var folder = Directory.CreateDirectory(request.Bucket.UploadFolder(id)).FullName;
        Files.WriteAtomically(Path.Combine(folder, "upload.json"), JsonSerializer.Serialize(new Upload(request.Key, request.ObjectHeaders())));
        await WriteAsync(request.Http, Element("InitiateMultipartUploadResult", Element("Bucket", request.BucketName), Element("Key", request.Key), Element("UploadId", id)));
    }

    public async Task PutPart(S3Request request)
    {
        await request.RequireObject("s3:PutObject");
        var (folder, _) = Find(request);
        if (!int.TryParse(request["partNumber"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is 0 or > MostParts)
            throw S3Error.Of("InvalidArgument", 400, "Part number must be an integer between 1 and 10000, inclusive");
        var source = await request.OpenCopySource();
        var length = source is { } copied ? Seek(copied.Content, request.Http.Request.Headers["x-amz-copy-source-range"]) : long.MaxValue;
        var (path, _, md5) = await Files.ReceiveAsync(folder, [source?.Content ?? request.Http.Request.Body], request.Http.RequestAborted, length);
        var etag = Convert.ToHexStringLower(md5);
        foreach (var old in Directory.EnumerateFiles(folder, Prefix(number) + "*"))
            File.Delete(old);
        File.Move(path, Path.Combine(folder, Prefix(number) + etag), overwrite: true);
        request.Http.Response.Headers.ETag = $"\"{etag}\"";
        if (source is not null)
            await WriteAsync(request.Http, Element("CopyPartResult", Element("ETag", $"\"{etag}\""), Element("LastModified", ObjectListing.Format(TimeProvider.System.GetUtcNow()))));
    }

    public async Task Complete(S3Request request)
    {
        await request.RequireObject("s3:PutObject");
        var (folder, upload) = Find(request);
        var document = Read(await request.ReadBody(4 * 1024 * 1024));
        var parts = document.Elements().Where(element => element.Name.LocalName == "Part")
            .Select(part => PartOf(folder, part.Child("PartNumber"), part.Child("ETag"))).ToList();
        if (parts.Count == 0)
            throw S3Error.MalformedXml;
        if (!parts.SequenceEqual(parts.Distinct().Order(StringComparer.Ordinal), StringComparer.Ordinal))
            throw S3Error.Of("InvalidPartOrder", 400, "The list of parts was not in ascending order. Parts must be ordered by part number.");
        var (path, size, _) = await Files.ReceiveAsync(request.Bucket.Contents, parts.Select(part => (Stream)File.OpenRead(Path.Combine(folder, part))), request.Http.RequestAborted);
        // S3's ETag of many parts: the MD5 of their MD5s, and their number.
        var md5 = MD5.HashData([.. parts.SelectMany(part => Convert.FromHexString(part.AsSpan(Prefix(0).Length)))]);
        var stored = request.Bucket.Put(upload.Key, path, size, $"{Convert.ToHexStringLower(md5)}-{parts.Count}", TimeProvider.System.GetUtcNow(), upload.Headers);
        Directory.Delete(folder, recursive: true);
        await WriteAsync(request.Http, Element(
            "CompleteMultipartUploadResult", Element("Bucket", request.BucketName), Element("Key", request.Key), Element("ETag", $"\"{stored.ETag}\"")));
    }

    public async Task Abort(S3Request request)
    {
        await request.RequireObject("s3:AbortMultipartUpload");
        Directory.Delete(Find(request).Folder, recursive: true);
        request.Http.Response.StatusCode = 204;
    }

    private sealed record Upload(string Key, Dictionary<string, string> Headers);

    private static string Prefix(int number) => $"part-{number.ToString("D5", CultureInfo.InvariantCulture)}-";

    private static (string Folder, Upload Upload) Find(S3Request request)
    {
        // Only ids of our own making: 32 hex digits, which no path can be.
        var folder = request["uploadId"] is { Length: 32 } id && id.All(char.IsAsciiHexDigitLower) ? request.Bucket.UploadFolder(id) : "";
        if (!File.Exists(Path.Combine(folder, "upload.json")))
            throw S3Error.NoSuchUpload;
        var upload = JsonSerializer.Deserialize<Upload>(File.ReadAllText(Path.Combine(folder, "upload.json")))!;
        return upload.Key == request.Key ? (folder, upload) : throw S3Error.NoSuchUpload;
    }

    /// <summary>Goes to where a range such as bytes=0-99 begins, and says how long it is.</summary>
    private static long Seek(FileStream content, string? range)
    {
        if (range is null)
            return long.MaxValue;
        if (!RangeHeaderValue.TryParse(range, out var parsed) || parsed.Ranges is not { Count: 1 } ranges || ranges.First() is not { From: { } from, To: { } to } || to >= content.Length)
            throw S3Error.Of("InvalidArgument", 400, "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy");
        content.Position = from;
        return to - from + 1;
    }

    private static string PartOf(string folder, string? number, string? etag)
    {
        if (int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var part) && part <= MostParts)
        {
            var md5 = etag?.Trim('"') ?? "";
            if (md5.Length == 32 && md5.All(char.IsAsciiHexDigitLower) && File.Exists(Path.Combine(folder, Prefix(part) + md5)))
                return Prefix(part) + md5;
        }
        throw S3Error.Of("InvalidPart", 400, "One or more of the specified parts could not be found. The part might not have been uploaded, or the specified entity tag might not have matched the part's entity tag.");
    }
}
