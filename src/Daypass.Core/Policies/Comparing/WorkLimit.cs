namespace Daypass.Policies.Comparing;

/// <summary>
/// How much may still be done for one question, in steps of some nanoseconds and, for what is kept, some ten bytes. Whoever runs out says
/// so, and nothing is proven.
/// </summary>
internal sealed class WorkLimit(long steps)
{
    /// <summary>What it costs to keep a small object.</summary>
    public const int Kept = 16;

    private long _left = steps;

    /// <summary>Whether the limit was met.</summary>
    public bool IsExhausted => _left < 0;

    /// <summary>Gives up: this is more than can be done in any number of steps.</summary>
    public void Exhaust() => _left = -1;

    /// <summary>Takes steps off; false if there are none left.</summary>
    public bool TrySpend(long count)
    {
        if (_left >= 0)
            _left -= count;
        return !IsExhausted;
    }
}
