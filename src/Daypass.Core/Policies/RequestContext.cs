using Daypass.Policies.Matching;

namespace Daypass.Policies;

/// <summary>
/// The condition keys of a request. Names ignore case, the part of a tag key after the slash too (IAM guide, "Condition keys").
/// A context may stand on another: the caller's keys are built once for a session and shared, read only, by all of its requests.
/// Not safe for changes by several threads; safe to read by many.
/// </summary>
public sealed class RequestContext
{
    private readonly RequestContext? _parent;
    private KeyValuePair<string, ContextValue>[] _entries;
    private int[] _signatures;
    private int _count;

    /// <summary>Makes an empty context.</summary>
    /// <param name="parent">Where keys are looked up that this context does not have; it must not change any more.</param>
    /// <param name="capacity">How many own keys to make room for.</param>
    public RequestContext(RequestContext? parent = null, int capacity = 16)
    {
        _parent = parent;
        _entries = capacity == 0 ? [] : new KeyValuePair<string, ContextValue>[capacity];
        _signatures = capacity == 0 ? [] : new int[capacity];
    }

    /// <summary>The shared context below this one.</summary>
    public RequestContext? Parent => _parent;

    /// <summary>Gives a key one value, in place of any it had.</summary>
    public void Set(string key, string value) => Put(key, new ContextValue(value));

    /// <summary>Gives a multivalued key its values (copied), in place of any it had. The key is present even if there are none.</summary>
    public void SetList(string key, IReadOnlyList<string> values) => Put(key, new ContextValue([.. values]));

    /// <summary>The value of a key, here or below.</summary>
    public bool TryGet(string key, out ContextValue value) => TryGet(key, KeySignature.Of(key), out value);

    /// <summary>The same for a key whose signature was made beforehand.</summary>
    internal bool TryGet(string key, int signature, out ContextValue value)
    {
        for (var context = this; context is not null; context = context._parent)
        {
            var index = context.IndexOf(key, signature);
            if (index < 0)
                continue;
            value = context._entries[index].Value;
            return true;
        }
        value = default;
        return false;
    }

    /// <summary>Own and inherited keys, each once.</summary>
    public IEnumerable<KeyValuePair<string, ContextValue>> All
    {
        get
        {
            for (var i = 0; i < _count; i++)
                yield return _entries[i];
            if (_parent is null)
                yield break;
            foreach (var entry in _parent.All)
            {
                if (IndexOf(entry.Key, KeySignature.Of(entry.Key)) < 0)
                    yield return entry;
            }
        }
    }

    private void Put(string key, ContextValue value)
    {
        var signature = KeySignature.Of(key);
        var index = IndexOf(key, signature);
        if (index < 0)
        {
            index = _count++;
            if (index == _entries.Length)
                Grow();
        }
        _signatures[index] = signature;
        _entries[index] = new(key, value);
    }

    private void Grow()
    {
        var length = Math.Max(8, _entries.Length * 2);
        Array.Resize(ref _entries, length);
        Array.Resize(ref _signatures, length);
    }

    private int IndexOf(string key, int signature)
    {
        var start = 0;
        while (_signatures.AsSpan(start, _count - start).IndexOf(signature) is var found and >= 0)
        {
            if (_entries[start + found].Key.Equals(key, StringComparison.OrdinalIgnoreCase))
                return start + found;
            start += found + 1;
        }
        return -1;
    }
}
