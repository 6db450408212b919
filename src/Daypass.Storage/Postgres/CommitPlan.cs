using Daypass.Service.Audit;
using Daypass.Service.Stores;

namespace Daypass.Storage.Postgres;

/// <summary>
/// Decides in memory, in order, which commits of a group happen, and gathers what is to be written. It starts from what the database holds
/// (the revisions, claims and ids that the group asks about) while the feed is locked, and sees what earlier commits of the group did.
/// </summary>
internal sealed class CommitPlan(string epoch, long head, long now)
{
    private readonly Dictionary<(SetId, DocumentKey), long> _revisions = [];
    private readonly Dictionary<string, long> _known = new(StringComparer.Ordinal);

    /// <summary>The newest sequence once this plan is written.</summary>
    public long Sequence => head + Commits.Count;

    /// <summary>Whether a commit was answered with an older one of its id: then the answer, too, must wait until all is durable.</summary>
    public bool HasRepeats { get; private set; }

    public bool HasCommits => Commits.Count > 0;

    public List<(long Sequence, Commit Commit)> Commits { get; } = [];

    /// <summary>How each document ends; without a body it is deleted.</summary>
    public Dictionary<(SetId Set, DocumentKey Key), (long Revision, ReadOnlyMemory<byte>? Body)> Documents { get; } = [];

    public Dictionary<(SetId Set, string Value), long> Claims { get; } = [];

    public IEnumerable<JournalEntry> Events => Commits.SelectMany(done => done.Commit.Audit.Select(e => new JournalEntry(done.Sequence, e)));

    public void Know(string commitId, long sequence) => _known[commitId] = sequence;

    public void Know(SetId set, DocumentKey key, long revision) => _revisions[(set, key)] = revision;

    /// <summary>Claims that are taken and have not expired.</summary>
    public HashSet<(SetId, string)> Taken { get; } = [];

    /// <exception cref="EpochChangedException">What the commit read is of another epoch.</exception>
    public CommitResult Add(Commit commit)
    {
        if (_known.TryGetValue(commit.Id, out var known))
        {
            HasRepeats = true;
            return new CommitResult(CommitOutcome.Committed, new FeedPosition(epoch, known, commit.Id));
        }
        if (commit.Epoch is { } seen && seen != epoch)
            throw new EpochChangedException("The store was restored since this commit's documents were read.");
        if (commit.Reads.Any(read => _revisions.GetValueOrDefault((commit.Set, read.Key)) != read.Revision))
            return new CommitResult(CommitOutcome.Conflict, default);
        if (!TakeClaims(commit))
            return new CommitResult(CommitOutcome.ClaimTaken, default);
        Write(commit, Sequence + 1);
        return new CommitResult(CommitOutcome.Committed, new FeedPosition(epoch, Sequence, commit.Id));
    }

    private bool TakeClaims(Commit commit)
    {
        var mine = new HashSet<(SetId, string)>();
        if (!commit.Claims.All(claim => !Taken.Contains((commit.Set, claim.Value)) && mine.Add((commit.Set, claim.Value))))
            return false;
        foreach (var claim in commit.Claims)
        {
            var expires = claim.ExpiresAt.ToUnixTimeMilliseconds();
            Claims[(commit.Set, claim.Value)] = expires;
            if (expires > now)
                Taken.Add((commit.Set, claim.Value));
        }
        return true;
    }

    private void Write(Commit commit, long sequence)
    {
        _known[commit.Id] = sequence;
        Commits.Add((sequence, commit));
        foreach (var (key, body) in commit.Puts)
            (Documents[(commit.Set, key)], _revisions[(commit.Set, key)]) = ((sequence, body), sequence);
        foreach (var key in commit.Deletes)
            (Documents[(commit.Set, key)], _revisions[(commit.Set, key)]) = ((sequence, null), 0);
    }
}
