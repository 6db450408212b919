namespace Daypass.Policies.Comparing;

/// <summary>A value that stands for others: what each family of operators reads, and what is assumed of texts with variables.</summary>
/// <param name="Texts">By family; all the same if the value is a real one.</param>
/// <param name="Matched">The texts with variables that are assumed to match.</param>
internal sealed record KeyValue(IReadOnlyList<string> Texts, IReadOnlySet<string> Matched)
{
    public bool IsEmptyText => Texts[0].Length == 0;
}
