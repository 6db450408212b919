using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Daypass.Trails;

/// <summary>A digest as the JSON of its file, and back.</summary>
public static class DigestFile
{
    /// <summary>The file's content before compression. The same digest gives the same bytes.</summary>
    public static byte[] Write(Digest digest)
    {
        ArgumentNullException.ThrowIfNull(digest);
        var content = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(content))
        {
            json.WriteStartObject();
            WriteHead(json, digest);
            json.WriteStartArray("logFiles");
            foreach (var file in digest.LogFiles)
                WriteLogFile(json, file);
            json.WriteEndArray();
            json.WriteNumber("retentionDays", digest.RetentionDays);
            json.WriteEndObject();
        }
        return content.WrittenSpan.ToArray();
    }

    /// <summary>Reads a file's content before compression; null when it is not the JSON of a digest.</summary>
    public static Digest? Read(ReadOnlyMemory<byte> content)
    {
        try
        {
            using var json = JsonDocument.Parse(content);
            return Read(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <summary>A time as digests write it: UTC, whole seconds, such as <c>2026-03-01T12:00:00Z</c>.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static void WriteHead(Utf8JsonWriter json, Digest digest)
    {
        json.WriteString("awsAccountId", digest.Account);
        json.WriteString("digestStartTime", Time(digest.Start));
        json.WriteString("digestEndTime", Time(digest.End));
        json.WriteString("digestS3Bucket", digest.Bucket);
        json.WriteString("digestS3Object", digest.Key);
        json.WriteString("digestPublicKeyFingerprint", digest.Fingerprint);
        json.WriteString("digestSignatureAlgorithm", Digest.SignatureAlgorithm);
        json.WriteString("newestEventTime", TimeOrNull(digest.NewestEvent));
        json.WriteString("oldestEventTime", TimeOrNull(digest.OldestEvent));
        json.WriteString("previousDigestS3Bucket", digest.Previous?.Bucket);
        json.WriteString("previousDigestS3Object", digest.Previous?.Key);
        json.WriteString("previousDigestHashValue", digest.Previous?.Hash);
        json.WriteString("previousDigestHashAlgorithm", digest.Previous is null ? null : Digest.HashAlgorithm);
        json.WriteString("previousDigestSignature", digest.Previous?.Signature);
    }

    private static void WriteLogFile(Utf8JsonWriter json, DigestLogFile file)
    {
        json.WriteStartObject();
        json.WriteString("s3Bucket", file.Bucket);
        json.WriteString("s3Object", file.Key);
        json.WriteString("hashValue", file.Hash);
        json.WriteString("hashAlgorithm", Digest.HashAlgorithm);
        json.WriteString("newestEventTime", Time(file.NewestEvent));
        json.WriteString("oldestEventTime", Time(file.OldestEvent));
        json.WriteBase64String("recordMarks", file.Marks.Span);
        json.WriteNumber("lastRecordPosition", file.Last);
        json.WriteEndObject();
    }

    private static Digest Read(JsonElement json) => new()
    {
        Account = Text(json, "awsAccountId"),
        Start = ReadTime(json, "digestStartTime"),
        End = ReadTime(json, "digestEndTime"),
        Bucket = Text(json, "digestS3Bucket"),
        Key = Text(json, "digestS3Object"),
        Fingerprint = Text(json, "digestPublicKeyFingerprint"),
        NewestEvent = json.GetProperty("newestEventTime").ValueKind == JsonValueKind.Null ? null : ReadTime(json, "newestEventTime"),
        OldestEvent = json.GetProperty("oldestEventTime").ValueKind == JsonValueKind.Null ? null : ReadTime(json, "oldestEventTime"),
        Previous = json.GetProperty("previousDigestSignature").ValueKind == JsonValueKind.Null
            ? null
            : new PreviousDigest(Text(json, "previousDigestS3Bucket"), Text(json, "previousDigestS3Object"), Text(json, "previousDigestHashValue"), Text(json, "previousDigestSignature")),
        RetentionDays = json.TryGetProperty("retentionDays", out var days) ? days.GetInt32() : 0,
        LogFiles = [.. json.GetProperty("logFiles").EnumerateArray().Select(ReadLogFile)],
    };

    private static DigestLogFile ReadLogFile(JsonElement json) => new(
        Text(json, "s3Bucket"), Text(json, "s3Object"), Text(json, "hashValue"), ReadTime(json, "newestEventTime"), ReadTime(json, "oldestEventTime"),
        json.TryGetProperty("recordMarks", out var marks) ? marks.GetBytesFromBase64() : [],
        json.TryGetProperty("lastRecordPosition", out var last) ? last.GetInt64() : 0);

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString() ?? throw new FormatException($"The member {name} is null.");

    private static DateTimeOffset ReadTime(JsonElement json, string name) =>
        DateTimeOffset.ParseExact(Text(json, name), "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static string? TimeOrNull(DateTimeOffset? time) => time is { } known ? Time(known) : null;
}
