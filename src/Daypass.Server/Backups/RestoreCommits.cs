using Daypass.Service.Pipeline;
using Daypass.Service.Stores;

namespace Daypass.Server.Backups;

/// <summary>
/// What a restore changes in what the backup holds, as commits at the feed's end, one a set: whoever reads the restored store's history finds
/// them there.
/// </summary>
internal sealed class RestoreCommits(long sequence, IEntropy entropy)
{
    private readonly Dictionary<string, (long Sequence, List<(DocumentKey Key, byte[]? Body)> Changes)> _sets = new(StringComparer.Ordinal);

    /// <summary>The newest sequence: the restored feed's head.</summary>
    public long Sequence { get; private set; } = sequence;

    /// <summary>The revision of what is put in this set.</summary>
    public long Put(string set, DocumentKey key, byte[]? body)
    {
        if (!_sets.TryGetValue(set, out var commit))
            _sets[set] = commit = (++Sequence, []);
        commit.Changes.Add((key, body));
        return commit.Sequence;
    }

    public long SequenceOf(string set) => _sets[set].Sequence;

    public IEnumerable<object?[]> CommitRows() => _sets.OrderBy(commit => commit.Value.Sequence).Select(commit => new object?[] { commit.Value.Sequence, Identifiers.Uuid(entropy), commit.Key });

    // Puts first, as in every commit.
    public IEnumerable<object?[]> ChangeRows() => _sets.Values.OrderBy(commit => commit.Sequence).SelectMany(commit =>
        commit.Changes.OrderBy(change => change.Body is null).Select((change, i) => new object?[] { commit.Sequence, (long)i, change.Key.Kind, change.Key.Name, change.Body }));
}
