namespace Daypass.Policies.Matching;

/// <summary>Statements of a block as bits, by effect.</summary>
internal readonly record struct StatementSets(ulong Denies, ulong Allows)
{
    public static StatementSets operator |(StatementSets left, StatementSets right) => new(left.Denies | right.Denies, left.Allows | right.Allows);

    public ulong Of(bool isDeny) => isDeny ? Denies : Allows;
}
