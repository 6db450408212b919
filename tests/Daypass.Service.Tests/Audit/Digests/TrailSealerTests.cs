using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Daypass.Names;
using Daypass.Service.Audit.Digests;
using Daypass.Service.Pipeline;
using Daypass.Service.Stores;
using Daypass.Trails;

namespace Daypass.Service.Tests.Audit.Digests;

/// <summary>The chain of an account's digests: what is in it, and that there is one.</summary>
public sealed class TrailSealerTests : IDisposable
{
    private static readonly AccountId Ann = AccountId.Of(111122223333);
    private static readonly AccountId Ben = AccountId.Of(444455556666);
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TrailSettings Settings = new() { Bucket = "example-trail", RetentionDays = 400 };

    private readonly MemoryDigests _store = new();
    private readonly RSA _rsa = RSA.Create(2048);
    private readonly Keys _keys;
    private DateTimeOffset _now = Noon.AddMinutes(30);

    public TrailSealerTests() => _keys = new Keys(_rsa);

    public void Dispose() => _rsa.Dispose();

    private TrailSealer Sealer() => new(_store, _keys, Settings, () => _now);

    private TrailArchive Archive() => new(_store, Sealer(), _ => Task.FromResult<IReadOnlyList<NodeReport>>([]), TrailFacts.None);

    private async Task SealAsync(AccountId? account = null) => Assert.Equal(Sealing.Done, await Sealer().SealAsync(account ?? Ann, _store.Trail.Count, default));

    private Digest Read(int index) => DigestFile.Read(_store.Digests[index].Content)!;

    private async Task<string?> LogFileAsync(long digest, int index = 0) =>
        (await Archive().ReadAsync(new ArchiveRequest.LogFile(Ann, digest, index), default)).LogFile is { } zipped ? Open(zipped) : null;

    private static string Open(ReadOnlyMemory<byte> zipped)
    {
        using var reader = new StreamReader(new GZipStream(new MemoryStream(zipped.ToArray()), CompressionMode.Decompress));
        return reader.ReadToEnd();
    }

    [Fact]
    public async Task A_page_of_digests_ends_early_where_they_are_big_and_pages_together_are_all_of_them()
    {
        for (var i = 0; i < 20; i++)
        {
            _store.Append(Ann, Noon, $$"""{"eventID":"{{i}}"}""");
            await SealAsync();
        }
        Assert.Equal(20, (await Archive().ReadAsync(new ArchiveRequest.Digests(Ann, 0, 100), default)).Digests.Count);

        for (var i = 0; i < 20; i++)
            _store.Digests[i] = _store.Digests[i] with { Content = new byte[1_500_000] };
        var seen = new List<long>();
        for (var page = await PageAsync(0); page.Count > 0; page = await PageAsync(page[^1]))
        {
            Assert.InRange(page.Count, 1, 4);
            seen.AddRange(page);
        }
        Assert.Equal(Enumerable.Range(1, 20).Select(number => (long)number), seen);

        async Task<List<long>> PageAsync(long after) => [.. (await Archive().ReadAsync(new ArchiveRequest.Digests(Ann, (int)after, 100), default)).Digests.Select(digest => digest.Number)];
    }

