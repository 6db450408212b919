namespace Daypass.Policies.Comparing;

/// <summary>Lists of numbers are equal if their members are.</summary>
internal sealed class IntsComparer : IEqualityComparer<int[]>
{
    public static readonly IntsComparer Instance = new();

    public bool Equals(int[]? left, int[]? right) => left.AsSpan().SequenceEqual(right);

    public int GetHashCode(int[] numbers)
    {
        var hash = new HashCode();
        hash.AddBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(numbers.AsSpan()));
        return hash.ToHashCode();
    }
}
