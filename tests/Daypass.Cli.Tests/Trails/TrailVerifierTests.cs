using System.Security.Cryptography;
using System.Text;
using Daypass.Cli.Trails;
using Daypass.Names;
using Daypass.Trails;

namespace Daypass.Cli.Tests.Trails;

/// <summary>What verification says of chains that are whole, cut, mended or old.</summary>
public sealed class TrailVerifierTests : IDisposable
{
    private static readonly TrailPlace Place = new(AccountId.Of(111122223333), "us-east-1", "daypass", "daypass-trail");
    private static readonly DateTimeOffset First = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly RSA _rsa = RSA.Create(2048);
    private readonly Chain _chain;

    public TrailVerifierTests() => _chain = new Chain(_rsa);

    public void Dispose() => _rsa.Dispose();

    private Task<TrailReport> VerifyAsync(string? head = null, DateTimeOffset? now = null, TimeRange range = default) =>
        new TrailVerifier(_chain, head, now ?? First.AddDays(1)).RunAsync(range, default);

    private async Task AssertFoundAsync(string what, TimeRange range = default) =>
        Assert.Contains((await VerifyAsync(range: range)).Findings, finding => finding.What.Contains(what, StringComparison.Ordinal));

    [Fact]
    public async Task A_whole_chain_has_nothing_to_tell_of()
    {
        _chain.Grow(3);
        var report = await VerifyAsync(_chain.Digests[1].Signature[..32]);
        Assert.Empty(report.Findings);
        Assert.Equal((3, 3, 6L), (report.Digests, report.LogFiles, report.Events));
    }