    [Fact]
    public async Task A_digest_lists_the_hash_of_the_log_file_that_the_events_make_and_is_signed_as_CloudTrail_signs()
    {
        _store.Append(Ann, Noon, """{"eventID":"1"}""");
        _store.Append(Ben, Noon, """{"eventID":"other"}""");
        _store.Append(Ann, Noon.AddSeconds(-5), """{"eventID":"2"}""");
        await SealAsync();
        var (stored, digest) = (_store.Digests.Single(), Read(0));
        const string content = """{"Records":[{"eventID":"1"},{"eventID":"2"}]}""";
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
        var file = digest.LogFiles.Single();
        Assert.Equal(content, await LogFileAsync(1));
        Assert.Equal(hash, file.Hash);
        Assert.Equal($"AWSLogs/111122223333/CloudTrail/us-east-1/2026/03/01/111122223333_CloudTrail_us-east-1_20260301T1230Z_{hash[..16].ToUpperInvariant()}.json.gz", file.Key);
        Assert.Equal("AWSLogs/111122223333/CloudTrail-Digest/us-east-1/2026/03/01/111122223333_CloudTrail-Digest_us-east-1_daypass_us-east-1_20260301T123000Z.json.gz", digest.Key);
        Assert.Equal((Noon.AddSeconds(-5), Noon.AddMinutes(30), Noon.AddSeconds(-5), Noon), (digest.Start, digest.End, digest.OldestEvent!.Value, digest.NewestEvent!.Value));
        // The four lines, written out here, so that the writer and the reader cannot be wrong together.
        var signed = $"2026-03-01T12:30:00Z\nexample-trail/{digest.Key}\n{Convert.ToHexStringLower(SHA256.HashData(stored.Content.Span))}\nnull";
        Assert.True(_rsa.VerifyData(Encoding.UTF8.GetBytes(signed), Convert.FromHexString(stored.Signature), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    [Fact]
    public async Task Each_digest_names_the_one_before_and_begins_where_it_ends()
    {
        foreach (var name in (string[])["1", "2", "3"])
        {
            _store.Append(Ann, _now, $$"""{"eventID":"{{name}}"}""");
            await SealAsync();
            _now += TimeSpan.FromHours(7);
        }
        for (var i = 1; i < 3; i++)
        {
            var (before, digest) = (_store.Digests[i - 1], Read(i));
            Assert.Equal(new PreviousDigest("example-trail", Read(i - 1).Key, DigestSignature.HashOf(before.Content.Span), before.Signature), digest.Previous);
            Assert.Equal(before.End, digest.Start);
            Assert.True(_keys.All[0].Verifies(digest, _store.Digests[i].Content.Span, _store.Digests[i].Signature));
        }
        Assert.Equal("""{"Records":[{"eventID":"3"}]}""", await LogFileAsync(3));
    }

    [Fact]
    public async Task An_account_without_new_events_gets_no_digest()
    {
        await SealAsync();
        _store.Append(Ann, Noon, "{}");
        await SealAsync();
        await SealAsync();
        await SealAsync(Ben);
        Assert.Single(_store.Digests);
    }

    [Fact]
    public async Task Digests_of_the_same_second_have_names_of_their_own()
    {
        for (var i = 0; i < 3; i++)
        {
            _store.Append(Ann, Noon, $$"""{"eventID":"{{i}}"}""");
            await SealAsync();
        }
        Assert.Equal(3, _store.Digests.Select((_, i) => Read(i).Key).Distinct().Count());
        Assert.True(Read(0).End < Read(1).End && Read(1).End < Read(2).End);
    }

    [Fact]
    public async Task Many_events_are_split_into_files_that_can_be_made_again()
    {
        _store.Append(Ann, Noon, [.. Enumerable.Range(0, 2 * LogFileWriter.MostRecords + 7).Select(i => $$"""{"eventID":"{{i}}"}""")]);
        await SealAsync();
        var files = Read(0).LogFiles;
        Assert.Equal([LogFileWriter.MostRecords, LogFileWriter.MostRecords, 7], files.Select(file => file.Marks.Length / RecordMarks.Length));
        for (var i = 0; i < files.Count; i++)
            Assert.Equal(files[i].Hash, DigestSignature.HashOf(Encoding.UTF8.GetBytes((await LogFileAsync(1, i))!)));
    }

    [Fact]
    public async Task Of_two_nodes_that_seal_at_once_both_are_done_and_there_is_one_chain()
    {
        _store.Append(Ann, Noon, """{"eventID":"1"}""");
        var both = new TaskCompletionSource();
        var arrived = 0;
        _store.BeforeAdd = () =>
        {
            if (Interlocked.Increment(ref arrived) == 2)
                both.SetResult();
            return both.Task;
        };
        var results = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Sealer().SealAsync(Ann, 1, default).AsTask()));
        Assert.Equal([Sealing.Done, Sealing.Done], results);
        Assert.Single(_store.Digests);
    }

    [Fact]
    public async Task Where_the_next_digest_begins_is_what_was_signed_and_not_the_number_beside_it()
    {
        _store.Append(Ann, Noon, """{"eventID":"1"}""");
        await SealAsync();
        _store.Digests[0] = _store.Digests[0] with { Until = 1_000_000 };
        _store.Append(Ann, Noon, """{"eventID":"2"}""");
        await SealAsync();
        Assert.Equal("""{"Records":[{"eventID":"2"}]}""", await LogFileAsync(2));
    }

    private sealed class Keys(RSA rsa) : ITrailKeys
    {
        public IReadOnlyList<TrailPublicKey> All => [new(rsa.ExportRSAPublicKey(), Noon.AddDays(-1), null)];

        public ValueTask<TrailSigner> ActiveAsync(CancellationToken cancellationToken) =>
            new(new TrailSigner(All[0].Fingerprint, data =>
            {
                lock (rsa)
                    return rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            }));
    }
}
