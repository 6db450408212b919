using System.Globalization;
using System.Text;
using System.Xml.Linq;
using static BucketService.S3Xml;

namespace BucketService;

/// <summary>ListObjects and ListObjectsV2, which differ in the names of where a page begins and where the next one does.</summary>
internal sealed class ObjectListing(S3Request request)
{
    private const int MostKeys = 1000;

    private readonly bool _isV2 = request["list-type"] == "2";
    private readonly string _prefix = request["prefix"] ?? "";
    private readonly string _delimiter = request["delimiter"] ?? "";
    private readonly List<XElement> _entries = [];

    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public async Task WriteAsync()
    {
        await request.RequireBucket("s3:ListBucket", Keys());
        var limit = request["max-keys"] is not { } text ? MostKeys
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Min(number, MostKeys)
            : throw S3Error.Of("InvalidArgument", 400, "Provided max-keys not an integer or within integer range");
        var next = Collect(limit);
        await S3Xml.WriteAsync(request.Http, Element(
            "ListBucketResult",
            Element("Name", request.BucketName), Element("Prefix", Encode(_prefix)), Element("Delimiter", Encode(_delimiter)), Element("MaxKeys", limit),
            _isV2 ? Element("KeyCount", _entries.Count) : Element("Marker", Encode(request["marker"] ?? "")),
            request["encoding-type"] is { } encoding ? Element("EncodingType", encoding) : null,
            Element("IsTruncated", next is not null),
            next is null ? null : _isV2 ? Element("NextContinuationToken", Convert.ToBase64String(Encoding.UTF8.GetBytes(next))) : Element("NextMarker", Encode(next)),
            _entries));
    }

    // Only what the request says: a policy may ask whether a prefix was given at all.
    private Dictionary<string, string> Keys()
    {
        var keys = new Dictionary<string, string>();
        foreach (var name in new[] { "prefix", "delimiter", "max-keys" })
        {
            if (request[name] is { } value)
                keys["s3:" + name] = value;
        }
        return keys;
    }

    /// <summary>Fills the page and returns its last name if there are more.</summary>
    private string? Collect(int limit)
    {
        var after = After();
        string? last = null;
        foreach (var stored in request.Bucket.Objects.Where(stored => stored.Key.StartsWith(_prefix, StringComparison.Ordinal)))
        {
            var end = _delimiter.Length == 0 ? -1 : stored.Key.IndexOf(_delimiter, _prefix.Length, StringComparison.Ordinal);
            var name = end < 0 ? stored.Key : stored.Key[..(end + _delimiter.Length)];
            if (string.CompareOrdinal(name, last ?? after) <= 0)
                continue;
            if (_entries.Count == limit)
                return last;
            _entries.Add(end < 0 ? Contents(stored) : Element("CommonPrefixes", Element("Prefix", Encode(name))));
            last = name;
        }
        return null;
    }

    private string After()
    {
        if (!_isV2)
            return request["marker"] ?? "";
        if (request["continuation-token"] is not { } token)
            return request["start-after"] ?? "";
        var bytes = new byte[token.Length];
        return Convert.TryFromBase64String(token, bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length)
            : throw S3Error.Of("InvalidArgument", 400, "The continuation token provided is incorrect");
    }

    private XElement Contents(StoredObject stored) => Element(
        "Contents", Element("Key", Encode(stored.Key)), Element("LastModified", Format(stored.Modified)), Element("ETag", $"\"{stored.ETag}\""), Element("Size", stored.Size),
        Element("StorageClass", "STANDARD"));

    private string Encode(string text) => request["encoding-type"] == "url" ? Uri.EscapeDataString(text).Replace("%2F", "/", StringComparison.Ordinal) : text;
}
