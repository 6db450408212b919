namespace Daypass.Service.Directories.Memory;

/// <summary>One document in memory. Never changed: the next revision of the document is another entry.</summary>
internal sealed class Entry(string name, long revision, object? value, int bytes)
{
    private object? _derived;

    public string Name { get; } = name;

    public long Revision { get; } = revision;

    /// <summary>The document; null for a guard.</summary>
    public object? Value { get; } = value;

    /// <summary>How much memory the document takes, estimated.</summary>
    public int Bytes { get; } = bytes;

    /// <summary>
    /// What was computed from the document: it stays as long as the document is the same, however much changes around it. What else it
    /// rests on it must remember itself. Requests may overwrite each other's: each has computed what is right for it.
    /// </summary>
    public object? Derived
    {
        get => Volatile.Read(ref _derived);
        set => Volatile.Write(ref _derived, value);
    }
}

/// <summary>A document under its name.</summary>
internal readonly struct Named(Entry entry) : IPlaced
{
    public Entry Entry { get; } = entry;

    public Place Place => new(Entry.Name, "");
}

/// <summary>A document under a value that an index finds it by; documents of one value are in order of their names.</summary>
internal readonly struct Indexed(string value, Entry entry) : IPlaced
{
    public Entry Entry { get; } = entry;

    public Place Place => new(value, Entry.Name);
}
