namespace Daypass.Policies.Matching;

/// <summary>
/// A hash table from names to sorted lists of numbers, whose hashes are made by the asker: a request asks many tables for one name. The
/// hash is seeded by the process, so nobody can write names that meet in one place.
/// </summary>
internal sealed class NameTable
{
    private readonly (int Hash, string Name, int[] Numbers)[] _entries;
    private readonly int[] _slots;

    public NameTable(IReadOnlyDictionary<string, List<int>> lists)
    {
        _entries = new (int, string, int[])[lists.Count];
        _slots = new int[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)lists.Count * 2)];
        var count = 0;
        foreach (var (name, numbers) in lists)
        {
            var hash = HashOf(name);
            _entries[count++] = (hash, name, [.. numbers]);
            _slots[FreeSlot(hash)] = count;
        }
    }

    public static int HashOf(ReadOnlySpan<char> name) => string.GetHashCode(name);

    /// <summary>The numbers of a name, ascending; none if it is not in the table.</summary>
    public ReadOnlySpan<int> Find(ReadOnlySpan<char> name, int hash)
    {
        if (_entries.Length == 0)
            return default;
        for (var slot = hash & (_slots.Length - 1); _slots[slot] != 0; slot = (slot + 1) & (_slots.Length - 1))
        {
            ref readonly var entry = ref _entries[_slots[slot] - 1];
            if (entry.Hash == hash && name.SequenceEqual(entry.Name))
                return entry.Numbers;
        }
        return default;
    }

    private int FreeSlot(int hash)
    {
        var slot = hash & (_slots.Length - 1);
        while (_slots[slot] != 0)
            slot = (slot + 1) & (_slots.Length - 1);
        return slot;
    }
}
