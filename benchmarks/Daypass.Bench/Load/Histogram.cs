using System.Numerics;

namespace Daypass.Bench.Load;

/// <summary>
/// Times in microseconds in fixed buckets: exact below 128, then 64 buckets to each power of two, so that a quantile is never off by more
/// than 1.6 percent and adding one costs an increment.
/// </summary>
internal sealed class Histogram
{
    private const int Exact = 128;
    private const int PerPower = 64;
    private readonly long[] _counts = new long[Exact + (40 * PerPower)];

    public long Count { get; private set; }

    public void Add(long microseconds)
    {
        _counts[BucketOf(Math.Max(0, microseconds))]++;
        Count++;
    }

    public void Add(Histogram other)
    {
        for (var i = 0; i < _counts.Length; i++)
            _counts[i] += other._counts[i];
        Count += other.Count;
    }

    /// <summary>The time that this share (0 to 1) of all did not exceed, in microseconds.</summary>
    public double Quantile(double share)
    {
        var left = (long)Math.Ceiling(Count * share);
        for (var i = 0; i < _counts.Length; i++)
        {
            if ((left -= _counts[i]) <= 0)
                return EndOf(i);
        }
        return double.PositiveInfinity;
    }

    private static int BucketOf(long value)
    {
        if (value < Exact)
            return (int)value;
        var power = BitOperations.Log2((ulong)value) - 6;
        return Math.Min(Exact + ((power - 1) * PerPower) + (int)((value >> power) - PerPower), Exact + (40 * PerPower) - 1);
    }

    private static double EndOf(int bucket)
    {
        if (bucket < Exact)
            return bucket;
        var power = ((bucket - Exact) / PerPower) + 1;
        return ((bucket - Exact) % PerPower + PerPower + 1L) << power;
    }
}
