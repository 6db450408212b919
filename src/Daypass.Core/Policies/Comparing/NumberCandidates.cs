using System.Globalization;

namespace Daypass.Policies.Comparing;

/// <summary>Numbers that stand for all: each operand, one between each two neighbours, and one beyond either end.</summary>
internal static class NumberCandidates
{
    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    public static bool TryRead(string text, out decimal number) => decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out number);

    public static IReadOnlyList<string> Of(IReadOnlyList<string> operands)
    {
        var numbers = new SortedSet<decimal>();
        foreach (var text in operands)
        {
            if (TryRead(text, out var number))
                numbers.Add(number);
        }
        var all = new List<decimal>(numbers);
        if (numbers.Count == 0)
            all.Add(0);
        else
            AddBeyond(all, numbers.Min, numbers.Max);
        all.AddRange(numbers.Zip(numbers.Skip(1), (low, high) => (low / 2) + (high / 2)));
        all.AddRange(numbers.Zip(numbers.Skip(1), (low, high) => low + ((high / 2) - (low / 2))));
        return [.. all.Select(number => number.ToString(CultureInfo.InvariantCulture))];
    }

    private static void AddBeyond(List<decimal> all, decimal min, decimal max)
    {
        all.Add(max < decimal.MaxValue - 1 ? max + 1 : decimal.MaxValue);
        all.Add(min > decimal.MinValue + 1 ? min - 1 : decimal.MinValue);
    }
}
