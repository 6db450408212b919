using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Daypass.Names;

namespace BucketService;

/// <summary>All buckets, in one folder.</summary>
internal sealed class BucketStore
{
    private readonly string _folder;
    private readonly ConcurrentDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);

    public BucketStore(string folder)
    {
        _folder = Directory.CreateDirectory(folder).FullName;
        // What a crash left half made, or half deleted, has no record and is no bucket.
        foreach (var bucket in Directory.EnumerateDirectories(_folder).Where(bucket => File.Exists(Bucket.RecordOf(bucket))))
        {
            var record = JsonSerializer.Deserialize<BucketRecord>(File.ReadAllText(Bucket.RecordOf(bucket)))!;
            _buckets[record.Name] = new Bucket(bucket, record);
        }
    }

    /// <summary>Buckets whose stored policy is not what today's reader takes, and why.</summary>
    public IEnumerable<(string Name, string Why)> DamagedPolicies =>
        from bucket in _buckets.Values where bucket.Policy?.Document.Fault is not null select (bucket.Record.Name, bucket.Policy!.Document.Fault!.Message);

    public Bucket? Find(string name) => _buckets.GetValueOrDefault(name);

    public IEnumerable<Bucket> OwnedBy(AccountId owner) => _buckets.Values.Where(bucket => bucket.Owner == owner).OrderBy(bucket => bucket.Record.Name, StringComparer.Ordinal);

    public void Create(string name, AccountId owner, DateTimeOffset now)
    {
        lock (_buckets)
        {
            if (Find(name) is { } taken)
                throw taken.Owner == owner
                    ? S3Error.Of("BucketAlreadyOwnedByYou", 409, "Your previous request to create the named bucket succeeded and you already own it.")
                    : S3Error.Of("BucketAlreadyExists", 409, "The requested bucket name is not available.");
            // Never a folder that an earlier bucket of the name had: requests may still be under way in it.
            var bucket = new Bucket(Path.Combine(_folder, $"{name}.{Files.NewId()}"), new BucketRecord(name, owner.ToString(), now, null));
            bucket.Save();
            _buckets[name] = bucket;
        }
    }

    public void Delete(Bucket bucket)
    {
        lock (_buckets)
        {
            if (!bucket.IsEmpty)
                throw S3Error.Of("BucketNotEmpty", 409, "The bucket you tried to delete is not empty");
            bucket.Remove();
            _buckets.TryRemove(KeyValuePair.Create(bucket.Record.Name, bucket));
        }
    }

    /// <summary>3 to 63 of a-z, 0-9, dot and dash, ends being letters or digits: so a name is a safe folder too.</summary>
    public static bool IsName(string name) =>
        name.Length is >= 3 and <= 63
        && name.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character is '.' or '-')
        && char.IsAsciiLetterOrDigit(name[0]) && char.IsAsciiLetterOrDigit(name[^1]) && !name.Contains("..", StringComparison.Ordinal);
}

/// <summary>Files that are whole or not there.</summary>
internal static class Files
{
    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    public static void WriteAtomically(string path, string text)
    {
        var temporary = path + "." + NewId();
        File.WriteAllText(temporary, text);
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>
    /// Copies bodies to a temporary file, to the end of each: a body that is not what was signed throws before that, and nothing is left.
    /// </summary>
    public static async Task<(string Path, long Size, byte[] Md5)> ReceiveAsync(string folder, IEnumerable<Stream> bodies, CancellationToken cancellationToken, long limit = long.MaxValue)
    {
        var path = Path.Combine(folder, NewId() + ".partial");
        try
        {
            using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16, useAsync: true);
            var buffer = new byte[1 << 16];
            foreach (var body in bodies)
            {
                await using var source = body;
                while (await source.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, limit)), cancellationToken) is var count and > 0)
                {
                    limit -= count;
                    md5.AppendData(buffer, 0, count);
                    await file.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
                }
            }
            return (path, file.Length, md5.GetHashAndReset());
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }
}
