using System.Numerics;

namespace Daypass.Policies.Matching;

/// <summary>
/// A hash table from names to sets of statements, whose hashes are made by the asker: a request asks many tables for one name. The hash
/// is seeded by the process, so nobody can write names that meet in one place.
/// </summary>
internal sealed class NameTable
{
    private readonly Entry[] _entries;
    private readonly int[] _slots;

    public NameTable(Dictionary<string, StatementSets> names)
    {
        _entries = [.. names.Select(name => new Entry(HashOf(name.Key), name.Key, name.Value))];
        _slots = new int[(int)BitOperations.RoundUpToPowerOf2((uint)names.Count * 2)];
        for (var i = 0; i < _entries.Length; i++)
            _slots[FreeSlot(_entries[i].Hash)] = i + 1;
    }

    public static int HashOf(ReadOnlySpan<char> name) => string.GetHashCode(name);

    public bool TryFind(ReadOnlySpan<char> name, int hash, out StatementSets sets)
    {
        var slots = _slots;
        for (var slot = hash; slots.Length > 0 && slots[slot & (slots.Length - 1)] is var number and > 0; slot++)
        {
            ref readonly var entry = ref _entries[number - 1];
            if (entry.Hash != hash || !name.SequenceEqual(entry.Name))
                continue;
            sets = entry.Sets;
            return true;
        }
        sets = default;
        return false;
    }

    private int FreeSlot(int hash)
    {
        var slot = hash & (_slots.Length - 1);
        while (_slots[slot] != 0)
            slot = (slot + 1) & (_slots.Length - 1);
        return slot;
    }

    private readonly record struct Entry(int Hash, string Name, StatementSets Sets);
}
