using Daypass.Policies.Matching;

namespace Daypass.Policies.Validation.Services;

/// <summary>
/// A pattern of resources, ready to be laid beside types of resource: field by field, since a star that is meant for one field is seldom meant to reach
/// into others; a short ARN as a whole.
/// </summary>
internal sealed class ResourceShape
{
    private readonly int[] _whole = [Glob.AnyRun];
    private readonly int[][]? _fields;

    public ResourceShape(string pattern, bool variables)
    {
        IsEverything = pattern == "*";
        if (pattern.Length > Symbols.MaxLength)
            return;
        _whole = Symbols.Of(pattern, variables);
        var fields = pattern.Split(':', ArnFields.Count);
        if (fields.Length == ArnFields.Count)
            _fields = [.. fields.Select((field, i) => Symbols.Of(field, variables && i == ArnFields.Count - 1))];
    }

    public bool IsEverything { get; }

    /// <summary>Whether some ARN of a format matches.</summary>
    public bool Overlaps(int[] format, int[][] formatFields)
    {
        if (_fields is null)
            return Symbols.Overlap(format, _whole);
        for (var i = 0; i < ArnFields.Count; i++)
        {
            if (!Symbols.Overlap(formatFields[i], _fields[i]))
                return false;
        }
        return true;
    }
}
