using Daypass.Policies.Matching;
using Daypass.Policies.Variables;

namespace Daypass.Policies.Validation;

/// <summary>
/// Patterns as lists of symbols that can be compared with each other: characters, the wildcards of <see cref="Glob"/>, and variables. A variable
/// stands for one text that is not known, the same wherever it is written the same.
/// </summary>
internal static class Symbols
{
    /// <summary>Longer patterns are not compared: no ARN and no value of AWS's is as long.</summary>
    public const int MaxLength = 2048;

    /// <summary>The first symbol that stands for a variable; the next ones are below.</summary>
    private const int FirstVariable = -3;

    /// <summary>Any run of characters but slashes: a name in the format of an ARN.</summary>
    private const int AnyName = int.MinValue;

    private const string Name = "{name}";

    /// <summary>The format of a table's ARNs, in which <c>{name}</c> has no slash.</summary>
    public static int[] OfFormat(string format)
    {
        var at = format.IndexOf(Name, StringComparison.Ordinal);
        return at < 0 ? Of(format) : [.. Of(format[..at]), AnyName, .. Of(format[(at + Name.Length)..])];
    }

    /// <summary>A pattern of which variables are any text.</summary>
    public static int[] Of(string pattern, bool variables = false) => [.. Read(pattern, variables, static _ => Glob.AnyRun)];

    /// <summary>A pattern whose variables are told apart by the given numbering.</summary>
    public static int[] Of(string pattern, Dictionary<Segment, int> numbers) =>
        [.. Read(pattern, variables: true, variable =>
        {
            numbers.TryAdd(variable, FirstVariable - numbers.Count);
            return numbers[variable];
        })];

    /// <summary>
    /// Whether every text that the narrow pattern matches is matched by the wide one. Never true wrongly; false if it takes more than going
    /// through both side by side to see.
    /// </summary>
    public static bool Cover(ReadOnlySpan<int> wide, ReadOnlySpan<int> narrow)
    {
        int at = 0, next = 0, star = -1, starAt = 0;
        while (at < narrow.Length)
        {
            if (next < wide.Length && wide[next] == Glob.AnyRun)
            {
                star = next++;
                starAt = at;
            }
            else if (next < wide.Length && IsCovered(wide[next], narrow[at]))
            {
                next++;
                at++;
            }
            else if (star >= 0)
            {
                next = star + 1;
                at = ++starAt;
            }
            else
            {
                return false;
            }
        }
        return wide[next..].IndexOfAnyExcept(Glob.AnyRun) < 0;
    }

    /// <summary>Whether some text matches both; only the left one may be of <see cref="OfFormat"/>, and variables should be any text.</summary>
    public static bool Overlap(ReadOnlySpan<int> left, ReadOnlySpan<int> right)
    {
        if (left is [Glob.AnyRun] || right is [Glob.AnyRun])
            return true;
        // Row by row from the end: whether what is left of one can match what is left of the other.
        Span<bool> below = left.Length < 256 ? stackalloc bool[left.Length + 1] : new bool[left.Length + 1];
        Span<bool> row = left.Length < 256 ? stackalloc bool[left.Length + 1] : new bool[left.Length + 1];
        for (var j = right.Length; j >= 0; j--)
        {
            for (var i = left.Length; i >= 0; i--)
                row[i] = IsOverlapped(left, right, i, j, row, below);
            row.CopyTo(below);
        }
        return below[0];
    }

    private static bool IsOverlapped(ReadOnlySpan<int> left, ReadOnlySpan<int> right, int i, int j, ReadOnlySpan<bool> row, ReadOnlySpan<bool> below)
    {
        if (i == left.Length && j == right.Length)
            return true;
        if (i < left.Length && left[i] == Glob.AnyRun)
            return row[i + 1] || (j < right.Length && below[i]);
        if (i < left.Length && left[i] == AnyName)
            return row[i + 1] || (j < right.Length && right[j] != '/' && below[i]);
        if (j < right.Length && right[j] == Glob.AnyRun)
            return below[i] || (i < left.Length && row[i + 1]);
        return i < left.Length && j < right.Length && below[i + 1]
            && (left[i] == right[j] || left[i] == Glob.AnyOne || right[j] == Glob.AnyOne);
    }

    private static bool IsCovered(int wide, int narrow) => wide == narrow || (wide == Glob.AnyOne && narrow >= 0);

    private static IEnumerable<int> Read(string pattern, bool variables, Func<Segment, int> numberOf)
    {
        var segments = new List<Segment>();
        SegmentReader.Read(segments, pattern, wildcards: true, variables);
        foreach (var segment in segments)
        {
            if (segment.Wildcard != 0)
                yield return segment.Wildcard;
            else if (segment.Key is not null)
                yield return numberOf(segment);
            foreach (var character in segment.Literal ?? "")
                yield return character;
        }
    }
}
