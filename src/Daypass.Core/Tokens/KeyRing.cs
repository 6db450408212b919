namespace Daypass.Tokens;

/// <summary>What a key of the ring may be used for.</summary>
public enum SealingKeyState
{
    /// <summary>Known to every node before the first one uses it: opens, does not seal.</summary>
    PrePublished,

    /// <summary>Seals and opens.</summary>
    Active,

    /// <summary>Opens what it sealed, for longer than the longest session.</summary>
    DecryptOnly,

    /// <summary>Refused at once.</summary>
    Compromised,
}

/// <summary>One key of the ring. Its id is not secret and travels with what it sealed.</summary>
public sealed class SealingKey : IDisposable
{
    /// <summary>Takes a key of <see cref="XAes256Gcm.KeySize"/> bytes.</summary>
    /// <exception cref="ArgumentException">The key has another length, or is all zeros.</exception>
    public SealingKey(uint id, ReadOnlySpan<byte> key, SealingKeyState state)
        : this(id, new XAes256Gcm(key), state)
    {
    }

    private SealingKey(uint id, XAes256Gcm cipher, SealingKeyState state) => (Id, Cipher, State) = (id, cipher, state);

    /// <summary>Names the key inside its ring.</summary>
    public uint Id { get; }

    /// <summary>What it may be used for.</summary>
    public SealingKeyState State { get; }

    internal XAes256Gcm Cipher { get; }

    /// <summary>The same key in another state. Both share one cipher: disposing of either ends both.</summary>
    public SealingKey WithState(SealingKeyState state) => new(Id, Cipher, state);

    /// <summary>A key for another purpose, derived from this one: in the same state under the same id, so it is rotated and refused along with it.</summary>
    internal SealingKey Derive(string purpose)
    {
        var derived = Cipher.Derive(purpose);
        var key = new SealingKey(Id, derived, State);
        System.Security.Cryptography.CryptographicOperations.ZeroMemory(derived);
        return key;
    }

    /// <inheritdoc/>
    public void Dispose() => Cipher.Dispose();
}

/// <summary>The keys of one purpose: exactly one active, any number that still open. Immutable; rotation makes a new ring.</summary>
public sealed class KeyRing
{
    private readonly SealingKey[] _keys;

    /// <summary>Takes the keys of one purpose.</summary>
    /// <exception cref="ArgumentException">Not exactly one key is active, or two have the same id.</exception>
    public KeyRing(string purpose, IEnumerable<SealingKey> keys)
    {
        Purpose = purpose;
        _keys = [.. keys];
        if (_keys.Count(key => key.State == SealingKeyState.Active) != 1)
            throw new ArgumentException($"The key ring for {purpose} must have exactly one active key.", nameof(keys));
        if (_keys.DistinctBy(key => key.Id).Count() != _keys.Length)
            throw new ArgumentException($"The key ring for {purpose} has two keys with the same id.", nameof(keys));
        Active = _keys.First(key => key.State == SealingKeyState.Active);
    }

    /// <summary>What the keys are for; bound into everything they seal.</summary>
    public string Purpose { get; }

    /// <summary>The key that seals.</summary>
    public SealingKey Active { get; }

    /// <summary>
    /// A ring for another purpose, each key derived from the one here that has its id and its state. For what may last no longer than what
    /// this ring seals, and does no more harm: whoever has a key of this ring has those of every ring derived from it, and not the reverse.
    /// </summary>
    public KeyRing Derive(string purpose) => new(purpose, _keys.Select(key => key.Derive(purpose)));

    /// <summary>The key with this id if it may open anything, else null. Exactly one key is ever tried.</summary>
    public SealingKey? FindToOpen(uint id)
    {
        foreach (var key in _keys)
        {
            if (key.Id == id && key.State != SealingKeyState.Compromised)
                return key;
        }
        return null;
    }
}
