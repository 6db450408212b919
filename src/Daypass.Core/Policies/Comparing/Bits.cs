namespace Daypass.Policies.Comparing;

/// <summary>A set of the classes of one dimension.</summary>
internal readonly struct Bits
{
    private const int WordSize = 64;

    private readonly ulong[] _words;

    private Bits(ulong[] words) => _words = words;

    public static Bits Of(int count, Func<int, bool> isMember)
    {
        var words = new ulong[(count + WordSize - 1) / WordSize];
        for (var i = 0; i < count; i++)
        {
            if (isMember(i))
                words[i / WordSize] |= 1UL << (i % WordSize);
        }
        return new(words);
    }

    public int Words => _words.Length;

    public bool IsEmpty => !_words.AsSpan().ContainsAnyExcept(0UL);

    /// <summary>The lowest member of a set that has one.</summary>
    public int First
    {
        get
        {
            var word = _words.AsSpan().IndexOfAnyExcept(0UL);
            return (word * WordSize) + System.Numerics.BitOperations.TrailingZeroCount(_words[word]);
        }
    }

    public bool Contains(int member) => (_words[member / WordSize] & (1UL << (member % WordSize))) != 0;

    public bool Meets(Bits other)
    {
        for (var i = 0; i < _words.Length; i++)
        {
            if ((_words[i] & other._words[i]) != 0)
                return true;
        }
        return false;
    }

    public bool IsWithin(Bits other)
    {
        for (var i = 0; i < _words.Length; i++)
        {
            if ((_words[i] & ~other._words[i]) != 0)
                return false;
        }
        return true;
    }

    public Bits And(Bits other) => Combine(other, static (left, right) => left & right);

    public Bits Without(Bits other) => Combine(other, static (left, right) => left & ~right);

    private Bits Combine(Bits other, Func<ulong, ulong, ulong> combine)
    {
        var words = new ulong[_words.Length];
        for (var i = 0; i < words.Length; i++)
            words[i] = combine(_words[i], other._words[i]);
        return new(words);
    }
}