    [Fact]
    public async Task A_missing_digest_is_named()
    {
        _chain.Grow(4);
        var gone = _chain.Digests[1].Name;
        _chain.Digests.RemoveAt(1);
        Assert.Contains((await VerifyAsync()).Findings, finding => finding.File == gone && finding.What.StartsWith("this digest is missing between", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_chain_that_somebody_has_begun_anew_is_found()
    {
        _chain.Grow(2);
        _chain.BeginAnew();
        _chain.Grow(1);
        await AssertFoundAsync("a new chain begins here");
    }

    [Fact]
    public async Task A_digest_that_was_replaced_by_another_signed_one_is_not_the_one_that_the_next_follows()
    {
        _chain.Grow(3);
        _chain.Replace(1);
        await AssertFoundAsync("this is not the digest that");
    }

    [Fact]
    public async Task A_digest_that_was_moved_or_is_of_an_unknown_or_retired_key_is_found()
    {
        _chain.Grow(2);
        _chain.Digests[1] = _chain.Digests[1] with { Name = "elsewhere" };
        await AssertFoundAsync("this digest belongs elsewhere");
        _chain.ValidUntil = First.AddMinutes(90);
        await AssertFoundAsync("was retired or revoked before");
        _chain.HasKeys = false;
        await AssertFoundAsync("is not known");
    }

    [Fact]
    public async Task A_log_file_that_no_digest_lists_is_found_unless_only_a_part_of_the_time_was_asked_for()
    {
        _chain.Grow(1);
        _chain.Stranger = "AWSLogs/111122223333/CloudTrail/us-east-1/x.json.gz";
        await AssertFoundAsync("no digest lists this log file");
        Assert.Empty((await VerifyAsync(range: new TimeRange(First, null))).Findings);
    }

    [Fact]
    public async Task What_is_older_than_events_are_kept_is_purged_and_what_is_not_is_removed()
    {
        _chain.RetentionDays = 10;
        _chain.Grow(3);
        _chain.Files.Clear();
        var report = await VerifyAsync(now: First.AddDays(10).AddHours(2).AddMinutes(1));
        Assert.Equal(2, report.Purged.Count);
        Assert.Equal(_chain.Named[2], Assert.Single(report.Findings).File);
    }

    [Fact]
    public async Task A_chain_whose_beginning_was_purged_with_its_events_begins_at_what_is_as_old()
    {
        _chain.RetentionDays = 10;
        _chain.Grow(3);
        _chain.Digests.RemoveAt(0);
        await AssertFoundAsync("the chain does not begin here");
        Assert.Empty((await VerifyAsync(now: First.AddDays(10).AddHours(2).AddMinutes(1))).Findings);
    }

    [Fact]
    public async Task A_signature_that_is_no_longer_in_the_chain_is_missed()
    {
        _chain.Grow(2);
        var head = _chain.Digests[1].Signature;
        _chain.Digests.RemoveAt(1);
        Assert.Contains("cut off or replaced", Assert.Single((await VerifyAsync(head)).Findings).What, StringComparison.Ordinal);
    }

    /// <summary>A chain in memory: a digest an hour, each with one log file of two events.</summary>
    private sealed class Chain(RSA rsa) : ITrailSource
    {
        private int _hours;
        private SealedDigest? _before;
        private DateTimeOffset _end = First;

        public List<SealedDigest> Digests { get; } = [];

        public Dictionary<string, byte[]> Files { get; } = [];

        public List<string> Named { get; } = [];

        public int RetentionDays { get; set; }

        public DateTimeOffset? ValidUntil { get; set; }

        public bool HasKeys { get; set; } = true;

        public string? Stranger { get; set; }

        public IReadOnlyDictionary<string, TrailPublicKey> Keys =>
            HasKeys ? new[] { new TrailPublicKey(rsa.ExportRSAPublicKey(), First, ValidUntil) }.ToDictionary(key => key.Fingerprint) : [];

        public void BeginAnew() => _before = null;

        public void Grow(int digests)
        {
            for (; digests > 0; digests--)
                Digests.Add(_before = Make(++_hours, _before));
        }

        public void Replace(int index) => Digests[index] = Make(index + 1, Digests[index - 1], "another");

        public Task<SealedDigest?> NewestAsync(CancellationToken cancellationToken) => Task.FromResult(Digests.LastOrDefault());

        public IAsyncEnumerable<SealedDigest> DigestsAsync(TimeRange range, CancellationToken cancellationToken) => Digests.ToAsyncEnumerable();

        public Task<byte[]?> LogFileAsync(SealedDigest digest, DigestLogFile file, int index, CancellationToken cancellationToken) => Task.FromResult(Files.GetValueOrDefault(file.Key));

        public IEnumerable<string> Strangers(IReadOnlySet<string> named) => Stranger is null ? [] : [Stranger];

        private SealedDigest Make(int hour, SealedDigest? before, string word = "event")
        {
            var end = First.AddHours(hour);
            var writer = new LogFileWriter();
            writer.Add(Encoding.UTF8.GetBytes($$"""{"{{word}}":{{2 * hour}}}"""));
            writer.Add(Encoding.UTF8.GetBytes($$"""{"{{word}}":{{2 * hour + 1}}}"""));
            var content = writer.Finish();
            var hash = DigestSignature.HashOf(content);
            var file = new DigestLogFile(Place.Bucket, Place.LogFileKey(end, hash), hash, end, end.AddMinutes(-5), writer.Marks.ToArray(), hour);
            Named.Add(file.Key);
            Files[file.Key] = content;
            var digest = new Digest
            {
                Account = Place.Account.ToString(), Start = before is null ? First : _end, End = end, Bucket = Place.Bucket, Key = Place.DigestKey(end), Fingerprint = TrailPublicKey.FingerprintOf(rsa.ExportRSAPublicKey()),
                NewestEvent = end, OldestEvent = end.AddMinutes(-5), RetentionDays = RetentionDays, LogFiles = [file],
                Previous = before is null ? null : new PreviousDigest(Place.Bucket, before.Name, DigestSignature.HashOf(before.Content), before.Signature),
            };
            _end = end;
            var written = DigestFile.Write(digest);
            var signature = Convert.ToHexStringLower(rsa.SignData(DigestSignature.ToSign(digest, written), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
            return new SealedDigest(hour, digest.Key, written, signature);
        }
    }
}
