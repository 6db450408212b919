using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Daypass.Names;
using Daypass.Policies;

namespace BucketService;

/// <summary>An object as it is kept: its content is in the file <paramref name="File"/>.</summary>
internal sealed record StoredObject(string Key, string File, long Size, string ETag, DateTimeOffset Modified, Dictionary<string, string> Headers);

/// <summary>What a bucket is, in its folder's bucket.json.</summary>
internal sealed record BucketRecord(string Name, string Owner, DateTimeOffset Created, string? Policy);

/// <summary>A bucket: a folder with the contents, and one record for each key under the hash of the key, so that no key can name a file.</summary>
internal sealed class Bucket
{
    private readonly string _folder;
    private readonly ConcurrentDictionary<string, StoredObject> _objects = new(StringComparer.Ordinal);

    public Bucket(string folder, BucketRecord record)
    {
        _folder = folder;
        Record = record;
        foreach (var name in new[] { "contents", "records", "uploads" })
            Directory.CreateDirectory(Path.Combine(folder, name));
        foreach (var file in Directory.EnumerateFiles(Path.Combine(folder, "records"), "*.json"))
        {
            var stored = JsonSerializer.Deserialize<StoredObject>(File.ReadAllText(file))!;
            _objects[stored.Key] = stored;
        }
        Policy = Compile(record.Policy);
    }

    public BucketRecord Record { get; private set; }

    public AccountId Owner => AccountId.TryParse(Record.Owner, out var owner) ? owner : throw new InvalidDataException($"The bucket {Record.Name} has no owner.");

    /// <summary>The bucket policy, ready to decide.</summary>
    public Policy? Policy { get; private set; }

    public IEnumerable<StoredObject> Objects => _objects.Values.OrderBy(stored => stored.Key, StringComparer.Ordinal);

    public bool IsEmpty => _objects.IsEmpty;

    /// <summary>Where files are that are not finished, on the same disk as the finished ones.</summary>
    public string Contents => Path.Combine(_folder, "contents");

    public string UploadFolder(string id) => Path.Combine(_folder, "uploads", id);

    public StoredObject? Find(string key) => _objects.GetValueOrDefault(key);

    /// <summary>Opens what a key has now, so that a later write or delete does not disturb the reader; null without such an object.</summary>
    public (StoredObject Object, FileStream Content)? Open(string key)
    {
        lock (_objects)
            return Find(key) is { } stored ? (stored, new FileStream(ContentPath(stored), FileMode.Open, FileAccess.Read, FileShare.Delete, 1 << 16, useAsync: true)) : null;
    }

    public void SetPolicy(PolicyDocument? document)
    {
        Record = Record with { Policy = document?.Text };
        Save();
        Policy = Compile(document?.Text);
    }

    public void Save() => Files.WriteAtomically(RecordOf(_folder), JsonSerializer.Serialize(Record));

    /// <summary>Deletes the bucket's folder, its record first: without that it is no bucket any more.</summary>
    public void Remove()
    {
        File.Delete(RecordOf(_folder));
        Directory.Delete(_folder, recursive: true);
    }

    public static string RecordOf(string folder) => Path.Combine(folder, "bucket.json");

    /// <summary>Makes an object of a finished file, in one step: readers see the old one or the new one.</summary>
    public StoredObject Put(string key, string finished, long size, string etag, DateTimeOffset now, Dictionary<string, string> headers)
    {
        var stored = new StoredObject(key, Files.NewId(), size, etag, now, headers);
        File.Move(finished, ContentPath(stored));
        lock (_objects)
        {
            var old = Find(key);
            Files.WriteAtomically(RecordPath(key), JsonSerializer.Serialize(stored));
            _objects[key] = stored;
            if (old is not null)
                File.Delete(ContentPath(old));
        }
        return stored;
    }

    public void Delete(string key)
    {
        lock (_objects)
        {
            if (!_objects.TryRemove(key, out var stored))
                return;
            File.Delete(RecordPath(key));
            File.Delete(ContentPath(stored));
        }
    }

    private static Policy? Compile(string? text) => text is null ? null : new Policy(PolicyDocument.ReadStored(text, PolicyType.Resource), "BucketPolicy", null);

    private string ContentPath(StoredObject stored) => Path.Combine(Contents, stored.File);

    private string RecordPath(string key) => Path.Combine(_folder, "records", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key))) + ".json");
}
